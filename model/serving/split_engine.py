"""An engine made of two: one writes prompts, the other paints, as with pictures alone elsewhere."""

from contextlib import AsyncExitStack
from dataclasses import replace
from types import TracebackType
from typing import Self

from model.engine import (
    EditRequest,
    EditResult,
    Elsewhere,
    EngineInfo,
    FindsRegions,
    OnProgress,
    PaintRequest,
    PaintResult,
    ServerState,
    WorkerState,
)
from model.errors import Unsupported
from model.serving.local_engine import LocalEngine
from model.serving.memory import Measured, MemoryUse
from model.serving.remote.engine import RemoteEngine

Half = LocalEngine | RemoteEngine


class SplitEngine:
    """`async with SplitEngine(words, pictures) as engine`; both halves are entered and left with it.

    Each half checks the texts that it is given, so each is checked once, as with a whole engine.
    """

    def __init__(self, words: Half, pictures: Half) -> None:
        self._words, self._pictures = words, pictures
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            # the servers first: a wrong key is told in seconds, a model that is loaded here takes minutes
            for half in sorted((self._words, self._pictures), key=lambda half: isinstance(half, LocalEngine)):
                await stack.enter_async_context(half)
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    @property
    def info(self) -> EngineInfo:
        """Each half's model, and what the half that paints can do."""
        return replace(self._pictures.info, llm=self._words.info.llm)

    def workers(self) -> tuple[WorkerState, ...]:
        """How the workers of both are."""
        return (*self._words.workers(), *self._pictures.workers())

    def servers(self) -> tuple[ServerState, ...]:
        """How the servers of the half that is elsewhere are."""
        halves = (self._words, self._pictures)
        return tuple(state for half in halves if isinstance(half, Elsewhere) for state in half.servers())

    async def memory(self) -> tuple[MemoryUse, ...]:
        """What the workers of the half that is here used; raises what `LocalEngine.memory` does."""
        halves = (self._words, self._pictures)
        return tuple([use for half in halves if isinstance(half, Measured) for use in await half.memory()])

    async def edit(self, request: EditRequest) -> EditResult:
        """The target prompt; raises what that half does."""
        return await self._words.edit(request)

    async def paint(self, request: PaintRequest, on_progress: OnProgress | None = None) -> PaintResult:
        """The pictures; raises what that half does."""
        return await self._pictures.paint(request, on_progress)

    async def describe(self, image: bytes, reading: int = 0) -> str:
        """What a picture shows, by the half that paints; raises what that does."""
        return await self._pictures.describe(image, reading)

    async def find_region(self, image: bytes, words: str) -> bytes:
        """A mask, by the half that paints; raises Unsupported where that is elsewhere, and what it does."""
        if not isinstance(self._pictures, FindsRegions):
            raise Unsupported("The picture servers find no regions by words.")
        return await self._pictures.find_region(image, words)


class WordsHereEngine(SplitEngine):
    """The same where the words' half is on this machine, whose model can be exchanged."""

    def __init__(self, words: LocalEngine, pictures: RemoteEngine) -> None:
        super().__init__(words, pictures)
        self._local = words

    async def reload_llm(self) -> None:
        """Load the language model anew; raises what `LocalEngine.reload_llm` does."""
        await self._local.reload_llm()
