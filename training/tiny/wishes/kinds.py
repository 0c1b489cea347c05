"""What every kind of wish gives: its words and the prompt they ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from model.tiny import words
from model.tiny.drafts import Draft, NounPhrase, scene_of
from model.tiny.world import Scene
from training.tiny.wishes.naming import Named, colour_of, name, noun_of
from training.tiny.wishes.voice import Clause, Voice

Worded = tuple[Clause, Draft]
Kind = Callable[[Voice, Draft], Worded | None]
"""A wish of one kind for a prompt, or None where the prompt allows none."""


def known(draft: Draft) -> list[NounPhrase]:
    """The things of the prompt that the world knows."""
    return [thing for thing in draft.things if noun_of(thing)]


def has_twins(draft: Draft) -> bool:
    """Whether there are two kinds of one thing, such as a red and a blue balloon."""
    nouns = [noun_of(thing) for thing in known(draft)]
    return len(set(nouns)) < len(nouns)


def seen(draft: Draft) -> Scene:
    """The scene that the picture shows: without the things that the world does not know."""
    return scene_of(replace(draft, things=tuple(known(draft))))


def with_things(draft: Draft, things: tuple[NounPhrase, ...]) -> Draft:
    """The draft with other things. An empty picture is named by its place, and the first thing put into one
    stands in that place."""
    if things and not draft.things:
        place = _worded_like(draft.subject, words.PLACE_WORDS[seen(draft).place])
        return replace(draft, things=things, subject="").saying("place", place)
    if draft.things and not things:
        place = _worded_like(draft.said("place"), words.BARE_PLACE_WORDS[seen(draft).place])
        return replace(draft, things=(), subject=f"the {place}").saying("place", "")
    return replace(draft, things=things)


def _worded_like(said: str, ways: tuple[str, ...]) -> str:
    """The way to say a place that ends as it was said (`the garden`, `in a garden`), else the plainest."""
    last = said.rsplit(" ", maxsplit=1)[-1]
    return next((way for way in ways if way.split(" ")[-1] == last), ways[0])


def changed(draft: Draft, old: NounPhrase, new: NounPhrase) -> Draft:
    """The draft with one thing in place of another."""
    return replace(draft, things=tuple(new if thing is old else thing for thing in draft.things))


def numbered(thing: NounPhrase, count: int) -> NounPhrase:
    """The thing in another number."""
    return replace(thing, count=count, lead={1: "a", 2: "two", 3: "three"}[count])


def exchanged(one: NounPhrase, other: NounPhrase, what: str) -> tuple[NounPhrase, NounPhrase]:
    """Both things, each with the other's colour, size or (`count`) number."""
    if what == "colour":
        return replace(one, colour=colour_of(other)), replace(other, colour=colour_of(one))
    if what == "size":
        return replace(one, size=other.size), replace(other, size=one.size)
    return numbered(one, other.count), numbered(other, one.count)


def slots_of(named: Named, other: Named | None = None) -> dict[str, str]:
    """A thing's names as slots of a pattern, and those of another one."""
    slots = named.slots()
    if other:
        slots |= {"other": other.acc, "other_nom": other.nom, "other_dat": other.dat}
    return slots


def pair_of(voice: Voice, draft: Draft) -> tuple[NounPhrase, NounPhrase, dict[str, str]] | None:
    """The two things of a prompt in either order, and their names; None unless it has two known ones."""
    if len(draft.things) != 2 or len(known(draft)) != 2:
        return None
    one, other = voice.rng.sample(draft.things, 2)
    names = [name(voice, draft, thing, pronoun=False) for thing in (one, other)]
    return one, other, slots_of(*names)
