"""Conversations to learn from: edits one after another, with the true target after each.

A `Conversation` is what people say and what should come of it. A `Thread` is a conversation on the prompts
that a model itself wrote, as in the bot, where a mistake stays until somebody corrects it.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from model.engine import Step
from model.language.stems import words
from training.config.settings import CONVERSATIONS
from training.data.examples import Edit
from training.errors import DataError

if TYPE_CHECKING:
    from model.engine import MessageKind
    from training.config.settings import DataSettings, Measure
    from training.data.splits import Part

_PARTS: dict[str, Part] = {
    CONVERSATIONS: "train",
    f"{CONVERSATIONS}-selection": "selection",
    f"{CONVERSATIONS}-test": "test",
}
# By its name, as rewards of one's own are: what is made of all of `training` stands above this package
_MAKER = "training.tiny.turns"


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation. `intent` is the short wish that pictures are judged against.

    One of another `kind` than an edit asks for no picture: `target_prompt` is that of the turn before.
    """

    instruction: str
    target_prompt: str
    intent: str
    kind: MessageKind = "edit"


@dataclass(frozen=True, slots=True)
class Conversation:
    """A first prompt and the turns from it; `measure` as in `Edit`."""

    source_prompt: str
    turns: tuple[Turn, ...]
    measure: Measure = "stems"

    def without_talk(self) -> Conversation:
        """Its edits alone."""
        return replace(self, turns=tuple(turn for turn in self.turns if turn.kind == "edit"))

    def edits(self) -> list[Edit]:
        """All turns from their true source prompts, each with the true steps before it."""
        thread, found = Thread(self, self.source_prompt), []
        for place, turn in enumerate(self.turns):
            found.append(replace(thread.edit(place), true_source=""))
            thread = thread.after(turn.instruction, turn.target_prompt)
        return found


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation as it went: the `prompt` of the picture shown now, and the steps that led to it."""

    conversation: Conversation
    prompt: str
    history: tuple[Step, ...] = ()

    def edit(self, turn: int) -> Edit:
        """What is asked at a turn (from 0): of the prompt as it is, against the target as it should be."""
        turns = self.conversation.turns
        return Edit(
            self.prompt,
            turns[turn].instruction,
            turns[turn].target_prompt,
            turns[turn].intent,
            self.conversation.measure,
            self.history,
            turns[turn - 1].target_prompt if turn else self.conversation.source_prompt,
            turns[turn].kind,
        )

    def after(self, instruction: str, written: str | None) -> Thread:
        """The thread after an answer. No usable one (None), or one in the same words, leaves it as it is, as
        the bot then paints nothing."""
        if written is None or words(written) == words(self.prompt):
            return self
        return Thread(self.conversation, written, (*self.history, Step(self.prompt, instruction)))


def open_conversations(source: str, seed: int = 0) -> list[Conversation]:
    """The conversations of "tinyworld-chats:COUNT" (its train part), "tinyworld-chats-selection:COUNT" or
    "tinyworld-chats-test:COUNT". The same seed gives the same ones.

    Raises DataError for another source, and for one without a count.
    """
    kind, _, count = source.partition(":")
    if kind not in _PARTS or not count.isdecimal() or int(count) < 1:
        raise DataError(f"{source!r} names no conversations: say how many, as in {CONVERSATIONS}:500.", [])
    made: list[Conversation] = importlib.import_module(_MAKER).conversations(int(count), seed, _PARTS[kind])
    return made


def load_conversations(
    source: DataSettings, *, talk: bool = False
) -> tuple[list[Conversation], list[Conversation]]:
    """(train, selection) conversations of a config's data; selection has a share `held_out` of their number.

    Without `talk` they are the same ones with their edits alone. Raises as `open_conversations` does.
    """
    train = open_conversations(source.train, source.seed)[: source.limit]
    count = round(len(train) * source.held_out)
    selection = open_conversations(f"{CONVERSATIONS}-selection:{count}", source.seed + 1) if count else []
    measured = [
        [replace(one if talk else one.without_talk(), measure=source.measure) for one in part]
        for part in (train, selection)
    ]
    return measured[0], measured[1]


def describe(conversations: list[Conversation]) -> str:
    """A few lines for people: how many, how long, and one of them."""
    lengths = sorted(len(one.turns) for one in conversations)
    lines = [
        f"{len(conversations)} conversations of {lengths[0]} to {lengths[-1]} turns",
        "",
        f"  {conversations[0].source_prompt}",
    ]
    for turn in conversations[0].turns:
        lines += [f"  > {turn.instruction}", f"  {turn.target_prompt}"]
    return "\n".join(lines)
