"""What a message of a conversation may do that only makes sense with what came before it.

Each move looks at the path to the picture and gives what is said and what comes of it, or None where it does
not fit. What "that" means is always the last step; a correction ("no, I meant the tree") takes the last step
back and does it to the other thing. What was done wrongly though asked for rightly is in `mistakes`.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from model.tiny import words
from model.tiny.drafts import NounPhrase, meaning
from training.tiny.conversations.deltas import Delta, find, like, same_colour, slotted, with_thing
from training.tiny.conversations.naming import (
    colour_name,
    indefinite,
    plain_name,
    second,
    slot_name,
    stressed,
    thing_name,
)
from training.tiny.conversations.state import MISTAKEN
from training.tiny.conversations.steps import (
    TOUCHES,
    Maker,
    Move,
    asked_by,
    before,
    done_to,
    last,
    last_of_one,
    mentions,
    other_of_pair,
    others,
    say,
    size_of,
)
from training.tiny.conversations.undoing import drop_it, take_first, take_out
from training.tiny.wishes.lexicon import HYPERNYMS, Case, definite

if TYPE_CHECKING:
    from training.tiny.conversations.state import Chat

_PLAIN = ("edit", "wish", "again_it", "other_it")
"""Kinds of messages after which a correction makes sense: those that ask without looking back."""
_BACKWARDS = (
    "take_out",
    "corrected",
    "was_back",
    "back_and",
    "what_gone",
    "before_last",
    "not_so",
    "enough",
    MISTAKEN,
)
"""Kinds of messages whose change was no wish for something new: nobody wants more of it or another one."""
_BOTH = re.compile(r"\b(both|beide|beides|beiden|the two|die zwei)\b")
_ONE = re.compile(r"\b(das andere|dem anderen|beim anderen|das zweite|the second one|the other one)\b")
_LEADS = {1: "a", 2: "two", 3: "three"}


def meant(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "No, I meant the tree": the last step on the other thing, and not on the first."""
    delta, earlier = last(chat), before(chat)
    if delta is None or earlier is None or delta.old is None or delta.what not in (*TOUCHES, "remove"):
        return None
    other = others(earlier, delta)
    # Who named the other thing too ("all but the tree") did not mistake the one for it
    if len(other) != 1 or mentions(chat, chat.now.instruction, other[0]) or asked_by(chat) not in _PLAIN:
        return None
    if delta.what == "remove" and not mentions(chat, chat.now.instruction, delta.old):
        return None
    draft = done_to(earlier, delta, other[0])
    return Move(meant_not(chat, rng, other[0], delta.old), draft) if draft else None


def meant_not(chat: Chat, rng: random.Random, right: NounPhrase, wrong: NounPhrase) -> str:
    """Words of a correction: the other thing, by its name mostly."""
    x = thing_name(right, chat.language, rng)
    if rng.random() < 0.3 and (wrong.count, right.count).count(1) != 1:
        return say(chat, rng, "meant_other", other=x["other"])
    if rng.random() < 0.12:
        x = stressed(x)
    return say(chat, rng, "meant", **x | second(thing_name(wrong, chat.language, rng)))


def too(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "The tree too": the last step on the other thing as well."""
    delta = last(chat)
    if delta is None or delta.old is None or delta.what not in ("colour", "size", "count"):
        return None
    other = others(chat.now.draft, delta)
    if asked_by(chat) in _BACKWARDS and not (asked_by(chat) == "corrected" and _still_new(chat, delta)):
        return None
    if len(other) != 1 or mentions(chat, chat.now.instruction, other[0]):
        return None
    draft = done_to(chat.now.draft, delta, other[0])
    if draft is None:
        return None
    x = thing_name(other[0], chat.language, rng)
    # "Both" and "make them match" do not speak of numbers
    other_one = rng.random() < 0.35 and not other_of_pair(chat, delta)
    kind = "too_many" if delta.what == "count" else "other_too" if other_one else "too"
    said = say(chat, rng, kind, **x)
    # "Both" of two cats and a dog may be the cats
    several = any(t.count > 1 for t in chat.now.draft.things)
    while (several and _BOTH.search(said.lower())) or (other[0].count > 1 and _ONE.search(said.lower())):
        said = say(chat, rng, "too", **x)
    return Move(said, draft)


def _still_new(chat: Chat, delta: Delta) -> bool:
    """Whether a correction left its thing changed, and did not only put back what was there before."""
    wrong = before(chat)
    earlier = chat.pictures[chat.pictures[chat.now.parent].parent].draft if wrong else None
    thing = find(earlier, delta.new.noun) if earlier and delta.new else None
    return not (thing and delta.new and like(thing, delta.new, delta.what) == thing)


def other_it(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "And the other one blue": another colour for the thing that the last step was not about."""
    delta = last_of_one(chat)
    if delta is None:
        return None
    other = others(chat.now.draft, delta)
    if len(other) != 1:
        return None
    new, x = coloured(chat, rng, other[0])
    named = other_name(chat, rng, other[0])
    said = say(chat, rng, "other_it", **named, x=x)
    while other[0].count > 1 and _ONE.search(said.lower()):
        said = say(chat, rng, "other_it", **named, x=x)
    return Move(said, with_thing(chat.now.draft, other[0], new))


def other_name(chat: Chat, rng: random.Random, thing: NounPhrase) -> dict[str, str]:
    """The fields of "the other one"; of two animals or two vehicles also "the other animal"."""
    named = thing_name(thing, chat.language, rng)
    kinds = [HYPERNYMS.get(meaning(words.NOUN_WORDS, t.noun) or "") for t in chat.now.draft.things]
    if len(kinds) == 2 and kinds[0] and kinds[0] == kinds[1] and thing.count == 1 and rng.random() < 0.5:
        english, german = kinds[0]
        named |= dict.fromkeys(("other", "other1", "other3"), f"the other {english}")
        if chat.language == "de":
            cases: tuple[tuple[str, Case], ...] = (("other", "acc"), ("other1", "nom"), ("other3", "dat"))
            named |= {key: definite(german, 1, case, "ander") for key, case in cases}
    return {key: named[key] for key in ("other", "other1", "other3", "is", "can", "should") if key in named}


def both_it(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "Both blue", of two things after a step about one of them."""
    delta, draft = last(chat), chat.now.draft
    if delta is None or delta.new is None or delta.what not in TOUCHES or len(draft.things) != 2:
        return None
    # "Both" of two cats and a dog may be the cats
    if any(thing.count > 1 for thing in draft.things):
        return None
    colour = rng.choice([c for c in words.COLOUR_WORDS if all(c != thing.colour for thing in draft.things)])
    for thing in draft.things:
        draft = with_thing(draft, thing, replace(thing, colour=colour))
    return Move(say(chat, rng, "both_it", x=colour_name(colour, chat.language)), draft)


def coloured(chat: Chat, rng: random.Random, thing: NounPhrase) -> tuple[NounPhrase, str]:
    """The thing in another colour or size, and the word that asks for it."""
    way = rng.random()
    if way < 0.65:
        colour = rng.choice([c for c in words.COLOUR_WORDS if not same_colour(c, thing.colour)])
        return replace(thing, colour=colour), colour_name(colour, chat.language)
    large = size_of(thing) == "small" or (size_of(thing) != "large" and rng.random() < 0.5)
    if way < 0.85:
        word = {True: ("bigger", "größer"), False: ("smaller", "kleiner")}[large][chat.language == "de"]
        size = ("big" if large else "small") if size_of(thing) == "medium" else ""
        return replace(thing, size=size), word
    word = {True: ("big", "groß"), False: ("small", "klein")}[large][chat.language == "de"]
    return replace(thing, size="big" if large else "small"), word


def more(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "More of that": one more of what was added or counted, one size further."""
    delta = last(chat)
    if delta is None or delta.new is None or asked_by(chat) in _BACKWARDS:
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
    said = say(chat, rng, "more", **_in_german(chat, rng, thing))
    return Move(said, with_thing(chat.now.draft, thing, new))


def fewer(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "One of them less", of several that the last step was about."""
    delta = last(chat)
    thing = find(chat.now.draft, delta.new.noun) if delta and delta.new and delta.what in TOUCHES else None
    if asked_by(chat) in _BACKWARDS:
        return None
    if thing is None or thing.count < 2 or sum(other.count > 1 for other in chat.now.draft.things) > 1:
        return None
    new = replace(thing, count=thing.count - 1, lead=_LEADS[thing.count - 1])
    said = say(chat, rng, "fewer", **_in_german(chat, rng, thing))
    return Move(said, with_thing(chat.now.draft, thing, new))


def _in_german(chat: Chat, rng: random.Random, thing: NounPhrase) -> dict[str, str]:
    """Words for "one" in the gender of the thing, which only German has."""
    names = thing_name(thing, "de", rng) if chat.language == "de" else {}
    return {key: names[key] for key in ("one", "one1") if key in names}


def _sized_more(chat: Chat, rng: random.Random, thing: NounPhrase, old: NounPhrase) -> Move | None:
    was, now = size_of(old), size_of(thing)
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
    if delta is None or asked_by(chat) in (*_BACKWARDS, "lasting"):
        return None
    draft, language = chat.now.draft, chat.language
    value_move = "instead" if rng.random() < 0.6 else "instead_value"
    if delta.what == "colour" and delta.new and delta.new.colour:
        thing = find(draft, delta.new.noun)
        colour = rng.choice([c for c in words.COLOUR_WORDS if delta.old is None or c != delta.new.colour])
        if thing is None:
            return None
        x, y = (plain_name(colour_name(c, language), language) for c in (colour, delta.new.colour))
        said = say(chat, rng, value_move, **x | second(y))
        return Move(said, with_thing(draft, thing, replace(thing, colour=colour)))
    if delta.what in ("add", "replace") and delta.new:
        return _thing_instead(chat, rng, delta.new)
    if delta.what == "slot" and delta.now:
        other = other_slot(delta, rng)
        x, y = (plain_slot(delta, text, chat) for text in (other, delta.now))
        if delta.slot in ("place", "style") and language == "en" and rng.random() < 0.5:
            x = plain_name(other, "en")
        return Move(say(chat, rng, value_move, **x | second(y)), slotted(draft, delta.slot, other))
    return None


def plain_slot(delta: Delta, text: str, chat: Chat) -> dict[str, str]:
    """What is said for a slot without an article: "night", "Nebel"."""
    return plain_name(slot_name(delta.slot, text, chat.language)["x"].partition(" ")[2], chat.language)


def _thing_instead(chat: Chat, rng: random.Random, new: NounPhrase) -> Move | None:
    thing = find(chat.now.draft, new.noun)
    if thing is None:
        return None
    swapped = replace(thing, noun=other_noun(chat, rng), adjective="", tail="")
    x = indefinite(swapped, chat.language)
    said = say(chat, rng, "instead", **x | second(thing_name(thing, chat.language, rng)))
    return Move(said, with_thing(chat.now.draft, thing, swapped))


def other_noun(chat: Chat, rng: random.Random, *taken: str) -> str:
    """A noun that is not in the picture, nor means the same as one of these."""
    nouns = (*(thing.noun for thing in chat.now.draft.things), *taken)
    there = {meaning(words.NOUN_WORDS, noun) or noun for noun in nouns}
    return rng.choice([noun for noun in words.NOUN_WORDS if noun not in there])


def other_slot(delta: Delta, rng: random.Random) -> str:
    """Words for another value of the slot than the step's."""
    tables = {
        "place": words.PLACE_WORDS, "time": words.TIME_WORDS, "weather": words.WEATHER_WORDS,
        "style": words.STYLE_WORDS,
    }  # fmt: skip
    table = tables[delta.slot]
    values = [v for v in table if v != meaning(table, delta.now) and v != "clear"]
    return table[rng.choice(values)][0]


def again_it(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "And make it blue" and "but bigger": the thing that the last step was about."""
    delta = last_of_one(chat)
    if delta is None or delta.new is None:
        return None
    thing = find(chat.now.draft, delta.new.noun)
    if thing is None or thing.count > 1:
        return None
    new, x = coloured(chat, rng, thing)
    # "And blue" of what has just become red leaves open whether it is to be both
    if delta.what == ("colour" if new.colour != thing.colour else "size"):
        return None
    named = thing_name(thing, chat.language, rng)
    it = {key: named[key] for key in ("it", "it1")} if chat.language == "de" else {}
    table = "again_it_colour" if new.colour != thing.colour and rng.random() < 0.2 else "again_it"
    return Move(say(chat, rng, table, **it, x=x), with_thing(chat.now.draft, thing, new))


EDITS: dict[str, tuple[Maker, float]] = {
    "meant": (meant, 16), "too": (too, 16), "more": (more, 3), "fewer": (fewer, 2), "instead": (instead, 3.5),
    "again_it": (again_it, 4), "other_it": (other_it, 6), "both_it": (both_it, 1.5),
    "drop_it": (drop_it, 1.5), "take_out": (take_out, 17), "take_first": (take_first, 1.5),
}  # fmt: skip
"""Edits by reference, and how often each is tried."""
