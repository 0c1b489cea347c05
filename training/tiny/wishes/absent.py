"""Wishes to remove what is not in the picture: the prompt stays as it is."""

from __future__ import annotations

import random

from model.tiny.drafts import Draft, NounPhrase
from training.tiny.wishes import lexicon
from training.tiny.wishes.disguise import worded
from training.tiny.wishes.naming import name, noun_of
from training.tiny.wishes.removing_said import REMOVE
from training.tiny.wishes.voice import Language, Part, Voice

_NEAR = {
    "tree": ("forest", "wood", "park", "garden"),
    "flower": ("meadow", "field", "grass", "park", "garden"),
    "mushroom": ("forest", "wood"),
    "house": ("city", "town", "street", "village"),
    "car": ("city", "town", "street"),
    "boat": ("sea", "ocean", "lake", "water", "waves", "harbour"),
    "lantern": ("city", "town", "street"),
}
"""Words of a place in which a thing may be seen although the prompt does not name it."""


def absent_wish(rng: random.Random, before: Draft, language: Language, part: Part = "train") -> str | None:
    """A wish to remove a thing that the prompt, all of its words known, does not hold; else None."""
    there = {noun_of(thing) for thing in before.things}
    noun = rng.choice([english for english, of in lexicon.CANONICAL.items() if of not in there])
    near = _NEAR.get(lexicon.CANONICAL[noun], ())
    if None in there or any(word in str(before) for word in near):
        return None
    voice = Voice(rng, language, part)
    several = voice.chance(0.2)
    thing = NounPhrase(noun, count=2, lead="two") if several else NounPhrase(noun)
    seen = Draft((*before.things, thing))
    clause = voice.pick(REMOVE, plural=several, **name(voice, seen, thing, pronoun=False).slots())
    return worded(voice, clause)
