"""Going back to an earlier picture: by what it had, how it looked, what came before something happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.tiny.conversations.deltas import SLOTS, Delta, find
from training.tiny.conversations.german import LASTING_DE, WITHIN_EN
from training.tiny.conversations.naming import (
    colour_name,
    indefinite,
    plainly,
    second,
    slot_name,
    thing_name,
    value,
)
from training.tiny.conversations.said import SAID
from training.tiny.conversations.steps import Maker, Move, say, size_of
from training.tiny.conversations.undoing import changes, standing, stands, there_still

if TYPE_CHECKING:
    import random

    from model.tiny.drafts import NounPhrase
    from training.tiny.conversations.state import Chat


def back_to(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "Go back to the robot": the last earlier picture with what this one has not."""
    named = _named_pictures(chat, rng)
    if not named:
        return None
    picture, names, within, _ = rng.choice(named)
    text = say(chat, rng, "back_within", w=within) if within else say(chat, rng, "back_to", **names)
    return Move(text, to=picture)


def told_pictures(chat: Chat, rng: random.Random) -> list[tuple[int, str, str]]:
    """Earlier pictures, each with a way to speak of it ("the one with the robot") and the noun or the slot by
    which it is known."""
    told = []
    for picture, names, within, about in _named_pictures(chat, rng):
        if within:
            told.append((picture, say(chat, rng, "which_within", w=within), about))
            continue
        # Only things "were there", and no weather
        fields = {key: names[key] for key in ("x", "x3")} if about in SLOTS else names
        told.append((picture, say(chat, rng, "which_with", **fields), about))
    for picture, delta in _before_what_came(chat):
        about = delta.slot if delta.what == "slot" else delta.new.noun if delta.new else ""
        told.append((picture, say(chat, rng, "which_before", **standing(chat, rng, delta)), about))
    return told


def _named_pictures(chat: Chat, rng: random.Random) -> list[tuple[int, dict[str, str], str, str]]:
    """Earlier pictures and the names of what they had and no later one has, a surrounding ("at night") that
    says it as well, and its noun or slot."""
    named: list[tuple[int, dict[str, str], str, str]] = []
    path = chat.path()
    for place, picture in reversed(list(enumerate(path[:-1]))):
        later = [chat.pictures[p].draft for p in path[place + 1 :]]
        draft = chat.pictures[picture].draft
        named += [
            (picture, thing_name(thing, chat.language, rng), "", thing.noun)
            for thing in draft.things
            if all(find(other, thing.noun) is None for other in later)
        ]
        for slot in SLOTS:
            said = draft.said(slot)
            if said and not plainly(slot, said) and chat.language == "de":
                continue
            # A picture without things is named by its place
            if slot == "place" and not all(other.things for other in later):
                continue
            if said and all(value(slot, other.said(slot)) != value(slot, said) for other in later):
                within = (LASTING_DE if chat.language == "de" else WITHIN_EN).get(value(slot, said), "")
                if not plainly(slot, said) or rng.random() < 0.5:
                    within = ""
                named.append((picture, slot_name(slot, said, chat.language), within, slot))
    return named


def back_looked(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "The one where the fox was red": the last picture in which it had that colour."""
    path = chat.path()
    named = []
    for place, picture in enumerate(path[:-1]):
        later = [chat.pictures[p].draft for p in path[place + 1 :]]
        for thing in chat.pictures[picture].draft.things:
            after = [find(other, thing.noun) for other in later]
            if thing.colour and all(other and other.colour != thing.colour for other in after):
                named.append((picture, thing))
    if not named:
        return None
    picture, thing = rng.choice(named)
    x = thing_name(thing, chat.language, rng)
    return Move(
        say(chat, rng, "back_looked", **x | {"y": colour_name(thing.colour, chat.language)}), to=picture
    )


def before_it(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "The version before it got dark" and "before the fox was gone"."""
    path = chat.path()
    steps = [(chat.pictures[p].parent, chat.pictures[p].changed[0]) for p in path[1:]
             if len(chat.pictures[p].changed) == 1]  # fmt: skip
    told = [(p, c) for p, delta in steps if _once(chat, delta) and (c := _happened(chat, rng, delta))]
    if not told:
        return None
    picture, clause = rng.choice(told)
    return Move(say(chat, rng, "before_it", c=clause), to=picture)


def _once(chat: Chat, delta: Delta) -> bool:
    """Whether no other step of the path did the same kind of thing to the same thing or slot."""

    def about(d: Delta) -> tuple[str, str, str]:
        thing = d.new or d.old
        return d.what, d.slot, thing.noun if thing else ""

    return sum(about(other) == about(delta) for _, other in changes(chat)) == 1


def _happened(chat: Chat, rng: random.Random, delta: Delta) -> str:
    """A clause that tells what a step did, for "before"; empty where there is none."""
    if delta.what == "slot":
        now = value(delta.slot, delta.now)
        if not plainly(delta.slot, delta.now):
            return ""
        if f"then_{now}" in SAID:
            return say(chat, rng, f"then_{now}")
        w = (LASTING_DE if chat.language == "de" else WITHIN_EN).get(now)
        return say(chat, rng, f"then_{delta.slot}", w=w) if w and f"then_{delta.slot}" in SAID else ""
    thing = delta.new or delta.old
    if thing is None or delta.what in ("tags", "rest"):
        return ""
    if delta.what == "size":
        size = size_of(thing)
        named = thing_name(thing, chat.language, rng)
        return "" if size == "medium" else say(chat, rng, f"then_size_{size}", **named)
    if delta.what == "replace" and delta.old:
        x, y = thing_name(delta.old, chat.language, rng), second(indefinite(thing, chat.language))
        got = {"got": "wurden" if thing.count > 1 else "wurde"}
        return say(chat, rng, "then_replace", **x | y | got)
    y = _after_it(chat, delta, thing)
    return say(chat, rng, f"then_{delta.what}", **thing_name(thing, chat.language, rng) | y) if y else ""


def _after_it(chat: Chat, delta: Delta, thing: NounPhrase) -> dict[str, str]:
    """What a thing was after a step; nothing where it cannot be told."""
    if delta.what == "colour":
        return {"y": colour_name(thing.colour, chat.language)} if thing.colour else {}
    if delta.what == "count":
        numbers = {"en": {2: "two", 3: "three"}, "de": {2: "zwei", 3: "drei"}}[chat.language]
        return {"y": numbers[thing.count]} if thing.count in numbers else {}
    return second(indefinite(thing, chat.language))


def before_adding(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "Back to before the lantern": the picture before the step that brought it."""
    steps = _before_what_came(chat)
    if not steps:
        return None
    picture, delta = rng.choice(steps)
    return Move(say(chat, rng, "before_adding", **standing(chat, rng, delta)), to=picture)


def _before_what_came(chat: Chat) -> list[tuple[int, Delta]]:
    """The pictures before steps that brought one thing, weather, time, ... that is still there."""
    steps = [(chat.pictures[p].parent, chat.pictures[p].changed[0]) for p in chat.path()[1:]
             if len(chat.pictures[p].changed) == 1 and stands(chat.pictures[p].changed[0])]  # fmt: skip
    # "The one without the lantern" names one picture only while the lantern is there
    return [(p, d) for p, d in steps if _once(chat, d) and there_still(chat, d)]


def first_one(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "The first picture again"."""
    return Move(say(chat, rng, "first"), to=chat.path()[0]) if len(chat.path()) > 2 else None


def steps_back(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "Two steps back"."""
    path = chat.path()
    if len(path) < 3:
        return None
    number = rng.choice((2, 3)) if len(path) > 3 else 2
    spoken = {"en": {2: ("2", "two"), 3: ("3", "three")}, "de": {2: ("2", "zwei"), 3: ("3", "drei")}}
    return Move(say(chat, rng, "steps", x=rng.choice(spoken[chat.language][number])), to=path[-1 - number])


BACKS: dict[str, tuple[Maker, float]] = {
    "back_to": (back_to, 6), "back_looked": (back_looked, 2.5), "before_it": (before_it, 5),
    "before_adding": (before_adding, 1.5), "first_one": (first_one, 1), "steps_back": (steps_back, 1),
}  # fmt: skip
"""Ways back to an earlier picture, and how often each is tried."""
