"""What instructions may speak of: things, colours, places, times, weathers, styles, moods.

The tables pair a way of asking with the words that then stand in the prompt (`night`, `at night`).
"""

from __future__ import annotations

import functools
import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from model.tiny import words
from model.tiny.drafts import NounPhrase, noun_phrase
from model.tiny.world import MAX_KINDS, Thing


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What edits may speak of. Pairs are (as asked for, as it then stands in the prompt)."""

    things: Callable[[random.Random], NounPhrase]
    colours: tuple[str, ...]
    sizes: tuple[str, ...]
    places: tuple[str, ...]
    times: tuple[tuple[str, str], ...]
    weathers: tuple[tuple[str, str], ...]
    styles: tuple[tuple[str, str], ...]
    most_things: int = MAX_KINDS


TIMES = (
    ("night", "at night"), ("night", "at night"), ("nighttime", "at night"), ("night time", "at night"),
    ("midnight", "at midnight"), ("a starry night", "under the stars"), ("sunset", "at sunset"),
    ("sunset", "at sunset"), ("a sunset", "at sunset"), ("dusk", "at dusk"), ("evening", "in the evening"),
    ("golden hour", "at golden hour"), ("dawn", "at dawn"), ("sunrise", "at sunrise"),
    ("day", "during the day"),
    ("daytime", "during the day"), ("daylight", "in daylight"), ("noon", "at noon"), ("midday", "at noon"),
    ("a sunny day", "on a sunny day"), ("sunny", "on a sunny day"),
)  # fmt: skip
WEATHERS = (
    ("rain", "in the rain"), ("rain", "in the rain"), ("rainy", "in the rain"), ("raining", "in the rain"),
    ("a rainy day", "on a rainy day"), ("a storm", "in a storm"), ("stormy", "in a storm"),
    ("pouring rain", "in the pouring rain"), ("snow", "in falling snow"), ("snowy", "in falling snow"),
    ("snowing", "in falling snow"), ("falling snow", "in falling snow"), ("a snowstorm", "in a snowstorm"),
    ("a blizzard", "in a blizzard"), ("fog", "in the fog"), ("foggy", "in the fog"), ("mist", "in the mist"),
    ("misty", "in the mist"), ("thick fog", "in thick fog"), ("a clear sky", "under a clear sky"),
)  # fmt: skip
STYLES = (
    ("a watercolour", "watercolor painting"), ("a watercolor", "watercolor painting"),
    ("watercolor", "watercolor painting"), ("a watercolor painting", "watercolor painting"),
    ("a watercolour painting", "watercolor painting"), ("watercolor art", "watercolor art"),
    ("an aquarelle", "aquarelle"), ("pixel art", "pixel art"), ("pixelated", "pixelated"), ("8 bit", "8 bit"),
    ("retro game art", "retro game art"), ("a pencil sketch", "pencil sketch"), ("a sketch", "pencil sketch"),
    ("a pencil drawing", "pencil drawing"), ("a hand drawn sketch", "hand drawn sketch"),
    ("neon", "neon art"), ("neon art", "neon art"), ("neon lights", "neon lights"),
    ("synthwave", "synthwave"),
    ("cyberpunk", "cyberpunk"), ("a flat illustration", "flat illustration"), ("flat design", "flat design"),
    ("vector art", "vector art"), ("a vector illustration", "vector illustration"),
    ("a simple illustration", "simple illustration"),
)  # fmt: skip
MOODS: dict[str, tuple[tuple[str, str], ...]] = {
    "spooky": (("time", "at night"), ("weather", "in the fog")),
    "scary": (("time", "at night"), ("weather", "in the fog")),
    "creepy": (("time", "at night"), ("weather", "in the fog")),
    "mysterious": (("weather", "in the mist"),),
    "dreamy": (("quality", "soft light"),),
    "cozy": (("quality", "warm glow"),),
    "cosy": (("quality", "warm glow"),),
    "warm": (("quality", "warm glow"),),
    "romantic": (("time", "at sunset"), ("quality", "soft light")),
    "dramatic": (("quality", "dramatic lighting"),),
    "epic": (("quality", "dramatic lighting"),),
    "cinematic": (("quality", "dramatic lighting"),),
    "wintry": (("weather", "in falling snow"),),
    "gloomy": (("weather", "in the rain"),),
    "sad": (("weather", "in the rain"),),
    "cheerful": (("quality", "vivid colors"),),
    "happy": (("quality", "vivid colors"),),
    "lively": (("quality", "vivid colors"),),
    "peaceful": (("quality", "soft light"),),
    "calm": (("quality", "soft light"),),
    "dark": (("time", "at night"),),
    "bright": (("time", "on a sunny day"),),
    "magical": (("time", "under the stars"), ("quality", "soft glow")),
    "festive": (("quality", "vivid colors"),),
}
"""Vague wishes and what they come to; the word itself is added as well."""


@functools.cache
def world_vocabulary() -> Vocabulary:
    """What TinyWorld knows, as people say it."""
    return Vocabulary(
        things=lambda rng: noun_phrase(Thing.random(rng), rng),
        colours=tuple(colour for ways in words.COLOUR_WORDS.values() for colour in ways[:2]),
        sizes=tuple(size for ways in words.SIZE_WORDS.values() for size in ways if "medium" not in ways),
        places=tuple(place for ways in words.PLACE_WORDS.values() for place in ways),
        times=TIMES,
        weathers=WEATHERS,
        styles=STYLES,
    )


def bare(phrase: str) -> str:
    """The phrase without its leading article, count word or preposition: `at night` -> `night`."""
    return re.sub(
        r"^(?:(?:in|on|at|by|under|among|during|while|with)\b ?)?(?:an?|the|one|it)?\b ?", "", phrase
    )


def place_name(phrase: str) -> str:
    """`in a meadow` -> `a meadow`."""
    return phrase.partition(" ")[2] or phrase
