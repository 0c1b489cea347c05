"""Prompts that the lines are said of: also of three cats beside two cars, and of two kinds of a thing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from model.tiny import grammar, words
from model.tiny.drafts import meaning, scene_of
from model.tiny.world import COLOURS
from training.tiny.conversations.talk import first_draft
from training.tiny.wishes.kinds import numbered
from training.tiny.wishes.naming import colour_of

if TYPE_CHECKING:
    import random

    from model.tiny.drafts import Draft

_TWINS = 0.12
_COUNTED = 0.25


def bank_picture(rng: random.Random) -> Draft:
    """A prompt of TinyWorld, read back exactly."""
    while True:
        first = first_draft(rng)
        if len(first.things) != 2:
            return first
        way = rng.random()
        if way < _TWINS:
            first = _twins(first, rng)
        elif way < _TWINS + _COUNTED:
            counted = tuple(numbered(thing, rng.choice((1, 1, 2, 2, 3))) for thing in first.things)
            first = replace(first, things=counted)
        if grammar.parse(str(first)) == scene_of(first):
            return first


def _twins(first: Draft, rng: random.Random) -> Draft:
    """The first thing twice: in another colour, or in another size."""
    one = numbered(first.things[0], rng.choice((1, 1, 2)))
    had = meaning(words.COLOUR_WORDS, colour_of(one))
    if rng.random() < 0.75:
        other = replace(one, colour=rng.choice([said for said in COLOURS if said != had]))
    else:
        sizes = {"small": ("", "large"), "large": ("", "small")}.get(
            meaning(words.SIZE_WORDS, one.size) or "", ("small", "large")
        )
        other = replace(one, size=rng.choice(sizes))
    other = replace(numbered(other, rng.choice((1, 1, 3 - one.count))), joint=" and ")
    return replace(first, things=(one, other))
