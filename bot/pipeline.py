"""The work of one job: write the prompt, paint, keep the pictures, hand them over to be posted.

What Discord sees of it goes through the `Poster`, implemented in `bot.posting`.
"""

from dataclasses import dataclass
from typing import Protocol

from bot.conversation import Conversation, Turn


@dataclass(frozen=True, slots=True)
class Queued:
    """The job waits; `position` 1 is next."""

    position: int


@dataclass(frozen=True, slots=True)
class Writing:
    """The language model writes the prompt."""


@dataclass(frozen=True, slots=True)
class Painting:
    """`step` of `of` denoising steps are done; `preview` is a small PNG, when the engine gives one."""

    step: int
    of: int
    preview: bytes | None = None


TurnStatus = Queued | Writing | Painting


@dataclass(frozen=True, slots=True)
class FinishedPicture:
    """One picture to post: PNG bytes with the seed, content hash and size in pixels."""

    png: bytes
    seed: int
    sha256: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class FinishedTurn:
    """All that a message about a finished turn needs.

    `nonce` (at most 25 characters) stays the same however often the same job is posted, so that Discord's
    `enforce_nonce` keeps a second copy from appearing. `seconds` is the time of writing and painting.
    """

    conversation: Conversation
    turn: Turn
    parent: Turn | None
    pictures: tuple[FinishedPicture, ...]
    seconds: float
    nonce: str


@dataclass(frozen=True, slots=True)
class Posted:
    """Where the one message with the pictures is."""

    channel_id: int
    message_id: int


class Poster(Protocol):
    """Tells people about a turn: a moving status, then exactly one message, or why there is none.

    `status` may drop calls (it keeps 3 s between edits) and must not wait for the next slot. `fail` gets any
    exception and says `bot.errors.user_message` of it; `JobCancelled` is one of them.
    """

    async def status(self, turn: Turn, status: TurnStatus) -> None: ...

    async def post(self, finished: FinishedTurn) -> Posted: ...

    async def fail(self, turn: Turn, error: Exception) -> None: ...
