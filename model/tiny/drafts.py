"""A prompt in pieces: noun phrases, phrases of place, time and weather, and tags.

Edits work on a `Draft` and write it out again, so every word an edit does not concern stays as it was.
The words need not be TinyWorld's: training drafts prompts about anything in the same pieces.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from model.tiny import grammar, words
from model.tiny.world import NATURAL_COLOUR, QUALITIES, Scene, Thing

Slot = Literal["place", "time", "weather", "style", "quality", "filler"]
Layout = Literal["spaces", "commas", "first"]
K = TypeVar("K")

_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """`a small red wooden boat with a flag`: `lead size colour adjective noun tail`; empty parts are unsaid.

    `lead` is an article or count word; `a` and `an` are corrected when written. `joint` is how the phrase is
    tied to the one before it.
    """

    noun: str
    colour: str = ""
    size: str = ""
    count: int = 1
    lead: str = "a"
    adjective: str = ""
    tail: str = ""
    joint: str = " and "

    @property
    def name(self) -> str:
        """The noun in the right number, as an instruction names it: `boats`."""
        return self.noun if self.count == 1 else grammar.plural(self.noun)

    def __str__(self) -> str:
        body = " ".join(
            part for part in (self.size, self.colour, self.adjective, self.name, self.tail) if part
        )
        lead = self.lead
        if lead in ("a", "an"):
            lead = "an" if body[0].lower() in _VOWELS else "a"
        return f"{lead} {body}".strip()


@dataclass(frozen=True, slots=True)
class Draft:
    """The pieces of one prompt. `phrases` and `tags` hold (slot, words) in the order they are written.

    `subject` stands in place of `things` when there are none. `opening` is a style said first
    (`watercolor of ...`). `layout`: phrases follow the subject after spaces, after commas, or only the first
    without one.
    """

    things: tuple[NounPhrase, ...] = ()
    subject: str = ""
    phrases: tuple[tuple[Slot, str], ...] = ()
    tags: tuple[tuple[Slot, str], ...] = ()
    opening: str = ""
    layout: Layout = "spaces"

    def __str__(self) -> str:
        head = (
            "".join(thing.joint * (i > 0) + str(thing) for i, thing in enumerate(self.things)) or self.subject
        )
        for i, (_, phrase) in enumerate(self.phrases):
            comma = self.layout == "commas" or (self.layout == "first" and i > 0)
            head += (", " if comma else " ") + phrase
        head = f"{self.opening} of {head}" if self.opening else head
        return ", ".join([head, *(tag for _, tag in self.tags)])

    def said(self, slot: Slot) -> str:
        """The first words said for a slot, or nothing."""
        if slot == "style" and self.opening:
            return self.opening
        return next((text for name, text in self.phrases + self.tags if name == slot), "")

    def saying(self, slot: Slot, text: str) -> Draft:
        """The draft with `text` for a slot of which only one is said: in its old place, or appended to the
        phrases (place first); an empty text leaves the slot unsaid."""
        kept = tuple((name, text if name == slot else old) for name, old in self.phrases)
        if slot not in dict(self.phrases):
            kept = ((slot, text), *kept) if slot == "place" else (*kept, (slot, text))
        return replace(self, phrases=tuple(phrase for phrase in kept if phrase[1]))

    def styled(self, text: str) -> Draft:
        """The draft in another style: where the old one was said, else as the first tag."""
        if self.opening:
            return replace(self, opening=text)
        rest = tuple((name, text if name == "style" else old) for name, old in self.tags)
        if "style" not in dict(self.tags):
            rest = (("style", text), *rest)
        return replace(self, tags=tuple(tag for tag in rest if tag[1]))

    def tagged(self, slot: Slot, *texts: str) -> Draft:
        """The draft with more tags at its end."""
        return replace(self, tags=self.tags + tuple((slot, text) for text in texts))


def _pick(rng: random.Random, ways: tuple[str, ...], plain: float = 0.5) -> str:
    return ways[0] if rng.random() < plain else rng.choice(ways)


def noun_phrase(thing: Thing, rng: random.Random) -> NounPhrase:
    """One way to say a thing; natural colours and medium sizes are often left out."""
    unsaid = thing.colour == NATURAL_COLOUR[thing.noun] and rng.random() < 0.5
    lead = rng.choices(("a", "the", "one"), (9, 1, 0.2))[0]
    return NounPhrase(
        noun=_pick(rng, words.NOUN_WORDS[thing.noun]),
        colour="" if unsaid else _pick(rng, words.COLOUR_WORDS[thing.colour], 0.8),
        size="" if thing.size == "medium" else _pick(rng, words.SIZE_WORDS[thing.size]),
        count=thing.count,
        lead=lead if thing.count == 1 else _pick(rng, words.COUNT_WORDS[thing.count], 0.8),
        joint=rng.choices((" and ", " with ", " next to ", " beside "), (8, 2, 1, 1))[0],
    )


def draft(scene: Scene, rng: random.Random) -> Draft:
    """One way to put a scene into words, with the ways of `grammar.caption` and `grammar.beautified`."""
    phrases = _phrases(scene, rng, said=rng.choice((0.6, 0.9)))
    if not scene.things:
        phrases = tuple(phrase for phrase in phrases if phrase[0] != "place")
    style = _pick(rng, words.STYLE_WORDS[scene.style])
    says_style = scene.style != Scene.style or rng.random() < 0.15
    opens = says_style and rng.random() < 0.15
    return Draft(
        things=tuple(noun_phrase(thing, rng) for thing in scene.things),
        subject="" if scene.things else f"the {_pick(rng, words.BARE_PLACE_WORDS[scene.place])}",
        phrases=phrases,
        opening=style if opens else "",
        tags=_tags(scene, rng, style if says_style and not opens else ""),
        layout=rng.choices(("spaces", "commas", "first"), (5, 1, 3))[0],
    )


def _phrases(scene: Scene, rng: random.Random, said: float) -> tuple[tuple[Slot, str], ...]:
    place: tuple[Slot, str] = ("place", _pick(rng, words.PLACE_WORDS[scene.place]))
    rest: list[tuple[Slot, str]] = []
    if scene.time != Scene.time or rng.random() < said * 0.4:
        rest.append(("time", _pick(rng, words.TIME_WORDS[scene.time])))
    if scene.weather != Scene.weather or rng.random() < said * 0.1:
        rest.append(("weather", _pick(rng, words.WEATHER_WORDS[scene.weather])))
    rng.shuffle(rest)
    return (place, *rest) if scene.place != Scene.place or rng.random() < said else tuple(rest)


def _tags(scene: Scene, rng: random.Random, style: str) -> tuple[tuple[Slot, str], ...]:
    tags: list[tuple[Slot, str]] = [
        ("quality", _pick(rng, words.QUALITY_WORDS[q], 0.7)) for q in scene.quality
    ]
    if tags:
        tags += [("filler", filler) for filler in rng.sample(words.FILLERS, rng.choice((0, 0, 1, 2)))]
    rng.shuffle(tags)
    return (("style", style), *tags) if style else tuple(tags)


# --- and back to the scene ------------------------------------------------------------------------------


def meaning(tables: dict[K, tuple[str, ...]], phrase: str) -> K | None:
    """Which value of a table a phrase stands for, or None for words the world does not know."""
    return next((value for value, ways in tables.items() if phrase in ways), None)


def scene_of(draft: Draft) -> Scene:
    """The scene a draft of world words says, read from its pieces and not from its text."""
    fields: dict[str, str] = {}
    tables: dict[Slot, dict[str, tuple[str, ...]]] = {
        "place": words.PLACE_WORDS,
        "time": words.TIME_WORDS,
        "weather": words.WEATHER_WORDS,
        "style": words.STYLE_WORDS,
    }
    for slot, table in tables.items():
        value = meaning(table, draft.said(slot))
        if value is not None:
            fields[slot] = value
    if draft.subject and "place" not in fields:
        fields["place"] = (
            meaning(words.BARE_PLACE_WORDS, re.sub("^(?:an?|the) ", "", draft.subject)) or Scene.place
        )
    quality = [meaning(words.QUALITY_WORDS, text) for slot, text in draft.tags if slot == "quality"]
    return Scene(
        tuple(_thing(phrase) for phrase in draft.things),
        quality=tuple(q for q in QUALITIES if q in quality),
        **fields,
    )


def _thing(phrase: NounPhrase) -> Thing:
    noun = meaning(words.NOUN_WORDS, phrase.noun)
    if noun is None:
        raise ValueError(f"TinyWorld has no {phrase.noun!r}")
    colour = meaning(words.COLOUR_WORDS, phrase.colour) or NATURAL_COLOUR[noun]
    return Thing(noun, colour, meaning(words.SIZE_WORDS, phrase.size) or "medium", phrase.count)
