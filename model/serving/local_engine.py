"""The engine on this machine: one worker process for the language model, one for pictures.

Importing this loads no model library; the workers do. Edits that wait are answered in one batch, and pictures
of one size and one number of steps are painted in one, whoever asked. The rules
about words that are never relaxed are checked here and not in the workers, which see only what was let in.
"""

import asyncio
import logging
import time
from collections.abc import Sequence
from dataclasses import asdict
from types import TracebackType
from typing import Literal, Self

from model.engine import (
    Capabilities,
    EditRequest,
    EditResult,
    EngineInfo,
    OnProgress,
    PaintRequest,
    PaintResult,
    WorkerState,
)
from model.language.card import languages_of
from model.loading import display_name, is_local
from model.moderation.prompt_rules import PromptRules
from model.serving import wire
from model.serving.memory import MemoryUse
from model.serving.worker_queue import Together, WorkerQueue
from model.settings import ModelSettings

log = logging.getLogger(__name__)

STILL_LOADING_S = 15.0  # between lines about a model that takes long
GRACE_SECONDS = 15.0  # longest that a big pipeline is between two steps, decoding included


class LocalEngine:
    """The `Engine` whose models run here: `async with LocalEngine(settings) as engine`.

    Entering starts both workers at once and waits until they are loaded; it raises LoadError or ConfigError
    when one cannot be. Leaving ends them. A worker that dies is started again. `worker` is what Python runs
    as a worker, before the word "llm" or "picture". With `only` one of the two is started, where the other
    half of the work is done elsewhere.
    """

    def __init__(
        self,
        settings: ModelSettings,
        *,
        grace_seconds: float = GRACE_SECONDS,
        worker: Sequence[str] = ("-m", "model.serving.worker"),
        only: Literal["llm", "picture"] | None = None,
    ) -> None:
        llm = settings.llm
        self._models = llm.model, settings.image.model
        self._rules = PromptRules(settings.safety)
        picture = settings.model_dump(mode="json", include={"image", "models", "captioner", "safety"})
        self._languages = languages_of(llm.model) if only in (None, "llm") else ()
        self._llm = WorkerQueue([*worker, "llm"], llm.model_dump(), batch=llm.batch, grace=grace_seconds)
        at_once = settings.image.batch
        self._picture = WorkerQueue([*worker, "picture"], picture, batch=at_once, grace=grace_seconds)
        pipelines = {"": settings.image, **settings.models}
        self._by_themselves = {name for name, one in pipelines.items() if one.diffedit}
        self._most = {name: one.batch for name, one in pipelines.items()}
        queues = {"llm": self._llm, "picture": self._picture}
        self._queues = {kind: queue for kind, queue in queues.items() if only in (None, kind)}

    async def __aenter__(self) -> Self:
        models = {"llm": ("language", self._models[0]), "picture": ("picture", self._models[1])}
        starts = [
            asyncio.create_task(_tell_loading(queue, *models[kind])) for kind, queue in self._queues.items()
        ]
        try:
            await asyncio.gather(*starts)
        except BaseException:
            for start in starts:
                start.cancel()
            await asyncio.wait(starts)
            await self._close()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._close()

    async def _close(self) -> None:
        await asyncio.gather(*(queue.close() for queue in self._queues.values()))

    @property
    def info(self) -> EngineInfo:
        """The names of the loaded models, "" for one that is not here, and what the painter can do.

        Raises EngineClosed when the engine is not running.
        """
        names = {kind: queue.worker.name for kind, queue in self._queues.items()}
        painter = self._queues.get("picture")
        able = painter.worker.capabilities if painter else Capabilities()
        models = painter.worker.models if painter else {}
        return EngineInfo(names.get("llm", ""), names.get("picture", ""), able, models, self._languages)

    def workers(self) -> tuple[WorkerState, ...]:
        """How the workers are; also of an engine that is not running."""
        return tuple(
            WorkerState(kind, queue.worker.name if queue.alive else "", queue.alive, queue.restarts)
            for kind, queue in self._queues.items()
        )

    async def reload_llm(self) -> None:
        """Load the language model and its adapter anew from where they are; edits go on meanwhile.

        Raises LoadError, ConfigError, WorkerDied or EngineClosed; the old model goes on then.
        """
        await self._llm.reload()

    async def memory(self) -> tuple[MemoryUse, ...]:
        """The most memory that each worker used so far. Raises WorkerDied or EngineClosed."""
        return tuple(
            [
                MemoryUse(kind, **await queue.ask("memory", {}, read=lambda fields, _: fields))
                for kind, queue in self._queues.items()
            ]
        )

    async def edit(self, request: EditRequest) -> EditResult:
        """The target prompt. Raises EditError, PromptRefused, WorkerDied or EngineClosed."""
        self._rules.check_edit(request)
        return await self._llm.ask(
            "edit", asdict(request), read=wire.edit_result, together=Together(request.variant)
        )

    async def paint(self, request: PaintRequest, on_progress: OnProgress | None = None) -> PaintResult:
        """The pictures; `on_progress` is called in the event loop after each denoising step.

        Raises BadRequest, BadImage, OutOfMemory, PromptRefused, PictureRefused, WorkerDied or EngineClosed.
        """
        self._rules.check(request.words)
        fields, pictures = wire.paint_fields(request)
        key = _in_one_batch(request, by_itself=request.model in self._by_themselves)
        return await self._picture.ask(
            "paint",
            fields,
            pictures,
            on_progress,
            read=wire.paint_result,
            together=None
            if key is None
            else Together(key, len(request.seeds), self._most.get(request.model, 0)),
            manner="whole" if request.upscale else "steps",
        )

    async def describe(self, image: bytes, reading: int = 0) -> str:
        """What a picture shows, as a raw prompt. Raises BadImage, LoadError, WorkerDied or EngineClosed."""
        return await self._picture.ask(
            "describe", {"reading": reading}, [image], read=wire.description, manner="look"
        )

    async def find_region(self, image: bytes, words: str) -> bytes:
        """A mask of what words name in a picture, as PNG bytes that `PaintRequest.mask` takes.

        Raises BadImage, BadRequest where nothing is found, Unsupported without `[image] regions`,
        PromptRefused, LoadError, WorkerDied or EngineClosed.
        """
        self._rules.check(words)
        return await self._picture.ask("region", {"words": words}, [image], read=wire.mask, manner="look")


def _in_one_batch(request: PaintRequest, *, by_itself: bool = False) -> tuple[object, ...] | None:
    """Equal for requests that a pipeline can paint in one batch; None for one that is painted alone.

    Such a one gets a call of its own: the answers of one call come together, so it would wait for others and
    gain nothing. A region is such a one, and so is an edit where the pipeline edits `by_itself` (DiffEdit):
    that paints a region. What else has to fit, as the lengths of long prompts, the painter sees
    (`model.pictures.orders`).
    """
    regional = request.way == "region" or (request.way == "edit" and by_itself)
    alone = regional or request.more_images or request.upscale
    if alone or request.reference is not None:
        return None
    size = request.width, request.height
    guidance = request.guidance, request.picture_guidance, bool(request.negative_prompt)
    weights = request.model, request.lora, request.scheduler
    return request.way, *size, request.steps, *guidance, request.keep, *weights


async def _tell_loading(queue: WorkerQueue, kind: str, model: str) -> None:
    """Start a worker, with a line in the log when it begins, while it takes long, and when it is done.

    `model` is a folder or a hub id.
    """
    name = display_name(model)
    log.info("Loading the %s model %s", kind, name)
    began = time.monotonic()
    start = asyncio.create_task(queue.start())
    try:
        while not (await asyncio.wait({start}, timeout=STILL_LOADING_S))[0]:
            waited = time.monotonic() - began
            # a folder of this machine is never downloaded, whatever takes long
            why = "" if is_local(model) else " (the first time downloads it)"
            log.info("Still loading the %s model %s, %.0f s%s", kind, name, waited, why)
        start.result()
    finally:
        start.cancel()
        # a start that is given up ends its process first; unawaited, that would outlive the event loop
        await asyncio.wait([start])
    log.info("The %s model %s is loaded, %.0f s", kind, queue.worker.name, time.monotonic() - began)
