"""What prompts about anything speak of: words from the lists in `words/`, names, and made-up words."""

from __future__ import annotations

import functools
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from model.tiny import words as world
from model.tiny.drafts import NounPhrase
from model.tiny.vocabulary import TIMES, WEATHERS, Vocabulary

if TYPE_CHECKING:
    import random

WORDS = Path(__file__).parent / "words"

MORE_TIMES = (
    ("morning", "in the morning"), ("winter", "in winter"), ("summer", "in summer"), ("autumn", "in autumn"),
    ("spring", "in spring"), ("the 1960s", "in the 1960s"), ("the 1920s", "in the 1920s"),
    ("the middle ages", "in the middle ages"), ("the future", "in the future"), ("the year 3000",
    "in the year 3000"),
    ("a full moon", "under a full moon"), ("christmas", "at christmas"), ("halloween", "at halloween"),
    ("the stone age", "in the stone age"), ("nightfall", "at nightfall"), ("twilight", "at twilight"),
)  # fmt: skip
MORE_WEATHERS = (
    ("lightning", "with lightning"), ("a hurricane", "during a hurricane"), ("strong wind", "in strong wind"),
    ("northern lights", "under northern lights"), ("a rainbow", "with a rainbow"), ("hail",
    "in a hail storm"),
    ("dark clouds", "under dark clouds"), ("a tornado", "with a tornado"), ("a sandstorm", "in a sandstorm"),
    ("an earthquake", "during an earthquake"), ("falling leaves", "with falling leaves"),
    ("a thunderstorm", "in a thunderstorm"), ("fireworks", "with fireworks"), ("a drizzle", "in a drizzle"),
)  # fmt: skip


@functools.cache
def listed(name: str) -> tuple[str, ...]:
    """The lines of one of our word lists."""
    return tuple((WORDS / f"{name}.txt").read_text("utf-8").split("\n")[:-1])


_ONSETS = (
    "b", "br", "c", "ch", "d", "dr", "f", "fl", "g", "gl", "h", "j", "k", "kr", "l", "m", "n", "p", "pl",
    "qu",
    "r", "s", "sh", "sk", "st", "t", "th", "tr", "v", "w", "x", "y", "z", "zh", "",
)  # fmt: skip
_VOWELS = ("a", "e", "i", "o", "u", "a", "e", "i", "o", "u", "ai", "ee", "oo", "ou", "ia", "y", "ö", "é")
_CODAS = (
    "", "", "", "", "n", "r", "l", "m", "x", "k", "s", "t", "nd", "rk", "th", "b", "g", "mp", "d", "p", "z",
    "ff",
)  # fmt: skip


def made_up(rng: random.Random) -> str:
    """A word nobody knows: `zorblax`, `Quindara`, `xk-47`."""
    syllables = rng.choices((1, 2, 3), (2, 5, 2))[0]
    word = "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS) for _ in range(syllables))
    form = rng.random()
    if form < 0.06:
        return f"{word[:3]}-{rng.randint(1, 999)}"
    if form < 0.2:
        return "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(3, 8)))
    return word.capitalize() if form < 0.35 else word


def somebody(rng: random.Random) -> str:
    """A name: known first and family names, made-up ones, or a famous painter's."""
    if rng.random() < 0.2:
        return rng.choice(listed("artists"))
    first = rng.choice(listed("names")) if rng.random() < 0.7 else made_up(rng).capitalize()
    last = rng.choice(listed("surnames")) if rng.random() < 0.6 else made_up(rng).capitalize()
    return first if rng.random() < 0.3 else f"{first} {last}"


def noun(rng: random.Random) -> str:
    """A noun: listed, made up, or two in one."""
    chance = rng.random()
    if chance < 0.25:
        return made_up(rng)
    if chance < 0.35:
        return f"{rng.choice(listed('nouns'))} {rng.choice(listed('nouns'))}"
    return rng.choice(listed("nouns"))


def anything(rng: random.Random) -> NounPhrase:
    """A thing of any kind, plainly or richly said; one in twelve is somebody by name."""
    if rng.random() < 0.08:
        return NounPhrase(
            somebody(rng), lead="", tail=rng.choice(listed("tails")) if rng.random() < 0.3 else ""
        )
    number = rng.choices((1, 2, 3), (12, 1, 1))[0]
    lead = rng.choices(("a", "the", "one", ""), (12, 2, 0.3, 1))[0]
    return NounPhrase(
        noun=noun(rng),
        colour=rng.choice(listed("colours")) if rng.random() < 0.3 else "",
        size=rng.choice(listed("sizes")) if rng.random() < 0.15 else "",
        adjective=rng.choice(listed("adjectives")) if rng.random() < 0.25 else "",
        tail=rng.choice(listed("tails")) if rng.random() < 0.12 else "",
        count=number,
        lead=lead if number == 1 else rng.choice((*world.COUNT_WORDS[number], "some", "many")),
        joint=rng.choice((" and ", " and ", " with ", " next to ", " on top of ", " in front of ")),
    )


def place_phrase(rng: random.Random) -> str:
    """Where it is: a listed place or one made from a thing."""
    if rng.random() < 0.7:
        return rng.choice(listed("places"))
    at = rng.choice(("in", "on", "near", "under", "inside", "behind", "next to", "in front of", "above"))
    thing = replace(anything(rng), tail="", count=1, lead=rng.choice(("a", "the")))
    return f"{at} {thing}" if rng.random() < 0.8 else f"in {made_up(rng).capitalize()}"


@functools.cache
def open_vocabulary() -> Vocabulary:
    """The vocabulary of drafts about anything."""
    styles = tuple((asked, tag) for asked, _, tag in (line.partition("|") for line in listed("styles")))
    return Vocabulary(
        things=anything,
        colours=listed("colours"),
        sizes=listed("sizes"),
        places=listed("places"),
        times=TIMES + MORE_TIMES,
        weathers=WEATHERS + MORE_WEATHERS,
        styles=styles,
        most_things=4,
    )
