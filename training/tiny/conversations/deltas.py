"""What one step changed between two drafts, and how to take it back or do it to another thing.

References back ("no, I meant the tree", "undo the lantern but keep the snow") are edits of the steps before
them, so each step is kept as a list of `Delta`s rather than as its words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from model.tiny import words
from model.tiny.drafts import Draft, NounPhrase, Slot, meaning
from model.tiny.world import MAX_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

What = Literal["add", "remove", "replace", "colour", "size", "count", "slot", "tags", "rest"]
SLOTS: tuple[Slot, ...] = ("place", "time", "weather", "style")


@dataclass(frozen=True, slots=True)
class Delta:
    """One difference: of a thing (`old`, `new`; None where there is none) or of what is said for a slot."""

    what: What
    old: NounPhrase | None = None
    new: NounPhrase | None = None
    slot: Slot = "filler"
    was: str = ""
    now: str = ""


def find(draft: Draft, noun: str) -> NounPhrase | None:
    """The draft's thing of that noun."""
    return next((thing for thing in draft.things if thing.noun == noun), None)


def same_noun(one: str, two: str) -> bool:
    """Whether two nouns mean the same thing: a cottage is a house."""
    return (meaning(words.NOUN_WORDS, one) or one) == (meaning(words.NOUN_WORDS, two) or two)


def same_colour(one: str, two: str) -> bool:
    """Whether two words mean the same colour: crimson is red."""
    known = [meaning(words.COLOUR_WORDS, word) or word for word in (one, two)]
    return known[0] == known[1]


def deltas(before: Draft, after: Draft) -> tuple[Delta, ...]:
    """All differences; `rest` stands for what no reference speaks of, such as another opening."""
    return tuple(_deltas(before, after))


def _deltas(before: Draft, after: Draft) -> Iterator[Delta]:
    gone = [thing for thing in before.things if find(after, thing.noun) is None]
    come = [thing for thing in after.things if find(before, thing.noun) is None]
    if len(gone) == len(come) == 1:
        yield Delta("replace", gone[0], come[0])
    else:
        yield from (Delta("remove", thing) for thing in gone)
        yield from (Delta("add", None, thing) for thing in come)
    for old in before.things:
        new = find(after, old.noun)
        if new is not None:
            yield from _of_thing(old, new)
    for slot in SLOTS:
        was, now = before.said(slot), after.said(slot)
        if was != now:
            yield Delta("slot", slot=slot, was=was, now=now)
    other = [tuple(tag for tag in draft.tags if tag[0] != "style") for draft in (before, after)]
    if other[0] != other[1]:
        yield Delta("tags")
    if before.subject != after.subject:
        yield Delta("rest")


def _of_thing(old: NounPhrase, new: NounPhrase) -> Iterator[Delta]:
    if old.colour != new.colour:
        yield Delta("colour", old, new)
    if old.size != new.size:
        yield Delta("size", old, new)
    if old.count != new.count:
        yield Delta("count", old, new)
    if (old.adjective, old.tail) != (new.adjective, new.tail):
        yield Delta("rest")


def with_thing(draft: Draft, old: NounPhrase, new: NounPhrase) -> Draft:
    """The draft with `new` where `old` stands."""
    return replace(draft, things=tuple(new if thing is old else thing for thing in draft.things))


def without_thing(draft: Draft, old: NounPhrase) -> Draft | None:
    """The draft without a thing; None if it is the only one."""
    left = tuple(thing for thing in draft.things if thing is not old)
    return replace(draft, things=left) if left else None


def with_new(draft: Draft, new: NounPhrase, most: int = MAX_KINDS) -> Draft | None:
    """The draft with one more thing at its end; None where there is no room or it is there already."""
    if not draft.things or len(draft.things) >= most:
        return None
    if any(same_noun(new.noun, thing.noun) for thing in draft.things):
        return None
    return replace(draft, things=(*draft.things, replace(new, joint=" and ")))


def slotted(draft: Draft, slot: Slot, text: str) -> Draft:
    """The draft with `text` said for a slot, in the place where such words stand."""
    return draft.styled(text) if slot == "style" else draft.saying(slot, text)


def like(thing: NounPhrase, other: NounPhrase, what: What) -> NounPhrase:
    """`thing` with the colour, size or number of `other`."""
    if what == "colour":
        return replace(thing, colour=other.colour)
    if what == "size":
        return replace(thing, size=other.size)
    return replace(thing, count=other.count, lead=other.lead)


def reverted(draft: Draft, delta: Delta) -> Draft | None:
    """The draft without what one step changed; None where later steps changed the same."""
    if delta.what == "slot":
        return slotted(draft, delta.slot, delta.was) if draft.said(delta.slot) == delta.now else None
    if delta.what == "remove" and delta.old:
        return with_new(draft, delta.old)
    there = find(draft, delta.new.noun) if delta.new else None
    return _thing_reverted(draft, delta, there, delta.new) if there and delta.new else None


def _thing_reverted(draft: Draft, delta: Delta, there: NounPhrase, new: NounPhrase) -> Draft | None:
    if delta.what == "add":
        return without_thing(draft, there)
    if delta.old is None:
        return None
    if delta.what == "replace":
        return with_thing(draft, there, replace(delta.old, joint=there.joint)) if there == new else None
    if like(there, new, delta.what) != there:
        return None
    # Nobody tells crimson from red
    if delta.what == "colour" and same_colour(delta.old.colour, new.colour):
        return None
    return with_thing(draft, there, like(there, delta.old, delta.what))


def repeated(draft: Draft, delta: Delta, thing: NounPhrase) -> Draft | None:
    """The draft with the step's change done to another of its things; None where this changes nothing."""
    if delta.what == "remove":
        return without_thing(draft, thing)
    if delta.new is None or delta.what not in ("colour", "size", "count", "replace"):
        return None
    if delta.what == "replace":
        # "A black rocket instead" asks for more than another noun
        if delta.old and replace(delta.old, noun="", joint="") != replace(delta.new, noun="", joint=""):
            return None
        if any(same_noun(delta.new.noun, t.noun) for t in draft.things if t is not thing):
            return None
        return with_thing(draft, thing, replace(thing, noun=delta.new.noun))
    changed = like(thing, delta.new, delta.what)
    if delta.what == "colour" and same_colour(changed.colour, thing.colour):
        return None
    return None if changed == thing else with_thing(draft, thing, changed)
