"""Jobs: their states, the allowed transitions, and the queue that works them off.

    queued ──> editing ──> painting ──> posting ──> done
      │           │            │           └──────────────> failed
      └───────────┴────────────┴──> failed, cancelled
                  └────────────┴──> queued      (tried again: the worker died, or the bot was restarted;
                                                 or its words were read aside and need a picture)

A job's row exists before anybody is told that it is queued. A bot that ends leaves its jobs in their states;
the next start resumes them: `editing` and `painting` begin anew, `posting` has its pictures and only posts.
A picture that Discord does not take stays in `posting` and is tried again, ever more rarely, and at once
when permissions change in its server. A turn that shows a picture of another one again begins in `posting`.

While all places are taken, jobs that may need no picture are taken *aside*, in places of their own: words
are read by the language model, and a question, praise or "undo" is answered at once, however many pictures
wait. Words that ask for a picture go back in the line, and what the model wrote is kept for their turn.
Pictures that only are to be posted go aside too.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import Self

from bot.aio.retry import StoreRetry, forever
from bot.domain.job import Job, JobState
from bot.errors import LeaseLost, TooLateToCancel, WrongTransition
from bot.jobs.fair_schedule import Entry, FairSchedule
from bot.jobs.wait_estimate import Pace
from bot.jobs.work import JobBook, Outcome, PutOff, Worker
from bot.telemetry.logs import bound
from bot.telemetry.tracing import job_span

log = logging.getLogger(__name__)

ANNOUNCED = 10  # places in the queue whose changes people are told
RETRY_DELAYS = (30.0, 120.0, 600.0, 3600.0)  # seconds between tries to post a picture that was refused
ASIDE_PLACES = 2  # jobs of all people aside at once; each takes a second or so, a painting up to minutes


class JobQueue:
    """Works jobs off, `running` at a time, in fair order. Use it as `async with`.

    Of these at most `per_user` are one person's and `per_guild` one server's; 0 is no limit. Entering resumes
    what an earlier run left unfinished; leaving stops the work and leaves the jobs resumable. A picture that
    could not be posted is tried again after the seconds of `retry_delays`, the last of them ever again.
    """

    def __init__(
        self,
        book: JobBook,
        worker: Worker,
        *,
        running: int,
        per_user: int = 0,
        per_guild: int = 0,
        retry_delays: Sequence[float] | None = None,
    ) -> None:
        self._book = book
        self._worker = worker
        self._places = running
        self._schedule = FairSchedule(per_user, per_guild)
        self._retry_delays = retry_delays or RETRY_DELAYS
        self._unposted: dict[int, Iterator[float]] = {}  # job -> the delays until posting it is tried again
        self._later: dict[int, tuple[asyncio.TimerHandle, Job]] = {}
        self._permissions: Counter[int | None] = Counter()  # server -> how often they changed
        self._held = False
        self.pace = Pace()
        self._jobs: dict[int, Job] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._begun: dict[int, float] = {}  # of these, those in the places: when, by the loop's clock
        self._aside: dict[int, Job] = {}  # of these, what is worked on aside
        self._going_back: set[int] = set()  # of these again, what needs a picture
        self._changed = asyncio.Event()
        self._idle = asyncio.Event()
        self._announcer: asyncio.Task[None] | None = None
        self._newcomers: set[int] = set()
        self._telling = asyncio.Lock()
        self._told_of: int | None = None  # the job whose place is being told this moment
        self._open = False

    async def __aenter__(self) -> Self:
        self._open = True
        self._announcer = asyncio.create_task(self._announce_positions(), name="queue positions")
        unfinished = await self._unfinished()
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
        for handle, _ in self._later.values():
            handle.cancel()
        # a cancelled task leaves its job in the state that it had reached; the next start resumes it there
        tasks = [*self._tasks.values()] + ([self._announcer] if self._announcer else [])
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def submit(self, job: Job) -> int:
        """Let a stored job wait, or start it at once. Returns its position: 0 when it is being worked on."""
        if job.id not in self._schedule:
            self._add(job)
            self._newcomers.add(job.id)
            self._fill()
        return self.position(job.id) or 0

    @property
    def waiting(self) -> int:
        """How many jobs wait."""
        return len(self._schedule)

    @property
    def running(self) -> int:
        """How many jobs are worked on."""
        return len(self._tasks)

    def next_place(self) -> float | None:
        """In how many seconds the next waiting job will probably start; None where unknown."""
        return self._until_start(1)

    def _until_start(self, place: int) -> float | None:
        now = asyncio.get_running_loop().time()
        going_on = [now - begun for begun in self._begun.values()]
        return self.pace.until_start(place, self._all_places, going_on)

    def post_now(self, guild_id: int) -> int:
        """Try the pictures of a server that were put off at once, as its permissions changed; how many.

        One whose posting is being tried this moment, perhaps in vain, is tried once more.
        """
        self._permissions[guild_id] += 1
        waiting = [entry for entry in self._later.values() if entry[1].guild_id == guild_id]
        for handle, job in waiting:
            handle.cancel()
            self._post_again(job)
        return len(waiting)

    def hold(self, *, on: bool) -> None:
        """Begin no waiting job until this is taken back; what is worked on goes on."""
        self._held = on
        self._fill()

    async def quiet(self) -> None:
        """Wait until nothing is worked on."""
        while self._tasks:
            self._idle.clear()
            await self._idle.wait()

    def position(self, job_id: int) -> int | None:
        """How many jobs start before this one, plus 1; None when it is not waiting."""
        return self._schedule.position(job_id)

    async def cancel(self, job_id: int) -> Job:
        """End a waiting or running job. Raises `TooLateToCancel` from posting on."""
        job = await self._cancelled(job_id)
        await self._end(job)
        return job

    async def _cancelled(self, job_id: int) -> Job:
        try:
            # the database decides first: two people may cancel at once, or the job may just have ended
            return await self._book.cancel(job_id)
        except WrongTransition as error:
            raise TooLateToCancel from error

    async def _end(self, job: Job) -> None:
        """Take a cancelled job out of the line, or stop the work on it, and tell it."""
        job_id = job.id
        if job_id in self._tasks:
            task = self._tasks[job_id]
            task.cancel()
            await asyncio.wait([task])
        if self._schedule.remove(job_id):  # it waited, or was just going back in the line
            self._jobs.pop(job_id)
            self._fill()
            await self._nothing_more_told(job_id)
        await self._worker.cancelled(job)

    async def idle(self) -> None:
        """Wait until nothing waits and nothing is worked on."""
        while self._schedule or self._tasks:
            self._idle.clear()
            await self._idle.wait()

    def _add(self, job: Job) -> None:
        self._jobs[job.id] = job
        self._schedule.add(entry_of(job))

    def _fill(self) -> None:
        """Start jobs in the free places."""
        while self._begins and len(self._tasks) - len(self._aside) < self._places:
            entry = self._schedule.take()
            if entry is None:
                break
            self._start(replace(self._jobs.pop(entry.job_id), aside=False))
        while self._begins and len(self._aside) < ASIDE_PLACES:
            entry = self._schedule.take_aside()
            if entry is None:
                break
            job = replace(self._jobs.pop(entry.job_id), aside=True)
            self._aside[job.id] = job
            self._start(job)
        self._changed.set()
        self._idle.set()

    def _start(self, job: Job) -> None:
        task = asyncio.create_task(self._work_on(job), name=f"job {job.id}")
        self._tasks[job.id] = task
        if not job.aside:
            self._begun[job.id] = asyncio.get_running_loop().time()
        task.add_done_callback(partial(self._ended, job.id))

    @property
    def _begins(self) -> bool:
        return self._open and not self._held

    async def _work_on(self, job: Job) -> None:
        await self._nothing_more_told(job.id)
        claimed = await self._claimed(job)
        if claimed is None:
            return
        job = claimed
        # counted before the work: permissions that change while a post fails are not missed
        begun, permissions = asyncio.get_running_loop().time(), self._permissions[job.guild_id]
        try:
            ids = {"job": job.id, "turn": job.turn_id, "conversation": job.conversation_id}
            with bound(**ids), job_span(job.nonce, **ids):
                outcome = await self._worker.work(job)
        except Exception:
            log.exception("Job %s of turn %s stays unfinished until the next start", job.id, job.turn_id)
            return
        if outcome is Outcome.NEEDS_PICTURE:
            await self._back_in_line(job)
        elif isinstance(outcome, PutOff):
            await self._kept_for_later(job)
            self._put_off(job, outcome.after, at_once=self._permissions[job.guild_id] != permissions)
        elif outcome is Outcome.DONE and job.state is JobState.QUEUED:
            self.pace.note(asyncio.get_running_loop().time() - begun)

    # What a queue among those of other processes does otherwise (`bot.jobs.shared_queue`).

    async def _unfinished(self) -> list[Job]:
        """What an earlier run left."""
        return await self._book.resume()

    async def _claimed(self, job: Job) -> Job | None:
        """The job, if this queue may work on it."""
        return job

    async def _back_in_line(self, job: Job) -> None:
        """A job that was aside waits again, unless it was cancelled or lost this moment."""
        try:
            await StoreRetry()(partial(self._book.back_in_line, job.id))
        except (LeaseLost, WrongTransition) as error:
            log.info("Job %s does not go back in the line: %s", job.id, error)
        else:
            self._going_back.add(job.id)

    async def _kept_for_later(self, job: Job) -> None:
        """A job's pictures are posted later."""

    def _tells_place(self, job_id: int) -> bool:
        """Whether this queue tells the place of a waiting job."""
        return True

    @property
    def _all_places(self) -> int:
        """How many jobs are worked on at the same time altogether."""
        return self._places

    def _put_off(self, job: Job, after: float, *, at_once: bool) -> None:
        """Post a job's pictures in `after` seconds or later; its conversation goes on meanwhile."""
        delay = next(self._unposted.setdefault(job.id, forever(self._retry_delays)))
        again = replace(job, state=JobState.POSTING)
        handle = asyncio.get_running_loop().call_later(
            max(0.0 if at_once else delay, after), self._post_again, again
        )
        self._later[job.id] = handle, again

    def _post_again(self, job: Job) -> None:
        del self._later[job.id]
        self.submit(job)

    def _ended(self, job_id: int, _: asyncio.Task[None]) -> None:
        del self._tasks[job_id]
        self._begun.pop(job_id, None)
        aside = self._aside.pop(job_id, None)
        if aside is not None and job_id in self._going_back:
            self._going_back.discard(job_id)
            self._jobs[job_id] = replace(aside, aside=False)
            self._newcomers.add(job_id)
            self._schedule.put_back(job_id)
        else:
            self._schedule.finish(job_id)
        if job_id not in self._later:  # else `_put_off` keeps its delays; it ran before this callback
            self._unposted.pop(job_id, None)
        self._fill()

    async def _announce_positions(self) -> None:
        """Tell the first in line each of their places once, and newcomers further behind theirs.

        Somebody who is served before may put a job back in line; people are then told the better place that
        they heard of before.
        """
        told: dict[int, int] = {}  # the best place that each waiting job was told
        while await self._changed.wait():
            # cleared before reading: a change while people are told starts another round
            self._changed.clear()
            newcomers, self._newcomers = self._newcomers, set()
            far = len(self._schedule) > ANNOUNCED and newcomers
            order = self._schedule.order(None if far else ANNOUNCED)
            places = {job_id: place for place, job_id in enumerate(order, start=1)}
            told = {job_id: place for job_id, place in told.items() if job_id in self._jobs}
            news = {
                job_id: place
                for job_id, place in places.items()
                if self._tells_place(job_id)
                and ((place <= ANNOUNCED and place < told.get(job_id, place + 1)) or job_id in newcomers)
            }
            told |= news
            for job_id, place in news.items():
                if job_id in self._jobs:  # telling the ones before it took time; it may have begun
                    await self._tell(self._jobs[job_id], place)

    async def _tell(self, job: Job, place: int) -> None:
        async with self._telling:
            self._told_of = job.id
            try:
                await self._worker.announce(job, place, self._until_start(place))
            except Exception:
                log.exception("The position of job %s could not be told", job.id)
            finally:
                self._told_of = None

    async def _nothing_more_told(self, job_id: int) -> None:
        """Wait for a word on its way about a job that waits no longer.

        Said after the job's end it would begin a new status line, which nobody takes away.
        """
        if self._told_of == job_id:
            async with self._telling:
                pass


def entry_of(job: Job) -> Entry:
    """The job as the schedule knows it; one that only is to be posted may always be taken aside."""
    aside = job.aside or job.state is JobState.POSTING
    return Entry(job.id, job.user_id, job.conversation_id, job.guild_id, aside)
