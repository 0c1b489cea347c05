"""What a message of a conversation may do that only makes sense with what came before it.

Each move looks at the path to the picture and gives what is said and what comes of it, or None where it does
not fit. What "that" means is always the last step; a correction ("no, I meant the tree") takes the last step
back and does it to the other thing.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from model.tiny import words
from model.tiny.drafts import Draft, NounPhrase, meaning
from training.tiny.conversations.deltas import (
    Delta,
    deltas,
    find,
    like,
    repeated,
    reverted,
    slotted,
    with_new,
    with_thing,
    without_thing,
)
from training.tiny.conversations.naming import colour_name, slot_name, thing_name
from training.tiny.conversations.said import SAID

if TYPE_CHECKING:
    from training.tiny.conversations.state import Chat

_TOUCHES = ("colour", "size", "count", "replace", "add")
_LEADS = {2: "two", 3: "three"}


@dataclass(frozen=True, slots=True)
class Move:
    """What is said and the draft it asks for; or, with `to`, the earlier picture it goes back to."""

    said: str
    draft: Draft | None = None
    to: int | None = None


Maker = Callable[["Chat", random.Random], Move | None]


def say(chat: Chat, rng: random.Random, move: str, **parts: str) -> str:
    """One of the move's templates, filled; those that need a part which is not given are left out."""
    fitting = [t for t in SAID[move][chat.language] if "{y}" not in t or parts.get("y")]
    return rng.choice(fitting).format(**parts)


def last(chat: Chat) -> Delta | None:
    """The last step's only difference; None for several or for none."""
    return chat.now.changed[0] if len(chat.now.changed) == 1 else None


def before(chat: Chat) -> Draft | None:
    """The picture before this one."""
    parent = chat.now.parent
    return chat.pictures[parent].draft if parent >= 0 else None


def others(draft: Draft, delta: Delta) -> list[NounPhrase]:
    """The things that the step did not touch."""
    touched = {thing.noun for thing in (delta.old, delta.new) if thing}
    return [thing for thing in draft.things if thing.noun not in touched]


# --- corrections and repetitions ------------------------------------------------------------------------


def meant(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "No, I meant the tree": the last step on the other thing, and not on the first."""
    delta, earlier = last(chat), before(chat)
    if delta is None or earlier is None or delta.old is None or delta.what not in (*_TOUCHES, "remove"):
        return None
    other = others(earlier, delta)
    if len(other) != 1:
        return None
    draft = repeated(earlier, delta, other[0])
    if draft is None:
        return None
    if rng.random() < 0.25:
        return Move(say(chat, rng, "meant_other"), draft)
    x, y = (thing_name(thing, chat.language, rng) for thing in (other[0], delta.old))
    return Move(say(chat, rng, "meant", **x | {"y": y["x"]}), draft)


def too(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "The tree too": the last step on the other thing as well."""
    delta = last(chat)
    if delta is None or delta.old is None or delta.what not in ("colour", "size", "count"):
        return None
    other = others(chat.now.draft, delta)
    if len(other) != 1:
        return None
    draft = repeated(chat.now.draft, delta, other[0])
    if draft is None:
        return None
    if rng.random() < 0.4:
        return Move(say(chat, rng, "other_too"), draft)
    return Move(say(chat, rng, "too", **thing_name(other[0], chat.language, rng)), draft)


def more(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "More of that": one more of what was added or counted, one size further."""
    delta = last(chat)
    if delta is None or delta.new is None:
        return None
    thing = find(chat.now.draft, delta.new.noun)
    if thing is None:
        return None
    if delta.what == "size" and delta.old:
        return _sized_more(chat, rng, thing, delta.old)
    grown = delta.what == "add" or (delta.what == "count" and delta.old and delta.old.count < thing.count)
    if not grown or thing.count > 2:
        return None
    new = replace(thing, count=thing.count + 1, lead=_LEADS[thing.count + 1])
    return Move(say(chat, rng, "more"), with_thing(chat.now.draft, thing, new))


def _sized_more(chat: Chat, rng: random.Random, thing: NounPhrase, old: NounPhrase) -> Move | None:
    was, now = (meaning(words.SIZE_WORDS, t.size) if t.size else "medium" for t in (old, thing))
    if now != "medium" or was not in ("small", "large"):
        return None
    bigger = was == "small"
    english, german = ("bigger", "größer") if bigger else ("smaller", "kleiner")
    said = say(chat, rng, "size_more", x=german if chat.language == "de" else english)
    new = replace(thing, size="large" if bigger else "small")
    return Move(said, with_thing(chat.now.draft, thing, new))


def instead(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "No, blue" and "as before but blue": another colour, thing or time than the last step's."""
    delta = last(chat)
    if delta is None:
        return None
    draft, de = chat.now.draft, chat.language == "de"
    if delta.what == "colour" and delta.new:
        thing = find(draft, delta.new.noun)
        colour = rng.choice([c for c in words.COLOUR_WORDS if delta.old is None or c != delta.new.colour])
        if thing is None:
            return None
        x, y = (colour_name(c, chat.language) for c in (colour, delta.new.colour or "white"))
        return Move(
            say(chat, rng, "instead", x=x, y=y), with_thing(draft, thing, replace(thing, colour=colour))
        )
    if delta.what in ("add", "replace") and delta.new:
        return _thing_instead(chat, rng, delta.new)
    if delta.what == "slot" and delta.now:
        other = _other_slot(delta, rng)
        x, y = (slot_name(delta.slot, text, chat.language)["x"] for text in (other, delta.now))
        x, y = (text.partition(" ")[2] for text in (x, y))
        if delta.slot in ("place", "style") and not de and rng.random() < 0.5:
            x = other
        return Move(say(chat, rng, "instead", x=x, y=y), slotted(draft, delta.slot, other))
    return None


def _thing_instead(chat: Chat, rng: random.Random, new: NounPhrase) -> Move | None:
    thing = find(chat.now.draft, new.noun)
    taken = {meaning(words.NOUN_WORDS, t.noun) or t.noun for t in chat.now.draft.things}
    noun = rng.choice([n for n in words.NOUN_WORDS if n not in taken])
    if thing is None:
        return None
    swapped = replace(thing, noun=noun, adjective="", tail="")
    x, y = thing_name(swapped, chat.language, rng), thing_name(thing, chat.language, rng)
    if thing.count == 1 and rng.random() < 0.7:
        x["x"] = _indefinite(x["x"], chat.language, noun)
    said = say(chat, rng, "instead", x=x["x"], y=y["x"])
    return Move(said, with_thing(chat.now.draft, thing, swapped))


def _indefinite(definite: str, language: str, noun: str) -> str:
    if language == "de":
        article, _, rest = definite.partition(" ")
        return {"den": "einen", "die": "eine", "das": "ein"}[article] + f" {rest}"
    return str(NounPhrase(noun))


def _other_slot(delta: Delta, rng: random.Random) -> str:
    tables = {
        "place": words.PLACE_WORDS, "time": words.TIME_WORDS, "weather": words.WEATHER_WORDS,
        "style": words.STYLE_WORDS,
    }  # fmt: skip
    table = tables[delta.slot]
    values = [v for v in table if v != meaning(table, delta.now) and v != "clear"]
    return table[rng.choice(values)][0]


def again_it(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "And make it blue", of two things: the one that the last step was about."""
    delta = last(chat)
    if delta is None or delta.new is None or len(chat.now.draft.things) < 2 or delta.what not in _TOUCHES:
        return None
    thing = find(chat.now.draft, delta.new.noun)
    if thing is None or thing.count > 1:
        return None
    if rng.random() < 0.65:
        colour = rng.choice([c for c in words.COLOUR_WORDS if c != thing.colour])
        new, x = replace(thing, colour=colour), colour_name(colour, chat.language)
    else:
        size = rng.choice(("small", "large"))
        named = {"small": ("small", "klein"), "large": ("big", "groß")}[size]
        new, x = replace(thing, size="big" if size == "large" else size), named[chat.language == "de"]
    return Move(say(chat, rng, "again_it", x=x), with_thing(chat.now.draft, thing, new))


def drop_it(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "Remove it again": what the last step added."""
    delta = last(chat)
    thing = find(chat.now.draft, delta.new.noun) if delta and delta.what == "add" and delta.new else None
    draft = without_thing(chat.now.draft, thing) if thing else None
    return Move(say(chat, rng, "drop_it"), draft) if draft else None


# --- single steps of the past ---------------------------------------------------------------------------


def take_out(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "Undo the lantern but keep the snow": one step of the past less, and all later ones stay."""
    path = chat.path()
    steps = [(picture, chat.pictures[picture].changed[0]) for picture in path[1:]
             if len(chat.pictures[picture].changed) == 1]  # fmt: skip
    fitting = [(p, d, r) for p, d in steps if (r := reverted(chat.now.draft, d)) is not None]
    if not fitting:
        return None
    picture, delta, draft = rng.choice(fitting)
    kept = [d for p, d in steps if p != picture and _stands(d)]
    y = _standing(chat, rng, rng.choice(kept)) if kept else ""
    if delta.what in ("colour", "size") and delta.new and delta.old:
        if delta.what == "size" or not delta.old.colour:
            x = thing_name(delta.new, chat.language, rng)
            unsaid = [t for t in SAID["thing_back"][chat.language] if "{y}" not in t]
            return Move(rng.choice(unsaid).format(**x), draft)
        x = thing_name(delta.new, chat.language, rng)
        return Move(say(chat, rng, "thing_back", y=colour_name(delta.old.colour, chat.language), **x), draft)
    if delta.what == "remove" and delta.old:
        return Move(say(chat, rng, "bring_back", **thing_name(delta.old, chat.language, rng)), draft)
    if not _stands(delta):
        return None
    return Move(say(chat, rng, "take_out", x=_standing(chat, rng, delta), y=y), draft)


def _stands(delta: Delta) -> bool:
    return delta.what in ("add", "replace") or (delta.what == "slot" and bool(delta.now))


def _standing(chat: Chat, rng: random.Random, delta: Delta) -> str:
    """The name of what a step brought."""
    if delta.what == "slot":
        return slot_name(delta.slot, delta.now, chat.language)["x"]
    return thing_name(delta.new, chat.language, rng)["x"] if delta.new else ""


def take_first(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "Take the first one and make it red"."""
    path = chat.path()
    first = chat.pictures[path[0]].draft
    if len(path) < 3 or not first.things:
        return None
    thing = rng.choice(first.things)
    colour = rng.choice([c for c in words.COLOUR_WORDS if c != thing.colour])
    x = thing_name(thing, chat.language, rng)["x"]
    if len(first.things) == 1 and thing.count == 1 and rng.random() < 0.5:
        x = "es" if chat.language == "de" else "it"
    said = say(chat, rng, "take_first", x=x, y=colour_name(colour, chat.language))
    return Move(said, with_thing(first, thing, like(thing, replace(thing, colour=colour), "colour")))


# --- going back -----------------------------------------------------------------------------------------


def back_to(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "Go back to the robot": the last earlier picture with what this one has not."""
    named: list[tuple[int, dict[str, str]]] = []
    path = chat.path()
    for place, picture in reversed(list(enumerate(path[:-1]))):
        later = [chat.pictures[p].draft for p in path[place + 1 :]]
        draft = chat.pictures[picture].draft
        named += [
            (picture, thing_name(thing, chat.language, rng))
            for thing in draft.things
            if all(find(other, thing.noun) is None for other in later)
        ]
        for slot in ("place", "time", "weather", "style"):
            said = draft.said(slot)
            if said and all(other.said(slot) != said for other in later):
                named.append((picture, slot_name(slot, said, chat.language)))
    if not named:
        return None
    picture, x = rng.choice(named)
    return Move(say(chat, rng, "back_to", **x), to=picture)


def before_adding(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "Back to before the lantern": the picture before the step that brought it."""
    path = chat.path()
    steps = [(chat.pictures[p].parent, chat.pictures[p].changed[0]) for p in path[1:]
             if len(chat.pictures[p].changed) == 1 and _stands(chat.pictures[p].changed[0])]  # fmt: skip
    if not steps:
        return None
    picture, delta = rng.choice(steps)
    if delta.what == "slot":
        x = slot_name(delta.slot, delta.now, chat.language)
    elif delta.new:
        x = thing_name(delta.new, chat.language, rng)
    else:
        return None
    return Move(say(chat, rng, "before_adding", **x), to=picture)


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


EDITS: dict[str, tuple[Maker, float]] = {
    "meant": (meant, 8), "too": (too, 6), "more": (more, 2.5), "instead": (instead, 2.5),
    "again_it": (again_it, 2), "drop_it": (drop_it, 1), "take_out": (take_out, 5),
    "take_first": (take_first, 1.5),
}  # fmt: skip
"""Edits by reference, and how often each is tried."""
BACKS: dict[str, tuple[Maker, float]] = {
    "back_to": (back_to, 4), "before_adding": (before_adding, 1), "first_one": (first_one, 1),
    "steps_back": (steps_back, 1),
}  # fmt: skip
"""Ways back to an earlier picture."""

__all__ = ["BACKS", "EDITS", "Move", "deltas", "say", "with_new"]
