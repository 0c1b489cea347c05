"""Running the server until it is told to stop: bind, load, serve, drain."""

import asyncio
import logging
import os
import signal
import socket
from collections.abc import MutableMapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

from aiohttp import web

from model.engine import Engine
from model.errors import ConfigError, installing
from model.serving.local_engine import LocalEngine
from model.serving.openai_server.app import runner
from model.serving.openai_server.auth import take_key
from model.serving.openai_server.listener import bound
from model.serving.openai_server.options import ServeOptions
from model.serving.openai_server.service import Service
from model.serving.tracing import exporting, traces_url
from model.settings import ModelSettings

log = logging.getLogger(__name__)


def serve(
    settings: ModelSettings, options: ServeOptions, environ: MutableMapping[str, str] = os.environ
) -> None:
    """Serve the models of `settings` until SIGTERM or Ctrl-C.

    Raises ConfigError for an address that needs a key or cannot be had, before any model is loaded, and
    what `LocalEngine` raises.
    """
    if options.ray is not None:
        _serve_on_ray(settings, options, options.ray)
        return
    key = take_key(options.host, environ)
    with bound(options.host, options.port) as listener:
        asyncio.run(serve_on(listener, LocalEngine(settings), settings, options, key))


def _serve_on_ray(settings: ModelSettings, options: ServeOptions, given: Sequence[str]) -> None:
    try:
        from model.serving.cluster.run import serve_on_ray
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"--ray needs what the extra `cluster` installs ({error.name} is missing): "
            f"{installing('cluster')}."
        ) from error
    serve_on_ray(settings, options, given)


async def serve_on(
    listener: socket.socket,
    loading: AbstractAsyncContextManager[Engine],
    settings: ModelSettings,
    options: ServeOptions,
    key: str | None,
) -> None:
    """Load the engine, serve it on the socket, and stop at the first signal.

    Running requests then have `drain_seconds`; a second signal ends them at once.
    """
    async with exporting(options.traces or traces_url()) as tracer, loading as engine:
        service = Service(
            engine,
            settings,
            queue=options.queue,
            key=key,
            tracer=tracer,
            pictures_together=settings.image.batch,
        )
        running = runner(service)
        await running.setup()
        try:
            await web.SockSite(running, listener).start()
            # only now: before, a signal simply ends the process, and the workers with it
            signals = _signals()
            host, port = listener.getsockname()[:2]
            info = engine.info
            log.info("Serving %s and %s on http://%s:%d/v1", info.llm, info.painter, _shown(host), port)
            await signals.get()
            await _drain(service, signals, options.drain_seconds)
        finally:
            await running.cleanup()


def _signals() -> "asyncio.Queue[None]":
    signals: asyncio.Queue[None] = asyncio.Queue()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, signals.put_nowait, None)
    return signals


async def _drain(service: Service, signals: "asyncio.Queue[None]", seconds: float) -> None:
    """Wait for what is inside. The server goes on listening, so that load balancers see it on /health."""
    service.drain()
    log.info("Stopping: no new requests, at most %.0f s for the running ones", seconds)
    emptied = asyncio.gather(service.words.emptied(), service.pictures.emptied())
    again = asyncio.create_task(signals.get())
    either: list[asyncio.Future[Any]] = [emptied, again]
    await asyncio.wait(either, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    emptied.cancel()
    again.cancel()
    if service.busy:
        log.warning("Requests that did not end in time are cancelled")


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
