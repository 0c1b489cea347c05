"""What becomes of a job that ends without a posted picture: recorded, counted, and told."""

import logging

from bot.aio.retry import StoreRetry
from bot.domain.job import Job, JobState
from bot.errors import GoneTurn, JobCancelled, JobError, MemberError, NotPostedYet
from bot.jobs.presenter import Presenter
from bot.jobs.resources import Stores
from bot.telemetry.metrics import Metrics
from bot.telemetry.tracing import present
from model.errors import BadImage, ModelError

log = logging.getLogger(__name__)


class UnfinishedJobs:
    """Ends jobs that cannot be done, or puts them off."""

    def __init__(self, stores: Stores, presenter: Presenter, metrics: Metrics) -> None:
        self._jobs = stores.jobs
        self._brought = stores.brought
        self._presenter = presenter
        self._metrics = metrics

    async def cancelled(self, job: Job) -> None:
        """Count and tell a job that a person cancelled."""
        retrying = StoreRetry(note=self._metrics.held_up_by)
        self._metrics.jobs.labels("cancelled").inc()
        await retrying(self._brought.tidy)
        await self._tell(job, JobCancelled(), retrying)

    async def cancelled_elsewhere(self, job: Job) -> None:
        """Tell a cancelled job whose other process has left its status line; one that is gone has none."""
        try:
            told = await self._jobs.assignment(job.id)
        except GoneTurn:
            return
        await self._presenter.fail_if_shown(told.conversation, told.turn, JobCancelled())

    async def keep_for_later(self, job: Job, error: NotPostedYet, retrying: StoreRetry) -> None:
        """Leave the job in `posting` to be tried again; the person is told the first time."""
        log.warning("Job %s of turn %s is kept to be posted later: %s", job.id, job.turn_id, error)
        if job.state is not JobState.POSTING:
            await self._tell(job, error, retrying)

    async def let_be(self, job: Job, error: JobError | MemberError, retrying: StoreRetry) -> None:
        """End a job that there is nothing to do for: talk, or words taken back, are no failure of ours."""
        words_alone = not isinstance(error, JobCancelled)  # a person may cancel what is painted already
        await retrying(lambda: self._jobs.cancel(job.id, words_alone=words_alone))
        self._metrics.jobs.labels("cancelled").inc()
        log.info("Job %s of turn %s is let be: %r", job.id, job.turn_id, error)
        await retrying(self._brought.tidy)
        await self._tell(job, error, retrying)

    async def fail(self, job: Job, error: Exception, retrying: StoreRetry) -> None:
        """Record the cause and tell the person, unless the job has ended already, as by a cancellation."""
        ordinary = isinstance(error, MemberError | JobError | ModelError)
        log.log(
            # a file that only looked like a picture is nobody's fault here
            logging.INFO if isinstance(error, BadImage) else logging.WARNING,
            "Job %s of turn %s failed: %r",
            job.id,
            job.turn_id,
            error,
            exc_info=None if ordinary else error,
        )
        self._metrics.failed(error)
        present().failed(error)
        try:
            told = await retrying(lambda: self._jobs.assignment(job.id))
            if await retrying(lambda: self._jobs.fail(job.id, error)) and told.turn.author_id:
                await self._presenter.fail(told.conversation, told.turn, error)
            await retrying(self._brought.tidy)
        except Exception:
            log.exception("The failure of job %s could not be recorded or told", job.id)

    async def _tell(self, job: Job, error: Exception, retrying: StoreRetry) -> None:
        told = await retrying(lambda: self._jobs.assignment(job.id))
        await self._presenter.fail(told.conversation, told.turn, error)
