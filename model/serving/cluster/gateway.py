"""The application's front: the routes of `openai_server` for Ray Serve's proxies, over the same protocol.

Serve's proxies speak ASGI, so requests and answers are Starlette's here. A client that goes cancels its
request: the proxy cancels the handler, which cancels what it awaits.
"""

import asyncio
import json
import os
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from functools import partial
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST
from ray import serve
from ray.serve.handle import DeploymentHandle
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from model.errors import ConfigError
from model.serving.cluster.answers import CLIENT_GONE, Counted, begun
from model.serving.cluster.engine import RayEngine
from model.serving.cluster.forms import form_body, json_body
from model.serving.cluster.settings import ClusterSettings, most
from model.serving.openai_server.auth import KEY_VARIABLE, is_authorized, is_for_loopback
from model.serving.openai_server.protocol import chat, picture_answers, pictures, sse
from model.serving.openai_server.protocol.bodies import read_form, read_json
from model.serving.openai_server.protocol.errors import ApiError, explained, wrong_host, wrong_key
from model.serving.openai_server.service import Service
from model.settings import ModelSettings

OPEN = "/health"
STATUS_SECONDS = 5.0  # for Serve's controller to say which replicas run

Handler = Callable[[Request], Awaitable[Response]]


class Gateway:
    """Every route. The key comes from the environment of the machine that the gateway runs on.

    Raises ConfigError without one, unless the settings leave it open.
    """

    def __init__(
        self,
        settings: dict[str, Any],
        cluster: ClusterSettings,
        words: DeploymentHandle[Any],
        pictures: DeploymentHandle[Any],
        captions: DeploymentHandle[Any],
    ) -> None:
        given = ModelSettings.model_validate(settings)
        key = None if cluster.open else os.environ.get(KEY_VARIABLE, "").strip() or None
        if key is None and not cluster.open:
            raise ConfigError(
                f"The gateway needs a key: put one into the environment variable {KEY_VARIABLE} of every "
                "machine of the cluster, or pass open=true where only this machine reaches it."
            )
        self._engine = RayEngine(given, words, pictures, captions)
        self._drain_seconds = cluster.drain_seconds
        self.service = Service(self._engine, given, queue=cluster.queue, key=key)
        # as many are worked on at once as there may be replicas
        self.service.words.widen(most(cluster.words_replicas))
        self.service.pictures.widen(most(cluster.picture_replicas))
        self._routes: dict[str, tuple[str, Handler]] = {
            "/v1/models": ("GET", self._models),
            "/v1/models/{id}": ("GET", self._model),
            "/v1/chat/completions": ("POST", self._chat),
            "/v1/images/generations": ("POST", self._generate),
            "/v1/images/edits": ("POST", self._edit),
            OPEN: ("GET", self._health),
            "/metrics": ("GET", self._metrics),
        }

    async def __call__(self, request: Request) -> Response:
        """Answer a request; every error in OpenAI's shape."""
        ended = partial(self._count, _route(request.url.path), time.monotonic())
        try:
            answer = await self._answered(request)
        except BaseException:
            ended(CLIENT_GONE)
            raise
        return Counted(answer, ended)

    async def drain(self) -> bool:
        """Take nothing new, and wait for what is inside as long as the settings allow; whether it all ended.

        Comes before the application is deleted: Serve then stops all deployments at once, and what still
        waits here for a painter would find none.
        """
        self.service.drain()
        try:
            async with asyncio.timeout(self._drain_seconds):
                await self.service.words.emptied()
                await self.service.pictures.emptied()
        except TimeoutError:
            return False
        return True

    def _count(self, route: str, begun: float, status: int) -> None:
        known = route if route in self._routes else "other"
        self.service.metrics.answered(known, status, time.monotonic() - begun)

    async def _answered(self, request: Request) -> Response:
        try:
            handler = self._handler(request)
            if handler != self._health:
                await self._engine.start()
            return await handler(request)
        except Exception as error:  # noqa: BLE001  # `explained` logs what nobody expected
            answer = explained(error)
            return JSONResponse(answer.body(), answer.status, answer.headers)

    def _handler(self, request: Request) -> Handler:
        """The route's handler for whoever may come in. Raises ApiError."""
        key, path = self.service.key, request.url.path
        if path != OPEN:
            if key is None and not is_for_loopback(request.headers.get("host", "")):
                raise wrong_host()
            if key is not None and not is_authorized(request.headers.get("authorization", ""), key):
                raise wrong_key()
        method, handler = self._routes.get(_route(path), ("", None))
        if handler is None:
            raise ApiError(404, "not_found", f"{path} is not served here.")
        if request.method != method:
            message = f"{request.method} on this address: Method Not Allowed."
            raise ApiError(405, "method_not_allowed", message, headers={"Allow": method})
        return handler

    async def _models(self, request: Request) -> Response:
        entries = self.service.catalogue.entries(self._engine.info)
        return JSONResponse({"object": "list", "data": entries})

    async def _model(self, request: Request) -> Response:
        name = request.url.path.removeprefix("/v1/models/")
        return JSONResponse(self.service.catalogue.entry(name, self._engine.info))

    async def _health(self, request: Request) -> Response:
        """200 while each kind of model has a replica that runs and new requests are taken, otherwise 503."""
        try:
            async with asyncio.timeout(STATUS_SECONDS):
                running = await asyncio.to_thread(running_replicas)
        except TimeoutError:
            running = {"controller": 0}
        workers = {kind: f"{count} running" for kind, count in running.items()}
        well = all(running.values())
        status = "draining" if self.service.draining else "ok" if well else "failing"
        return JSONResponse({"status": status, "workers": workers}, 200 if status == "ok" else 503)

    async def _metrics(self, request: Request) -> Response:
        return Response(self.service.metrics.exposition(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def _chat(self, request: Request) -> Response:
        async def read() -> chat.ChatBody:
            return await asyncio.to_thread(read_json, chat.ChatBody, await json_body(request))

        body, said = await self.service.complete(read)
        if not body.stream:
            return JSONResponse(chat.completion(said))
        chunks = b"".join(map(sse.encode, chat.chunks(said))) + sse.DONE
        return Response(chunks, headers={"Content-Type": sse.CONTENT_TYPE, "Cache-Control": "no-cache"})

    async def _generate(self, request: Request) -> Response:
        async def wanted() -> pictures.Wanted:
            body = read_json(pictures.GenerationBody, await json_body(request))
            lora = self.service.catalogue.picture_model(body.model, self._engine.info).lora
            return pictures.generation(body, self.service.settings.image, lora)

        return await self._painted(wanted)

    async def _edit(self, request: Request) -> Response:
        async def wanted() -> pictures.Wanted:
            fields, files = await form_body(request)
            body = read_form(pictures.EditBody, fields)
            lora = self.service.catalogue.picture_model(body.model, self._engine.info).lora
            able, image = self._engine.info.capabilities, self.service.settings.image
            return await asyncio.to_thread(pictures.edit, body, files, image, lora, able)

        return await self._painted(wanted)

    async def _painted(self, read: Callable[[], Awaitable[pictures.Wanted]]) -> Response:
        """Read the request within a place in the line, which a stream keeps until its end."""
        with ExitStack() as inside:
            inside.enter_context(self.service.pictures.place())
            wanted = await read()
            if wanted.stream:
                events = picture_answers.events(self._engine, wanted)
                answer = await begun(events)
                return answer.keeping(inside.pop_all())
            result = await self._engine.paint(wanted.paint)
            text = await asyncio.to_thread(lambda: json.dumps(picture_answers.answer(result)))
            return Response(text, media_type="application/json")


def _route(path: str) -> str:
    """The route's pattern for the models, whose ids may have slashes; otherwise the path itself."""
    return "/v1/models/{id}" if path.startswith("/v1/models/") else path


def running_replicas() -> dict[str, int]:
    """How many replicas of each kind of model run, as Serve's controller says."""
    name = serve.get_replica_context().app_name
    deployments = serve.status().applications[name].deployments
    return {
        kind: sum(count for state, count in status.replica_states.items() if str(state).endswith("RUNNING"))
        for kind, status in deployments.items()
        if kind != Gateway.__name__
    }
