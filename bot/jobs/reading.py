"""The first step for a turn that starts from a brought picture: describing it, or taking its own prompt."""

from dataclasses import replace

from bot.aio.retry import StoreRetry
from bot.domain.conversation import Turn, TurnKind
from bot.domain.options import style_words
from bot.jobs.presenter import Reading
from bot.jobs.progress import LookingLimit, Show
from bot.jobs.resources import Stores, WorkSettings
from bot.store.jobs import Assignment
from bot.telemetry.metrics import Metrics
from bot.telemetry.tracing import span
from model.engine import Engine
from model.errors import BadImage


class PictureReader:
    """Lets the engine describe the pictures that people bring. Each is read once and then forgotten."""

    def __init__(
        self,
        engine: Engine,
        stores: Stores,
        settings: WorkSettings,
        metrics: Metrics,
    ) -> None:
        self._engine = engine
        self._stores = stores
        self._settings = settings
        self._limit = LookingLimit(settings.limits.edit_timeout_s)
        self._metrics = metrics

    async def read(self, assignment: Assignment, retrying: StoreRetry, show: Show) -> Assignment:
        """The same with the source prompt stored, where the turn starts from a picture not read yet.

        Raises `PictureLost`, `TookTooLong`, or an error of the engine such as `BadImage`.
        """
        turn = assignment.turn
        if turn.kind is not TurnKind.IMAGINE or turn.source_prompt:
            return assignment
        picture = await retrying(lambda: self._stores.brought.read(turn.id))
        await show(Reading())
        with span("describe"):
            async with self._limit():
                with self._metrics.stage("describe"):
                    said = await self._engine.describe(picture)
        if not said.strip():
            raise BadImage("Nothing in this picture could be put into words: send another one.")
        source = said + style_words(turn.parameters, self._settings.styles)
        read: Turn = await retrying(lambda: self._stores.jobs.described(assignment.job.id, source))
        await retrying(self._stores.brought.tidy)
        return replace(assignment, turn=read)
