"""What runs in the replicas: one model each, on a thread of its own.

A replica has one thread for its model, so that everything that touches it goes one after another and the
event loop stays free for new requests, cancellations and health checks.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from ray import serve

from model.engine import EditRequest, EditResult, PaintProgress, PaintRequest, PaintResult
from model.errors import EditError, ModelError
from model.serving.cluster.outcomes import Refusal
from model.settings import ModelSettings

log = logging.getLogger(__name__)

MOST_ADAPTERS = 8  # kept by one replica; the least recently used goes
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


class Words(_Replica):
    """The language model; edits that arrive together, whoever asked, are one batch."""

    def __init__(self, settings: dict[str, Any]) -> None:
        from model.language.llm import DiffChatLLM

        super().__init__()
        llm = ModelSettings.model_validate(settings).llm
        self._folders = llm.variants
        self._llm = DiffChatLLM.load(llm.model_copy(update={"variants": {}}))
        batches: Any = self._edits  # the decorator's own methods are not in its type
        batches.set_max_batch_size(llm.batch)

    async def name(self) -> str:
        """The model's name with its adapter's."""
        return self._llm.name

    async def edit(self, request: EditRequest) -> EditResult | Refusal:
        """The outcome of one edit."""
        if request.variant in self._folders:
            await self._adapter(request.variant)
        outcome: EditResult | Refusal = await self._edits(request)
        return outcome

    @serve.batch(max_batch_size=8, batch_wait_timeout_s=BATCH_WAIT_S)
    async def _edits(self, requests: list[EditRequest]) -> list[EditResult | Refusal]:
        try:
            outcomes = await self._call(self._llm.try_edit, requests)
        except ModelError as error:
            return [Refusal.of(error)] * len(requests)
        return [Refusal.of(each) if isinstance(each, EditError) else each for each in outcomes]

    @serve.multiplexed(max_num_models_per_replica=MOST_ADAPTERS)  # type: ignore[untyped-decorator]
    async def _adapter(self, name: str) -> "_Loaded":
        """The adapter of a variant, on the model; Serve sends its requests where it is loaded already."""
        await self._call(self._llm.add_variant, name, self._folders[name])
        return _Loaded(partial(self._thread.submit, self._llm.drop_variant, name))


class _Loaded:
    """An adapter on a model; Serve deletes this when another takes its place."""

    def __init__(self, drop: Callable[[], object]) -> None:
        self._drop = drop

    def __del__(self) -> None:
        self._drop()


class Pictures(_Replica):
    """The picture pipeline: one request at a time, with its progress as it goes."""

    def __init__(self, settings: dict[str, Any]) -> None:
        from model.moderation.text_classifier import load_text_check
        from model.pictures.painter import Painter
        from model.pictures.safety import load_picture_check

        super().__init__()
        given = ModelSettings.model_validate(settings)
        self._text_check = load_text_check(given.safety)
        self._painter = Painter.load(given.image, load_picture_check(given.safety))

    async def name(self) -> str:
        """The pipeline's name."""
        return self._painter.name

    async def paint(self, request: PaintRequest) -> AsyncGenerator[Told, None]:
        """Every step, then the result or why there is none. Closing the generator ends the painting."""
        loop, steps = asyncio.get_running_loop(), asyncio.Queue[PaintProgress | None]()
        wanted = True

        def step(progress: PaintProgress) -> None:
            if not wanted:
                raise _Stopped
            loop.call_soon_threadsafe(steps.put_nowait, progress)

        painting = asyncio.ensure_future(self._call(self._paint, request, step))
        painting.add_done_callback(lambda _: steps.put_nowait(None))
        try:
            while (progress := await steps.get()) is not None:
                yield progress
            yield await painting
        except ModelError as error:
            yield Refusal.of(error)
        finally:
            wanted = False

    def _paint(self, request: PaintRequest, step: Callable[[PaintProgress], None]) -> PaintResult:
        if self._text_check:
            self._text_check.check(request.prompt)
        return self._painter.paint(request, step)


class Captions(_Replica):
    """Reads pictures."""

    def __init__(self, settings: dict[str, Any]) -> None:
        from model.pictures.captioner import load_captioner

        super().__init__()
        self._captioner = load_captioner(ModelSettings.model_validate(settings).captioner)

    async def describe(self, image: bytes) -> str | Refusal:
        """What an encoded picture shows."""
        try:
            return await self._call(self._describe, image)
        except ModelError as error:
            return Refusal.of(error)

    def _describe(self, image: bytes) -> str:
        from model.pictures.decoding import decode_picture

        return self._captioner.describe(decode_picture(image))
