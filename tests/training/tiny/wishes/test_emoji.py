"""Wishes in emoji do what their signs say."""

import random

import pytest

from model.tiny.drafts import Draft, NounPhrase
from model.tiny.words import COLOUR_WORDS
from training.tiny.wishes.draw import KINDS, random_wish
from training.tiny.wishes.emoji import COLOURS, KNOWN, STRANGE, SURROUNDINGS
from training.tiny.wishes.naming import noun_of

BEFORE = Draft((NounPhrase("house", "blue"), NounPhrase("fox", "green")), phrases=(("place", "in a park"),))
ONLY = [kind for kind in KINDS if kind != "emoji"]
WISHES = [
    (wish.instruction, wish.after)
    for seed in range(300)
    if (wish := random_wish(random.Random(seed), BEFORE, "en", without=ONLY, typed=False))
]


def test_every_sign_stands_for_one_thing() -> None:
    signs = [sign for table in (KNOWN, STRANGE, COLOURS) for said in table.values() for sign in said.split()]
    signs += [sign for _, _, said in SURROUNDINGS for sign in said.split()]
    assert len(signs) == len(set(signs))
    assert all(noun_of(NounPhrase(noun)) for noun in KNOWN)
    assert not any(noun_of(NounPhrase(noun)) for noun in STRANGE)
    assert set(COLOURS) <= set(COLOUR_WORDS)


@pytest.mark.parametrize("remover", ["❌", "🗑️"])
def test_what_is_crossed_out_goes(remover: str) -> None:
    gone = [after for said, after in WISHES if remover in said and "🏠" in said and "🦊" not in said]
    gone = [after for after in gone if len(after.things) == 1]
    assert gone
    assert all(after.things[0].noun == "fox" for after in gone)


def test_a_thing_and_a_colour_paint_it() -> None:
    for said, after in WISHES:
        asked = [colour for colour, signs in COLOURS.items() if any(sign in said for sign in signs.split())]
        if asked and len(after.things) == 2:
            assert asked[0] in {thing.colour for thing in after.things}


def test_a_moon_makes_it_night() -> None:
    nights = [after for said, after in WISHES if "🌙" in said]
    assert nights
    assert all(after.said("time") == "at night" and after.things == BEFORE.things for after in nights)
