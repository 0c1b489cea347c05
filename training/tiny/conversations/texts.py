"""A conversation as the texts that a model learns from: a tree, in which common beginnings are read once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from model.language.conversation import Answer, format_answer, format_conversation
from model.language.prompt import SOURCE, one_line
from training.tiny.conversations.state import MISTAKEN

if TYPE_CHECKING:
    import random

    from training.tiny.conversations.state import Chat

_NEAR = frozenset({"edit", "wish", "beautify", "undo", "restart", "first_one", "question", "chat", "again"})
"""Messages that make sense without the steps in the middle."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A text below the text and answer of another piece (`parent`: its place in the list, -1 for none).

    An empty answer is not learnt; it only has pieces below it.
    """

    parent: int
    text: str
    answer: str


Lesson = tuple[Piece, ...]
"""Pieces, each after its parent."""


def single(source: str, instruction: str, answer: Answer) -> Lesson:
    """A message without history."""
    return (Piece(-1, format_conversation(source, instruction), format_answer(answer)),)


def lesson(chat: Chat) -> Lesson:
    """All messages of a conversation, each below the picture that it was about.

    A path from the root down to a piece is exactly `format_conversation` of that message.
    """
    pieces = [Piece(-1, f"{SOURCE} {one_line(chat.pictures[0].prompt)}", "")]
    whole, place = [pieces[0].text], {0: 0}
    for message in chat.messages:
        parent = place[message.about]
        text = format_conversation(
            chat.pictures[message.about].prompt, message.instruction, chat.history(message.about)
        )
        answer = format_answer(message.answer)
        below = text.removeprefix(whole[parent])
        learnt = message.kind != MISTAKEN
        pieces.append(Piece(parent, below, answer) if learnt else Piece(parent, below + answer, ""))
        whole.append(text + answer)
        if message.answer.kind == "edit" and message.after != message.about:
            place[message.after] = len(pieces) - 1
    return tuple(pieces)


def shortened(chat: Chat, rng: random.Random) -> Lesson | None:
    """One late message of a conversation whose middle is left out; None where there is none."""
    fitting = [m for m in chat.messages if m.kind in _NEAR and len(chat.history(m.about)) > 2]
    if not fitting:
        return None
    message = rng.choice(fitting)
    history = chat.history(message.about)
    text = format_conversation(
        chat.pictures[message.about].prompt, message.instruction, history, rng.randint(1, len(history) - 1)
    )
    return (Piece(-1, text, format_answer(message.answer)),)
