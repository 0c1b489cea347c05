"""The work of one job: write the prompt, paint, keep the pictures, hand them over to be posted.

What Discord sees of it goes through the `Presenter`, implemented in `bot.chat.turn_presenter`.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from types import TracebackType
from typing import Self

from bot.aio.retry import StoreRetry
from bot.aio.shield import shielded
from bot.domain.ab_test import arm_of
from bot.domain.content_policy import SafetyPolicy
from bot.domain.conversation import Turn, TurnKind
from bot.domain.job import Job, JobState
from bot.domain.sanitize import same_words
from bot.errors import (
    GoneTurn,
    JobCancelled,
    JobError,
    MemberError,
    NothingChanges,
    NotPostedYet,
    StoreError,
    TookTooLong,
)
from bot.i18n import Text
from bot.jobs.presenter import (
    FinishedPicture,
    FinishedTurn,
    Painting,
    Presenter,
    Queued,
    Stalled,
    TurnStatus,
    Writing,
)
from bot.jobs.queue import Outcome
from bot.settings import ExperimentSettings, ImagineSettings, LimitsSettings
from bot.store.conversations import ConversationStore
from bot.store.images import ImageStore
from bot.store.jobs import Assignment, JobStore
from bot.telemetry.metrics import Metrics
from bot.texts import errors as words
from model.engine import EditRequest, Engine, PaintProgress, PaintRequest, PaintResult
from model.errors import ModelError, PictureRefused, WorkerDied
from model.language.prompt import PROMPT_VERSION

log = logging.getLogger(__name__)

WORKER_DEATHS = 2  # after so many the job is tried once more; the next one fails it
POSTING_PATIENCE_S = 10.0  # a stopping bot waits so long for a message that is on its way


class TurnProcessor:
    """Does jobs; the `bot.jobs.queue.Worker` of the queue.

    Errors of the work end in `Presenter.fail` and a failed job; a cancelled task leaves the job where it was.
    """

    def __init__(
        self,
        engine: Engine,
        conversations: ConversationStore,
        jobs: JobStore,
        images: ImageStore,
        presenter: Presenter,
        imagine: ImagineSettings,
        limits: LimitsSettings,
        metrics: Metrics | None = None,
        *,
        experiment: ExperimentSettings | None = None,
        temperature: float = 0.0,
        safety: SafetyPolicy | None = None,
    ) -> None:
        self._engine = engine
        self._conversations = conversations
        self._jobs = jobs
        self._images = images
        self._presenter = presenter
        self._imagine = imagine
        self._limits = limits
        self._metrics = metrics or Metrics()
        self._experiment = experiment or ExperimentSettings()
        self._temperature = temperature
        self._safety = safety or SafetyPolicy()

    async def announce(self, job: Job, position: int, starts_in: float | None = None) -> None:
        """Tell a waiting job's position, unless it has been begun meanwhile."""
        turn = await self._conversations.turn(job.turn_id)
        if (await self._jobs.get(job.id)).state is JobState.QUEUED:
            starts_at = None if starts_in is None else int(time.time() + starts_in)
            await self._presenter.status(turn, Queued(position, starts_at))

    async def cancelled(self, job: Job) -> None:
        """Tell that the job was cancelled."""
        self._metrics.jobs.labels("cancelled").inc()
        await self._presenter.fail(await self._conversations.turn(job.turn_id), JobCancelled())

    async def work(self, job: Job) -> Outcome:
        """Do the job to its end; what goes wrong is told and recorded.

        Where nothing can be kept, as with a full disk, it waits until something can.
        """
        retrying = StoreRetry(partial(self._stall, job))
        try:
            if job.state is not JobState.POSTING:
                await self._make_pictures(job, retrying)
            await shielded(self._post(job, retrying), POSTING_PATIENCE_S)
        except NotPostedYet as error:
            await self._keep_for_later(job, error)
            return Outcome.UNPOSTED
        except (NothingChanges, JobCancelled) as error:
            await self._let_be(job, error)
            return Outcome.FAILED
        except Exception as error:  # noqa: BLE001  # every failure is told, whatever it is
            await self._fail(job, error, retrying)
            return Outcome.FAILED
        self._metrics.jobs.labels("done").inc()
        return Outcome.DONE

    async def _make_pictures(self, job: Job, retrying: StoreRetry) -> None:
        """Up to `posting`, beginning anew when a worker died."""
        for _ in range(WORKER_DEATHS):
            try:
                return await self._attempt(job, retrying)
            except WorkerDied as error:
                log.warning("Job %s is tried again: %s", job.id, error)
                await retrying(lambda: self._jobs.again(job.id))
        return await self._attempt(job, retrying)

    async def _attempt(self, job: Job, retrying: StoreRetry) -> None:
        assignment = await retrying(lambda: self._jobs.begin(job.id))
        if assignment.job.attempts == 1:
            self._metrics.waited.observe((datetime.now(UTC) - job.created_at).total_seconds())
        adult = await self._presenter.age_restricted(assignment.conversation)
        said = f"{assignment.turn.source_prompt}\n{assignment.turn.instruction}"
        covered = self._safety.covers_words(said, adult=adult)
        await self._show(assignment.turn, Writing())
        if not await self._presenter.still_asked(assignment.conversation, assignment.turn):
            raise JobCancelled
        turn, writing_s = await self._write(assignment, retrying)
        covered = self._safety.covers_words(turn.target_prompt or "", adult=adult) or covered
        painted = await self._paint(turn, assignment.parent, unsafe=self._safety.wants_unsafe(adult=adult))
        each = [self._safety.covers_picture(picture.unsafe, words=covered) for picture in painted.pictures]
        await retrying(lambda: self._images.keep(job.id, painted, writing_s + painted.seconds, each))

    async def _write(self, assignment: Assignment, retrying: StoreRetry) -> tuple[Turn, float]:
        """The turn with its target prompt, and the seconds that took."""
        turn = assignment.turn
        prompt, model, seconds = turn.target_prompt or turn.source_prompt, None, 0.0
        if turn.parameters.exact and turn.kind is TurnKind.REFINE:
            prompt = turn.instruction
        elif not turn.parameters.exact and (
            turn.kind is TurnKind.REFINE or (turn.kind is TurnKind.IMAGINE and self._imagine.beautify)
        ):
            request = EditRequest(
                turn.source_prompt,
                turn.instruction,
                seed=turn.parameters.seed,
                temperature=self._temperature,
                variant=arm_of(self._experiment, turn.conversation_id),
            )
            async with _limit(words.WRITING_THE_PROMPT, self._limits.edit_timeout_s):
                with self._metrics.stage("edit"):
                    result = await self._engine.edit(request)
            prompt, model, seconds = result.target_prompt, result.model, result.seconds
            if turn.kind is TurnKind.REFINE and same_words(turn.source_prompt, prompt):
                raise NothingChanges
        job_id = assignment.job.id
        written = await retrying(lambda: self._jobs.prompt_written(job_id, prompt, model, PROMPT_VERSION))
        return written, seconds

    async def _paint(self, turn: Turn, parent: Turn | None, *, unsafe: bool) -> PaintResult:
        parameters = turn.parameters
        start = await self._start_picture(turn, parent)
        request = PaintRequest(
            prompt=turn.target_prompt or "",
            seeds=parameters.seeds,
            width=parameters.width * parameters.scale,
            height=parameters.height * parameters.scale,
            steps=parameters.steps,
            guidance=parameters.guidance,
            negative_prompt=parameters.negative_prompt,
            init_image=start,
            keep=parameters.keep if start else 0.0,
            lora=parameters.model or "",
            unsafe="mark" if unsafe else "refuse",
        )
        await self._show(turn, Painting(0, parameters.steps))
        async with (
            _Progress(partial(self._show, turn)) as progress,
            _limit(words.PAINTING, self._limits.paint_timeout_s),
        ):
            try:
                with self._metrics.stage("paint"):
                    return await self._engine.paint(request, progress)
            except PictureRefused as refused:
                raise self._safety.refused(refused) from refused

    async def _start_picture(self, turn: Turn, parent: Turn | None) -> bytes | None:
        """The picture to paint over, where the turn keeps something of one."""
        if turn.kind is TurnKind.RECOMPOSE:
            parent = await self._changed_by(parent)
        if not turn.parameters.keep or parent is None or not parent.images:
            return None
        return await self._images.read(parent.images[min(turn.parameters.base, len(parent.images) - 1)])

    async def _changed_by(self, edit: Turn | None) -> Turn:
        """The turn that an edit changed, or `GoneTurn` when its picture was deleted."""
        if edit is None or edit.parent_turn_id is None:
            raise GoneTurn
        changed = await self._conversations.turn(edit.parent_turn_id)
        if not changed.images:
            raise GoneTurn
        return changed

    async def _post(self, job: Job, retrying: StoreRetry) -> None:
        assignment = await retrying(lambda: self._jobs.assignment(job.id))
        turn = assignment.turn
        if turn.deleted_at is not None:  # while its posting was put off
            raise GoneTurn
        pictures = [
            FinishedPicture(
                await self._images.read(image),
                image.seed,
                image.sha256,
                image.width,
                image.height,
                image.spoiler,
            )
            for image in turn.images
        ]
        finished = FinishedTurn(
            assignment.conversation,
            turn,
            assignment.parent,
            tuple(pictures),
            turn.seconds or 0.0,
            job.id,
            job.nonce,
        )
        with self._metrics.stage("post"):
            posted = await self._presenter.post(finished)
        await retrying(lambda: self._jobs.posted(job.id, posted.channel_id, posted.message_id))

    async def _keep_for_later(self, job: Job, error: NotPostedYet) -> None:
        """The job stays in `posting` to be tried again; the person is told the first time."""
        log.warning("Job %s of turn %s is kept to be posted later: %s", job.id, job.turn_id, error)
        if job.state is not JobState.POSTING:
            await self._presenter.fail(await self._conversations.turn(job.turn_id), error)

    async def _let_be(self, job: Job, error: NothingChanges | JobCancelled) -> None:
        """End a job that there is nothing to do for: talk, or words taken back, are no failure of ours."""
        await self._jobs.cancel(job.id)
        self._metrics.jobs.labels("cancelled").inc()
        log.info("Job %s of turn %s is let be: %r", job.id, job.turn_id, error)
        await self._presenter.fail(await self._conversations.turn(job.turn_id), error)

    async def _stall(self, job: Job) -> None:
        """Tell that the work waits for the database or the disk."""
        try:
            await self._show(await self._conversations.turn(job.turn_id), Stalled())
        except StoreError as error:
            log.info("That job %s waits cannot be told: %s", job.id, error)

    async def _fail(self, job: Job, error: Exception, retrying: StoreRetry) -> None:
        """Record the cause and tell the person, unless the job has ended already, as by a cancellation."""
        ordinary = isinstance(error, MemberError | JobError | ModelError)
        log.warning(
            "Job %s of turn %s failed: %r", job.id, job.turn_id, error, exc_info=None if ordinary else error
        )
        self._metrics.failed(error)
        try:
            turn = await self._conversations.turn(job.turn_id)
            if await retrying(lambda: self._jobs.fail(job.id, error)) and turn.author_id:
                await self._presenter.fail(turn, error)
        except Exception:
            log.exception("The failure of job %s could not be recorded or told", job.id)

    async def _show(self, turn: Turn, status: TurnStatus) -> None:
        """Show a status; work goes on without one."""
        try:
            await self._presenter.status(turn, status)
        except Exception:
            log.exception("The status of turn %s could not be shown", turn.id)


class _Progress:
    """Shows the newest progress, one call at a time, so that slow showing does not slow the work."""

    def __init__(self, show: Callable[[TurnStatus], Awaitable[None]]) -> None:
        self._show = show
        self._newest: PaintProgress | None = None
        self._news = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def __call__(self, progress: PaintProgress) -> None:
        """Called by the engine, from any thread."""
        self._loop.call_soon_threadsafe(self._take, progress)

    def _take(self, progress: PaintProgress) -> None:
        self._newest = progress
        self._news.set()

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run(), name="painting progress")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._task.cancel()
        await asyncio.wait([self._task])

    async def _run(self) -> None:
        while await self._news.wait():
            self._news.clear()
            if self._newest is not None:
                await self._show(Painting(self._newest.step, self._newest.of, self._newest.preview))


@asynccontextmanager
async def _limit(stage: Text, seconds: float) -> AsyncIterator[None]:
    """Raise `TookTooLong` when the block takes longer."""
    try:
        async with asyncio.timeout(seconds) as limit:
            yield
    except TimeoutError as error:
        if not limit.expired():
            raise
        raise TookTooLong(stage=stage, seconds=seconds) from error
