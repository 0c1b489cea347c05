"""What people are told about the work on a turn, and who tells them; no Discord.

A turn has a moving status, then one message with its pictures, or a sentence that says why there is none.
`bot.chat.turn_presenter` tells it on Discord.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.domain.conversation import Conversation, Turn


@dataclass(frozen=True, slots=True)
class Queued:
    """The job waits; `position` 1 is next. `starts_at` (UNIX seconds) is when it will probably be begun."""

    position: int
    starts_at: int | None = None


@dataclass(frozen=True, slots=True)
class Writing:
    """The language model writes the prompt."""


@dataclass(frozen=True, slots=True)
class Painting:
    """`step` of `of` denoising steps are done; `preview` is a small PNG, when the engine gives one."""

    step: int
    of: int
    preview: bytes | None = None


@dataclass(frozen=True, slots=True)
class Stalled:
    """The database or the disk takes nothing; the work goes on by itself when it does again."""


TurnStatus = Queued | Writing | Painting | Stalled


@dataclass(frozen=True, slots=True)
class FinishedPicture:
    """One picture to post: PNG bytes with the seed, content hash and size in pixels; covered or not."""

    png: bytes
    seed: int
    sha256: str
    width: int
    height: int
    spoiler: bool = False


@dataclass(frozen=True, slots=True)
class FinishedTurn:
    """All that a message about a finished turn needs.

    `nonce` (at most 25 characters) stays the same however often the same job is posted, so that Discord's
    `enforce_nonce` keeps a second copy from appearing. `seconds` is the time of writing and painting;
    `job_id` names the files.
    """

    conversation: Conversation
    turn: Turn
    parent: Turn | None
    pictures: tuple[FinishedPicture, ...]
    seconds: float
    job_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class Posted:
    """Where the one message with the pictures is."""

    channel_id: int
    message_id: int


class Presenter(Protocol):
    """Tells people about a turn: a moving status, then exactly one message, or why there is none.

    `status` may drop calls (it keeps 3 s between edits) and must not wait for the next slot. `fail` gets any
    exception and says `bot.chat.error_texts.user_message` of it; `JobCancelled` is one of them. `still_asked`
    says whether the words that a turn came from are still there, where they may have been taken back unseen.
    """

    async def status(self, turn: Turn, status: TurnStatus) -> None:
        """Show how far a turn is."""

    async def post(self, finished: FinishedTurn) -> Posted:
        """Post the finished turn and say where; called again after a crash, it must not post it twice."""

    async def fail(self, turn: Turn, error: Exception) -> None:
        """Tell the person why their turn ended without a picture."""

    async def age_restricted(self, conversation: Conversation) -> bool:
        """Whether the conversation's place is for adults only."""

    async def still_asked(self, conversation: Conversation, turn: Turn) -> bool:
        """Whether somebody can still see what the turn would bring; if not, it need not be painted."""
