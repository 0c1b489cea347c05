"""The application's front: the routes of `openai_server` for Ray Serve's proxies, over the same protocol.

Serve's proxies speak ASGI, so requests and answers are Starlette's here. A client that goes cancels its
request: the proxy cancels the handler, which cancels what it awaits.
"""

import asyncio
import json
import logging
import os
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractContextManager, aclosing
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST
from ray import serve
from ray.serve.handle import DeploymentHandle
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from model.errors import ConfigError
from model.serving.cluster.engine import RayEngine
from model.serving.cluster.forms import form_body, json_body
from model.serving.cluster.settings import ClusterSettings, most
from model.serving.openai_server.auth import KEY_VARIABLE, is_authorized
from model.serving.openai_server.protocol import chat, picture_answers, pictures, sse
from model.serving.openai_server.protocol.bodies import read_form, read_json
from model.serving.openai_server.protocol.errors import ApiError, explained, wrong_key
from model.serving.openai_server.service import Service
from model.settings import ModelSettings

log = logging.getLogger(__name__)

_CLIENT_GONE = 499
Handler = Callable[[Request], Awaitable[Response]]


class Gateway:
    """Every route. The key comes from the environment of the machine that the gateway runs on."""

    def __init__(
        self,
        settings: dict[str, Any],
        cluster: ClusterSettings,
        words: DeploymentHandle[Any],
        pictures: DeploymentHandle[Any],
        captions: DeploymentHandle[Any],
    ) -> None:
        given = ModelSettings.model_validate(settings)
        key = os.environ.get(KEY_VARIABLE, "").strip() or None
        if key is None and not cluster.open:
            raise ConfigError(
                f"The gateway needs a key: put one into the environment variable {KEY_VARIABLE} of every "
                "machine of the cluster, or pass open=true where only this machine reaches it."
            )
        self._engine = RayEngine(given, words, pictures, captions)
        self._service = Service(self._engine, given, queue=cluster.queue, key=key)
        # as many are worked on at once as there may be replicas
        self._service.words.widen(most(cluster.words_replicas))
        self._service.pictures.widen(most(cluster.picture_replicas))
        self._ready = asyncio.ensure_future(self._engine.start())
        self._routes: dict[tuple[str, str], Handler] = {
            ("GET", "/v1/models"): self._models,
            ("POST", "/v1/chat/completions"): self._chat,
            ("POST", "/v1/images/generations"): self._generate,
            ("POST", "/v1/images/edits"): self._edit,
            ("GET", "/health"): self._health,
            ("GET", "/metrics"): self._metrics,
        }

    async def __call__(self, request: Request) -> Response:
        """Answer a request; every error in OpenAI's shape."""
        begun, status, route = time.monotonic(), _CLIENT_GONE, request.url.path
        try:
            response = await self._answered(request)
            status = response.status_code
        finally:
            known = any(route == path for _, path in self._routes) or route.startswith("/v1/models/")
            self._service.metrics.answered(route if known else "other", status, time.monotonic() - begun)
        return response

    async def _answered(self, request: Request) -> Response:
        try:
            handler = self._handler(request)
            await asyncio.shield(self._ready)
            return await handler(request)
        except Exception as error:  # noqa: BLE001  # `explained` logs what nobody expected
            answer = explained(error)
            return JSONResponse(answer.body(), answer.status, answer.headers)

    def _handler(self, request: Request) -> Handler:
        """The route's handler, once the key is right. Raises ApiError."""
        key, path = self._service.key, request.url.path
        given = request.headers.get("authorization", "")
        if key is not None and path != "/health" and not is_authorized(given, key):
            raise wrong_key()
        if request.method == "GET" and path.startswith("/v1/models/"):
            return self._model
        handler = self._routes.get((request.method, path))
        if handler is None:
            known = [method for method, route in self._routes if route == path]
            status, code = (405, "method_not_allowed") if known else (404, "not_found")
            raise ApiError(status, code, f"{request.method} {path} is not served here.")
        return handler

    async def _models(self, request: Request) -> Response:
        entries = self._service.catalogue.entries(self._engine.info)
        return JSONResponse({"object": "list", "data": entries})

    async def _model(self, request: Request) -> Response:
        name = request.url.path.removeprefix("/v1/models/")
        return JSONResponse(self._service.catalogue.entry(name, self._engine.info))

    async def _health(self, request: Request) -> Response:
        """200 while each kind of model has a replica that runs, otherwise 503."""
        running = await asyncio.to_thread(_running_replicas)
        workers = {kind: f"{count} running" for kind, count in running.items()}
        well = all(running.values())
        status = "ok" if well else "failing"
        return JSONResponse({"status": status, "workers": workers}, 200 if well else 503)

    async def _metrics(self, request: Request) -> Response:
        return Response(self._service.metrics.exposition(), media_type=CONTENT_TYPE_LATEST)

    async def _chat(self, request: Request) -> Response:
        service = self._service
        with service.words.place():
            body = await asyncio.to_thread(read_json, chat.ChatBody, await json_body(request))
            text, model, seconds = await service.complete(body)
        if not body.stream:
            return JSONResponse(chat.completion(text, model, seconds))
        chunks = b"".join(map(sse.encode, chat.chunks(text, model))) + sse.DONE
        return Response(chunks, media_type=sse.CONTENT_TYPE)

    async def _generate(self, request: Request) -> Response:
        body = read_json(pictures.GenerationBody, await json_body(request))
        lora = self._service.catalogue.lora(body.model, self._engine.info)
        return await self._painted(pictures.generation(body, self._service.settings.image, lora))

    async def _edit(self, request: Request) -> Response:
        fields, image = await form_body(request)
        body = read_form(pictures.EditBody, fields)
        lora = self._service.catalogue.lora(body.model, self._engine.info)
        image_settings = self._service.settings.image
        return await self._painted(await asyncio.to_thread(pictures.edit, body, image, image_settings, lora))

    async def _painted(self, wanted: pictures.Wanted) -> Response:
        place = self._service.pictures.place()
        if not wanted.stream:
            with place:
                result = await self._engine.paint(wanted.paint)
            return Response(
                await asyncio.to_thread(lambda: json.dumps(picture_answers.answer(result))),
                media_type="application/json",
            )
        events = _Begun(picture_answers.events(self._engine, wanted), place)
        await events.begin()  # what is refused at once is refused with its own status
        return StreamingResponse(events.encoded(), media_type=sse.CONTENT_TYPE)


def _running_replicas() -> dict[str, int]:
    """How many replicas of each deployment run, as Serve's controller says."""
    name = serve.get_replica_context().app_name
    deployments = serve.status().applications[name].deployments
    return {
        kind: sum(count for state, count in status.replica_states.items() if str(state).endswith("RUNNING"))
        for kind, status in deployments.items()
        if kind != Gateway.__name__
    }


class _Begun:
    """A stream whose first event is there, within its place in the line."""

    def __init__(
        self, events: AsyncGenerator[dict[str, Any], None], place: AbstractContextManager[None]
    ) -> None:
        self._events, self._place = events, place
        self._first: dict[str, Any] | None = None

    async def begin(self) -> None:
        """Wait for the first event. Raises what the painting raises, or ApiError when the line is full."""
        self._place.__enter__()
        try:
            self._first = await anext(self._events, None)
        except BaseException as error:
            self._place.__exit__(type(error), error, error.__traceback__)
            await self._events.aclose()
            raise

    async def encoded(self) -> AsyncGenerator[bytes, None]:
        """The events as they go over the wire; an error is the last of them."""
        try:
            if self._first is not None:
                yield sse.encode(self._first)
            async with aclosing(sse.with_silences(self._events)) as timed:
                async for event in timed:
                    yield sse.WAITING if event is None else sse.encode(event)
        except Exception as error:  # noqa: BLE001  # `explained` logs what nobody expected
            yield sse.encode({"type": "error", **explained(error).body()})
        finally:
            self._place.__exit__(None, None, None)
