"""What all moves share: what is said with what comes of it, and the last step of a conversation."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from model.tiny import words
from model.tiny.drafts import Draft, NounPhrase, meaning
from training.tiny.conversations.deltas import Delta, repeated
from training.tiny.conversations.german import german_noun
from training.tiny.conversations.naming import colour_name
from training.tiny.conversations.said import worded
from training.tiny.conversations.state import MISTAKEN

if TYPE_CHECKING:
    from training.tiny.conversations.state import Chat

_ALL = re.compile(
    r"\b(all|everything|both|each|every|else|only|rest|except|same|alle|alles|beide|außer|nur|rest"
    r"|things|dinge|sachen|ganze|ganzes|beiden|bloß|stay|stays|keep|leave|lass|lassen|bleibt|bleiben)\b"
)
TOUCHES = ("colour", "size", "count", "replace", "add")


@dataclass(frozen=True, slots=True)
class Move:
    """What is said and the draft it asks for; or, with `to`, the earlier picture it goes back to."""

    said: str
    draft: Draft | None = None
    to: int | None = None


Maker = Callable[["Chat", random.Random], Move | None]


def say(chat: Chat, rng: random.Random, move: str, **parts: str) -> str:
    """One of the move's templates, filled; those that need a part which is not given are left out."""
    return worded(rng, move, chat.language, **parts)


def last(chat: Chat) -> Delta | None:
    """The last step's only difference; None for several or for none."""
    return chat.now.changed[0] if len(chat.now.changed) == 1 else None


def last_of_one(chat: Chat) -> Delta | None:
    """The last step's only difference, if its words spoke of no other thing.

    Who asked for "all of it blue" may have changed one thing alone, and "the other one" is none then.
    """
    delta = last(chat)
    if delta is None or delta.new is None or delta.what not in TOUCHES:
        return None
    # After "not the flowers" the other ones may be those or the lanterns that were meant
    if asked_by(chat) in ("corrected", MISTAKEN):
        return None
    if other_of_pair(chat, delta):
        return None
    if any(mentions(chat, chat.now.instruction, other) for other in others(chat.now.draft, delta)):
        return None
    return delta


def other_of_pair(chat: Chat, delta: Delta) -> bool:
    """Whether "the other one" may be one of the several things that the step was about."""
    several = any(thing and thing.count > 1 for thing in (delta.old, delta.new))
    return several and any(thing.count == 1 for thing in others(chat.now.draft, delta))


def before(chat: Chat) -> Draft | None:
    """The picture before this one."""
    parent = chat.now.parent
    return chat.pictures[parent].draft if parent >= 0 else None


def others(draft: Draft, delta: Delta) -> list[NounPhrase]:
    """The things that the step did not touch."""
    touched = {thing.noun for thing in (delta.old, delta.new) if thing}
    return [thing for thing in draft.things if thing.noun not in touched]


def done_to(draft: Draft, delta: Delta, thing: NounPhrase) -> Draft | None:
    """The draft with the step's change done to another thing; None where the same words ("bigger", "one
    more") would ask for something else of it."""
    if delta.old and delta.what == "count" and thing.count != delta.old.count:
        return None
    if delta.old and delta.what == "size" and size_of(thing) != size_of(delta.old):
        return None
    return repeated(draft, delta, thing)


def size_of(thing: NounPhrase) -> str | None:
    """What the world takes the thing's size for."""
    return meaning(words.SIZE_WORDS, thing.size) if thing.size else "medium"


def mentions(chat: Chat, instruction: str, thing: NounPhrase) -> bool:
    """Whether the words name the thing, in either number, or speak of all things or of all but one."""
    if _ALL.search(instruction.lower()):
        return True
    base = meaning(words.NOUN_WORDS, thing.noun) or thing.noun
    names = [thing.noun, base]
    if chat.language == "de" or chat.mixed:
        german = german_noun(thing)
        names += [german.noun, german.plural]
    if chat.language == "de" and not chat.mixed:
        names = names[2:]
    # "The azure ones can stay" speaks of the trees
    colour = meaning(words.COLOUR_WORDS, thing.colour) if thing.colour else None
    if colour:
        names += [*words.COLOUR_WORDS[colour], colour_name(colour, chat.language)]
    return any(name.lower() in instruction.lower() for name in names)


def asked_by(chat: Chat) -> str:
    """The kind of the message that made this picture, also after going back to it; empty for the first."""
    return next((m.kind for m in chat.messages if m.after == chat.here != m.about), "")
