"""Painting a turn's pictures with the engine, from noise or over an earlier picture."""

from bot.aio.retry import StoreRetry
from bot.domain.conversation import Turn, TurnKind
from bot.errors import GoneTurn
from bot.jobs.presenter import Painting
from bot.jobs.progress import Progress, Show, time_limit
from bot.jobs.resources import Stores, WorkSettings
from bot.telemetry.metrics import Metrics
from bot.telemetry.tracing import span
from bot.texts import errors as words
from model.engine import Engine, PaintRequest, PaintResult

_WORDS_WILL_DO = (TurnKind.REFINE, TurnKind.REROLL)  # of a picture that was painted over another one


class PicturePainter:
    """Lets the engine paint a turn whose target prompt is written."""

    def __init__(self, engine: Engine, stores: Stores, settings: WorkSettings, metrics: Metrics) -> None:
        self._engine = engine
        self._stores = stores
        self._settings = settings
        self._metrics = metrics

    async def paint(
        self, turn: Turn, parent: Turn | None, retrying: StoreRetry, show: Show, *, unsafe: bool
    ) -> PaintResult:
        """The pictures, in the order of the turn's seeds; `show` is told of every step.

        `unsafe` says whether pictures that the check finds unsafe are wanted, marked. Raises `GoneTurn` when
        the picture to paint over was deleted, `TookTooLong`, or an error of the engine.
        """
        request = self._request(turn, await self._start_picture(turn, parent, retrying), unsafe=unsafe)
        # steps are promised only where the engine tells of them
        able = self._engine.info.paints(request.model).capabilities
        await show(Painting(0, request.steps if able.progress else 0))
        with span("paint", kind=turn.kind, steps=request.steps) as painting:
            async with (
                Progress(show) as progress,
                time_limit(words.PAINTING, self._settings.limits.paint_timeout_s),
            ):
                with self._metrics.stage("paint"):
                    painted = await self._engine.paint(request, progress)
            painting.note(model=painted.model, seconds=painted.seconds, pictures=len(painted.pictures))
        return painted

    def _request(self, turn: Turn, start: bytes | None, *, unsafe: bool) -> PaintRequest:
        parameters = turn.parameters
        able = self._engine.info.paints(parameters.model).capabilities
        return PaintRequest(
            prompt=turn.target_prompt or "",
            seeds=parameters.seeds,
            width=parameters.width * parameters.scale,
            height=parameters.height * parameters.scale,
            steps=parameters.steps,
            guidance=parameters.guidance,
            negative_prompt=parameters.negative_prompt,
            way="keep" if start else "repaint",
            init_image=start,
            keep=parameters.keep if start else 0.0,
            upscale=turn.kind is TurnKind.UPSCALE and start is not None and able.upscale,
            model=parameters.model or "",
            lora=parameters.loras,
            unsafe="mark" if unsafe else "refuse",
        )

    async def _start_picture(self, turn: Turn, parent: Turn | None, retrying: StoreRetry) -> bytes | None:
        """The picture to paint over, where the turn keeps something of one."""
        able = self._engine.info.paints(turn.parameters.model).capabilities
        if turn.kind in _WORDS_WILL_DO and not able.strength:
            return None  # an engine that cannot paint over a picture still paints what the words say
        if turn.kind is TurnKind.RECOMPOSE:
            parent = await self._changed_by(parent)
        if not turn.parameters.keep or parent is None or not parent.images:
            return None
        image = parent.images[min(turn.parameters.base, len(parent.images) - 1)]
        return await retrying(lambda: self._stores.images.read(image))

    async def _changed_by(self, edit: Turn | None) -> Turn:
        """The turn that an edit changed, or `GoneTurn` when its picture was deleted."""
        if edit is None or edit.parent_turn_id is None:
            raise GoneTurn
        changed = await self._stores.conversations.turn(edit.parent_turn_id)
        if not changed.images:
            raise GoneTurn
        return changed
