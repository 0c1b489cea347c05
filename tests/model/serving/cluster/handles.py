"""Serve's handles without Ray: over a fake engine, as the replicas answer, and with replicas that die."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from typing import Any, Self, TypeVar

import uvicorn
from starlette.requests import Request

from model.engine import EditRequest, PaintProgress, PaintRequest, PaintResult
from model.errors import ModelError
from model.serving.cluster.gateway import Gateway
from model.serving.cluster.outcomes import Refusal
from model.serving.cluster.settings import ClusterSettings
from model.settings import ModelSettings
from tests.model.serving.openai_server.engines import INFO, SETTINGS, FakeEngine, Served

T = TypeVar("T")


class Response:
    """What `handle.method.remote()` gives: begins only when it is awaited or iterated."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self._work, self.cancelled = work, False

    def __await__(self) -> Generator[Any, None, Any]:
        return self._outcome().__await__()

    async def _outcome(self) -> Any:
        try:
            return await self._work()
        except ModelError as error:
            return Refusal.of(error)

    def __aiter__(self) -> AsyncGenerator[Any, None]:
        self._stream: AsyncGenerator[Any, None] = self._work()
        return self._stream

    def cancel(self) -> None:
        self.cancelled = True


class Method:
    """`handle.method`."""

    def __init__(self, work: Callable[..., Any], given: list[Response]) -> None:
        self._work, self._given = work, given

    def remote(self, *arguments: Any) -> Response:
        self._given.append(response := Response(lambda: self._work(*arguments)))
        return response


class Handle:
    """A deployment's handle; `methods` are what its replicas would do."""

    def __init__(self, **methods: Callable[..., Any]) -> None:
        self._methods = methods
        self.responses: list[Response] = []
        self.chosen: list[dict[str, Any]] = []

    def options(self, **chosen: Any) -> Self:
        self.chosen.append(chosen)
        return self

    def __getattr__(self, name: str) -> Method:
        return Method(self._methods[name], self.responses)


def says(answer: T) -> Callable[[], Awaitable[T]]:
    async def said() -> T:
        return answer

    return said


def handles(engine: FakeEngine) -> tuple[Handle, Handle, Handle]:
    """Words, pictures and captions of a fake engine."""

    async def paint(request: PaintRequest) -> AsyncGenerator[PaintProgress | PaintResult | Refusal, None]:
        steps: asyncio.Queue[PaintProgress | None] = asyncio.Queue()
        painting = asyncio.create_task(engine.paint(request, steps.put_nowait))
        painting.add_done_callback(lambda _: steps.put_nowait(None))
        try:
            while (step := await steps.get()) is not None:
                yield step
            yield await painting
        except ModelError as error:
            yield Refusal.of(error)
        finally:
            painting.cancel()

    async def edit(request: EditRequest) -> Any:
        return await engine.edit(request)

    words = Handle(name=says(INFO.llm), edit=edit)
    return (
        words,
        Handle(name=says(INFO.painter), capabilities=says(INFO.capabilities), paint=paint),
        Handle(describe=engine.describe),
    )


def gateway(
    engine: FakeEngine, settings: ModelSettings = SETTINGS, cluster: ClusterSettings | None = None
) -> Gateway:
    """The gateway over a fake engine; must be made in an event loop."""
    given: Any = handles(engine)
    return Gateway(settings.model_dump(mode="json"), cluster or ClusterSettings(open=True, queue=8), *given)


class GatewayServed(Served):
    """The gateway behind uvicorn, which Serve's proxies use too, in place of the aiohttp server."""

    def __init__(self, engine: FakeEngine) -> None:
        super().__init__(engine)
        self._fake = engine

    async def _main(self) -> None:
        self.loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        served = gateway(self._fake)
        self.engine, self.service = self._fake, served.service

        async def app(scope: Any, receive: Any, send: Any) -> None:
            answer = await served(Request(scope, receive, send))
            await answer(scope, receive, send)

        config = uvicorn.Config(
            app, "127.0.0.1", 0, lifespan="off", log_level="warning", timeout_graceful_shutdown=5
        )
        server = uvicorn.Server(config)
        running = asyncio.create_task(server.serve())
        try:
            while not server.started:  # noqa: ASYNC110  # uvicorn has no event for it
                await asyncio.sleep(0.01)
            self.host, self.port = server.servers[0].sockets[0].getsockname()[:2]
            self.root = f"http://{self.host}:{self.port}"
            self.url = f"{self.root}/v1"
            self._ready.set()
            await self._stop.wait()
        finally:
            self._ready.set()
            server.should_exit = True
            await running
