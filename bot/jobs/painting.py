"""Painting a turn's pictures with the engine: from noise, over an earlier picture, or as a change of one."""

from dataclasses import replace
from functools import partial
from typing import Any

from bot.aio.retry import StoreRetry
from bot.domain.conversation import Turn, TurnKind
from bot.domain.references import has_reference
from bot.domain.source_pictures import SourceRole
from bot.errors import GoneTurn, NoReference, ReferenceGone
from bot.jobs.presenter import Painting
from bot.jobs.progress import Progress, Show, StageLimit
from bot.jobs.resources import Stores, WorkSettings
from bot.telemetry.metrics import Metrics
from bot.telemetry.tracing import span
from bot.texts import errors as words
from model.engine import Engine, PaintRequest, PaintResult

_CHANGING = ("edit", "region")  # ways that change a picture and leave the rest of it
_WORDS_WILL_DO = (TurnKind.REFINE, TurnKind.REROLL)  # of a picture that was painted over another one


class PicturePainter:
    """Lets the engine paint a turn whose target prompt is written."""

    def __init__(self, engine: Engine, stores: Stores, settings: WorkSettings, metrics: Metrics) -> None:
        self._engine = engine
        self._stores = stores
        self._settings = settings
        self._metrics = metrics
        self._limit = StageLimit(words.PAINTING, settings.limits.paint_timeout_s)

    async def paint(
        self, turn: Turn, parent: Turn | None, retrying: StoreRetry, show: Show, *, unsafe: bool
    ) -> PaintResult:
        """The pictures, in the order of the turn's seeds; `show` is told of every step.

        `unsafe` says whether pictures that the check finds unsafe are wanted, marked. Raises `GoneTurn` when
        the picture to paint over was deleted, `ReferenceGone` or `NoReference` where there is nothing, or no
        way, to paint after, `TookTooLong`, or an error of the engine.
        """
        if turn.way in _CHANGING:
            request = await self._change(turn, parent, retrying, unsafe=unsafe)
        else:
            request = self._request(turn, await self._start_picture(turn, parent, retrying), unsafe=unsafe)
        if not request.upscale and (reference := await self._reference(turn, parent, retrying)):
            request = replace(request, **reference)
        # steps are promised only where the engine tells of them
        able = self._engine.info.paints(request.model).capabilities
        await show(Painting(0, request.steps if able.progress else 0))
        with span("paint", kind=turn.kind, steps=request.steps) as painting:
            async with Progress(show) as progress, self._limit():
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
            upscale=turn.kind is TurnKind.UPSCALE and start is not None and able.upscale > 0,
            model=parameters.model or "",
            lora=parameters.loras,
            scheduler=parameters.scheduler or "",
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

    async def _change(
        self, turn: Turn, parent: Turn | None, retrying: StoreRetry, *, unsafe: bool
    ) -> PaintRequest:
        """An edit of a picture, or of a region of it, with the pictures that it needs.

        A turn that does the same once more starts where the first one did: from the picture that it changed.
        """
        assert turn.way in _CHANGING
        first = await self._followed(turn, parent)
        if first.deleted_at is not None and (turn.way == "region" or first.parent_turn_id is None):
            raise GoneTurn  # the mask, or the picture that somebody brought, went with it
        files = [await retrying(partial(self._stores.images.content, one.sha256)) for one in first.sources]
        by_role = list(zip([one.role for one in first.sources], files, strict=True))
        more = [data for role, data in by_role if role is SourceRole.MORE]
        brought = first.parent_turn_id is None  # then the first of them is the one to edit
        changed = more.pop(0) if brought and more else await self._base(first, retrying)
        steps, guidance, scheduler = self._numbers(turn)
        edits = turn.way == "edit"
        return replace(
            self._request(turn, None, unsafe=unsafe),
            way=turn.way,
            steps=steps,
            guidance=guidance,
            scheduler=scheduler,
            instruction=turn.instruction,
            source_prompt=first.source_prompt if edits else "",
            init_image=changed,
            mask=next((data for role, data in by_role if role is SourceRole.MASK), None),
            more_images=tuple(more),
            negative_prompt="" if edits else turn.parameters.negative_prompt,
            lora="" if edits else turn.parameters.loras,
        )

    async def _base(self, edit: Turn, retrying: StoreRetry) -> bytes:
        """The picture that an edit changed. Raises `GoneTurn`."""
        base = await self._changed_by(edit)
        image = base.images[min(edit.parameters.base, len(base.images) - 1)]
        return await retrying(lambda: self._stores.images.read(image))

    async def _reference(self, turn: Turn, parent: Turn | None, retrying: StoreRetry) -> dict[str, Any]:
        """The request's reference; none for an edit of a picture that was painted after one already.

        What was not brought for this picture is left out where the way has no use for it, since the editor
        that took it put it into the picture that this one goes on from.
        """
        used, first = turn.parameters, await self._followed(turn, parent)
        ways = self._engine.info.paints(used.model).capabilities.references
        bearer = first if has_reference(first) else None
        if not used.reference_as or (bearer is None and (turn.way == "edit" or turn.way not in ways)):
            return {}
        if turn.way not in ways:
            raise NoReference
        while bearer is None and first.parent_turn_id is not None:
            first = await self._stores.conversations.turn(first.parent_turn_id)
            bearer = first if has_reference(first) else None
        if bearer is None:
            raise ReferenceGone
        sha256 = next(one.sha256 for one in bearer.sources if one.role is SourceRole.REFERENCE)
        data = await retrying(partial(self._stores.images.content, sha256))
        return {"reference": data, "reference_as": used.reference_as}

    def _numbers(self, turn: Turn) -> tuple[int, float, str]:
        """Steps, guidance and scheduler: a separate editor has its own."""
        image = self._settings.painter(turn.parameters.model)
        if turn.way == "edit" and image is not None and image.editor:
            return *image.numbers("edit"), ""
        return turn.parameters.steps, turn.parameters.guidance, turn.parameters.scheduler or ""

    async def _followed(self, turn: Turn, parent: Turn | None) -> Turn:
        """The turn whose instruction is followed: this one, or the first of those that it repeats."""
        while turn.kind.repeats and parent is not None:
            turn, above = parent, parent.parent_turn_id
            parent = None if above is None else await self._stores.conversations.turn(above)
        return turn

    async def _changed_by(self, edit: Turn | None) -> Turn:
        """The turn that an edit changed, or `GoneTurn` when its picture was deleted."""
        if edit is None or edit.parent_turn_id is None:
            raise GoneTurn
        changed = await self._stores.conversations.turn(edit.parent_turn_id)
        if not changed.images:
            raise GoneTurn
        return changed
