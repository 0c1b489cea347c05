"""Words that TinyWorld does not know are named, and none that it knows."""

import random

import pytest

from model.tiny import grammar
from model.tiny.limits import unshown
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
        ("a house and three trees with a lantern beside a dragon at night", ("dragon", "lantern")),
        ("a small cat in front of a castle, on the left side", ()),
        ("a big red house, a cat and a castle in the mist", ("castle",)),
        ("a black cat, a castle and two houses", ("houses",)),
    ],
)
def test_unknown_words_are_named_once(prompt: str, words: tuple[str, ...]) -> None:
    assert unshown(prompt) == words


def test_at_most_so_many_are_named() -> None:
    assert unshown("alpha beta gamma delta", most=2) == ("alpha", "beta")


def test_every_prompt_of_the_world_is_known() -> None:
    rng = random.Random(0)
    for _ in range(500):
        scene = Scene.random(rng)
        for prompt in (grammar.caption(scene, rng), grammar.beautified(grammar.polish(scene, rng), rng)):
            assert unshown(prompt) == (), prompt
