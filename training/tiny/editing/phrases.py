"""How people name a part of a picture, in English and German, and which part that is.

A query is some words and the mask they mean in a composition: the things of a kind with or without their
colour, the left or the right one of several, sky, ground and background, and things that are not there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.tiny import words
from model.tiny.backdrop import HORIZON, SIZE
from model.tiny.composition import Composition, Mask
from model.tiny.render import PICTURE
from model.tiny.world import COLOURS, NOUNS
from training.tiny.wishes import lexicon

if TYPE_CHECKING:
    import random

    from training.tiny.wishes.voice import Language

SKY = {"en": ("sky", "clouds", "heavens", "air"), "de": ("Himmel", "Wolken", "Luft")}
GROUND = {
    "en": ("ground", "floor", "foreground", "grass", "land"), "de": ("Boden", "Vordergrund", "Gras", "Wiese"),
}  # fmt: skip
REST = {
    "en": ("background", "everything else", "surroundings", "scenery"),
    "de": ("Hintergrund", "alles andere", "Umgebung", "Landschaft"),
}
_SIDES = {"en": ("left", "right"), "de": ("link", "recht")}
_FRAMES = {
    "en": ("{x}", "{x}", "{x}", "only {x}", "just {x}", "{x} please", "around {x}", "where {x} is"),
    "de": ("{x}", "{x}", "{x}", "nur {x}", "bloß {x}", "{x} bitte"),
}


def query(composition: Composition, rng: random.Random) -> tuple[str, Mask]:
    """Words as somebody may type them, and the part of the picture they mean."""
    language: Language = "de" if rng.random() < 0.4 else "en"
    nouns = sorted({place[0].noun for place in composition.placed})
    chance = rng.random()
    if nouns and chance < 0.7:
        noun = rng.choice(nouns)
        said, mask = _things(composition, noun, language, rng)
    elif chance < 0.84:
        absent = rng.choice([noun for noun in NOUNS if noun not in nouns])
        colour = rng.choice(COLOURS) if rng.random() < 0.2 else ""
        said, mask = _named(absent, colour, 1, language, rng), np.zeros((PICTURE, PICTURE), np.bool_)
    else:
        said, mask = _surroundings(composition, language, rng)
    said = rng.choice(_FRAMES[language]).format(x=said)
    return (
        said.lower() if rng.random() < 0.3 else said[0].upper() + said[1:] if rng.random() < 0.2 else said
    ), mask


def _things(composition: Composition, noun: str, language: Language, rng: random.Random) -> tuple[str, Mask]:
    spots = [i for i, place in enumerate(composition.placed) if place[0].noun == noun]
    colour = composition.placed[spots[0]][0].colour if rng.random() < 0.35 else ""
    if len(spots) > 1 and rng.random() < 0.5:
        ordered = sorted(spots, key=lambda i: composition.placed[i][1] + composition.placed[i][3] / 2)
        side = rng.randrange(2)
        said = _named(noun, colour, 1, language, rng, _SIDES[language][side])
        return said, composition.shape(noun, ordered[-side])
    return _named(noun, colour, len(spots), language, rng), composition.shape(noun)


def _surroundings(composition: Composition, language: Language, rng: random.Random) -> tuple[str, Mask]:
    free = np.ones((PICTURE, PICTURE), np.bool_)
    for noun in {place[0].noun for place in composition.placed}:
        free &= ~composition.shape(noun)
    above = np.arange(PICTURE)[:, None] < HORIZON * PICTURE // SIZE
    names, mask = rng.choice(
        ((SKY, free & above), (SKY, free & above), (GROUND, free & ~above), (REST, free))
    )
    said = rng.choice(names[language])
    article = "the " if language == "en" and " " not in said and rng.random() < 0.7 else ""
    return article + said, mask


def _named(noun: str, colour: str, count: int, language: Language, rng: random.Random, side: str = "") -> str:
    """The words for things of a kind: `the left blue houses`, `das linke blaue Haus`."""
    if language == "en":
        word = rng.choice(words.NOUN_WORDS[noun][:1] * 3 + words.NOUN_WORDS[noun])
        if count > 1 and rng.random() < 0.85:
            word = words.PLURALS.get(word, word + "s")
        shade = rng.choice(words.COLOUR_WORDS[colour]) if colour else ""
        article = "the" if rng.random() < 0.7 else ""
        return " ".join(filter(None, (article, side, shade, word)))
    german = rng.choice([w for e, n in lexicon.CANONICAL.items() if n == noun for w in lexicon.GERMAN[e]])
    if rng.random() < 0.5:
        german = lexicon.GERMAN[noun][0]
    if not colour and not side and rng.random() < 0.35:
        return german.plural if count > 1 else german.noun
    adjective = side or lexicon.COLOURS.get(colour, "")
    case: lexicon.Case = "nom" if rng.random() < 0.5 else "acc"
    return lexicon.definite(german, count, case, adjective)
