"""Servers on loopback that speak OpenAI's protocol, well or badly, for tests of `RemoteEngine`."""

import asyncio
import base64
import io
import json
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from PIL import Image
from pydantic import SecretStr

from model.settings import RemoteServers

KEY = "key-of-the-test"
OURS = {
    "kind": "pictures",
    "seeds": True,
    "strength": True,
    "previews": True,
    "progress": True,
    "cancel": True,
    "negative_prompt": True,
    "safety": True,
}
Reply = Callable[[web.Request], Awaitable[web.StreamResponse]]


def closed_port() -> int:
    """A port of loopback at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def png(seed: int = 1, size: tuple[int, int] = (64, 64)) -> bytes:
    """A picture of one colour, without any text in its file."""
    buffer = io.BytesIO()
    Image.new("RGB", size, (seed % 256, seed // 256 % 256, 90)).save(buffer, "PNG")
    return buffer.getvalue()


def data(**fields: Any) -> dict[str, Any]:
    """An answer of one picture, or of what should be one."""
    return {"data": [fields]}


def b64(seed: int = 1, size: tuple[int, int] = (64, 64)) -> str:
    """The same in base64."""
    return base64.b64encode(png(seed, size)).decode()


def completion(text: object, reason: str = "stop") -> dict[str, Any]:
    """A chat completion."""
    message = {"role": "assistant", "content": text}
    return {"object": "chat.completion", "choices": [{"message": message, "finish_reason": reason}]}


def error(message: str, code: str | None = None, param: str | None = None) -> dict[str, Any]:
    """OpenAI's error shape."""
    return {"error": {"message": message, "type": "x", "param": param, "code": code}}


def event(kind: str, **fields: Any) -> bytes:
    """One server-sent event."""
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **fields})}\n\n".encode()


@dataclass
class Server:
    """What the server answers, and what it was asked. `models` is its list; a callable answers itself.

    The next of `words` or `pictures` is used up; the last one stays. `gone` is set when a client hangs up.
    """

    models: list[dict[str, Any]] = field(default_factory=lambda: [{"id": "m", "object": "model"}])
    words: list[Any] = field(default_factory=lambda: [completion("a red house at night")])
    pictures: list[Any] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[Any] = field(default_factory=list)
    key: str | None = None
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""

    async def answer_models(self, request: web.Request) -> web.StreamResponse:
        self._note(request)
        if (refusal := self._refusal(request)) is not None:
            return refusal
        return web.json_response({"object": "list", "data": self.models})

    async def answer_words(self, request: web.Request) -> web.StreamResponse:
        return await self._answer(request, self.words, await request.json())

    async def answer_generations(self, request: web.Request) -> web.StreamResponse:
        return await self._answer(request, self.pictures, await request.json())

    async def answer_edits(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        fields = {
            name: value.file.read() if isinstance(value, web.FileField) else value
            for name, value in form.items()
        }
        return await self._answer(request, self.pictures, fields)

    def _note(self, request: web.Request) -> None:
        self.headers.append(request.headers)

    def _refusal(self, request: web.Request) -> web.Response | None:
        if self.key is None or request.headers.get("Authorization") == f"Bearer {self.key}":
            return None
        return web.json_response(error("Incorrect API key", "invalid_api_key"), status=401)

    async def _answer(
        self, request: web.Request, answers: list[Any], asked: dict[str, Any]
    ) -> web.StreamResponse:
        self._note(request)
        if (refusal := self._refusal(request)) is not None:
            return refusal
        self.asked.append(asked)
        answer = answers.pop(0) if len(answers) > 1 else answers[0] if answers else self._painted(asked)
        if isinstance(answer, dict):
            return web.json_response(answer)
        try:
            reply: web.StreamResponse = await answer(request)
        except asyncio.CancelledError:
            self.gone.set()
            raise
        return reply

    @staticmethod
    def _painted(asked: dict[str, Any]) -> dict[str, Any]:
        width, height = map(int, str(asked["size"]).split("x"))
        first, count = int(asked.get("seed", 0)), int(asked.get("n", 1))
        seeds = asked.get("seeds") or range(first, first + count)
        return {"created": 1, "data": [{"b64_json": b64(seed, (width, height))} for seed in seeds]}


def status(code: int, body: Any = None, **headers: str) -> Reply:
    """An answer with that status; a text is HTML."""

    async def reply(_: web.Request) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if isinstance(body, str):
            return web.Response(status=code, text=body, content_type="text/html", headers=named)
        return web.json_response(body or error("no"), status=code, headers=named)

    return reply


def stream(*events: bytes, whole: bool = True, wait: bool = False) -> Reply:
    """Server-sent events; not `whole` breaks the connection after them, `wait` never ends."""

    async def reply(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for one in events:
            await response.write(one)
        if wait:
            await asyncio.Event().wait()
        if not whole:
            assert request.transport is not None
            request.transport.abort()
        return response

    return reply


def slow() -> Reply:
    """An answer that never comes."""

    async def reply(_: web.Request) -> web.StreamResponse:
        await asyncio.Event().wait()
        raise AssertionError

    return reply


@asynccontextmanager
async def serving(
    server: Server,
    tls: ssl.SSLContext | None = None,
    port: int = 0,
    *,
    host: str = "127.0.0.1",
    base: str = "/v1",
) -> AsyncIterator[Server]:
    """The server, running on a free port, its routes below `base`."""
    app = web.Application(client_max_size=2**26)
    app.add_routes(
        [
            web.get(f"{base}/models", server.answer_models),
            web.post(f"{base}/chat/completions", server.answer_words),
            web.post(f"{base}/images/generations", server.answer_generations),
            web.post(f"{base}/images/edits", server.answer_edits),
        ]
    )
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port, ssl_context=tls).start()
        named = f"[{host}]" if ":" in host else host
        server.url = f"http{'s' if tls else ''}://{named}:{runner.addresses[0][1]}{base}"
        yield server
    finally:
        await runner.cleanup()


def at(*servers: Server | str, model: str = "", timeout_s: float = 10.0, retries: int = 1) -> RemoteServers:
    """Settings for these servers."""
    urls = tuple(server if isinstance(server, str) else server.url for server in servers)
    return RemoteServers(urls=urls, model=model, key=SecretStr(KEY), timeout_s=timeout_s, retries=retries)
