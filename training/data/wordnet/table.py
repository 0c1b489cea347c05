"""Which stems may stand for a stem, read from the table that `build.py` makes.

- "forms" are the same word in other shapes: irregular ones (man, men) and words derived from one another
  (Cubism, Cubist; winter, wintry).
- "kinds" are other words that say the same or one kind of it: synonyms (movie, film) and what is directly
  below it (walk, stroll; but not the other way round, since a fox is an animal and an animal no fox).

All of them are stems of `model.language.stems`, so that they are found among the stems of a text.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("related.tsv.gz")


@dataclass(frozen=True, slots=True)
class Related:
    """What may stand for one stem; neither holds the stem itself."""

    forms: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()


_NONE = Related()


def related(stem: str) -> Related:
    """What WordNet relates to a stem: nothing where it does not know it."""
    line = _lines().get(stem)
    if line is None:
        return _NONE
    forms, _, kinds = line.partition("\t")
    return Related(frozenset(forms.split()), frozenset(kinds.split()))


@cache
def _lines() -> dict[str, str]:
    """The table's lines by stem, as text: a run looks a few hundred of the 70,000 up."""
    with gzip.open(TABLE, "rt", encoding="utf-8") as file:
        return dict(line.rstrip("\n").split("\t", 1) for line in file)
