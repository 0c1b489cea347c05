"""Wishes about size: bigger, smaller, by a word, or compared with another thing."""

from __future__ import annotations

from dataclasses import replace

from model.tiny import words
from model.tiny.drafts import Draft, NounPhrase, meaning
from model.tiny.world import SIZES
from training.tiny.wishes.kinds import Worded, changed, known, pair_of, seen, slots_of
from training.tiny.wishes.naming import name
from training.tiny.wishes.sizes_said import (
    ALL_BIGGER,
    ALL_SMALLER,
    AS_BIG_AS,
    BIGGER,
    NORMAL,
    SMALLER,
    SMALLER_THAN,
    THAN,
    TO_SIZE,
)  # fmt: skip
from training.tiny.wishes.voice import Patterns, Voice

ASKED: tuple[tuple[str, str, str], ...] = (
    ("small", "small/smallish", "klein"),
    ("little", "little", "klein"),
    ("tiny", "tiny/teeny tiny/itty bitty/minuscule/super tiny/mini", "winzig/winzig klein/klitzeklein/mini"),
    ("large", "large/really large", "groß/richtig groß/schön groß"),
    ("big", "big/really big/pretty big", "groß"),
    ("huge", "huge/enormous/gigantic/massive/super huge/humongous", "riesig/riesengroß/gigantisch/gewaltig"),
    ("giant", "giant", "riesenhaft"),
)
"""(as the prompt says it, ways to ask in English, in German), the ways with a slash between."""


def scale(thing: NounPhrase) -> int:
    """Where the thing stands in `SIZES`."""
    return SIZES.index(meaning(words.SIZE_WORDS, thing.size) or "medium")


def stepped(thing: NounPhrase, by: int) -> NounPhrase:
    """The thing so many steps bigger; as it is where there is no such step."""
    if not 0 <= scale(thing) + by <= 2:
        return thing
    size = SIZES[scale(thing) + by]
    return replace(thing, size="" if size == "medium" else size)


def resize(voice: Voice, draft: Draft) -> Worded | None:
    """One step bigger or smaller, or a size by its name; nothing where the step is not there."""
    if not known(draft):
        return None
    old = voice.rng.choice(known(draft))
    slots: dict[str, str] = slots_of(name(voice, draft, old))
    way = voice.rng.random()
    if way < 0.08 and scale(old) != 1:
        return voice.pick(NORMAL, plural=old.count > 1, **slots), changed(draft, old, replace(old, size=""))
    if way < 0.35:
        size, english, german = voice.rng.choice(ASKED)
        if meaning(words.SIZE_WORDS, size) == meaning(words.SIZE_WORDS, old.size):
            return None
        asked = voice.rng.choice((english if voice.language == "en" else german).split("/"))
        article = "" if old.count > 1 else "an " if asked[0] in "aeiou" else "a "
        clause = voice.pick(TO_SIZE, size=asked, a_size=article + asked, plural=old.count > 1, **slots)
        # German has one word for little and small, and for big and large
        said = {"little": "small", "big": "large"}.get(size, size) if voice.language == "de" else size
        return clause, changed(draft, old, replace(old, size=said))
    by = voice.rng.choice((-1, 1))
    new = stepped(old, by)
    if scale(new) == scale(old):
        return None
    table: Patterns = BIGGER if by > 0 else SMALLER
    return voice.pick(table, plural=old.count > 1, **slots), changed(draft, old, new)


def compare(voice: Voice, draft: Draft) -> Worded | None:
    """One thing bigger or smaller than the other or as big as it, or everything bigger or smaller by a step.

    The thing that shall be bigger becomes one step bigger than the other; beside a large one it becomes large
    and the other medium. With smaller it is the other way round.
    """
    if voice.chance(0.25) and draft.things and len(known(draft)) == len(draft.things):
        by = voice.rng.choice((-1, 1))
        after = replace(draft, things=tuple(stepped(thing, by) for thing in draft.things))
        clause = voice.pick(ALL_BIGGER if by > 0 else ALL_SMALLER)
        return None if seen(after) == seen(draft) else (clause, after)
    pair = pair_of(voice, draft)
    if pair is None:
        return None
    one, other, slots = pair
    by = voice.rng.choice((-1, 0, 1))
    ahead = (scale(one) - scale(other)) * by
    if ahead > 0 or (by == 0 and scale(one) == scale(other)):
        return None
    step = min(2, max(0, scale(other) + by))
    size = other.size if by == 0 else SIZES[step]
    after = changed(draft, one, replace(one, size="" if size == "medium" else size))
    if by and step == scale(other):
        after = changed(after, other, replace(other, size=""))
    table: Patterns = {-1: SMALLER_THAN, 0: AS_BIG_AS, 1: THAN}[by]
    return voice.pick(table, plural=one.count > 1, **slots), after
