"""The queue of one of several processes: what is to be done is the database's, and each does a share of it.

Every process keeps an image of all unfinished jobs, looked at anew every second, and decides by it whose job
is next, as if it were alone (`bot.jobs.fair_schedule`): jobs that others work on count there like its own, so
people get their turn, and no more than their share, over all processes. Whether a job is really this
process's then says the database (`Leases.claim`). A process that dies holds its jobs for a minute more; one
that is stopped gives them back at once.

Any process may post anywhere, by REST; whose shard a server is on does not matter for it.
"""

import asyncio
import logging
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Any, Protocol, Self

from bot.aio.retry import StoreRetry
from bot.domain.job import Job, JobState
from bot.errors import StoreError
from bot.jobs.queue import JobQueue, entry_of
from bot.jobs.work import JobBook, Worker
from bot.store.leases import Board, Leases

log = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0
_TOLD_AFTER = 5  # looks after which a process that lives has told of a cancellation by another one


class SharingWorker(Worker, Protocol):
    """What such a queue needs of the worker beside its work."""

    def taken_over(self, job: Job) -> None:
        """The job was another process's before: what that one showed of it is to be looked for."""

    async def let_go(self, job: Job) -> None:
        """The job is another process's from now on: show nothing more of it, and take nothing away."""

    async def cancelled_elsewhere(self, job: Job) -> None:
        """Tell that the job was cancelled if the process that worked on it has left its status line."""


class SharedQueue(JobQueue):
    """A `JobQueue` beside those of other processes; entering and leaving it resumes and returns jobs.

    `look_every` are the seconds between two looks at the database.
    """

    def __init__(
        self,
        leases: Leases,
        book: JobBook,
        worker: SharingWorker,
        *,
        running: int,
        per_user: int = 0,
        per_guild: int = 0,
        retry_delays: Sequence[float] | None = None,
        look_every: float | None = None,
    ) -> None:
        super().__init__(
            book,
            worker,
            running=running,
            per_user=per_user,
            per_guild=per_guild,
            retry_delays=retry_delays,
        )
        self._leases = leases
        self._sharing = worker
        self._look_every = LOOK_EVERY_S if look_every is None else look_every
        self._asked_here: set[int] = set()  # waiting jobs whose place in line this process tells
        self._ours: dict[int, Job] = {}  # worked on here, or put off
        self._cancelling: set[int] = set()
        self._elsewhere: set[int] = set()
        self._dead: frozenset[str] = frozenset()
        self._processes = 1
        self._side: set[asyncio.Task[None]] = set()
        self._looking: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self._looking = asyncio.create_task(self._look_again_and_again(), name="looking at all jobs")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.wait([self._looking])
        await super().__aexit__(kind, error, trace)
        for task in self._side:
            task.cancel()
        try:
            await self._leases.release()
        except StoreError as failed:
            log.warning("The jobs of this process go to others only when their leases run out: %s", failed)

    def submit(self, job: Job) -> int:
        """Let a stored job wait, or start it at once, here or elsewhere. 0: it is being worked on."""
        self._asked_here.add(job.id)
        place = super().submit(job)
        if job.id in self._jobs:
            self._offer(job)
        return place

    def _offer(self, job: Job) -> None:
        """Let everybody take up a job that this process kept for itself while its thread was opened."""
        if job.holder == self._leases.holder:
            self._do(StoreRetry()(lambda: self._leases.offer(job.id)))

    def post_now(self, guild_id: int) -> int:
        """Try what was put off in a server at once; by other processes too, which are not counted."""
        self._do(self._leases.hurry(guild_id))
        return super().post_now(guild_id)

    async def cancel(self, job_id: int) -> Job:
        """End a waiting or running job. Where another process works on it, that one stops and tells it.

        It may die before it does, so what it showed is looked at once more, a few seconds later.
        """
        self._cancelling.add(job_id)
        try:
            job = await self._cancelled(job_id)
            if job.holder in {None, self._leases.holder} or job.holder in self._dead:
                await self._end(job)
            else:
                self._forget(job_id)
                self._do(self._told(job))
        finally:
            self._cancelling.discard(job_id)
        return job

    async def _told(self, job: Job) -> None:
        await asyncio.sleep(_TOLD_AFTER * self._look_every)
        await self._sharing.cancelled_elsewhere(job)

    @property
    def _all_places(self) -> int:
        return self._places * self._processes

    async def _unfinished(self) -> list[Job]:
        """Nothing yet: the first look finds everything."""
        return []

    def _tells_place(self, job_id: int) -> bool:
        return job_id in self._asked_here

    async def _claimed(self, job: Job) -> Job | None:
        """The job as it is when it is this process's; None where it is not."""
        try:
            claimed = await self._leases.claim(job.id, aside=job.aside)
        except StoreError as error:
            log.warning("Job %s cannot be taken up now: %s", job.id, error)
            self._offer(job)
            return None
        asked_here = job.id in self._asked_here
        self._asked_here.discard(job.id)
        if claimed is None:
            # its row was held for a moment, as by a renewal of its lease; kept, it would wait for ever
            self._offer(job)
            if asked_here:
                self._do(self._sharing.let_go(job))
            return None
        if claimed.attempts or not asked_here or claimed.state is not JobState.QUEUED:
            self._sharing.taken_over(claimed)
        self._ours[job.id] = claimed
        return claimed

    async def _back_in_line(self, job: Job) -> None:
        # first: a look at the database that finds it free again would take it for lost
        self._ours.pop(job.id, None)
        self._asked_here.add(job.id)
        await super()._back_in_line(job)
        if job.id not in self._going_back:
            self._asked_here.discard(job.id)

    async def _kept_for_later(self, job: Job) -> None:
        try:
            await self._leases.put_off(job.id)
        except StoreError as error:
            log.warning("That job %s is posted later could not be noted: %s", job.id, error)

    def _ended(self, job_id: int, task: asyncio.Task[None]) -> None:
        if job_id not in self._later:
            self._ours.pop(job_id, None)
        super()._ended(job_id, task)

    async def _look_again_and_again(self) -> None:
        told = False
        while True:
            before, ours = set(self._jobs), dict(self._ours)
            try:
                # Not those that are just being claimed: the board may be read before the claim is stored and
                # taken in after it, and the job would be given up while this process holds it.
                self._take_in(await self._leases.look({*ours, *self._later}), before, ours)
                told = False
            except StoreError as error:
                if not told:  # once an outage
                    log.warning("The jobs of all processes cannot be looked at: %s", error)
                told = True
            except Exception:
                log.exception("What other processes do could not be taken in")
            await asyncio.sleep(self._look_every)

    def _take_in(self, board: Board, before: set[int], ours: Mapping[int, Job]) -> None:
        """Bring the image up to date. `before` waited here already when the database was looked at, and
        `ours` were worked on: what has been claimed anew since was not lost."""
        self._dead, self._processes = board.dead, board.processes
        still = {job_id for job_id in board.lost if self._ours.get(job_id) is ours.get(job_id)}
        for job_id in still - self._cancelling:
            self._lose(job_id, cancelled=job_id in board.cancelled)
        here = self._ours.keys() | self._tasks.keys()
        # held by this process and not worked on here: it ended since the database was looked at
        ended = {s.job.id for s in board.seen if s.job.holder == self._leases.holder and not s.free}
        news = [seen for seen in board.seen if seen.job.id not in here | ended]
        elsewhere = {seen.job.id for seen in news if seen.at_work}
        for job_id in self._elsewhere - elsewhere:
            self._schedule.vacate(job_id)
        self._elsewhere = elsewhere
        for seen in news:
            if seen.at_work:
                self._forget(seen.job.id)
                self._schedule.occupy(replace(entry_of(seen.job), aside=seen.job.aside))
            elif not seen.free:
                self._forget(seen.job.id)
            elif seen.job.id not in self._schedule:
                self._add(seen.job)
        for job_id in (before & set(self._jobs)) - {seen.job.id for seen in board.seen}:
            self._forget(job_id)  # it has ended, as by a cancellation
        self._fill()

    def _forget(self, job_id: int) -> None:
        """A job does not wait here any more; it is not this process's."""
        job = self._jobs.pop(job_id, None)
        if job is None:
            return
        self._schedule.remove(job_id)
        if job_id in self._asked_here:
            self._asked_here.discard(job_id)
            self._do(self._sharing.let_go(job))

    def _lose(self, job_id: int, *, cancelled: bool) -> None:
        """A job that this process worked on, or was to post later, has ended or is another's."""
        job, task = self._ours.pop(job_id, None), self._tasks.get(job_id)
        if job_id in self._later:
            self._later.pop(job_id)[0].cancel()
            self._unposted.pop(job_id, None)
        if task is not None:
            task.cancel()
        if job is not None:
            log.info("Job %s is not this process's any more", job_id)
            self._do(self._after_losing(job, task, cancelled=cancelled))

    async def _after_losing(self, job: Job, task: asyncio.Task[None] | None, *, cancelled: bool) -> None:
        if task is not None:
            await asyncio.wait([task])
        await (self._worker.cancelled(job) if cancelled else self._sharing.let_go(job))

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        """Do `work` on the side; what goes wrong there is logged."""
        task = asyncio.create_task(_logged(work))
        self._side.add(task)
        task.add_done_callback(self._side.discard)


async def _logged(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception:
        log.exception("Something about a job of several processes could not be done")
