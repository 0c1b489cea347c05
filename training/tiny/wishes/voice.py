"""How a wish is worded: patterns with alternatives, split into a train part and a held-out one.

A pattern is one line. `(a|b|)` is one of its parts, `{name}` a slot. A line that begins with `!` is a command
and can be asked for politely; in German its first word names the verb twice, `mach/machen` (`~` is a blank in
it), with a separable part behind `_`: `füg_hinzu/hinzufügen {new}` is "füg eine Katze hinzu", or "eine Katze
hinzufügen" after "kannst du".
"""

from __future__ import annotations

import functools
import hashlib
import random
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from training.tiny.wishes.numbers_agree import behind

Language = Literal["en", "de"]
Part = Literal["train", "selection"]
Patterns = dict[Language, tuple[str, ...]]

HELD_OUT = 0.15
_CHOICE = re.compile(r"\(([^()|]*(?:\|[^()|]*)+)\)")


@dataclass(frozen=True, slots=True)
class Command:
    """A command taken apart: `füg`, `eine Katze`, `hinzu`, and its verb alone in the infinitive, `fügen`."""

    stem: str
    rest: str
    split: str
    verb: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One wish in words: as a command or remark, and as the infinitive after "could you", if it has one."""

    text: str
    infinitive: str | None = None
    command: Command | None = None


def patterns(english: str, german: str, *more: Patterns) -> Patterns:
    """Patterns of two languages, one a line, and those of `more` tables; empty lines are passed over."""
    return {
        "en": sum((table["en"] for table in more), _lines(english)),
        "de": sum((table["de"] for table in more), _lines(german)),
    }


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def rows_of_files(folder: Path, language: Language) -> tuple[str, ...]:
    """The rows of a folder's files `LANGUAGE_*.txt`, but for empty ones and comments (`#`)."""
    files = sorted(folder.glob(f"{language}_*.txt"))
    rows = (row.strip() for file in files for row in file.read_text("utf-8").splitlines())
    return tuple(row for row in rows if row and not row.startswith("#"))


@functools.cache
def of_part(lines: tuple[str, ...], part: Part) -> tuple[str, ...]:
    """The lines of a part: those whose own hash falls into the lowest 15 % are held out, or the lowest one.

    So a line stays in its part while its table grows.

    A table of a single line has it in both parts, as neither could be drawn without it.
    """
    ordered = sorted(lines, key=_place)
    if len(ordered) == 1:
        return lines
    held_out = sum(_place(line) < HELD_OUT for line in ordered)
    held_out = min(max(1, held_out), len(ordered) - 1)
    return tuple(ordered[:held_out] if part == "selection" else ordered[held_out:])


def _place(line: str) -> float:
    """Where a line's hash lies in [0, 1)."""
    return int.from_bytes(hashlib.sha256(line.encode()).digest()[:8], "big") / 2**64


@dataclass(slots=True)
class Voice:
    """One person's way of typing: language, part of the patterns, and what may be said.

    `pronouns`: "it" may stand for the only thing. `protected` collects words that are never mistyped.
    """

    rng: random.Random
    language: Language
    part: Part = "train"
    pronouns: bool = True
    protected: set[str] = field(default_factory=set)

    def pick(self, table: Patterns, **slots: object) -> Clause:
        """A clause by one of the part's patterns."""
        line = self.expand(self.rng.choice(of_part(table[self.language], self.part)))
        command, line = line.startswith("!"), line.removeprefix("!")
        if not command:
            return Clause(_agreeing(_tidy(line.format(**slots)), slots, self.language))
        if self.language == "en":
            text = _tidy(line.format(**slots))
            verb, _, rest = text.partition(" ")
            return Clause(text, text, Command(verb, rest, "", verb))
        verb, _, rest = line.partition(" ")
        imperative, _, infinitive = verb.partition("/")
        stem, _, split = imperative.partition("_")
        rest = _tidy(rest.format(**slots))
        infinitive = infinitive.replace("~", " ")
        parts = Command(stem, rest, split, infinitive.removeprefix(split).strip())
        return Clause(_tidy(f"{stem} {rest} {split}"), _tidy(f"{rest} {infinitive}"), parts)

    def expand(self, line: str) -> str:
        """The line with each of its choices made."""
        while found := _CHOICE.search(line):
            line = line[: found.start()] + self.rng.choice(found.group(1).split("|")) + line[found.end() :]
        return line

    def chance(self, share: float) -> bool:
        """True in this share of cases."""
        return self.rng.random() < share


def _agreeing(text: str, slots: dict[str, object], language: Language) -> str:
    """The text with plural verbs behind (in "wenn", two words behind) a plural subject, and "they" for it."""
    verbs = behind(language)
    for subject in {str(slots[name]) for name in slots if name in ("thing", "nom") and slots.get("plural")}:
        pattern = rf"(?<!\w){re.escape(subject)} ((?:in )?(?:\w+ )?)({'|'.join(verbs)})\b"
        for verb in re.finditer(pattern, text):
            text = text[: verb.start(2)] + verbs[verb[2]] + text[verb.end(2) :]
    return re.sub(r"\bthem (should|must|can|could|have|need|look|are|were|would|seem)\b", r"they \1", text)


def _tidy(text: str) -> str:
    return re.sub(r" +([,.?!])", r"\1", re.sub(r"[^\S\n]+", " ", text)).strip(" ,")
