"""Scenes in words: short captions, long beautified prompts, and the way back from a prompt to its scene.

`parse` reads every prompt that `caption` and `beautified` write back to the same scene, and reads what
people type as far as it can: it knows synonyms, ignores unknown words, and fills in defaults.
"""

from __future__ import annotations

import functools
import random
import re
from dataclasses import replace
from typing import TypeVar

from model.tiny import words
from model.tiny.world import MAX_KINDS, NATURAL_COLOUR, Scene, Thing, random_quality

K = TypeVar("K", str, int)

_SPELLINGS = {
    "colours": "colors",
    "colourful": "colorful",
    "coloured": "colored",
    "colour": "color",
    "watercolour": "watercolor",
    "water colour": "watercolor",
    "water color": "watercolor",
}
_SPELLING = re.compile(r"\b(" + "|".join(sorted(_SPELLINGS, key=len, reverse=True)) + r")\b")
_BRITISH = {
    "vivid colors": "vivid colours",
    "vibrant colors": "vibrant colours",
    "watercolor": "watercolour",
    "colorful": "colourful",
}
_NEGATION = r"(?:no|without|not|without any|no more)"


def normalise(prompt: str) -> str:
    """Lower case, American spelling, one space between words; only letters, digits and commas remain."""
    text = re.sub(r"[.;:!?|()\[\]/\n]+", ",", prompt.lower())
    text = re.sub(r"[^\w,]+", " ", text.replace("'s", ""))
    text = re.sub(r"\s*,[\s,]*", ", ", text)
    return _SPELLING.sub(lambda m: _SPELLINGS[m.group()], text).strip(" ,")


def plural(noun: str) -> str:
    """The plural of one of our nouns, also of several words (`hot air balloons`)."""
    *front, last = noun.split()
    return " ".join(
        [*front, words.PLURALS.get(last, last + ("es" if last.endswith(("s", "x", "sh")) else "s"))]
    )


# --- scene to words -------------------------------------------------------------------------------------


def _say(rng: random.Random, ways: tuple[str, ...], plain: float = 0.6) -> str:
    """One of the ways to say it, the plainest with probability `plain`."""
    return ways[0] if rng.random() < plain else rng.choice(ways)


def describe_thing(thing: Thing, rng: random.Random, *, full: bool = False) -> str:
    """`two large red boats`; what goes without saying (natural colour, medium size) is mostly left out."""
    parts: list[str] = []
    if thing.size != "medium" or rng.random() < 0.03:
        parts.append(_say(rng, words.SIZE_WORDS[thing.size]))
    if thing.colour != NATURAL_COLOUR[thing.noun] or full or rng.random() < 0.6:
        parts.append(_say(rng, words.COLOUR_WORDS[thing.colour], 0.85))
    noun = _say(rng, words.NOUN_WORDS[thing.noun], 0.75)
    parts.append(noun if thing.count == 1 else plural(noun))
    tail = " ".join(parts)
    if thing.count > 1:
        return f"{_say(rng, words.COUNT_WORDS[thing.count], 0.8)} {tail}"
    article = "an" if tail[0] in "aeiou" else "a"
    return f"{rng.choices((article, 'the', 'one'), (9, 1, 0.3))[0]} {tail}"


def _things(scene: Scene, rng: random.Random, *, full: bool = False) -> str:
    if not scene.things:
        return f"the {_say(rng, words.BARE_PLACE_WORDS[scene.place])}"
    joint = rng.choices((" and ", " with ", " next to ", " beside "), (8, 2, 1, 1))[0]
    return joint.join(describe_thing(thing, rng, full=full) for thing in scene.things)


def _surroundings(scene: Scene, rng: random.Random, said: float) -> list[str]:
    """Place, time and weather as phrases, in a varying order; defaults are said with probability `said`."""
    place = _say(rng, words.PLACE_WORDS[scene.place])
    time = _say(rng, words.TIME_WORDS[scene.time])
    weather = _say(rng, words.WEATHER_WORDS[scene.weather])
    parts = [place] if scene.things and (scene.place != Scene.place or rng.random() < said) else []
    rest = [time] if scene.time != Scene.time or rng.random() < said * 0.5 else []
    rest += [weather] if scene.weather != Scene.weather or rng.random() < said * 0.2 else []
    rng.shuffle(rest)
    return parts + rest if rng.random() < 0.85 else rest + parts


def _style(scene: Scene, rng: random.Random, said: float) -> list[str]:
    style = _say(rng, words.STYLE_WORDS[scene.style])
    return [style] if scene.style != Scene.style or rng.random() < said else []


def _quality(scene: Scene, rng: random.Random, plain: float = 0.7) -> list[str]:
    spoken = [_say(rng, words.QUALITY_WORDS[q], plain) for q in scene.quality]
    rng.shuffle(spoken)
    return [_BRITISH.get(word, word) if rng.random() < 0.1 else word for word in spoken]


def caption(scene: Scene, rng: random.Random) -> str:
    """A short caption, as people ask: `a red house in a meadow at night, watercolor`."""
    head = _things(scene, rng)
    phrases = _surroundings(scene, rng, said=0.7)
    comma = rng.random() < 0.3
    text = head + "".join((", " if comma and i else " ") + phrase for i, phrase in enumerate(phrases))
    tail = _style(scene, rng, said=0.1) + _quality(scene, rng)
    if tail and rng.random() < 0.1:
        return f"{tail[0]} of {text}" + "".join(f", {part}" for part in tail[1:])
    return ", ".join([text, *tail])


def beautified(scene: Scene, rng: random.Random) -> str:
    """A long prompt in the manner of real ones: parts between commas, style and quality words, some filler.

    It says the scene as it is: give the scene quality words first (`polish`) where it has none.
    """
    head = _things(scene, rng, full=True)
    phrases = _surroundings(scene, rng, said=0.9)
    if phrases and rng.random() < 0.7:
        phrases[0] = f"{head} {phrases[0]}"
    else:
        phrases.insert(0, head)
    bare = {"day": "sunny day", "sunset": "sunset", "night": "night"}[scene.time]
    phrases = [bare if p in words.TIME_WORDS[scene.time] and rng.random() < 0.25 else p for p in phrases]
    tail = _style(scene, rng, said=0.4) + _quality(scene, rng)
    fillers = rng.sample(words.FILLERS, rng.choices((0, 1, 2, 3), (4, 3, 2, 1))[0])
    for filler in fillers:
        tail.insert(rng.randint(0, len(tail)), filler)
    return ", ".join(phrases + tail)


def polish(scene: Scene, rng: random.Random) -> Scene:
    """The scene with the two to five quality words that a beautified prompt gives it."""
    return scene if scene.quality else replace(scene, quality=random_quality(rng))


# --- words to scene -------------------------------------------------------------------------------------


def _table(*tables: dict[K, tuple[str, ...]]) -> dict[str, K]:
    return {phrase: value for table in tables for value, phrases in table.items() for phrase in phrases}


@functools.cache
def _setting() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """One pattern, longest phrase first, for all that is not a thing, and what each phrase means."""
    fields: dict[str, dict[str, str]] = {
        "place": _table(words.BARE_PLACE_WORDS, words.PLACE_WORDS),
        "time": _table(words.BARE_TIME_WORDS, words.TIME_WORDS),
        "weather": _table(words.BARE_WEATHER_WORDS, words.WEATHER_WORDS),
        "style": _table(words.STYLE_WORDS),
        "quality": _table(words.QUALITY_WORDS),
    }
    meaning = {phrase: (field, value) for field, table in fields.items() for phrase, value in table.items()}
    # An alternation takes the first that fits, not the longest: "sunny day" before "day"
    ordered = sorted(meaning, key=len, reverse=True)
    return re.compile(rf"\b({_NEGATION} )?(?:the )?({'|'.join(ordered)})\b"), meaning


@functools.cache
def _thing_words() -> tuple[re.Pattern[str], dict[str, tuple[str, str | int]]]:
    """One pattern for nouns, colours, sizes and counts, and what each phrase means."""
    nouns = _table(words.NOUN_WORDS)
    meaning: dict[str, tuple[str, str | int]] = {
        p: ("count", v) for p, v in _table(words.COUNT_WORDS).items()
    }
    meaning |= {p: ("size", v) for p, v in _table(words.SIZE_WORDS).items()}
    meaning |= {p: ("colour", v) for p, v in _table(words.COLOUR_WORDS).items()}
    meaning |= {p: ("noun", v) for p, v in nouns.items()} | {plural(p): ("noun", v) for p, v in nouns.items()}
    stops = {word: ("stop", word) for word in ("and", "with", "beside", "next to", "near", "under")}
    meaning |= stops
    ordered = sorted(meaning, key=len, reverse=True)
    return re.compile(rf",|\b(?:{'|'.join(ordered)})\b"), meaning


def _parse_things(text: str) -> tuple[Thing, ...]:
    pattern, meaning = _thing_words()
    things: list[Thing] = []
    seen: dict[str, str | int] = {}
    for match in pattern.finditer(text):
        field, value = meaning.get(match.group(), ("stop", ""))
        if field == "stop":
            seen = {}
        elif field == "noun":
            noun = str(value)
            colour, size = str(seen.get("colour", NATURAL_COLOUR[noun])), str(seen.get("size", "medium"))
            things.append(Thing(noun, colour, size, int(seen.get("count", 1))))
            seen = {}
        else:
            seen[field] = value
    return tuple(things)


def parse(prompt: str) -> Scene:
    """The scene a prompt describes; unsaid parts take the defaults of `Scene`, unknown words are passed over.

    When a prompt says a part twice the first counts, and of its things the first `MAX_KINDS`. `no rain` and
    `without fog` say nothing.
    """
    things, quality, said = _read(prompt)
    return Scene(things=things[:MAX_KINDS], quality=quality, **said)


def crowd(prompt: str) -> tuple[str, ...]:
    """The things of a prompt that describes more than a scene has room for, by the nouns that it says; none
    of any other prompt."""
    if len(_read(prompt)[0]) <= MAX_KINDS:
        return ()
    return tuple(dict.fromkeys(found.group() for found in _nouns().finditer(normalise(prompt))))


@functools.cache
def _nouns() -> re.Pattern[str]:
    """A pattern for all words of things, in either number."""
    forms = {form for ways in words.NOUN_WORDS.values() for way in ways for form in (way, plural(way))}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(forms, key=len, reverse=True)))})\b")


def _read(prompt: str) -> tuple[tuple[Thing, ...], tuple[str, ...], dict[str, str]]:
    """All things of a prompt, its words of quality, and its place, time, weather and style as far as said."""
    pattern, meaning = _setting()
    said: dict[str, str] = {}
    quality: list[str] = []

    def take(match: re.Match[str]) -> str:
        field, value = meaning[match.group(2)]
        if match.group(1) is None and field == "quality":
            quality.append(value)
        elif match.group(1) is None:
            said.setdefault(field, value)
        return ","

    rest = pattern.sub(take, normalise(prompt))
    return _parse_things(rest), tuple(quality), said
