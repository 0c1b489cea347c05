"""How people refer back in a conversation, in English and German: templates by move, and how one is filled.

`{x}` is what a template speaks of, `{y}` a second part (what is to stay, what it is instead). In German `{x}`
carries its article in the accusative, `{x1}` in the nominative, `{x3}` in the dative. `(a|b)` is one of both.
The tables in `said_*.py` say what the moves are; the files `bank/LANGUAGE_*.txt` have more
templates for them, `move :: template` on a line.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from training.tiny.conversations.said_as_before import AS_BEFORE
from training.tiny.conversations.said_backs import BACKS
from training.tiny.conversations.said_continuing import CONTINUING
from training.tiny.conversations.said_corrections import CORRECTIONS
from training.tiny.conversations.said_happened import HAPPENED
from training.tiny.conversations.said_mistakes import MISTAKES
from training.tiny.conversations.said_references import REFERENCES
from training.tiny.conversations.said_repeats import REPEATS
from training.tiny.conversations.said_returning import RETURNING
from training.tiny.conversations.said_steps import STEPS
from training.tiny.conversations.said_undoing import UNDOING
from training.tiny.wishes.voice import Language, Voice, rows_of_files

if TYPE_CHECKING:
    import random

_LANGUAGES: tuple[Language, ...] = ("en", "de")
_TABLES: dict[str, dict[Language, tuple[str, ...]]] = (
    STEPS
    | BACKS
    | HAPPENED
    | CORRECTIONS
    | REPEATS
    | UNDOING
    | AS_BEFORE
    | CONTINUING
    | MISTAKES
    | REFERENCES
    | RETURNING
)


def _of_bank(language: Language) -> dict[str, tuple[str, ...]]:
    """The templates of the text files, by move."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows_of_files(Path(__file__).parent / "bank", language):
        move, _, template = row.partition(" :: ")
        found[move] = (*found.get(move, ()), template.strip())
    return found


def _with_bank() -> dict[str, dict[Language, tuple[str, ...]]]:
    """The tables and the text files together. Raises ValueError for a file's move that no table has."""
    bank = {language: _of_bank(language) for language in _LANGUAGES}
    if unknown := {move for templates in bank.values() for move in templates} - _TABLES.keys():
        raise ValueError(f"no table has the moves {', '.join(sorted(unknown))}")
    return {
        move: {language: of[language] + bank[language].get(move, ()) for language in _LANGUAGES}
        for move, of in _TABLES.items()
    }


SAID = _with_bank()

__all__ = ["SAID", "Language", "worded"]


def worded(rng: random.Random, move: str, language: Language, **parts: str) -> str:
    """One of the move's templates, filled; those that need a part which is not given are left out."""
    fitting = [t for t in SAID[move][language] if set(re.findall(r"{(\w+)}", t)) <= parts.keys()]
    text = Voice(rng, language).expand(rng.choice(fitting)).format(**parts)
    return re.sub(r" +([,.?!])", r"\1", re.sub(r" {2,}", " ", text)).strip()
