"""An earlier picture with a change, and one step of the past taken back that is not called by its thing.

"The first one, but at night"; "bring the fog back"; "what you removed"; "the change before the last one".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.tiny import words
from model.tiny.drafts import NounPhrase
from training.tiny.conversations.backs import told_pictures
from training.tiny.conversations.continuing import another, put, within
from training.tiny.conversations.deltas import Delta, reverted, with_new, with_thing, without_thing
from training.tiny.conversations.moves import coloured, other_noun
from training.tiny.conversations.naming import indefinite, plainly, slot_name, thing_name, value
from training.tiny.conversations.steps import Maker, Move, say
from training.tiny.conversations.undoing import again_later, changes, one_change_each, same_part, since_jump

if TYPE_CHECKING:
    import random

    from model.tiny.drafts import Draft
    from training.tiny.conversations.state import Chat


def back_and(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "The first one again, but at night" and "the one with the robot, but without the fox"."""
    path = chat.path()
    found = told_pictures(chat, rng)
    if len(path) > 2:
        found += [(path[0], say(chat, rng, "which_first"), "")] * max(1, len(found))
    if not found:
        return None
    picture, which, about = rng.choice(found)
    draft = chat.pictures[picture].draft
    made = _change(chat, rng, draft, about) if draft.things else None
    if made is None or any(str(made[1]) == str(chat.pictures[p].draft) for p in path):
        return None
    return Move(say(chat, rng, "back_and", b=which, c=made[0]), made[1])


def _change(chat: Chat, rng: random.Random, draft: Draft, about: str) -> tuple[str, Draft] | None:
    """A change as it stands behind "but", and the draft with it; not of what the picture is known by."""
    german, way = chat.language == "de", rng.random()
    thing = rng.choice(draft.things)
    names = thing_name(thing, chat.language, rng)
    if way < 0.45:
        slot, new = another(draft, rng)
        return None if slot == about else (within(chat, new), put(draft, slot, new))
    if way < 0.7:
        changed, x = coloured(chat, rng, thing)
        said = f"{names['x']} {x}" if german or rng.random() < 0.3 else f"with {names['x']} {x}"
        return said, with_thing(draft, thing, changed)
    if way < 0.85:
        left = without_thing(draft, thing)
        without = f"ohne {names['x']}" if german else f"without {names['x']}"
        return (without, left) if left and thing.noun != about else None
    fresh = NounPhrase(other_noun(chat, rng))
    more = with_new(draft, fresh, chat.most_things)
    if more is None:
        return None
    a = indefinite(fresh, chat.language)
    return f"{'mit' if german else 'with'} {a['x3' if german else 'x']}", more


def was_back(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "Bring the fog back" and "it was nicer at night": what a slot said before a step, and the rest
    stays."""
    fitting = []
    for picture, delta in one_change_each(chat):
        if delta.what != "slot" or again_later(chat, picture, delta):
            continue
        was = _before(delta)
        draft = reverted(chat.now.draft, delta)
        if was and draft is not None and (plainly(delta.slot, delta.was) or not delta.was):
            fitting.append((delta, was, draft))
    if not fitting:
        return None
    delta, was, draft = rng.choice(fitting)
    spoken = words.TIME_WORDS["day"][0] if not delta.was else delta.was
    parts = slot_name(delta.slot, spoken, chat.language)
    return Move(say(chat, rng, "was_back", **parts, w=within(chat, was)), draft)


def what_gone(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "Bring back what you removed", where only one thing ever went."""
    gone = [(picture, d) for picture, d in changes(chat) if d.what in ("remove", "replace")]
    if len(gone) != 1 or gone[0][1].what != "remove" or gone[0][0] not in since_jump(chat):
        return None
    draft = reverted(chat.now.draft, gone[0][1])
    return Move(say(chat, rng, "what_gone"), draft) if draft else None


def before_last(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "Undo the change before the last one, but keep the last"."""
    path = chat.path()
    # Each of both was said, and changed one thing
    if len(since_jump(chat)) < 2 or not all(chat.pictures[p].instruction for p in path[-2:]):
        return None
    latest, earlier = (chat.pictures[p].changed for p in (path[-1], path[-2]))
    if len(latest) != 1 or len(earlier) != 1 or same_part(latest[0], earlier[0]):
        return None
    draft = reverted(chat.now.draft, earlier[0])
    return Move(say(chat, rng, "before_last"), draft) if draft else None


def _before(delta: Delta) -> str:
    """The value of a slot before a step; where no time was said, it was day. Empty for a clear sky."""
    if not delta.was:
        return "day" if delta.slot == "time" and value("time", delta.now) != "day" else ""
    found = value(delta.slot, delta.was)
    return "" if found == "clear" or found == value(delta.slot, delta.now) else found


RETURNED: dict[str, tuple[Maker, float]] = {
    "back_and": (back_and, 2), "was_back": (was_back, 6), "what_gone": (what_gone, 7),
    "before_last": (before_last, 2),
}  # fmt: skip
"""Moves of this module, and how often each is tried."""
