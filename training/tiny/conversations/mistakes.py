"""What the bot did wrongly though it was asked for rightly, and how people put it right.

A mistake is a step of the conversation whose answer is shown and never learnt: the wrong one of two things
changed, both instead of one, another colour, thing or weather than was asked for, a thing lost or snow added
that nobody spoke of, another number, bigger instead of smaller, one thing in place of another. The message
after it asks for what was meant.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from model.tiny import words
from model.tiny.drafts import Draft
from training.tiny.conversations.continuing import numbered
from training.tiny.conversations.deltas import (
    Delta,
    deltas,
    find,
    same_colour,
    slotted,
    with_new,
    with_thing,
    without_thing,
)
from training.tiny.conversations.moves import meant_not, other_noun, other_slot, plain_slot
from training.tiny.conversations.naming import (
    colour_name,
    indefinite,
    plain_name,
    second,
    slot_name,
    thing_name,
)
from training.tiny.conversations.steps import done_to, mentions, others, say, size_of

if TYPE_CHECKING:
    import random

    from training.tiny.conversations.state import Chat


@dataclass(frozen=True, slots=True)
class Mistake:
    """The picture that came instead, the words that put it right, and the picture they ask for."""

    wrong: Draft
    said: str
    right: Draft


@dataclass(frozen=True, slots=True)
class Asked:
    """A wish for the picture of a conversation: its words, its picture and the only difference it makes."""

    chat: Chat
    instruction: str
    after: Draft
    delta: Delta


Maker = Callable[[Asked, "random.Random"], Mistake | None]


def mistake(chat: Chat, rng: random.Random, instruction: str, after: Draft) -> Mistake | None:
    """A way to misunderstand a wish, or None for those that change several parts or cannot be."""
    changed = deltas(chat.now.draft, after)
    if len(changed) != 1:
        return None
    asked = Asked(chat, instruction, after, changed[0])
    makers = list(_MAKERS)
    while makers:
        maker = rng.choices(makers, [_MAKERS[m] for m in makers])[0]
        makers.remove(maker)
        if found := maker(asked, rng):
            # "Another weather" may be the one that was there before
            return found if str(found.wrong) not in (str(found.right), str(chat.now.draft)) else None
    return None


def _other(asked: Asked, rng: random.Random) -> Mistake | None:
    """The wrong one of two things was changed, removed, replaced."""
    delta, now, chat = asked.delta, asked.chat.now.draft, asked.chat
    other = others(now, delta)
    if delta.old is None or len(other) != 1 or mentions(chat, asked.instruction, other[0]):
        return None
    wrong = done_to(now, delta, other[0])
    if wrong is None or (delta.what == "remove" and not mentions(chat, asked.instruction, delta.old)):
        return None
    if mentions(chat, asked.instruction, delta.old) and rng.random() < 0.35:
        x, y = (thing_name(thing, chat.language, rng) for thing in (delta.old, other[0]))
        return Mistake(wrong, say(chat, rng, "asked", **x | second(y)), asked.after)
    return Mistake(wrong, meant_not(chat, rng, delta.old, other[0]), asked.after)


def _both(asked: Asked, rng: random.Random) -> Mistake | None:
    """Both things were changed instead of one."""
    delta, chat = asked.delta, asked.chat
    other = others(chat.now.draft, delta)
    if delta.old is None or delta.what not in ("colour", "size", "count") or len(other) != 1:
        return None
    wrong = done_to(asked.after, delta, other[0])
    if wrong is None or mentions(chat, asked.instruction, other[0]):
        return None
    x, y = (thing_name(thing, chat.language, rng) for thing in (delta.old, other[0]))
    said = say(chat, rng, "only", **x | second(y))
    # "Not both" leaves open which one, unless the wish named it
    while not mentions(chat, asked.instruction, delta.old) and not any(
        name["bare"].lower() in said.lower() for name in (x, y)
    ):
        said = say(chat, rng, "only", **x | second(y))
    return Mistake(wrong, said, asked.after)


def _value(asked: Asked, rng: random.Random) -> Mistake | None:
    """Another colour, thing, time or weather came than was asked for."""
    delta, after, chat, language = asked.delta, asked.after, asked.chat, asked.chat.language
    there = find(after, delta.new.noun) if delta.new else None
    if delta.what == "colour" and there and there.colour and delta.old:
        # "The colour of the car" was asked for then, and no colour by its name
        if any(same_colour(t.colour, there.colour) for t in others(after, delta)):
            return None
        colour = rng.choice([c for c in words.COLOUR_WORDS if c not in (there.colour, delta.old.colour)])
        x, y = (plain_name(colour_name(c, language), language) for c in (there.colour, colour))
        wrong = with_thing(after, there, replace(there, colour=colour))
    elif delta.what in ("add", "replace") and there:
        other = replace(there, noun=other_noun(chat, rng, there.noun), adjective="", tail="")
        x, y = indefinite(there, language), indefinite(other, language)
        wrong = with_thing(after, there, other)
    elif delta.what == "slot" and delta.now:
        text = other_slot(delta, rng)
        x, y = plain_slot(delta, delta.now, chat), plain_slot(delta, text, chat)
        wrong = slotted(after, delta.slot, text)
    else:
        return None
    wish = asked.instruction.rstrip(" .!?")
    if rng.random() < 0.2 and wish and len(wish) < _SHORT and "\n" not in wish:
        return Mistake(wrong, say(chat, rng, "said_again", i=wish), after)
    return Mistake(wrong, say(chat, rng, "asked_value", **x | second(y)), after)


def _lost(asked: Asked, rng: random.Random) -> Mistake | None:
    """What was asked for was done, and a thing that nobody spoke of is gone."""
    chat, delta = asked.chat, asked.delta
    other = [t for t in others(asked.after, delta) if find(chat.now.draft, t.noun)]
    if delta.what == "remove" or len(other) != 1 or mentions(chat, asked.instruction, other[0]):
        return None
    wrong = without_thing(asked.after, other[0])
    right = with_new(wrong, other[0], chat.most_things) if wrong else None
    if wrong is None or right is None:
        return None
    return Mistake(wrong, say(chat, rng, "lost", **thing_name(other[0], chat.language, rng)), right)


def _unasked(asked: Asked, rng: random.Random) -> Mistake | None:
    """What was asked for was done, and weather came that nobody spoke of."""
    if asked.after.said("weather") or asked.delta.what == "slot":
        return None
    text = words.WEATHER_WORDS[rng.choice(("rain", "snow", "fog"))][0]
    x = slot_name("weather", text, asked.chat.language)
    said = say(asked.chat, rng, "unasked", **x)
    return Mistake(slotted(asked.after, "weather", text), said, asked.after)


def _count(asked: Asked, rng: random.Random) -> Mistake | None:
    """Another number came than was asked for."""
    delta, after, chat = asked.delta, asked.after, asked.chat
    there = find(after, delta.new.noun) if delta.new else None
    if there is None or delta.what not in ("count", "add") or (delta.what == "add" and there.count < 2):
        return None
    left = [n for n in (2, 3) if n not in (there.count, delta.old.count if delta.old else 0)]
    if not left:
        return None
    wrong = rng.choice(left)
    numbers = {"en": ("one", "two", "three"), "de": ("eins", "zwei", "drei")}[chat.language]
    x, y = numbers[there.count - 1], numbers[wrong - 1]
    if rng.random() < 0.15:
        x, y = str(there.count), str(wrong)
    named = {"many": thing_name(there, chat.language, rng)["many"]} if there.count > 1 else {}
    if there.count == 1 and chat.language == "de":
        return None
    said = say(chat, rng, "miscounted", x=x, y=y, **named)
    return Mistake(with_thing(after, there, numbered(there, wrong)), said, after)


def _wrong_way(asked: Asked, rng: random.Random) -> Mistake | None:
    """What was to be bigger became smaller, or the other way round."""
    delta, after, chat = asked.delta, asked.after, asked.chat
    there = find(after, delta.new.noun) if delta.new else None
    if there is None or delta.what != "size" or not delta.old or size_of(delta.old) != "medium":
        return None
    words_ = {"en": ("bigger", "smaller"), "de": ("größer", "kleiner")}[chat.language]
    large = size_of(there) == "large"
    x, y = words_ if large else words_[::-1]
    wrong = with_thing(after, there, replace(there, size="small" if large else "large"))
    return Mistake(wrong, say(chat, rng, "wrong_way", x=x, y=y), after)


def _replaced(asked: Asked, rng: random.Random) -> Mistake | None:
    """What was to be added came in place of what was there."""
    delta, chat, language = asked.delta, asked.chat, asked.chat.language
    if delta.what != "add" or not delta.new or len(asked.after.things) != 2:
        return None
    lost = next(t for t in asked.after.things if t.noun != delta.new.noun)
    wrong = without_thing(asked.after, lost)
    right = with_new(wrong, lost, chat.most_things) if wrong else None
    if wrong is None or right is None:
        return None
    x, y = (thing_name(thing, language, rng) for thing in (lost, delta.new))
    return Mistake(wrong, say(chat, rng, "both_wanted", **x | second(y)), right)


_SHORT = 50
"""The most letters of a wish that somebody types once more."""
_MAKERS: dict[Maker, float] = {
    _other: 6, _both: 2, _value: 4, _lost: 1, _unasked: 0.7, _count: 4, _wrong_way: 4, _replaced: 2,
}  # fmt: skip
