"""Edits of whole phrases of a prompt that is known as text only: taken away, acted out, borrowed.

A phrase is a preposition and what follows it up to the next one, `with a long red scarf`. People name it by
its last word ("no scarf") and mean all of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from model.tiny import instructions as say
from training.tiny.kinds import LIVING, kinds, of_kinds
from training.tiny.surgery import Done, at_end, into_head
from training.tiny.vocabulary import listed

if TYPE_CHECKING:
    import random

_JOINT = (
    r"with|and|in front of|next to|on top of|in|on|at|near|under|behind|over|beside|above|inside|among"
    r"|by|around|through|along|against|between|wearing|holding|carrying|surrounded by|covered in|full of"
)
_PHRASE = re.compile(
    rf"(?P<gone> (?:{_JOINT}) (?:(?:an?|the|his|her|its|their|some|two|three|many) )?"
    rf"(?P<words>(?:(?!(?:{_JOINT}|of|that|is|are|to|who|for|from)\b)[^\W_]+[ -]){{0,3}}"
    rf"(?!(?:{_JOINT}|of)\b)(?P<head>[^\W\d_]{{3,}})))"
    rf"(?= (?:{_JOINT}|\w+ing|that|is|are|from)\b|[,.;]| - | \||$)",
    re.IGNORECASE,
)
_NO_THING = frozenset({"style", "front", "top", "middle", "view", "type", "kind", "artstation"})
_FIRST = re.compile(
    r"^(?:an?|the|two|three) (?P<words>(?:[^\W\d_]+ ){0,2}(?P<head>[^\W\d_]{3,})) "
    r"(?:and|next to|beside) (?=an?\b|the\b|two\b)",
    re.IGNORECASE,
)
_HAVE = (
    "have {who} {do}", "have {who} {do}", "make {who} {do}", "let {who} {do}", "{who} should {do}",
    "show {who} {doing}", "{who} should be {doing}", "have {who} {doing}", "{who} is {doing}",
    "make it so {who} is {doing}", "I want {who} to {do}", "{doing}", "what if {who} was {doing}",
    "put {who} {doing}", "{who} could {do}", "get {who} to {do}", "can {who} {do}",
)  # fmt: skip
_AS = (
    "as {new}", "make {who} {new}", "turn {who} into {new}", "dress {who} as {new}", "have {who} be {new}",
    "draw {who} as {new}", "{who} as {new}", "show {who} as {new}",
)  # fmt: skip
_BORROW = (
    "add {x}", "add {x}", "add {x}", "with {x}", "put {x} in it", "include {x}", "there should be {x}",
    "there is {x}", "I want {x}", "have {x}", "show {x}", "let there be {x}", "make it have {x}", "{x}",
    "insert {x}", "now with {x}", "it should have {x}",
)  # fmt: skip
_WHERE = ("in the background", "in the foreground", "on the left", "in the distance", "in the sky", "on top")


def remove_phrase(source: str, rng: random.Random) -> Done | None:
    """A phrase goes wherever it stands, named by its last word, its words, or its kind."""
    found = [match for match in _PHRASE.finditer(source) if match.group("head").lower() not in _NO_THING]
    first = _FIRST.search(source)
    if first and (not found or rng.random() < 0.3):
        named, gone = _named(first, rng), source[first.end() :]
    elif found:
        match = rng.choice(found)
        named, gone = _named(match, rng), source[: match.start()] + source[match.end() :]
    else:
        return None
    the = rng.choice(("the ", "the ", "the ", ""))
    return rng.choice(say.REMOVE).format(old=the + named, bare=named), gone


def _named(match: re.Match[str], rng: random.Random) -> str:
    words, head = match.group("words"), match.group("head")
    kind = [kind.name for found, kind in of_kinds(words) if found.end() == len(words)]
    if kind and rng.random() < 0.15:
        return kind[0]
    return (head if rng.random() < 0.6 else words).lower()


def _somebody(source: str, rng: random.Random) -> str:
    """Who is to act: somebody of the source by name, or a pronoun."""
    living = [f"the {match.group().lower()}" for match, kind in of_kinds(source) if kind.article == "a"]
    pronoun = rng.choice(("him", "her", "it", "them", "the person", "the man", "the woman"))
    return living[0] if living and rng.random() < 0.75 else pronoun


def act(source: str, rng: random.Random) -> Done:
    """`have the fox ride a horse` -> `... riding a horse`."""
    do, _, doing = rng.choice(listed("actions")).partition("|")
    who = _somebody(source, rng)
    clause = rng.choice(_HAVE)
    if clause.startswith("{who}") or " was " in clause or "so {who}" in clause or "can {who}" in clause:
        who = {"him": "he", "her": "she", "them": "it"}.get(who, who)
    return clause.format(who=who, do=do, doing=doing), into_head(source, doing)


def pose(source: str, rng: random.Random) -> Done | None:
    """`make him a pirate` of a prompt that has no word for what he is: `... as a pirate`."""
    if any(kind.name in LIVING for _, kind in of_kinds(source)):
        return None
    kind = rng.choice([kind for kind in kinds() if kind.name in LIVING])
    new = kind.introduced(rng.choice(kind.members))
    who = rng.choice(("him", "her", "it", "them"))
    return rng.choice(_AS).format(who=who, new=new), into_head(source, f"as {new}")


def fragment(prompt: str, rng: random.Random) -> str | None:
    """A few words of a prompt that stand together: a part between commas, or a phrase without its joint."""
    if rng.random() < 0.5:
        parts = prompt.split(", ")
    else:
        parts = [match.group("gone").strip().partition(" ")[2] for match in _PHRASE.finditer(prompt)]
    short = [part.strip(" .") for part in parts if 1 <= len(part.split()) <= 6 and part.strip(" .")]
    return rng.choice(short) if short else None


def borrow(source: str, other: str, rng: random.Random) -> Done | None:
    """Something that another prompt speaks of is added, in that prompt's words."""
    new = fragment(other, rng)
    if new is None or new.lower() in source.lower():
        return None
    clause = rng.choice(_BORROW)
    if rng.random() < 0.15:
        where = rng.choice(_WHERE)
        return f"{clause.format(x=new)} {where}", into_head(source, f"with {new} {where}")
    thing = re.match(r"(?:an?|the|two|three|some|many) ", new, re.IGNORECASE)
    return clause.format(x=new), into_head(source, f"with {new}") if thing else at_end(source, new)


def swap_in(source: str, other: str, rng: random.Random) -> Done | None:
    """The object of a phrase gives way to something that another prompt speaks of."""
    new, found = fragment(other, rng), list(_PHRASE.finditer(source))
    if new is None or not found or new.lower() in source.lower():
        return None
    match = rng.choice(found)
    words = match.group("words")
    the = rng.choice(("the ", "the ", ""))
    clause = rng.choice(say.REPLACE).format(old=the + words.lower(), bare=words.lower(), new=new, name=new)
    start, end = match.span("words")
    if re.match(r"(?:an?|the|two|three|some|many) ", new, re.IGNORECASE):
        article = re.search(r"(?:\b(?:an?|the|some|two|three|many) )?$", source[:start], re.IGNORECASE)
        start -= len(article[0])  # type: ignore[index]  # matches the empty string
    return clause, source[:start] + new + source[end:]
