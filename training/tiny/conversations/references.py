"""One of two things named by a property ("the bigger one blue") or by what was done to the other one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from model.tiny.drafts import NounPhrase, scene_of
from model.tiny.world import SIZES
from training.tiny.conversations.deltas import find, like, with_thing, without_thing
from training.tiny.conversations.german import german_noun
from training.tiny.conversations.moves import coloured, other_noun
from training.tiny.conversations.naming import colour_name, indefinite, second, thing_name
from training.tiny.conversations.steps import Maker, Move, done_to, say, size_of
from training.tiny.conversations.undoing import changes, one_change_each
from training.tiny.wishes.lexicon import UNINFLECTED, German, definite
from training.tiny.wishes.naming import noun_of

if TYPE_CHECKING:
    import random

    from training.tiny.conversations.said import Language
    from training.tiny.conversations.state import Chat

_NEW: dict[Language, tuple[str, ...]] = {
    "en": ("new", "new", "newer", "newest", "just added"),
    "de": ("neu", "neu", "neuer", "gerade dazugekommen", "eben eingefügt"),
}
"""What the thing is called that came to another one."""


def by_property(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "Make the bigger one blue", "the red one can go" and "turn the new one into a dog"."""
    draft = chat.now.draft
    known = all(noun_of(thing) for thing in draft.things)
    if len(draft.things) != 2 or not known or any(thing.count > 1 for thing in draft.things):
        return None
    thing = rng.choice(draft.things)
    by = _names(chat, thing, rng)
    if not by:
        return None
    called = by[rng.choice(list(by))]
    way = rng.random()
    if way < 0.55:
        new, x = coloured(chat, rng, thing)
        return Move(say(chat, rng, "ref_it", **called, x=x), with_thing(draft, thing, new))
    if way < 0.8:
        return Move(say(chat, rng, "ref_gone", **called), without_thing(draft, thing))
    swapped = replace(thing, noun=other_noun(chat, rng), adjective="", tail="")
    names = called | second(indefinite(swapped, chat.language))
    return Move(say(chat, rng, "ref_swap", **names), with_thing(draft, thing, swapped))


def _names(chat: Chat, thing: NounPhrase, rng: random.Random) -> dict[str, dict[str, str]]:
    """Names of a thing by what only it is, each as the fields `d`, `d1` and `d3`."""
    draft, language = chat.now.draft, chat.language
    other = next(t for t in draft.things if t is not thing)
    seen = {t.noun: t for t in scene_of(draft).things}
    mine, its = (seen.get(noun_of(t) or "") for t in (thing, other))
    if mine is None or its is None:
        return {}
    found: dict[str, dict[str, str]] = {}
    if mine.colour != its.colour and thing.colour:
        said = colour_name(thing.colour, language)
        if language == "en" or said not in UNINFLECTED:
            found["colour"] = _called(language, thing, said)
    sizes = [SIZES.index(size_of(t) or "medium") for t in (thing, other)]
    if sizes[0] != sizes[1]:
        bigger = sizes[0] > sizes[1]
        word = {True: ("bigger", "größer"), False: ("smaller", "kleiner")}[bigger][language == "de"]
        extreme = {0: ("small", "klein"), 2: ("big", "groß")}.get(sizes[0])
        word = extreme[language == "de"] if extreme and rng.random() < 0.5 else word
        found["size"] = _called(language, thing, word)
    if _came(chat, thing, other):
        found["came"] = _called(language, thing, rng.choice(_NEW[language]))
    return found


def _came(chat: Chat, thing: NounPhrase, other: NounPhrase) -> bool:
    """Whether this thing came later, to one that was there from the first picture on."""
    path = [chat.pictures[p].draft for p in chat.path()]
    return find(path[0], thing.noun) is None and all(find(draft, other.noun) for draft in path)


def _called(language: Language, thing: NounPhrase, word: str) -> dict[str, str]:
    """Words such as "the red one": in German the adjective with the article of the thing's gender."""
    if language == "en":
        return dict.fromkeys(("d", "d1", "d3"), f"the {word} one")
    one = German("", german_noun(thing).gender, "")
    cases = (("d", "acc"), ("d1", "nom"), ("d3", "dat"))
    named = {key: definite(one, 1, case, word).strip() for key, case in cases}  # type: ignore[arg-type]
    return named | {"should": "soll", "can": "kann", "is": "ist"}


def as_done(chat: Chat, rng: random.Random) -> Move | None:
    """Said as "Do with the tree what you did with the fox", to which only one thing was ever done."""
    draft = chat.now.draft
    if len(draft.things) != 2:
        return None
    thing, model = rng.sample(draft.things, 2)
    done = [d for _, d in changes(chat) if d.new and d.new.noun == model.noun]
    alone = [delta for _, delta in one_change_each(chat)]
    if len(done) != 1 or done[0] not in alone or done[0].what not in ("colour", "size", "count"):
        return None
    new = done[0].new
    if (
        new is None
        or like(model, new, done[0].what) != model
        or find(chat.pictures[0].draft, thing.noun) is None
    ):
        return None
    changed = done_to(draft, done[0], thing)
    if changed is None:
        return None
    x, y = (thing_name(t, chat.language, rng) for t in (thing, model))
    return Move(say(chat, rng, "as_done", **x | second(y)), changed)


REFERRING: dict[str, tuple[Maker, float]] = {"by_property": (by_property, 5), "as_done": (as_done, 10)}
"""Moves of this module, and how often each is tried."""
