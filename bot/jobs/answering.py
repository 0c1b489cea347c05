"""The end of a job whose words ask for no picture: a move, a choice, a question, talk, or nothing understood.

It is told first and stored then. A process that is killed in between does the job once more, comes to the
same answer, and Discord takes its nonce for the message it has already; stored first, the answer would be
lost.
"""

import logging

from bot.aio.retry import StoreRetry
from bot.domain.conversation import Turn
from bot.domain.job import Job
from bot.domain.said_commands import Asked, Request
from bot.errors import FirstPicture, NoPictureYet, NoSuchNumber, NoSuchPicture, NothingToRedo, OnlyOnePicture
from bot.jobs.presenter import Answer, Presenter
from bot.jobs.resources import Stores
from bot.store.jobs import Assignment
from bot.telemetry.metrics import Metrics

log = logging.getLogger(__name__)

UNFULFILLED = (FirstPicture, NothingToRedo, NoSuchPicture, NoSuchNumber, OnlyOnePicture)
"""What is said quietly, in place of an answer, where there is nothing to do what was asked with."""


class AskedOtherwise(Exception):
    """The words of a turn ask for no new prompt."""

    def __init__(self, request: Request) -> None:
        super().__init__(request.kind.value)
        self.request = request


class TurnAnswers:
    """Answers turns and does what they ask for."""

    def __init__(self, stores: Stores, presenter: Presenter, metrics: Metrics) -> None:
        self._stores = stores
        self._presenter = presenter
        self._metrics = metrics

    async def give(self, job: Job, request: Request, retrying: StoreRetry) -> None:
        """editing -> cancelled, with what was asked for done. Raises one of `UNFULFILLED`, or `GoneTurn`."""
        assignment = await retrying(lambda: self._stores.jobs.assignment(job.id))
        turn = assignment.turn
        picture = await retrying(lambda: self._picture(assignment, request))
        await self._presenter.say(assignment.conversation, turn, Answer(request, picture, job.nonce))
        await retrying(lambda: self._settle(job, request, turn.author_id, picture.id))
        log.info("Job %s of turn %s is answered: %s", job.id, turn.id, request.kind)
        self._metrics.jobs.labels("answered").inc()
        if request.kind.moves:
            await self._presenter.moved(assignment.conversation.id)

    async def _picture(self, assignment: Assignment, request: Request) -> Turn:
        """The turn whose pictures the answer is about."""
        if request.kind.moves:
            return await self._stores.answers.target(assignment.conversation.id, request)
        parent = assignment.parent
        if parent is None:
            raise NoPictureYet
        if request.kind is Asked.CHOOSE:
            _check_number(request.detail, len(parent.images))
        return parent

    async def _settle(self, job: Job, request: Request, user_id: int, picture_id: int) -> None:
        if request.kind.moves:
            await self._stores.answers.end_moved(job.id, request.kind, picture_id, user_id)
        elif request.kind is Asked.CHOOSE:
            await self._stores.answers.end_chosen(job.id, picture_id, user_id, int(request.detail) - 1)
        else:
            await self._stores.answers.end(job.id)


def _check_number(number: str, count: int) -> None:
    if count == 1:
        raise OnlyOnePicture
    if not number.isdecimal() or not 1 <= int(number) <= count:
        raise NoSuchNumber(number=number or "?", count=count)
