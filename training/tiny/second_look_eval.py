"""What the second looks at unsure answers (`model.language.second_looks`) bring: the same messages with and
without each.

    python -m training tiny lm --clauses 500 --checkpoint FOLDER
    python -m training tiny lm --steps-back 150 --checkpoint FOLDER

Wishes and conversations are of the selection part, in held-out words, drawn by a seed of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.language.second_looks import LOOKS
from training.data.tinyworld import same
from training.tiny.chat_eval import answered, held_out_chats, held_out_wishes, right, wishes_asked
from training.tiny.lm_eval import asker

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from training.tiny.chat_eval import Ask
    from training.tiny.wishes.draw import Wish

SEED = 3

_SEVERAL = ("several", "order")
_STEPS_BACK = ("take_out", "was_back", "what_gone", "before_last")


def of_clauses(folder: Path, count: int) -> str:
    """By language: how many of so many wishes each are right in one go and after reading by clauses, and how
    many of them were gained and lost by that, as Markdown."""
    once, twice = asker(folder, looks=LOOKS - {"clauses"}), asker(folder)
    rows = []
    for language in ("en", "de"):
        wishes = held_out_wishes(count, language, "selection", SEED)
        pairs = list(zip(_right(once, wishes), _right(twice, wishes), strict=True))
        many = [pair for pair, (_, wish) in zip(pairs, wishes, strict=True) if wish.kind in _SEVERAL]
        rows += [(language, pairs), (f"{language}, of them several in one message", many)]
    return as_table("wishes", rows)


def of_steps(folder: Path, count: int) -> str:
    """The same of the messages of so many conversations, on true prompts, with steps taken back."""
    chats = held_out_chats(count, "selection", SEED)
    told, once = answered(asker(folder, looks=LOOKS - {"steps"}), chats)
    _, twice = answered(asker(folder), chats)
    pairs = [
        (message.kind, (right(chat, message, before), right(chat, message, after)))
        for (chat, _, message), before, after in zip(told, once, twice, strict=True)
    ]
    every = [pair for _, pair in pairs]
    back = [pair for kind, pair in pairs if kind in _STEPS_BACK]
    return as_table("messages", [("all", every), ("of them a step taken back", back)])


def as_table(what: str, rows: Sequence[tuple[str, Sequence[tuple[bool, bool]]]]) -> str:
    """Rows of messages, each with whether it is right before and after, as Markdown."""
    head = [f"| {what} | n | before | after | gained | lost |", "|---|---|---|---|---|---|"]
    return "\n".join([*head, *(_row(name, pairs) for name, pairs in rows)])


def _right(ask: Ask, wishes: list[tuple[str, Wish]]) -> list[bool]:
    return [
        result is not None and same(result.target_prompt, str(wish.after))
        for (_, wish), result in zip(wishes, wishes_asked(ask, wishes), strict=True)
    ]


def _row(name: str, pairs: Sequence[tuple[bool, bool]]) -> str:
    before, after = (sum(pair[place] for pair in pairs) / max(1, len(pairs)) for place in (0, 1))
    gained, lost = (sum(pair == kind for pair in pairs) for kind in ((False, True), (True, False)))
    return f"| {name} | {len(pairs)} | {before:.1%} | {after:.1%} | {gained} | {lost} |"
