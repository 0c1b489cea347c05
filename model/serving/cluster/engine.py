"""The `Engine` whose models are replicas of a Ray Serve application."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from ray.exceptions import ActorUnavailableError, RayActorError
from ray.serve.exceptions import DeploymentUnavailableError, ReplicaUnavailableError
from ray.serve.handle import DeploymentHandle

from model.engine import (
    EditRequest,
    EditResult,
    EngineInfo,
    OnProgress,
    PaintProgress,
    PaintRequest,
    PaintResult,
)
from model.errors import WorkerDied
from model.language.card import languages_of
from model.moderation.prompt_rules import PromptRules
from model.serving.cluster.outcomes import Refusal
from model.settings import ModelSettings

log = logging.getLogger(__name__)

# A replica that dies takes its requests along: Serve replaces it but tries no request again. Edits and
# paintings have no effects and a seed repeats a picture, so another replica may begin anew.
ATTEMPTS = 3
_DIED = (RayActorError, ActorUnavailableError, ReplicaUnavailableError, DeploymentUnavailableError)

Result = TypeVar("Result")


class RayEngine:
    """An `Engine` over the handles of the three deployments. `start` must be awaited once before use."""

    def __init__(
        self,
        settings: ModelSettings,
        words: DeploymentHandle[Any],
        pictures: DeploymentHandle[Any],
        captions: DeploymentHandle[Any],
    ) -> None:
        self._rules = PromptRules(settings.safety)
        self._words, self._pictures, self._captions = words, pictures, captions
        self._languages = languages_of(settings.llm.model)
        self._info: EngineInfo | None = None

    async def start(self) -> None:
        """Ask the replicas for their models' names and abilities, once; waits until they are loaded.

        Raises WorkerDied.
        """
        if self._info is None:
            words = _attempted(lambda: _answer(self._words.name.remote()))
            pictures = _attempted(lambda: _answer(self._pictures.name.remote()))
            able = _attempted(lambda: _answer(self._pictures.capabilities.remote()))
            names = await asyncio.gather(words, pictures, able)
            self._info = EngineInfo(*names, languages=self._languages)

    @property
    def info(self) -> EngineInfo:
        """The names of the models."""
        assert self._info is not None, "start() comes first"
        return self._info

    async def edit(self, request: EditRequest) -> EditResult:
        """The target prompt. Raises EditError, PromptRefused or WorkerDied."""
        self._rules.check_edit(request)
        handle = self._words.options(multiplexed_model_id=request.variant) if request.variant else self._words
        return await _attempted(lambda: _answer(handle.edit.remote(request)))

    async def paint(self, request: PaintRequest, on_progress: OnProgress | None = None) -> PaintResult:
        """The pictures; `on_progress` hears of every step, again from the first where a replica died.

        Raises BadRequest, BadImage, OutOfMemory, PromptRefused, PictureRefused or WorkerDied.
        """
        self._rules.check(request.words)
        return await _attempted(lambda: self._paint(request, on_progress))

    async def _paint(self, request: PaintRequest, on_progress: OnProgress | None) -> PaintResult:
        # Serve prefers a replica that has the adapter, and takes another where that one is busy
        handle = self._pictures.options(stream=True, multiplexed_model_id=request.lora)
        stream: Any = handle.paint.remote(request)
        try:
            async for told in stream:
                if isinstance(told, Refusal):
                    raise told.error()
                if isinstance(told, PaintResult):
                    return told
                if on_progress and isinstance(told, PaintProgress):
                    on_progress(told)
        finally:
            stream.cancel()  # a finished one takes no notice
        raise WorkerDied("The painting ended without a picture: try again.")

    async def describe(self, image: bytes, reading: int = 0) -> str:
        """What a picture shows. Raises BadImage, LoadError or WorkerDied."""
        return await _attempted(lambda: _answer(self._captions.describe.remote(image, reading)))


async def _answer(response: Any) -> Any:
    """What a handle's response brings; cancelling the await cancels the request in the replica."""
    try:
        outcome = await response
    except asyncio.CancelledError:
        response.cancel()
        raise
    if isinstance(outcome, Refusal):
        raise outcome.error()
    return outcome


async def _attempted(ask: Callable[[], Awaitable[Result]]) -> Result:
    """Ask, and ask again where the replica died meanwhile. Raises WorkerDied after the last time."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return await ask()
        except _DIED as error:
            kind = type(error).__name__
            log.warning("a replica died with a request, attempt %d of %d: %s", attempt, ATTEMPTS, kind)
    raise WorkerDied("The replicas died with this request again and again: try again later.")
