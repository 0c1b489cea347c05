"""A conversation in the making: the tree of its pictures, and where in it the people are."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from model.engine import Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from model.language.conversation import Answer
    from model.tiny.drafts import Draft, Slot
    from training.tiny.conversations.deltas import Delta
    from training.tiny.conversations.said import Language


MISTAKEN = "mistaken"
"""The kind of messages whose picture is not what they ask for: shown, and neither learnt nor measured."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its prompt, and the step that led to it (`parent` -1: the first one).

    `lasting` are wishes for all later pictures: the slot (`filler` for the colour of things) and its words.
    """

    draft: Draft
    prompt: str
    parent: int = -1
    instruction: str = ""
    changed: tuple[Delta, ...] = ()
    lasting: tuple[tuple[Slot, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """One message: which picture it was about, what was said, the answer, and the picture after it.

    `kind` is finer than the answer's: the move that made it.
    """

    about: int
    instruction: str
    answer: Answer
    after: int
    kind: str


@dataclass(slots=True)
class Chat:
    """Pictures and messages so far. `written` is how this person's prompts are written (a capital, a stop).

    `most_things` bounds the kinds of things in one picture. In a `mixed` one the messages are in both
    languages.
    """

    language: Language
    pictures: list[Picture]
    written: Callable[[str], str]
    most_things: int
    messages: list[Message] = field(default_factory=list)
    undone: list[int] = field(default_factory=list)
    here: int = 0
    mixed: bool = False

    @property
    def now(self) -> Picture:
        """The picture that the next message is about."""
        return self.pictures[self.here]

    def path(self, picture: int | None = None) -> list[int]:
        """The pictures from the first to this one, itself included."""
        at = self.here if picture is None else picture
        steps = [at]
        while self.pictures[at].parent >= 0:
            at = self.pictures[at].parent
            steps.append(at)
        return steps[::-1]

    def history(self, picture: int) -> tuple[Step, ...]:
        """The steps that led to a picture, as a request carries them."""
        path = self.path(picture)
        return tuple(
            Step(self.pictures[old].prompt, self.pictures[new].instruction)
            for old, new in itertools.pairwise(path)
        )
