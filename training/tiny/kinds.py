"""Edits in which a word replaces another of its kind without naming it.

`make it evening`, said of a misty morning, means that the morning goes. People mostly leave unsaid what is
replaced, because a picture has one time of day, or one animal. `words/kinds.txt` has a kind a line: its name,
how a thing of it is introduced (`a`, `the`, or `-` for nothing), and its members.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from model.tiny.grammar import plural
from training.tiny.vocabulary import listed

if TYPE_CHECKING:
    import random

_MAKE = (
    "make it {new}", "make it {new}", "make it {new}", "{new}", "{new} instead", "make it {new} instead",
    "turn it into {new}", "change it to {new}", "it should be {new}", "let it be {new}", "now {new}",
    "what if it was {new}", "have it be {new}", "I want {new}", "could it be {new}", "but {new}",
    "as {new}", "set it to {new}", "I'd like {new} instead", "it's {new}", "with {new} instead",
)  # fmt: skip
_BY_NAME = (
    "change the {kind} to {new}", "replace the {kind} with {new}", "make the {kind} {new}",
    "turn the {kind} into {new}", "the {kind} should be {new}", "swap the {kind} for {new}",
    "{new} instead of the {kind}", "have the {kind} be {new}",
)  # fmt: skip
_SOMEBODY = ("make {who} {new}", "turn {who} into {new}", "{who} should be {new}", "have {who} be {new}")
LIVING = frozenset({"person", "ruler", "profession", "being", "animal"})


@dataclass(frozen=True, slots=True)
class Kind:
    """`animal`, introduced with `a`, and `dog, cat, ...`."""

    name: str
    article: str
    members: tuple[str, ...]

    def introduced(self, member: str) -> str:
        """`a dog`, `the beach`, `evening`."""
        if self.article == "a":
            return f"an {member}" if member[0] in "aeiou" else f"a {member}"
        return member if self.article == "-" else f"{self.article} {member}"


@functools.cache
def kinds() -> tuple[Kind, ...]:
    """All kinds of `words/kinds.txt`."""
    rows = (line.split("|") for line in listed("kinds"))
    return tuple(Kind(name, article, tuple(members.split(", "))) for name, article, members in rows)


@functools.cache
def _known() -> tuple[re.Pattern[str], dict[str, Kind]]:
    of = {member: kind for kind in kinds() for member in kind.members}
    of |= {plural(member): kind for kind in kinds() if kind.article == "a" for member in kind.members}
    ways = "|".join(re.escape(word) for word in sorted(of, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{ways})(?![\w-])", re.IGNORECASE), of


def of_kinds(text: str) -> list[tuple[re.Match[str], Kind]]:
    """The words of `text` whose kind is known, where no other word of their kind stands."""
    pattern, of = _known()
    found = [(match, of[match.group().lower()]) for match in pattern.finditer(text)]
    names = [kind.name for _, kind in found]
    return [(match, kind) for match, kind in found if names.count(kind.name) == 1]


def in_case(word: str, old: str) -> str:
    """`word` in the capitals of `old`: `evening`, `Morning` -> `Evening`."""
    if old.isupper() and len(old) > 1:
        return word.upper()
    if old.istitle():
        return word.title()
    return word[0].upper() + word[1:] if old[0].isupper() else word


def put(text: str, span: tuple[int, int], new: str) -> str:
    """`text` with `new` at `span`, in the old capitals and after the right one of `a` and `an`."""
    before, old = text[: span[0]], text[slice(*span)]
    ending = "n " if new[0].lower() in "aeiou" else " "
    before = re.sub(r"\b([Aa])n? $", lambda m: m.group(1) + ending, before)
    return before + in_case(new, old) + text[span[1] :]


def same_kind(source: str, rng: random.Random) -> tuple[str, str] | None:
    """A word gives way to another of its kind without being named itself: instruction and target."""
    found = of_kinds(source)
    if not found:
        return None
    match, kind = rng.choice(found[:3])
    old = match.group().lower()
    new = rng.choice([member for member in kind.members if member != old])
    if kind.article == "a" and rng.random() < 0.2:
        new = f"{rng.choice(listed('adjectives'))} {new}"
    many = kind.article == "a" and old not in kind.members
    new = plural(new) if many else new
    return _asked(kind, new, many, rng), put(source, match.span(), new)


def _asked(kind: Kind, new: str, many: bool, rng: random.Random) -> str:
    said = new if many or (kind.article != "a" and rng.random() < 0.5) else kind.introduced(new)
    chance = rng.random()
    if kind.name in LIVING and chance < 0.35:
        who = "them" if many else rng.choice(("him", "her", "it", "them"))
        return rng.choice(_SOMEBODY).format(who=who, new=said)
    if chance < 0.55:
        return rng.choice(_BY_NAME).format(kind=plural(kind.name) if many else kind.name, new=said)
    clause = rng.choice(_MAKE)
    return (clause.replace(" it ", " them ") if many else clause).format(new=said)
