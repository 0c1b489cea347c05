"""The work of one job: read the picture it starts from, write the prompt, paint, keep, have it posted.

Each step is a module beside this one: `refitting`, `reading`, `writing`, `painting`, `posting`, and
`unfinished` for a job that ends otherwise. What people see of it goes through the `Presenter`
(`bot.chat.posting.turn_presenter`); what must be known of the place where the turn was asked for comes from
`Place` (`bot.chat.posting.discord_places`).
"""

import logging
import time
from collections.abc import Coroutine
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

from bot.aio.retry import StoreRetry
from bot.aio.shield import shielded
from bot.domain.content_policy import SafetyPolicy
from bot.domain.job import Job, JobState
from bot.domain.said_commands import Request
from bot.errors import JobCancelled, LeaseLost, NothingChanges, NotPostedYet, StoreError
from bot.jobs.answering import UNFULFILLED, AskedOtherwise, TurnAnswers
from bot.jobs.engine_wait import EngineWait
from bot.jobs.painting import PicturePainter
from bot.jobs.place import Place
from bot.jobs.posting import PicturePosting
from bot.jobs.presenter import Away, Presenter, Queued, Stalled, TurnStatus, Writing
from bot.jobs.reading import PictureReader
from bot.jobs.refitting import ParameterFitter
from bot.jobs.resources import Stores, WorkSettings
from bot.jobs.unfinished import UnfinishedJobs
from bot.jobs.work import Outcome, PutOff
from bot.jobs.writing import PromptWriter
from bot.store.jobs import Assignment
from bot.telemetry.metrics import Metrics
from bot.telemetry.tracing import present, span
from model.engine import Engine
from model.errors import EngineUnreachable, PictureRefused, PromptRefused, WorkerDied

log = logging.getLogger(__name__)

T = TypeVar("T")

WORKER_DEATHS = 2  # after so many the job is tried once more; the next one fails it
_WAITING = 32  # told places whose jobs are remembered; the queue tells those of the first ten again
POSTING_PATIENCE_S = 10.0  # a stopping bot waits so long for a message that is on its way


class TurnProcessor:
    """Does jobs; the `bot.jobs.queue.Worker` of the queue.

    Errors of the work end in `Presenter.fail` and a failed job; a cancelled task leaves the job where it was.
    """

    def __init__(
        self,
        engine: Engine,
        stores: Stores,
        presenter: Presenter,
        place: Place,
        *,
        settings: WorkSettings | None = None,
        safety: SafetyPolicy | None = None,
        metrics: Metrics | None = None,
    ) -> None:
        settings, self._metrics = settings or WorkSettings(), metrics or Metrics()
        self._stores = stores
        self._presenter = presenter
        self._place = place
        self._safety = safety or SafetyPolicy()
        self._fitter = ParameterFitter(engine, stores.jobs, settings)
        self._reader = PictureReader(engine, stores, settings, self._metrics)
        self._writer = PromptWriter(engine, stores, settings, self._metrics, safety=self._safety)
        self._painter = PicturePainter(engine, stores, settings, self._metrics)
        self._posting = PicturePosting(stores, presenter, self._metrics)
        self._wait = EngineWait(settings.patience_s)
        self._answers = TurnAnswers(stores, presenter, self._metrics)
        self._unfinished = UnfinishedJobs(stores, presenter, self._metrics)
        self._waiting: dict[int, Assignment] = {}  # whose place was told, oldest first
        self._begun: dict[int, Assignment] = {}  # what is worked on, to be told of when nothing can be read

    async def announce(self, job: Job, position: int, starts_in: float | None = None) -> None:
        """Tell a waiting job's position, unless it has been begun meanwhile."""
        # with many in line everybody's place changes with every job that begins: the rest is read once
        if (waiting := self._waiting.get(job.id)) is None:
            waiting = self._waiting[job.id] = await self._stores.jobs.assignment(job.id)
            state: JobState | None = waiting.job.state
        else:
            state = await self._stores.jobs.state(job.id)
        while len(self._waiting) > _WAITING:
            del self._waiting[next(iter(self._waiting))]
        if state is JobState.QUEUED:
            starts_at = None if starts_in is None else int(time.time() + starts_in)
            status = Queued(position, starts_at)
            await self._presenter.status(waiting.conversation, waiting.turn, status)

    async def cancelled(self, job: Job) -> None:
        """Tell that the job was cancelled."""
        await self._unfinished.cancelled(job)

    def taken_over(self, job: Job) -> None:
        """Another process had the job before: what it showed is looked for."""
        self._presenter.taken_over(job.turn_id)

    async def let_go(self, job: Job) -> None:
        """Another process has the job now: nothing more is shown of it here."""
        await self._presenter.let_go(job.turn_id)

    async def cancelled_elsewhere(self, job: Job) -> None:
        """Tell that the job was cancelled where the process that worked on it has not."""
        await self._unfinished.cancelled_elsewhere(job)

    async def work(self, job: Job) -> Outcome | PutOff:
        """Do the job to its end; what goes wrong is told and recorded.

        One that is aside is done only as far as it needs no picture (`bot.jobs.queue`). Where nothing can be
        kept, as with a full disk, it waits until something can.
        """
        retrying = StoreRetry(partial(self._stall, job), self._metrics.held_up_by)
        try:
            if job.state is not JobState.POSTING:
                try:
                    if job.aside:
                        await self._read_aside(job, retrying)
                        return Outcome.NEEDS_PICTURE
                    await self._make_pictures(job, retrying)
                except AskedOtherwise as asked:
                    # as below: what is told is to be stored
                    await shielded(self._answer(job, asked.request, retrying), POSTING_PATIENCE_S)
                    return Outcome.FAILED
            # Cancelled after Discord took the message and before that is stored, the bot would not know of it
            await shielded(self._posting.post(job, retrying), POSTING_PATIENCE_S)
        except NotPostedYet as error:
            await self._unfinished.keep_for_later(job, error, retrying)
            return PutOff(error.after)
        except LeaseLost as error:
            log.warning("What was made of job %s is thrown away: %s", job.id, error)
            await self.let_go(job)
            return Outcome.FAILED
        except (NothingChanges, JobCancelled) as error:
            await self._unfinished.let_be(job, error, retrying)
            return Outcome.FAILED
        except Exception as error:  # noqa: BLE001  # every failure is told, whatever it is
            await self._unfinished.fail(job, error, retrying)
            return Outcome.FAILED
        finally:
            self._begun.pop(job.id, None)
        self._metrics.jobs.labels("done").inc()
        return Outcome.DONE

    async def _answer(self, job: Job, request: Request, retrying: StoreRetry) -> None:
        """Answer words that ask for no picture, or say quietly why that cannot be."""
        try:
            await self._answers.give(job, request, retrying)
        except UNFULFILLED as error:
            await self._unfinished.let_be(job, error, retrying)

    async def _read_aside(self, job: Job, retrying: StoreRetry) -> None:
        """Read the words and return where they need a picture; that the job waits stays what is shown of it.

        An engine that is away, or dies of it, is for the job's own turn: waited for here, it would hold up
        what can be answered without one.
        """
        assignment = await retrying(lambda: self._stores.jobs.begin(job.id))
        self._begun[job.id] = assignment
        if not await self._place.still_asked(assignment.conversation, assignment.turn):
            raise JobCancelled
        try:
            await self._judged(self._writer.read_aside(assignment, retrying))
        except (EngineUnreachable, WorkerDied) as error:
            log.warning("The words of job %s are read when its turn comes: %s", job.id, error)

    async def _make_pictures(self, job: Job, retrying: StoreRetry) -> None:
        """Up to `posting`, beginning anew when a worker died or the engine was away."""

        async def tell(error: EngineUnreachable) -> None:
            log.warning("Job %s waits for the engine: %s", job.id, error)
            self._metrics.held_up_by(error)
            await self._show(await retrying(lambda: self._stores.jobs.assignment(job.id)), Away())

        async def again() -> None:
            await retrying(lambda: self._stores.jobs.again(job.id))

        await self._wait.through(lambda: self._through_deaths(job, retrying), tell, again)

    async def _through_deaths(self, job: Job, retrying: StoreRetry) -> None:
        for _ in range(WORKER_DEATHS):
            try:
                return await self._attempt(job, retrying)
            except WorkerDied as error:
                log.warning("Job %s is tried again: %s", job.id, error)
                await retrying(lambda: self._stores.jobs.again(job.id))
        return await self._attempt(job, retrying)

    async def _attempt(self, job: Job, retrying: StoreRetry) -> None:
        assignment = await retrying(lambda: self._stores.jobs.begin(job.id))
        present().note(kind=assignment.turn.kind, attempt=assignment.job.attempts)
        self._begun[job.id] = assignment
        if assignment.job.attempts == 1:
            waited = (datetime.now(UTC) - job.created_at).total_seconds()
            self._metrics.waited.observe(max(0.0, waited))  # that time is the database's
        show = partial(self._show, assignment)
        if not await self._place.still_asked(assignment.conversation, assignment.turn):
            raise JobCancelled
        assignment = await self._fitter.fit(assignment, retrying)
        assignment = await self._reader.read(assignment, retrying, show)
        if self._writer.writes(assignment.turn):
            await show(Writing())
        turn, writing_s = await self._judged(self._writer.write(assignment, retrying))
        if turn.kind is not assignment.turn.kind:  # it asked in words for its parent's picture anew
            turn = (await self._fitter.fit(replace(assignment, turn=turn), retrying)).turn
        adult = await self._place.age_restricted(assignment.conversation)
        covered = self._safety.covers_words(
            turn.source_prompt, turn.instruction, turn.target_prompt or "", adult=adult
        )
        unsafe = self._safety.wants_unsafe(adult=adult)
        painted = await self._judged(
            self._painter.paint(turn, assignment.parent, retrying, show, unsafe=unsafe)
        )
        each = [self._safety.covers_picture(picture.unsafe, words=covered) for picture in painted.pictures]
        seconds = writing_s + painted.seconds
        with span("keep", pictures=len(painted.pictures)):
            await retrying(lambda: self._stores.images.keep(job.id, painted, seconds, each))

    async def _judged(self, work: Coroutine[Any, Any, T]) -> T:
        """What the engine gives; what it refuses is counted, and told as [safety] says."""
        try:
            return await work
        except (PromptRefused, PictureRefused) as refused:
            told = self._safety.refused(refused)
            if told is refused:
                raise
            raise told from refused

    async def _stall(self, job: Job) -> None:
        """Tell that the work waits for the database or the disk; a server may be gone, and not to be read."""
        try:
            assignment = self._begun.get(job.id) or await self._stores.jobs.assignment(job.id)
        except StoreError as error:
            log.info("That job %s waits cannot be told: %s", job.id, error)
        else:
            await self._show(assignment, Stalled())

    async def _show(self, assignment: Assignment, status: TurnStatus) -> None:
        """Show a status; work goes on without one."""
        try:
            await self._presenter.status(assignment.conversation, assignment.turn, status)
        except Exception:
            log.exception("The status of turn %s could not be shown", assignment.turn.id)
