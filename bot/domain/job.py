"""A job, the work of one turn: its states and which may follow which."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from bot.domain.conversation import NewTurn, Turn, TurnKind
from bot.domain.said_commands import command_in
from bot.errors import WrongTransition


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    EDITING = "editing"
    PAINTING = "painting"
    POSTING = "posting"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        """Whether no transition leads on."""
        return not TRANSITIONS[self]


TRANSITIONS: Mapping[JobState, frozenset[JobState]] = MappingProxyType(
    {
        JobState.QUEUED: frozenset({JobState.EDITING, JobState.FAILED, JobState.CANCELLED}),
        JobState.EDITING: frozenset(
            {JobState.PAINTING, JobState.QUEUED, JobState.FAILED, JobState.CANCELLED}
        ),
        JobState.PAINTING: frozenset(
            {JobState.POSTING, JobState.QUEUED, JobState.FAILED, JobState.CANCELLED}
        ),
        JobState.POSTING: frozenset({JobState.DONE, JobState.FAILED}),
        JobState.DONE: frozenset(),
        JobState.FAILED: frozenset(),
        JobState.CANCELLED: frozenset(),
    }
)


def check_transition(job_id: int, present: JobState, following: JobState) -> None:
    """Raise `WrongTransition` unless `present` may be followed by `following`."""
    if following not in TRANSITIONS[present]:
        raise WrongTransition(f"Job {job_id} is {present} and cannot become {following}.")


@dataclass(frozen=True, slots=True)
class Job:
    """The work of one turn. `attempts` counts how often it was begun; `cause` names what failed it.

    `holder` is the process that works on it, where several do (bot.store.leases). `aside`: it may need no
    picture, or is worked on as far as it needs none (bot.jobs.queue).
    """

    id: int
    turn_id: int
    conversation_id: int
    user_id: int
    state: JobState
    attempts: int
    cause: str | None
    created_at: datetime
    guild_id: int | None = None
    holder: str | None = None
    aside: bool = False

    @property
    def nonce(self) -> str:
        """The same for every post of this job, other than that of any other job, also in a new database."""
        return hashlib.sha256(f"{self.id} {self.created_at.isoformat()}".encode()).hexdigest()[:24]


def takes_commands(turn: Turn | NewTurn) -> bool:
    """Whether a reply's words may turn out to ask for no picture, or for none that differs.

    In a region, or with a further picture, they say what to do there: "the same again, but larger" is no
    command, and a picture is painted even where the prompt stays as it was.
    """
    return turn.kind is TurnKind.REFINE and turn.way != "region" and not turn.sources


def may_need_no_picture(turn: NewTurn) -> bool:
    """Whether the work may end with an answer, so that it is read aside (`bot.jobs.queue`).

    Exact words, settings alone, and words whose target prompt is known are not read at all: they are painted.
    "Again" and the like are known to ask for a picture.
    """
    command = command_in(turn.instruction)
    if command is not None and command.kind.paints:
        return False
    only_settings = turn.changes is not None and turn.changes.only
    return takes_commands(turn) and not turn.exact and not only_settings and turn.target_prompt is None
