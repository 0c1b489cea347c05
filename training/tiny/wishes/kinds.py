"""What every kind of wish gives: its words and the prompt they ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from model.tiny import words
from model.tiny.drafts import Draft, NounPhrase, scene_of
from training.tiny.wishes.naming import noun_of
from training.tiny.wishes.voice import Clause, Voice

Worded = tuple[Clause, Draft]
Kind = Callable[[Voice, Draft], Worded | None]
"""A wish of one kind for a prompt, or None where the prompt allows none."""


def known(draft: Draft) -> list[NounPhrase]:
    """The things of the prompt that the world knows."""
    return [thing for thing in draft.things if noun_of(thing)]


def with_things(draft: Draft, things: tuple[NounPhrase, ...]) -> Draft:
    """The draft with other things. An empty picture is named by its place, and the first thing put into one
    stands in that place."""
    if things and not draft.things:
        place = words.PLACE_WORDS[scene_of(draft).place][0]
        return replace(draft, things=things, subject="").saying("place", place)
    if draft.things and not things:
        place = words.BARE_PLACE_WORDS[scene_of(replace(draft, things=())).place][0]
        return replace(draft, things=(), subject=f"the {place}").saying("place", "")
    return replace(draft, things=things)


def changed(draft: Draft, old: NounPhrase, new: NounPhrase) -> Draft:
    """The draft with one thing in place of another."""
    return replace(draft, things=tuple(new if thing is old else thing for thing in draft.things))


def numbered(thing: NounPhrase, count: int) -> NounPhrase:
    """The thing in another number."""
    return replace(thing, count=count, lead={1: "a", 2: "two", 3: "three"}[count])
