"""An engine without models that does what a test tells it, and a server for it in a thread of its own."""

import asyncio
import io
import threading
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from aiohttp import web
from PIL import Image

from model.engine import (
    EditRequest,
    EditResult,
    Engine,
    EngineInfo,
    OnProgress,
    PainterInfo,
    PaintProgress,
    PaintRequest,
    PaintResult,
    Picture,
    WorkerState,
)
from model.presets import resolve
from model.serving.openai_server.app import runner
from model.serving.openai_server.service import Service
from model.settings import ModelSettings

SETTINGS = resolve(
    "tiny",
    llm={"variants": {"bold": ""}, "batch": 2},
    image={"previews": True, "loras": {"comic": "./loras/comic"}},
)
INFO = EngineInfo("words-model", "picture-model")
PREVIEW = b"a small picture"


def png(width: int = 64, height: int = 64, mode: str = "RGB") -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, (width, height), "red").save(buffer, "PNG")
    return buffer.getvalue()


class FakeEngine:
    """Keeps what it was asked. `fails` is raised instead of an answer."""

    def __init__(self) -> None:
        self.edits: list[EditRequest] = []
        self.paints: list[PaintRequest] = []
        self.described: list[bytes] = []
        self.fails: Exception | None = None
        self.fails_late = False  # after the first step of a painting
        self.open = asyncio.Event()  # cleared, it holds every request back
        self.open.set()
        self.cancelled = 0
        self.alive = True
        self.refusals: tuple[str, ...] = ()
        self.unsafe = ""
        self.able = INFO.capabilities
        self.models: dict[str, PainterInfo] = {}
        self.languages: tuple[str, ...] = ()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        pass

    @property
    def info(self) -> EngineInfo:
        return replace(INFO, capabilities=self.able, models=self.models, languages=self.languages)

    def workers(self) -> tuple[WorkerState, ...]:
        return (WorkerState("llm", INFO.llm, self.alive, 0), WorkerState("picture", INFO.painter, True, 2))

    async def reload_llm(self) -> None:
        raise NotImplementedError

    async def edit(self, request: EditRequest) -> EditResult:
        self.edits.append(request)
        await self._turn()
        return EditResult(f"{request.source_prompt}, {request.instruction}", INFO.llm, 0.5)

    async def paint(self, request: PaintRequest, on_progress: OnProgress | None = None) -> PaintResult:
        self.paints.append(request)
        if not self.fails_late:
            await self._turn()
        for step in range(1, 5):
            if on_progress is not None:
                on_progress(PaintProgress(step, 4, PREVIEW if step < 4 else None))
            await asyncio.sleep(0)
        await self._turn()
        pictures = tuple(
            Picture(png(request.width, request.height), seed, request.width, request.height, self.unsafe)
            for seed in request.seeds
        )
        return PaintResult(pictures, INFO.painter, 1.5, self.refusals)

    async def describe(self, image: bytes, reading: int = 0) -> str:
        self.described.append(image)
        await self._turn()
        return "a red square" if not reading else f"a red square, reading {reading}"

    async def _turn(self) -> None:
        if self.fails is not None:
            raise self.fails
        try:
            await self.open.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise


class Served:
    """An engine behind the server, in an event loop of its own: synchronous clients can be tried too."""

    def __init__(
        self,
        engine: AbstractAsyncContextManager[Engine] | FakeEngine,
        settings: ModelSettings = SETTINGS,
        *,
        queue: int = 8,
        key: str | None = None,
    ) -> None:
        self._engine, self._settings, self._queue, self._key = engine, settings, queue, key
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._main()), name="server")
        self.failure: BaseException | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        if self.failure is not None:
            raise self.failure
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def call(self, what: Callable[[], Any]) -> Any:
        """Run something in the server's loop."""

        async def called() -> Any:
            outcome = what()
            return await outcome if isinstance(outcome, Awaitable) else outcome

        waiting: Coroutine[Any, Any, Any] = called()
        return asyncio.run_coroutine_threadsafe(waiting, self.loop).result(60)

    async def _main(self) -> None:
        self.loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        try:
            async with self._engine as engine:
                self.engine: Any = engine
                self.service = Service(engine, self._settings, queue=self._queue, key=self._key)
                running = runner(self.service)
                await running.setup()
                await web.TCPSite(running, "127.0.0.1", 0).start()
                self.host, self.port = "127.0.0.1", running.addresses[0][1]
                self.root = f"http://{self.host}:{self.port}"
                self.url = f"{self.root}/v1"
                self._ready.set()
                try:
                    await self._stop.wait()
                finally:
                    await running.cleanup()
        except BaseException as error:
            self.failure = error
            raise
        finally:
            self._ready.set()
