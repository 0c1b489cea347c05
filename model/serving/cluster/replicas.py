"""What runs in the replicas: one model each, on a thread of its own.

A replica has one thread for its model, so that everything that touches it goes one after another and the
event loop stays free for new requests, cancellations and health checks.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from ray import serve

from model.engine import Capabilities, EditRequest, EditResult, PaintProgress, PaintRequest, PaintResult
from model.errors import EditError, ModelError
from model.serving.cluster.adapters import MOST_ADAPTERS, Adapters
from model.serving.cluster.outcomes import Refusal
from model.settings import ModelSettings

log = logging.getLogger(__name__)

BATCH_WAIT_S = 0.01  # a lone edit waits this long for company

Told = PaintProgress | PaintResult | Refusal
Result = TypeVar("Result")


class _Stopped(Exception):
    """Nobody waits for the picture any more: ends the painting between two steps."""


class _Replica:
    """The thread, and calls on it."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="model")

    async def _call(self, function: Callable[..., Result], *given: Any) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(function, *given))


@dataclass(slots=True)
class _Asked:
    """An edit in a batch, and whether its client has gone meanwhile."""

    request: EditRequest
    gone: bool = False


class Words(_Replica):
    """The language model; edits that arrive together, whoever asked, are one batch."""

    def __init__(self, settings: dict[str, Any]) -> None:
        from model.language.llm import DiffChatLLM

        super().__init__()
        llm = ModelSettings.model_validate(settings).llm
        plain = llm.model_copy(update={"variants": {}})
        self._llm = DiffChatLLM.load(plain, more_variants=bool(llm.variants))
        self._adapters = Adapters(llm.variants, self._llm.add_variant, self._llm.drop_variant)
        batches: Any = self._edits  # the decorator's own methods are not in its type
        batches.set_max_batch_size(llm.batch)

    async def name(self) -> str:
        """The model's name with its adapter's."""
        return self._llm.name

    async def edit(self, request: EditRequest) -> EditResult | Refusal:
        """The outcome of one edit."""
        if request.variant:
            await self._announced(request.variant)
        asked = _Asked(request)
        try:
            outcome: EditResult | Refusal = await self._edits(asked)
        except asyncio.CancelledError:
            asked.gone = True
            raise
        return outcome

    @serve.multiplexed(max_num_models_per_replica=MOST_ADAPTERS)  # type: ignore[untyped-decorator]
    async def _announced(self, name: str) -> str:
        """Has Serve send further requests for the adapter here; `Adapters` loads it when its turn comes."""
        return name

    @serve.batch(max_batch_size=8, batch_wait_timeout_s=BATCH_WAIT_S)
    async def _edits(self, batch: list[_Asked]) -> list[EditResult | Refusal]:
        return await self._call(self._answers, batch)

    def _answers(self, batch: list[_Asked]) -> list[EditResult | Refusal]:
        """An outcome for each; those of one adapter go together, so that each adapter is needed once."""
        outcomes: dict[int, EditResult | Refusal] = {}
        for variant in dict.fromkeys(asked.request.variant for asked in batch):
            rows = [i for i, asked in enumerate(batch) if asked.request.variant == variant]
            outcomes |= dict(zip(rows, self._answered(variant, [batch[i] for i in rows]), strict=True))
        return [outcomes[i] for i in range(len(batch))]

    def _answered(self, variant: str, batch: list[_Asked]) -> list[EditResult | Refusal]:
        def forsaken() -> bool:
            # one who still waits is reason enough to go on: a batch is one computation
            return all(asked.gone for asked in batch)

        try:
            self._adapters.need(variant)
            outcomes = self._llm.try_edit([asked.request for asked in batch], forsaken)
        except ModelError as error:
            return [Refusal.of(error)] * len(batch)
        return [Refusal.of(each) if isinstance(each, EditError) else each for each in outcomes]


class Pictures(_Replica):
    """The picture pipeline: one request at a time, with its progress as it goes."""

    def __init__(self, settings: dict[str, Any]) -> None:
        from model.moderation.text_classifier import load_text_check
        from model.pictures.painter import Painter
        from model.pictures.safety import load_picture_check

        super().__init__()
        given = ModelSettings.model_validate(settings)
        self._text_check = load_text_check(given.safety)
        image = given.image.model_copy(update={"loras": {}})
        self._painter = Painter.load(image, load_picture_check(given.safety))
        loras = self._painter.loras
        self._adapters = Adapters(given.image.loras, loras.add, loras.drop)

    async def name(self) -> str:
        """The pipeline's name."""
        return self._painter.name

    async def capabilities(self) -> Capabilities:
        """What the pipeline can do."""
        return self._painter.capabilities

    async def paint(self, request: PaintRequest) -> AsyncGenerator[Told, None]:
        """Every step, then the result or why there is none. Closing the generator ends the painting."""
        if request.lora:
            await self._announced(request.lora)
        loop, steps = asyncio.get_running_loop(), asyncio.Queue[PaintProgress | None]()
        wanted = True

        def step(progress: PaintProgress) -> None:
            if not wanted:
                raise _Stopped
            loop.call_soon_threadsafe(steps.put_nowait, progress)

        def ended(painting: "asyncio.Future[PaintResult]") -> None:
            # asking for the error keeps asyncio from reporting one that nobody waited for, as _Stopped
            if not painting.cancelled():
                painting.exception()
            steps.put_nowait(None)

        painting = asyncio.ensure_future(self._call(self._paint, request, step))
        painting.add_done_callback(ended)
        try:
            while (progress := await steps.get()) is not None:
                yield progress
            yield await painting
        except ModelError as error:
            yield Refusal.of(error)
        finally:
            wanted = False

    @serve.multiplexed(max_num_models_per_replica=MOST_ADAPTERS)  # type: ignore[untyped-decorator]
    async def _announced(self, name: str) -> str:
        """As for words."""
        return name

    def _paint(self, request: PaintRequest, step: Callable[[PaintProgress], None]) -> PaintResult:
        if self._text_check:
            self._text_check.check(request.words)
        self._adapters.need(request.lora)
        return self._painter.paint(request, step)


class Captions(_Replica):
    """Reads pictures."""

    def __init__(self, settings: dict[str, Any]) -> None:
        from model.pictures.captioner import load_captioner

        super().__init__()
        self._captioner = load_captioner(ModelSettings.model_validate(settings).captioner)

    async def describe(self, image: bytes, reading: int = 0) -> str | Refusal:
        """What an encoded picture shows."""
        try:
            return await self._call(self._describe, image, reading)
        except ModelError as error:
            return Refusal.of(error)

    def _describe(self, image: bytes, reading: int) -> str:
        from model.pictures.decoding import decode_picture

        return self._captioner.describe(decode_picture(image), reading)
