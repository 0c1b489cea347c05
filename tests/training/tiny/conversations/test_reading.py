"""What is written of a draft is read back as a draft that says the same."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.tiny.drafts import draft, scene_of
from model.tiny.world import Scene
from training.tiny.conversations.reading import read


@given(st.integers(0, 2**32))
def test_a_prompt_of_the_world_is_read_back_word_by_word(seed: int) -> None:
    rng = random.Random(seed)
    scene = Scene.random(rng)
    written = draft(scene, rng)
    seen = read(str(written))
    assert seen is not None
    assert str(seen) == str(written)
    assert scene_of(seen) == scene_of(written)


def test_a_capital_is_read_and_not_kept() -> None:
    seen = read("A red fox, neon")
    assert seen is not None
    assert str(seen) == "a red fox, neon"


@pytest.mark.parametrize(
    "prompt",
    [
        "a red donkey",
        "a fox and",
        "a foxes",
        "two fox",
        "a fox at the robot",
        "a fox, a house",
        "a fox, masterpiece light",
        "",
        "a fox in a meadow a house",
    ],
)
def test_what_the_world_would_not_write_is_not_read(prompt: str) -> None:
    assert read(prompt) is None
