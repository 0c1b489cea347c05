"""What people are told about the work on a turn, and who tells them; no Discord.

A turn has a moving status, then one message with its pictures, or a sentence that says why there is none.
`bot.chat.posting.turn_presenter` tells it on Discord.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.domain.conversation import Conversation, Turn
    from bot.domain.said_commands import Request


@dataclass(frozen=True, slots=True)
class Queued:
    """The job waits; `position` 1 is next. `starts_at` (UNIX seconds) is when it will probably be begun."""

    position: int
    starts_at: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The picture that the turn starts from is described."""


@dataclass(frozen=True, slots=True)
class Writing:
    """The language model writes the prompt."""


@dataclass(frozen=True, slots=True)
class Painting:
    """`step` of `of` denoising steps are done; `preview` is a small PNG, when the engine gives one.

    `of` 0 is an engine that does not tell its steps.
    """

    step: int
    of: int
    preview: bytes | None = None


@dataclass(frozen=True, slots=True)
class Loading:
    """The model that was asked for is read into the memory first."""

    model: str


@dataclass(frozen=True, slots=True)
class Stalled:
    """The database or the disk takes nothing; the work goes on by itself when it does again."""


@dataclass(frozen=True, slots=True)
class Away:
    """The server of the models cannot be reached; the work goes on by itself when it can again."""


TurnStatus = Queued | Reading | Writing | Loading | Painting | Stalled | Away


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


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to words that ask for no picture.

    `picture` is what it is about: the one that is current from now on, was chosen from, or was asked about.
    `request` is what was asked; `nonce` stays the same however often the same job is answered.
    """

    request: Request
    picture: Turn
    nonce: str


class Presenter(Protocol):
    """Tells people about a turn: a moving status, then exactly one message, or why there is none.

    All it needs is handed in, so that nothing is read from the stores for it, least of all at every step of
    the painting.
    """

    async def status(self, conversation: Conversation, turn: Turn, status: TurnStatus) -> None:
        """Show a status. May drop calls, as it keeps some seconds between edits; waits for none of them."""

    async def post(self, finished: FinishedTurn) -> Posted:
        """Post the pictures, once for each nonce.

        Raises `bot.errors.NotPostedYet` where it is to be tried again, and `bot.errors.PlaceGone`.
        """

    async def say(self, conversation: Conversation, turn: Turn, answer: Answer) -> None:
        """Answer words that ask for no picture, once for each nonce; what Discord refuses is logged."""

    async def moved(self, conversation_id: int) -> None:
        """Another picture of the conversation is the current one: what buttons can do may have changed."""

    async def fail(self, conversation: Conversation, turn: Turn, error: Exception) -> None:
        """Say in words why there is no picture, whatever the error; `JobCancelled` is one of them."""

    async def fail_if_shown(self, conversation: Conversation, turn: Turn, error: Exception) -> None:
        """Say why there is no picture where another process left a status line; nothing where it did not."""

    def taken_over(self, turn_id: int) -> None:
        """Another process showed the turn before, and may have posted it: that is looked for from now on."""

    async def let_go(self, turn_id: int) -> None:
        """Another process shows the turn from now on: say nothing more of it, and take nothing away."""
