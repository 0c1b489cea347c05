"""Moves that go on from the last step in a few words, and those that say it went too far.

"And at night", "two of them", "the other one can go"; "not that small", "too many, one is enough".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from model.tiny import words
from model.tiny.drafts import NounPhrase, Slot
from training.tiny.conversations.deltas import find, slotted, with_thing, without_thing
from training.tiny.conversations.german import LASTING_DE, WITHIN_EN, german_noun
from training.tiny.conversations.moves import other_name, other_noun
from training.tiny.conversations.naming import indefinite, second, thing_name
from training.tiny.conversations.steps import Maker, Move, asked_by, last, last_of_one, others, say, size_of
from training.tiny.wishes import lexicon
from training.tiny.wishes.kinds import seen

if TYPE_CHECKING:
    import random

    from model.tiny.drafts import Draft
    from training.tiny.conversations.state import Chat

_TABLES: dict[Slot, dict[str, tuple[str, ...]]] = {
    "place": words.PLACE_WORDS, "time": words.TIME_WORDS, "weather": words.WEATHER_WORDS,
    "style": words.STYLE_WORDS,
}  # fmt: skip
_NUMBERS = {"en": {1: "one", 2: "two", 3: "three"}, "de": {2: "zwei", 3: "drei"}}
_PUT_RIGHT = ("corrected", "not_so", "enough", "take_out", "was_back", "mistaken")
"""Kinds of messages whose step nobody finds overdone."""


def another(draft: Draft, rng: random.Random, *slots: Slot) -> tuple[Slot, str]:
    """A slot and a value for it that the picture does not have."""
    scene = seen(draft)
    slot: Slot = rng.choice(slots or ("place", "time", "time", "weather", "style"))
    there = getattr(scene, slot)
    return slot, rng.choice([value for value in _TABLES[slot] if value not in (there, "clear")])


def within(chat: Chat, value: str) -> str:
    """A surrounding as it is said: "at night", "bei Nacht"."""
    return (LASTING_DE if chat.language == "de" else WITHIN_EN)[value]


def put(draft: Draft, slot: Slot, value: str) -> Draft:
    """The draft with the plainest words for a value of a slot."""
    return slotted(draft, slot, _TABLES[slot][value][0])


def and_slot(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "And at night": another place, time, weather or style for the same picture."""
    if not chat.now.draft.things:
        return None
    slot, value = another(chat.now.draft, rng)
    said = say(chat, rng, "and_slot", w=within(chat, value))
    return Move(said, put(chat.now.draft, slot, value))


def again_count(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "And two of them", of the one thing that the last step was about."""
    delta = last_of_one(chat)
    if delta is None or delta.new is None or asked_by(chat) in _PUT_RIGHT:
        return None
    thing = find(chat.now.draft, delta.new.noun)
    if thing is None or thing.count > 1 or delta.what == "count":
        return None
    count = rng.choice((2, 2, 3))
    number = _NUMBERS[chat.language][count]
    names = thing_name(thing, chat.language, rng) if chat.language == "de" else {}
    said = say(chat, rng, "again_count", **names | {"n": number})
    return Move(said, with_thing(chat.now.draft, thing, numbered(thing, count)))


def numbered(thing: NounPhrase, count: int) -> NounPhrase:
    """The thing in another number."""
    return replace(thing, count=count, lead={1: "a", 2: "two", 3: "three"}[count])


def _other(chat: Chat) -> NounPhrase | None:
    """The one of two things that the last step was not about."""
    delta = last_of_one(chat)
    if delta is None:
        return None
    found = others(chat.now.draft, delta)
    return found[0] if len(found) == 1 else None


def other_gone(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "And the other one can go"."""
    thing = _other(chat)
    draft = without_thing(chat.now.draft, thing) if thing else None
    if thing is None or draft is None:
        return None
    return Move(say(chat, rng, "other_gone", **other_name(chat, rng, thing)), draft)


def other_swap(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "And turn the other one into a car"."""
    thing = _other(chat)
    if thing is None or thing.count > 1:
        return None
    swapped = replace(thing, noun=other_noun(chat, rng), adjective="", tail="")
    names = other_name(chat, rng, thing) | second(indefinite(swapped, chat.language))
    return Move(say(chat, rng, "other_swap", **names), with_thing(chat.now.draft, thing, swapped))


def not_so(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "Not that small": one step of size back towards what it was."""
    delta = last(chat)
    if (
        delta is None
        or delta.what != "size"
        or not delta.old
        or not delta.new
        or asked_by(chat) in _PUT_RIGHT
    ):
        return None
    thing = find(chat.now.draft, delta.new.noun)
    now, was = size_of(delta.new), size_of(delta.old)
    if thing is None or now not in ("small", "large"):
        return None
    names = thing_name(thing, chat.language, rng)
    size = delta.old.size if was == "medium" else ""
    draft = with_thing(chat.now.draft, thing, replace(thing, size=size))
    return Move(say(chat, rng, f"too_{now}", **names), draft)


def enough(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "Too many, one is enough": fewer of what the last step brought or made more of."""
    delta = last(chat)
    thing = find(chat.now.draft, delta.new.noun) if delta and delta.new else None
    if delta is None or thing is None or thing.count < 2 or asked_by(chat) in _PUT_RIGHT:
        return None
    if delta.what not in ("add", "count") or (delta.old and delta.old.count > thing.count):
        return None
    count = rng.randint(1, thing.count - 1)
    said = say(chat, rng, "enough", **_number(chat, rng, thing, count))
    return Move(said, with_thing(chat.now.draft, thing, numbered(thing, count)))


def _number(chat: Chat, rng: random.Random, thing: NounPhrase, count: int) -> dict[str, str]:
    """A number alone and with the thing: "one", "one boat"; "einer", "einen", "ein Hund", "einen Hund"."""
    if chat.language == "en":
        named = replace(thing, count=count).name
        is_ = "are" if count > 1 and rng.random() < 0.5 else "is"
        return {"n": _NUMBERS["en"][count], "nbare": named, "nis": is_}
    names, word = thing_name(thing, "de", rng), german_noun(thing)
    four, one = (names["one"], names["one1"]) if count == 1 else (_NUMBERS["de"][count],) * 2
    return {
        "n1": one, "n4": four, "nreicht": "reicht" if count == 1 else "reichen", "nen": "n" * (count > 1),
        "nx1": lexicon.indefinite(word, count, (), "nom"), "nx4": lexicon.indefinite(word, count, (), "acc"),
    }  # fmt: skip


CONTINUED: dict[str, tuple[Maker, float]] = {
    "and_slot": (and_slot, 0.8), "again_count": (again_count, 2), "other_gone": (other_gone, 2),
    "other_swap": (other_swap, 1.2), "not_so": (not_so, 6), "enough": (enough, 6),
}  # fmt: skip
"""Moves of this module, and how often each is tried."""
