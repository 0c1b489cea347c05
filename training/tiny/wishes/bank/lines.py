"""Lines that say a wish and what it does: `conditions; effects :: what is typed`.

    A.colour=B :: {A} should go with {B}
    ?A.n=3; A.count=-1 :: three {As} is a crowd, lose one
    ?weather=rain; weather=clear :: i forgot my umbrella, can it (please |)be dry

A and B are things of the picture; who names B speaks of a picture of two things. `bank.effects` has the
conditions and effects, `bank.slots` what may stand in braces; `(a|b|)` is one of its parts. The lines of a
language are the files `LANGUAGE_*.txt` beside this one; `#` begins a comment.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from training.tiny.wishes.voice import of_part, rows_of_files

if TYPE_CHECKING:
    from training.tiny.wishes.voice import Language, Part

HERE = Path(__file__).parent
TALK = {"talk", "ask"}
"""Effects of lines that change nothing."""
_OF_B = re.compile(r"\bB\b|\{B|\{a_B|\bswap\b|\bonly A\b")
_OF_A = re.compile(r"\bA\b|\{A|\{a_A|\bswap\b")
_KIND_IN_SLOT = re.compile(r"\{(?:[AB](?:[1sn]|num|\.(?:ein|kein))|a_[AB]\})")
_KIND_IN_CONDITION = re.compile(r"[AB]=")
_SPLITS = ("one ", "rest ", "more ")


@dataclass(frozen=True, slots=True)
class Line:
    """One way of saying a wish. `conditions` have no question mark."""

    conditions: tuple[str, ...]
    effects: tuple[str, ...]
    text: str

    @classmethod
    def of(cls, line: str) -> Line:
        """The parts of a line. Raises ValueError where one is missing."""
        head, found, text = line.partition(" :: ")
        parts = [part.strip() for part in head.split(";") if part.strip()]
        conditions = tuple(part.removeprefix("?") for part in parts if part.startswith("?"))
        effects = tuple(part for part in parts if not part.startswith("?"))
        if not found or not effects or not text.strip():
            raise ValueError(f"a line is `conditions; effects :: what is typed`, and this is not: {line!r}")
        return cls(conditions, effects, text.strip())

    @property
    def asks_for_nothing(self) -> bool:
        """Whether it is talk or a question."""
        return not TALK.isdisjoint(self.effects)

    @property
    def names_a_kind(self) -> bool:
        """Whether it says "balloons", in a slot or in its own words: there may be red and blue ones."""
        in_words = any(_KIND_IN_CONDITION.match(condition) for condition in self.conditions)
        return in_words or bool(_KIND_IN_SLOT.search(self.text))

    @property
    def things(self) -> int:
        """How many things it speaks of: B means A as well."""
        whole = "; ".join((*self.conditions, *self.effects, self.text))
        return 2 if _OF_B.search(whole) else 1 if _OF_A.search(whole) else 0

    @property
    def alone(self) -> bool:
        """Whether nothing but A may be in the picture."""
        return "alone" in self.conditions or any(effect.startswith(_SPLITS) for effect in self.effects)


@functools.cache
def lines(language: Language, part: Part, *, talk: bool = False) -> tuple[Line, ...]:
    """The lines of a language and part that ask for something, or (`talk`) for nothing."""
    return tuple(
        line for line in map(Line.of, of_part(_texts(language), part)) if line.asks_for_nothing == talk
    )


@functools.cache
def _texts(language: Language) -> tuple[str, ...]:
    return rows_of_files(HERE, language)
