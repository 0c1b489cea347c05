"""What the queue needs of those who do the work and keep the record, and how work on a job may end."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from bot.domain.job import Job


class JobBook(Protocol):
    """What the queue needs of the store (`bot.store.jobs.JobStore`)."""

    async def resume(self) -> list[Job]:
        """Make interrupted work ready to begin anew; all unfinished jobs, oldest first."""

    async def cancel(self, job_id: int) -> Job:
        """Mark a job as cancelled and return it as it is then."""

    async def back_in_line(self, job_id: int) -> None:
        """A job that was read aside waits for its turn, as if it had not been begun."""


class Outcome(Enum):
    """How the work on a job ended."""

    DONE = "done"
    FAILED = "failed"
    NEEDS_PICTURE = "needs picture"
    """It was aside, and goes on when its turn comes."""


@dataclass(frozen=True, slots=True)
class PutOff:
    """A job's pictures are kept, and posting them is to be tried again in `after` seconds or later."""

    after: float = 0.0


class Worker(Protocol):
    """What the queue lets do the work (`bot.jobs.processor.TurnProcessor`)."""

    async def work(self, job: Job) -> Outcome | PutOff:
        """Do one job from beginning to end; errors of the work are dealt with inside.

        One that is `aside` only as far as no picture is painted, which is `Outcome.NEEDS_PICTURE`.
        """

    async def announce(self, job: Job, position: int, starts_in: float | None) -> None:
        """Tell a waiting job's new position, and in how many seconds it will probably start, if known."""

    async def cancelled(self, job: Job) -> None:
        """Tell that a person cancelled the job."""
