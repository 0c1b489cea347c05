"""Scenes of TinyWorld: what a picture contains, as values, and how good it is known to look.

A scene is one or two kinds of things in a place, at a time of day, in some weather, drawn in a style with
quality words. `grammar.py` puts scenes into words and `render.py` draws them. Everything here is immutable
and pure; change a scene with `dataclasses.replace`.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

NOUNS = (
    "house", "tree", "flower", "mushroom", "cat", "fox",
    "boat", "car", "balloon", "lantern", "rocket", "robot",
)  # fmt: skip
COLOURS = ("red", "orange", "yellow", "green", "blue", "purple", "pink", "white", "black", "brown")
SIZES = ("small", "medium", "large")
COUNTS = (1, 2, 3)
PLACES = ("meadow", "beach", "desert", "city", "mountains", "sea")
TIMES = ("day", "sunset", "night")
WEATHERS = ("clear", "rain", "snow", "fog")
STYLES = ("flat", "watercolour", "pixel", "sketch", "neon")
QUALITIES = (
    "highly detailed", "soft light", "volumetric lighting", "vivid colors", "sharp focus", "masterpiece",
)  # fmt: skip

NATURAL_COLOUR = {
    "house": "red",
    "tree": "green",
    "flower": "pink",
    "mushroom": "red",
    "cat": "brown",
    "fox": "orange",
    "boat": "blue",
    "car": "blue",
    "balloon": "purple",
    "lantern": "yellow",
    "rocket": "white",
    "robot": "white",
}
"""The colour a thing has when nobody says one."""

MAX_KINDS = 2
RATING_RANGE = (1.0, 10.0)
_RATING_OF_QUALITY = {
    "highly detailed": 1.2,
    "soft light": 0.8,
    "volumetric lighting": 1.1,
    "vivid colors": 1.0,
    "sharp focus": 0.7,
    "masterpiece": 1.2,
}
_RATING_OF_STYLE = {"flat": 0.0, "watercolour": 0.6, "pixel": -0.3, "sketch": -0.1, "neon": 0.5}
_RATING_OF_TIME = {"day": 0.0, "sunset": 0.6, "night": 0.3}


def _check(word: object, allowed: tuple[object, ...], what: str) -> None:
    if word not in allowed:
        raise ValueError(f"unknown {what} {word!r}: TinyWorld knows {', '.join(map(str, allowed))}")


@dataclass(frozen=True, slots=True)
class Thing:
    """One kind of object: a noun of `NOUNS`, its colour, its size, and how many there are (1 to 3).

    Raises ValueError for a word the world does not know.
    """

    noun: str
    colour: str
    size: str = "medium"
    count: int = 1

    def __post_init__(self) -> None:
        _check(self.noun, NOUNS, "noun")
        _check(self.colour, COLOURS, "colour")
        _check(self.size, SIZES, "size")
        _check(self.count, COUNTS, "count")

    @classmethod
    def random(cls, rng: random.Random, taken: tuple[str, ...] = ()) -> Thing:
        """A thing whose noun is not among `taken`; medium size and single ones are commonest."""
        noun = rng.choice([n for n in NOUNS if n not in taken])
        colour = NATURAL_COLOUR[noun] if rng.random() < 0.15 else rng.choice(COLOURS)
        size = rng.choices(SIZES, (1, 2, 1))[0]
        count = rng.choices(COUNTS, (4, 1, 1) if not taken else (6, 1, 0))[0]
        return cls(noun, colour, size, count)


@dataclass(frozen=True)
class Scene:
    """What one picture shows. The defaults are what an unsaid part means.

    `things` holds at most two kinds (none: an empty landscape). `quality` is kept without doubles in the
    order of `QUALITIES`, so equal scenes compare equal however their words were ordered.
    Raises ValueError for a word the world does not know or a third kind of thing.
    """

    things: tuple[Thing, ...] = ()
    place: str = "meadow"
    time: str = "day"
    weather: str = "clear"
    style: str = "flat"
    quality: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.things) > MAX_KINDS:
            raise ValueError(f"a scene holds at most {MAX_KINDS} kinds of things, not {len(self.things)}")
        _check(self.place, PLACES, "place")
        _check(self.time, TIMES, "time")
        _check(self.weather, WEATHERS, "weather")
        _check(self.style, STYLES, "style")
        for word in self.quality:
            _check(word, QUALITIES, "quality word")
        object.__setattr__(self, "quality", tuple(q for q in QUALITIES if q in self.quality))

    @classmethod
    def random(cls, rng: random.Random) -> Scene:
        """A scene as training and evaluation sample it: 3 % empty, about a third with two kinds."""
        things: tuple[Thing, ...] = ()
        if rng.random() >= 0.03:
            things = (Thing.random(rng),)
            if things[0].count < 3 and rng.random() < 0.35:
                things += (Thing.random(rng, taken=(things[0].noun,)),)
        return cls(
            things,
            place=rng.choice(PLACES),
            time=rng.choice(TIMES),
            weather=rng.choices(WEATHERS, (6, 2, 2, 2))[0],
            style=rng.choices(STYLES, (4, 2, 2, 2, 2))[0],
            quality=random_quality(rng) if rng.random() < 0.6 else (),
        )

    @property
    def total(self) -> int:
        """How many objects stand in the picture."""
        return sum(thing.count for thing in self.things)


def random_quality(rng: random.Random) -> tuple[str, ...]:
    """Two to five quality words, in the world's order: what a beautified prompt carries."""
    chosen = rng.sample(QUALITIES, rng.randint(2, 5))
    return tuple(q for q in QUALITIES if q in chosen)


def rating(scene: Scene) -> float:
    """How good the picture looks, known by construction: 1 (dull) to 10, from quality words, style and time.

    A plain flat daytime scene rates 3; each quality word adds its own worth, light and detail most.
    """
    worth = 3.0 + sum(_RATING_OF_QUALITY[q] for q in scene.quality)
    worth += _RATING_OF_STYLE[scene.style] + _RATING_OF_TIME[scene.time]
    low, high = RATING_RANGE
    return min(high, max(low, worth))
