"""Words that TinyWorld does not know are named, and none that it knows."""

import random

import pytest

from model.tiny import grammar
from model.tiny.limits import alike, crowded, unshown
from model.tiny.world import Scene


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("a dragon over a castle", ("dragon",)),
        ("A happy wizard's tower!", ("happy", "wizard", "tower")),
        ("two small blue boats on the sea at night", ()),
        ("dragon, dragon, Dragon", ("dragon",)),
        ("", ()),
        ("drei 🦊 12 ---", ("drei",)),
        ("a house, a tree and a wizard", ("wizard",)),
        ("a house and three trees with a lantern beside a dragon at night", ("dragon",)),
        ("a small cat in front of a castle, on the left side", ()),
    ],
)
def test_unknown_words_are_named_once(prompt: str, words: tuple[str, ...]) -> None:
    assert unshown(prompt) == words


@pytest.mark.parametrize(
    ("prompt", "things"),
    [
        ("a house and three trees with a lantern beside a dragon at night", ("house", "trees", "lantern")),
        ("a big red house, a cat and a castle in the mist", ("house", "cat", "castle")),
        ("a black cat and two houses", ()),
        ("a wizard, a dragon and a cat", ()),
    ],
)
def test_all_things_of_a_prompt_are_named_where_they_are_too_many(
    prompt: str, things: tuple[str, ...]
) -> None:
    assert crowded(prompt) == things


def test_prompts_for_one_picture_are_alike() -> None:
    assert alike("a big fox, watercolor", "A large fox, watercolor painting")
    assert alike("a fox", "a fox with a magic hat")
    assert not alike("a fox", "two foxes")


def test_at_most_so_many_are_named() -> None:
    assert unshown("alpha beta gamma delta", most=2) == ("alpha", "beta")


def test_every_prompt_of_the_world_is_known() -> None:
    rng = random.Random(0)
    for _ in range(500):
        scene = Scene.random(rng)
        for prompt in (grammar.caption(scene, rng), grammar.beautified(grammar.polish(scene, rng), rng)):
            assert unshown(prompt) == (), prompt
