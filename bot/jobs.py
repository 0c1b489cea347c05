"""Jobs: their states, the allowed transitions, and the queue that works them off.

    queued ──> editing ──> painting ──> posting ──> done
      │           │            │           └──────────────> failed
      └───────────┴────────────┴──> failed, cancelled
                  └────────────┴──> queued      (tried again: the worker died, or the bot was restarted)

A job's row exists before anybody is told that it is queued. A bot that ends leaves its jobs in their states;
the next start resumes them: `editing` and `painting` begin anew, `posting` has its pictures and only posts.
"""

import asyncio
import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from types import MappingProxyType, TracebackType
from typing import Protocol, Self

from bot.errors import TooLateToCancel, WrongTransition
from bot.schedule import Entry, FairSchedule

log = logging.getLogger(__name__)

ANNOUNCED = 10  # places in the queue whose changes people are told


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
    """The work of one turn. `attempts` counts how often it was begun; `cause` names what failed it."""

    id: int
    turn_id: int
    conversation_id: int
    user_id: int
    state: JobState
    attempts: int
    cause: str | None
    created_at: datetime

    @property
    def nonce(self) -> str:
        """The same for every post of this job, other than that of any other job, also in a new database."""
        return hashlib.sha256(f"{self.id} {self.created_at.isoformat()}".encode()).hexdigest()[:24]


class JobBook(Protocol):
    """What the queue needs of the store (`bot.store.jobs.JobStore`)."""

    async def resume(self) -> list[Job]: ...

    async def cancel(self, job_id: int) -> Job: ...


class Worker(Protocol):
    """What the queue lets do the work (`bot.pipeline.Pipeline`)."""

    async def work(self, job: Job) -> None:
        """Do one job from beginning to end; errors of the work are dealt with inside."""

    async def announce(self, job: Job, position: int) -> None:
        """Tell a waiting job's new position."""

    async def cancelled(self, job: Job) -> None:
        """Tell that a person cancelled the job."""


class JobQueue:
    """Works jobs off, `running` at a time, in fair order. Use it as `async with`.

    Entering resumes what an earlier run left unfinished; leaving stops the work and leaves the jobs
    resumable.
    """

    def __init__(self, book: JobBook, worker: Worker, *, running: int) -> None:
        self._book = book
        self._worker = worker
        self._places = running
        self._schedule = FairSchedule()
        self._jobs: dict[int, Job] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._changed = asyncio.Event()
        self._idle = asyncio.Event()
        self._announcer: asyncio.Task[None] | None = None
        self._open = False

    async def __aenter__(self) -> Self:
        self._open = True
        self._announcer = asyncio.create_task(self._announce_positions(), name="queue positions")
        unfinished = await self._book.resume()
        if unfinished:
            log.info("Resuming %s unfinished jobs", len(unfinished))
        for job in unfinished:
            self._add(job)
        self._fill()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open = False
        tasks = [*self._tasks.values()] + ([self._announcer] if self._announcer else [])
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def submit(self, job: Job) -> int:
        """Let a stored job wait, or start it at once. Returns its position: 0 when it is being worked on."""
        if job.id not in self._schedule:
            self._add(job)
            self._fill()
        return self.position(job.id) or 0

    def position(self, job_id: int) -> int | None:
        """How many jobs start before this one, plus 1; None when it is not waiting."""
        return self._schedule.position(job_id)

    async def cancel(self, job_id: int) -> Job:
        """End a waiting or running job. Raises `TooLateToCancel` from posting on."""
        try:
            job = await self._book.cancel(job_id)
        except WrongTransition as error:
            raise TooLateToCancel from error
        if self._schedule.remove(job_id):
            self._jobs.pop(job_id)
            self._fill()
        elif job_id in self._tasks:
            task = self._tasks[job_id]
            task.cancel()
            await asyncio.wait([task])
        await self._worker.cancelled(job)
        return job

    async def idle(self) -> None:
        """Wait until nothing waits and nothing is worked on."""
        while self._schedule or self._tasks:
            self._idle.clear()
            await self._idle.wait()

    def _add(self, job: Job) -> None:
        self._jobs[job.id] = job
        self._schedule.add(Entry(job.id, job.user_id, job.conversation_id))

    def _fill(self) -> None:
        """Start jobs in the free places."""
        while self._open and len(self._tasks) < self._places and (entry := self._schedule.take()):
            job = self._jobs.pop(entry.job_id)
            task = asyncio.create_task(self._work_on(job), name=f"job {job.id}")
            self._tasks[job.id] = task
            task.add_done_callback(partial(self._ended, job.id))
        self._changed.set()
        self._idle.set()

    async def _work_on(self, job: Job) -> None:
        try:
            await self._worker.work(job)
        except Exception:
            log.exception("Job %s of turn %s stays unfinished until the next start", job.id, job.turn_id)

    def _ended(self, job_id: int, _: asyncio.Task[None]) -> None:
        del self._tasks[job_id]
        self._schedule.finish(job_id)
        self._fill()

    async def _announce_positions(self) -> None:
        """Tell the first in line their places, each place once."""
        told: dict[int, int] = {}
        while await self._changed.wait():
            self._changed.clear()
            places = {job_id: place for place, job_id in enumerate(self._schedule.order(ANNOUNCED), start=1)}
            news = {job_id: place for job_id, place in places.items() if told.get(job_id) != place}
            told = places
            for job_id, place in news.items():
                if job_id in self._jobs:
                    await self._tell(self._jobs[job_id], place)

    async def _tell(self, job: Job, place: int) -> None:
        try:
            await self._worker.announce(job, place)
        except Exception:
            log.exception("The position of job %s could not be told", job.id)
