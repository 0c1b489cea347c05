"""Captions in the manner of the web, and edits of any kind on them."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.tiny.captions import web_caption
from training.tiny.openvocab import caption_edit
from training.tiny.operations import OPERATIONS, lend, operate
from training.tiny.surgery import Done

WIZARD = "a portrait of a wizard with a long beard by John Smith, sharp focus"
LIGHTHOUSE = "Quindara: old lighthouse in the fog, watercolor by John Smith"
PROMPTS = (WIZARD, "two dogs playing chess in a bar at night, 8k", "cyberpunk city")


def test_a_caption_carries_its_core() -> None:
    rng = random.Random(0)
    captions = [web_caption("old zorblax", rng) for _ in range(200)]
    assert all("old zorblax" in caption.lower() and "{" not in caption for caption in captions)
    assert len(set(captions)) > 100


@given(st.integers(0, 2**32))
def test_caption_edits_are_whole(seed: int) -> None:
    for prompts in (PROMPTS, ()):
        edit = caption_edit(prompts, random.Random(seed))
        assert edit.source.strip()
        assert edit.target.strip()
        assert edit.instruction.strip()
        assert "{" not in edit.instruction


@pytest.mark.parametrize("make", [maker for maker, _ in OPERATIONS])
def test_every_operation_works_on_some_prompt(make: Callable[[str, random.Random], Done | None]) -> None:
    assert any(make(source, random.Random(seed)) for source in (WIZARD, LIGHTHOUSE) for seed in range(60))


def test_an_edit_says_something() -> None:
    made = [operate(WIZARD, random.Random(seed)) for seed in range(50)]
    made += [lend(WIZARD, PROMPTS[1], random.Random(seed)) for seed in range(50)]
    assert all(done is None or done[0].strip() for done in made)
    assert sum(done is not None for done in made) > 60
