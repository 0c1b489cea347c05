"""The end of the work on a turn: its stored pictures are handed over to be posted, and that is stored."""

from bot.aio.retry import StoreRetry
from bot.domain.conversation import Image
from bot.domain.job import Job
from bot.errors import GoneTurn
from bot.jobs.presenter import FinishedPicture, FinishedTurn, Presenter
from bot.jobs.resources import Stores
from bot.store.jobs import Assignment
from bot.telemetry.metrics import Metrics
from bot.telemetry.tracing import span


class PicturePosting:
    """Posts what a job has made, also long afterwards: everything is read from the stores."""

    def __init__(self, stores: Stores, presenter: Presenter, metrics: Metrics) -> None:
        self._stores = stores
        self._presenter = presenter
        self._metrics = metrics

    async def post(self, job: Job, retrying: StoreRetry) -> None:
        """posting -> done. Raises `GoneTurn`, `LeaseLost`, `PictureLost`, or what `Presenter.post` does."""
        assignment = await retrying(lambda: self._stores.jobs.assignment(job.id))
        if assignment.turn.deleted_at is not None:  # while its posting was put off
            raise GoneTurn
        finished = await self._finished(assignment, job, retrying)
        await retrying(lambda: self._stores.jobs.check_holder(job.id))
        with self._metrics.stage("post"), span("post"):
            posted = await self._presenter.post(finished)
        await retrying(lambda: self._stores.jobs.posted(job.id, posted.channel_id, posted.message_id))

    async def _finished(self, assignment: Assignment, job: Job, retrying: StoreRetry) -> FinishedTurn:
        turn = assignment.turn
        return FinishedTurn(
            assignment.conversation,
            turn,
            assignment.parent,
            tuple([await self._picture(image, retrying) for image in turn.images]),
            turn.seconds or 0.0,
            job.id,
            job.nonce,
        )

    async def _picture(self, image: Image, retrying: StoreRetry) -> FinishedPicture:
        png = await retrying(lambda: self._stores.images.read(image))
        return FinishedPicture(png, image.seed, image.sha256, image.width, image.height, image.spoiler)
