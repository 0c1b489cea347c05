"""What reading clause by clause (`model.language.clauses`) brings: the same wishes with and without it.

    python -m training tiny lm --clauses 500 --checkpoint FOLDER

Wishes are of the selection part in held-out words, as many in each language, drawn by a seed of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.data.tinyworld import same
from training.tiny.chat_eval import held_out_wishes, wishes_asked
from training.tiny.lm_eval import asker

if TYPE_CHECKING:
    from pathlib import Path

    from training.tiny.chat_eval import Ask
    from training.tiny.wishes.draw import Wish

SEED = 3


def table(folder: Path, count: int) -> str:
    """By language and kind of message: how many wishes are right in one go and with both readings, and how
    many of them were gained and lost by the second, as Markdown."""
    lines = ["| wishes | n | in one go | both readings | gained | lost |", "|---|---|---|---|---|---|"]
    once, twice = asker(folder, by_clauses=False), asker(folder)
    for language in ("en", "de"):
        wishes = held_out_wishes(count, language, "selection", SEED)
        pairs = list(zip(_right(once, wishes), _right(twice, wishes), strict=True))
        many = [pair for pair, (_, wish) in zip(pairs, wishes, strict=True) if wish.kind in _MANY]
        lines += [_row(language, pairs), _row(f"{language}, of them several in one message", many)]
    return "\n".join(lines)


_MANY = ("several", "order")


def _right(ask: Ask, wishes: list[tuple[str, Wish]]) -> list[bool]:
    return [
        result is not None and same(result.target_prompt, str(wish.after))
        for (_, wish), result in zip(wishes, wishes_asked(ask, wishes), strict=True)
    ]


def _row(name: str, pairs: list[tuple[bool, bool]]) -> str:
    before, after = (sum(pair[place] for pair in pairs) / max(1, len(pairs)) for place in (0, 1))
    gained, lost = (sum(pair == kind for pair in pairs) for kind in ((False, True), (True, False)))
    return f"| {name} | {len(pairs)} | {before:.1%} | {after:.1%} | {gained} | {lost} |"
