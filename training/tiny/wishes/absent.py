"""Wishes about what is not in the picture, to remove, colour, resize or bring it back: the prompt stays."""

from __future__ import annotations

import random

from model.tiny import words
from model.tiny.drafts import Draft, NounPhrase, meaning
from training.tiny.wishes import lexicon
from training.tiny.wishes.absent_said import ABSENT_BACK, ABSENT_COLOUR, ABSENT_SIZE
from training.tiny.wishes.disguise import worded
from training.tiny.wishes.naming import colour, colour_of, name, noun_of
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
_KINDS = frozenset(
    said
    for english, german in (*lexicon.HYPERNYMS.values(), *sum(lexicon.MORE_HYPERNYMS.values(), ()))
    for said in (english, german.noun)
)
"""What things are kinds of: "the vehicle" may mean a balloon that is there, "the plant" a mushroom."""
_TRIES = 8
"""How many names are drawn for one thing."""
_WAYS = ((REMOVE, 4.0), (ABSENT_COLOUR, 3.0), (ABSENT_SIZE, 1.5), (ABSENT_BACK, 1.0))
"""How what is not there is spoken of, and how often."""


def absent_wish(rng: random.Random, before: Draft, language: Language, part: Part = "train") -> str | None:
    """A wish about a thing that the prompt, all of its words known, does not hold; else None."""
    there = {noun_of(thing) for thing in before.things}
    noun = rng.choice([english for english, of in lexicon.CANONICAL.items() if of not in there])
    near = _NEAR.get(lexicon.CANONICAL[noun], ())
    if None in there or any(word in str(before) for word in near):
        return None
    voice = Voice(rng, language, part)
    several = voice.chance(0.2)
    thing = NounPhrase(noun, count=2, lead="two") if several else NounPhrase(noun)
    seen = Draft((*before.things, thing))
    table = voice.rng.choices([way for way, _ in _WAYS], [weight for _, weight in _WAYS])[0]
    # A thing whose every name is that of a kind is left out
    names = (name(voice, seen, thing, pronoun=False) for _ in range(_TRIES))
    named = next((said for said in names if said.one not in _KINDS), None)
    if named is None:
        return None
    has = meaning(words.COLOUR_WORDS, colour_of(thing)) or ""
    clause = voice.pick(table, plural=several, colour=colour(voice, but=(has,))[0], **named.slots())
    return worded(voice, clause)
