"""A prompt that a model wrote, read back into the pieces that it would be edited by."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from model.tiny import words
from model.tiny.drafts import Draft, NounPhrase, Slot
from model.tiny.grammar import plural

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.tiny.drafts import Layout

_PHRASES: dict[Slot, dict[str, tuple[str, ...]]] = {
    "place": words.PLACE_WORDS, "time": words.TIME_WORDS, "weather": words.WEATHER_WORDS,
}  # fmt: skip
_TAGS: dict[Slot, dict[str, tuple[str, ...]]] = {
    "style": words.STYLE_WORDS, "quality": words.QUALITY_WORDS, "filler": {"": words.FILLERS},
    "place": words.BARE_PLACE_WORDS, "time": words.BARE_TIME_WORDS, "weather": words.BARE_WEATHER_WORDS,
}  # fmt: skip
_JOINTS = (" and ", " with ", " next to ", " beside ")
_LAYOUTS: tuple[Layout, ...] = ("spaces", "commas", "first")


def read(prompt: str) -> Draft | None:
    """The draft that is written as `prompt`; None where it is none of TinyWorld's words.

    A capital at the beginning is read, and is not in the draft.
    """
    text = prompt[:1].lower() + prompt[1:]
    head, *rest = text.split(", ")
    opening, head = _opened(head)
    body, phrases = _without_phrases(head)
    tags: list[tuple[Slot, str]] = []
    for segment in rest:
        slot = _slot(_PHRASES, segment)
        if slot and not tags:
            phrases.append((slot, segment))
        elif (tag := _slot(_TAGS, segment)) or slot:
            tags.append((tag or slot or "filler", segment))
        else:
            return None
    things = _things(body)
    subject = "" if things else body
    for layout in _LAYOUTS:
        found = Draft(things or (), subject, tuple(phrases), tuple(tags), opening, layout)
        if str(found) == text:
            return found if things or _is_place(subject) else None
    return None


def _opened(head: str) -> tuple[str, str]:
    """A style that is said first, and what it is a picture of."""
    style, of, rest = head.partition(" of ")
    known = of and any(style in ways for ways in words.STYLE_WORDS.values())
    return (style, rest) if known else ("", head)


def _without_phrases(head: str) -> tuple[str, list[tuple[Slot, str]]]:
    """What is left of a head without the phrases at its end, and those in their order."""
    phrases: list[tuple[Slot, str]] = []
    while found := _ending().search(head):
        slot = _slot(_PHRASES, found[1])
        phrases.insert(0, (slot or "place", found[1]))
        head = head[: found.start()]
    return head, phrases


@functools.cache
def _ending() -> re.Pattern[str]:
    return re.compile(
        rf" ({_any(way for table in _PHRASES.values() for ways in table.values() for way in ways)})$"
    )


def _slot(tables: dict[Slot, dict[str, tuple[str, ...]]], text: str) -> Slot | None:
    """The slot that these words are said for."""
    return next(
        (slot for slot, table in tables.items() if any(text in ways for ways in table.values())), None
    )


def _is_place(subject: str) -> bool:
    bare = re.sub(r"^(?:an?|the) ", "", subject)
    return any(bare in ways for ways in words.BARE_PLACE_WORDS.values())


def _things(body: str) -> tuple[NounPhrase, ...] | None:
    """The things that a body names, tied together as it ties them; None for one that names something else."""
    found: list[NounPhrase] = []
    rest, joint = body, _JOINTS[0]
    while rest:
        match = _thing().match(rest)
        noun = match and _nouns().get(match["noun"])
        if not match or not noun:
            return None
        lead, name = match["lead"] or "", match["noun"]
        count = next((n for n, ways in words.COUNT_WORDS.items() if lead in ways), 1)
        if (name == noun) != (count == 1):
            return None
        if lead == "an":
            lead = "a"  # as drafts hold it; which of the two is written depends on what follows
        colour, size = match["colour"] or "", match["size"] or ""
        found.append(NounPhrase(noun, colour, size, count, lead, joint=joint))
        joint, rest = match["joint"] or "", rest[match.end() :]
        if bool(joint) != bool(rest):
            return None
    return tuple(found)


@functools.cache
def _nouns() -> dict[str, str]:
    """Every noun in either number, and the noun in the singular."""
    return {
        form: noun for ways in words.NOUN_WORDS.values() for noun in ways for form in (plural(noun), noun)
    }


@functools.cache
def _thing() -> re.Pattern[str]:
    lead, size, colour = (
        _any(way for ways in table.values() for way in ways)
        for table in (words.COUNT_WORDS, words.SIZE_WORDS, words.COLOUR_WORDS)
    )
    return re.compile(
        rf"(?:(?P<lead>{lead}) )?(?:(?P<size>{size}) )?(?:(?P<colour>{colour}) )?(?P<noun>{_any(_nouns())})"
        rf"(?:(?P<joint>{'|'.join(_JOINTS)})|$)"
    )


def _any(ways: Iterable[str]) -> str:
    """A pattern for one of the ways, the longest that fits."""
    return "|".join(re.escape(way) for way in sorted(ways, key=len, reverse=True))
