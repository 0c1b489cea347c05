"""What the use cases of `bot.services.turns` and `bot.services.edit_trees` give back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.brought_picture import BroughtPicture, CarriedSettings
from bot.domain.conversation import Conversation, NewTurn, Parameters, Turn
from bot.domain.job import Job
from bot.domain.source_pictures import SourcePicture, SourceRole


@dataclass(frozen=True, slots=True)
class Wish:
    """A first picture that may be made: words and options checked, nothing stored yet.

    `prompt` are the cleaned words, `source_prompt` the same with those of the style. Where it starts from a
    picture, `prompt` is an instruction on what is in it and may be empty; `file` is to be read, unless what
    is in it is known and stands in `source_prompt` already. `settings` are what the picture carries. `photo`
    is the picture itself where the instruction is to be followed on it, and not only on what is in it.
    `others` are further source prompts, drawn from the same words, each for a picture of its own. `reference`
    is the picture after which all of them are painted.
    """

    prompt: str
    source_prompt: str
    parameters: Parameters
    over_picture: bool = False
    file: bytes | None = None
    settings: CarriedSettings | None = None
    photo: bytes | None = None
    others: tuple[str, ...] = ()
    reference: bytes | None = None

    def with_file(self, turn: NewTurn, sha256: str) -> NewTurn:
        """A first turn with the picture that somebody brings: to be read, edited, or painted after."""
        if self.reference is not None:
            return replace(turn, sources=(SourcePicture(SourceRole.REFERENCE, sha256),))
        read = BroughtPicture(sha256 if self.file is not None else None, self.settings)
        if self.photo is None:
            return replace(turn, brought=read)
        return replace(turn, brought=read, way="edit", sources=(SourcePicture(SourceRole.MORE, sha256),))


@dataclass(frozen=True, slots=True)
class Accepted:
    """A turn that is stored and waits for its work, or has it going on (`position` 0).

    `new` is False when the same message or interaction had been accepted before; nothing was done then.
    `further` are the jobs of turns that were asked for together with it.
    """

    conversation: Conversation
    turn: Turn
    job: Job
    position: int
    new: bool
    further: tuple[Job, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """A conversation after undo or redo, and the turn to speak of: its head now, where that was moved."""

    conversation: Conversation
    turn: Turn


@dataclass(frozen=True, slots=True)
class Deleted:
    """A conversation after a deletion, and the turn as it was, with the message that shows it."""

    conversation: Conversation
    turn: Turn
