"""One step of the past taken back by its name, while all later ones stay; and the first picture, changed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from model.tiny import words
from model.tiny.drafts import Draft, Slot
from training.tiny.conversations.deltas import Delta, find, like, reverted, with_thing, without_thing
from training.tiny.conversations.naming import (
    colour_name,
    plain_name,
    second,
    slot_name,
    thing_name,
)
from training.tiny.conversations.steps import Move, last, say

if TYPE_CHECKING:
    import random

    from training.tiny.conversations.said import Language
    from training.tiny.conversations.state import Chat

SLOT_NAMES: dict[Language, dict[Slot, tuple[str, ...]]] = {
    "en": {
        "place": ("place", "background", "setting", "location", "surroundings"),
        "time": ("time of day", "time", "light", "lighting"),
        "weather": ("weather",), "style": ("style", "look", "art style"),
    },
    "de": {
        "place": ("den Ort", "den Hintergrund", "die Umgebung"),
        "time": ("die Tageszeit", "die Uhrzeit", "das Licht"),
        "weather": ("das Wetter",), "style": ("den Stil", "den Look"),
    },
}  # fmt: skip
"""What people call the surroundings of things; in German in the accusative."""


_NO_WISHES = (
    "take_out", "corrected", "meant", "new", "take_first", "back_and", "was_back", "not_so", "enough",
    "what_gone", "before_last",
)  # fmt: skip
"""Kinds of messages whose step nobody takes back by the name of what it brought."""
_JUMPS = ("new", "take_first", "back_and")
"""Kinds of messages whose picture does not go on from the one before it."""


def take_out(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "Undo the lantern but keep the snow": one step of the past less, and all later ones stay."""
    steps = one_change_each(chat)
    fitting = [
        (p, d, r)
        for p, d in steps
        if not again_later(chat, p, d) and (r := reverted(chat.now.draft, d)) is not None
    ]
    if not fitting:
        return None
    picture, delta, draft = rng.choice(fitting)
    if delta.what in ("colour", "size", "count"):
        latest = [d for _, d in changes(chat) if d.what == delta.what][-1] is delta
        return Move(_thing_as_before(chat, rng, picture, delta, alone=latest), draft)
    if delta.what == "remove" and delta.old:
        return Move(say(chat, rng, "bring_back", **thing_name(delta.old, chat.language, rng)), draft)
    kept = [d for p, d in steps if p != picture and there_still(chat, d) and not same_part(d, delta)]
    y = second(standing(chat, rng, rng.choice(kept))) if kept else {}
    if delta.what == "slot" and (not delta.now or rng.random() < 0.35):
        k = rng.choice(SLOT_NAMES[chat.language][delta.slot])
        k1 = k.replace("den ", "der ")
        return Move(say(chat, rng, "slot_back", k=k, k1=k1), draft)
    if not stands(delta):
        return None
    if delta.what == "replace" and delta.old and rng.random() < 0.6:
        y = second(thing_name(delta.old, chat.language, rng))
        return Move(say(chat, rng, "replace_back", **standing(chat, rng, delta) | y), draft)
    # "Lose the snow" asks for no snow, which is the step undone only where nothing stood there before it
    brought = delta.what == "add" or (delta.what == "slot" and not delta.was)
    changed = delta.what == "add" and any(same_part(d, delta) for p, d in changes(chat) if p > picture)
    # "Undo the fox" may mean its new colour, where it was changed after it came
    move = "lose" if brought and (changed or rng.random() < 0.45) else "take_out"
    return Move(say(chat, rng, move, **standing(chat, rng, delta) | y), draft)


def one_change_each(chat: Chat) -> list[tuple[int, Delta]]:
    """The steps to this picture that changed one thing only, but those that put something right."""
    put_right = {m.after for m in chat.messages if m.kind in _NO_WISHES and m.after != m.about}
    changed = [(picture, chat.pictures[picture].changed) for picture in since_jump(chat)]
    return [(p, found[0]) for p, found in changed if len(found) == 1 and p not in put_right]


def since_jump(chat: Chat) -> list[int]:
    """The steps to this picture after the last that began anew; those before have no part in it."""
    jumps = {m.after for m in chat.messages if m.kind in _JUMPS and m.after != m.about}
    path = chat.path()
    start = max((place for place, picture in enumerate(path) if picture in jumps), default=0)
    return path[start + 1 :]


def changes(chat: Chat) -> list[tuple[int, Delta]]:
    """All that the steps to this picture changed."""
    return [(picture, delta) for picture in chat.path()[1:] for delta in chat.pictures[picture].changed]


def same_part(one: Delta, two: Delta) -> bool:
    """Whether two differences are of the same thing or slot."""
    if "slot" in (one.what, two.what):
        return one.what == two.what and one.slot == two.slot
    nouns = [{thing.noun for thing in (delta.old, delta.new) if thing} for delta in (one, two)]
    return bool(nouns[0] & nouns[1])


def again_later(chat: Chat, picture: int, delta: Delta) -> bool:
    """Whether a later step changed the same again, so that "as before" might mean that one."""
    parts = ("colour", "size", "count")
    return any(
        p > picture and same_part(d, delta) and (d.what == delta.what or d.what not in parts)
        for p, d in changes(chat)
    )


def there_still(chat: Chat, delta: Delta) -> bool:
    """Whether what a step brought is still in the picture."""
    if not stands(delta):
        return False
    if delta.what == "slot":
        return chat.now.draft.said(delta.slot) == delta.now
    return delta.new is not None and find(chat.now.draft, delta.new.noun) is not None


def _thing_as_before(chat: Chat, rng: random.Random, picture: int, delta: Delta, *, alone: bool) -> str:
    """The colour, size or number of a thing as it was; `alone`: the last of its kind."""
    old, new = delta.old, delta.new
    if not old or not new:
        raise ValueError(f"no change of a thing: {delta}")
    # Named in the number it has by now
    x = thing_name(find(chat.now.draft, new.noun) or new, chat.language, rng)
    moves = [{"colour": "colour_back", "size": "size_back", "count": "count_back"}[delta.what]]
    if delta.what != "count" and not any(p != picture and same_part(d, delta) for p, d in changes(chat)):
        moves += ["as_before"]
    y = {"y": colour_name(old.colour, chat.language)} if delta.what == "colour" and old.colour else {}
    if y:
        moves += ["thing_back", "thing_back"]
    if delta.what == "colour" and alone:
        moves += ["colour_back_it", "colour_back_it"]
    return say(chat, rng, rng.choice(moves), **x | y)


def stands(delta: Delta) -> bool:
    """Whether a step brought something that can be named."""
    return delta.what in ("add", "replace") or (delta.what == "slot" and bool(delta.now))


def standing(chat: Chat, rng: random.Random, delta: Delta) -> dict[str, str]:
    """The name of what a step brought."""
    if delta.what == "slot":
        return slot_name(delta.slot, delta.now, chat.language)
    if delta.new is None:
        raise ValueError(f"nothing was brought: {delta}")
    return thing_name(find(chat.now.draft, delta.new.noun) or delta.new, chat.language, rng)


def take_first(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "Take the first one and make it red"."""
    path = chat.path()
    first = chat.pictures[path[0]].draft
    if len(path) < 3 or not first.things:
        return None
    thing = rng.choice(first.things)
    colour = rng.choice([c for c in words.COLOUR_WORDS if c != thing.colour])
    x = thing_name(thing, chat.language, rng)
    if len(first.things) == 1 and thing.count == 1 and rng.random() < 0.5:
        x = plain_name("es" if chat.language == "de" else "it", chat.language)
    said = say(chat, rng, "take_first", **x | {"y": colour_name(colour, chat.language)})
    if x["x"] == "it" and not re.search(r"\b(make|turn) it\b", said):
        said = said.replace(" it ", f" {thing_name(thing, 'en', rng)['x']} ", 1)
    return Move(said, with_thing(first, thing, like(thing, replace(thing, colour=colour), "colour")))


def drop_it(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "Remove it again": what the last step added."""
    delta = last(chat)
    thing = find(chat.now.draft, delta.new.noun) if delta and delta.what == "add" and delta.new else None
    draft: Draft | None = without_thing(chat.now.draft, thing) if thing else None
    return Move(say(chat, rng, "drop_it"), draft) if draft else None
