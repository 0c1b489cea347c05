"""How far a stage of the work is, and how long it may take."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Self

from bot.errors import TookTooLong
from bot.i18n import Text
from bot.jobs.presenter import Loading, Painting, TurnStatus
from bot.texts import errors as words
from model.engine import PaintProgress

Show = Callable[[TurnStatus], Awaitable[None]]
"""Shows the status of the turn that is worked on; raises nothing."""


class Progress:
    """Shows the newest progress, one call at a time, so that slow showing does not slow the work."""

    def __init__(self, show: Show) -> None:
        self._show = show
        self._newest: PaintProgress | None = None
        self._news = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def __call__(self, progress: PaintProgress) -> None:
        """Called by the engine, from any thread."""
        self._loop.call_soon_threadsafe(self._take, progress)

    def _take(self, progress: PaintProgress) -> None:
        self._newest = progress
        self._news.set()

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run(), name="painting progress")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._task.cancel()
        await asyncio.wait([self._task])

    async def _run(self) -> None:
        while await self._news.wait():
            self._news.clear()
            if self._newest is None:
                continue
            if self._newest.loading:
                await self._show(Loading(self._newest.loading))
            else:
                await self._show(Painting(self._newest.step, self._newest.of, self._newest.preview))


class StageLimit:
    """The time limit of a stage of many turns: `seconds` for each, and as many for each that began earlier.

    Those may be before it in the engine's line, which works on a few at a time.
    """

    def __init__(self, stage: Text, seconds: float) -> None:
        self.stage, self.seconds = stage, seconds
        self._inside = 0

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[None]:
        """Raise `TookTooLong` when the block takes longer."""
        self._inside += 1
        try:
            async with time_limit(self.stage, self.seconds * self._inside):
                yield
        finally:
            self._inside -= 1


LOADING_S = 300.0
"""What describes pictures is read into the memory, or even fetched, when it is first needed."""


class LookingLimit:
    """The time limit of putting a picture into words: `seconds`, and until one was `LOADING_S` more.

    A model that is loaded again, after its process died, has the plain limit: it is on the disk by then.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._loaded = False

    @property
    def allowed(self) -> float:
        """The seconds that the next picture may take."""
        return self.seconds if self._loaded else self.seconds + LOADING_S

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[None]:
        """Raise `TookTooLong` when the block takes longer."""
        async with time_limit(words.READING_THE_PICTURE, self.allowed):
            yield
        self._loaded = True


@asynccontextmanager
async def time_limit(stage: Text, seconds: float) -> AsyncIterator[None]:
    """Raise `TookTooLong` when the block takes longer."""
    try:
        async with asyncio.timeout(seconds) as limit:
            yield
    except TimeoutError as error:
        if not limit.expired():
            raise
        raise TookTooLong(stage=stage, seconds=seconds) from error
