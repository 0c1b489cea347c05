"""`/healthz` and `/metrics` over HTTP, for supervisors and Prometheus. Nothing there names a person.

`/healthz` answers 200 while everything works, 503 otherwise, both with the reasons as JSON. It looks at what
only a running bot can tell: the gateway, the database's write lock, the workers.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType
from typing import Self

import discord
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.errors import OperatorError, StoreError
from bot.settings import MetricsSettings
from bot.store.session import Database
from bot.telemetry.metrics import Metrics
from bot.version import VERSION
from model.engine import Supervised

Check = Callable[[], Awaitable[str | None]]

_PATIENCE = 5.0  # seconds for the database


class HealthServer:
    """Serves during `async with`. Each check gives what is wrong, or None."""

    def __init__(self, settings: MetricsSettings, metrics: Metrics, checks: Mapping[str, Check]) -> None:
        self._settings = settings
        self._metrics = metrics
        self._checks = checks
        application = web.Application()
        application.add_routes([web.get("/healthz", self._healthz), web.get("/metrics", self._serve_metrics)])
        self._runner = web.AppRunner(application, access_log=None)
        self.url = ""

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        host, port = self._settings.host, self._settings.port
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise OperatorError(
                f"[metrics] cannot be served on {host} port {port} ({error.strerror}): name another one."
            ) from error
        self.url = f"http://{host}:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    async def _healthz(self, _: web.Request) -> web.Response:
        found = {name: await check() for name, check in self._checks.items()}
        well = not any(found.values())
        body = {
            "status": "ok" if well else "failing",
            "version": VERSION,
            "checks": {name: problem or "ok" for name, problem in found.items()},
        }
        return web.json_response(body, status=200 if well else 503)

    async def _serve_metrics(self, _: web.Request) -> web.Response:
        return web.Response(body=self._metrics.exposition(), headers={"Content-Type": CONTENT_TYPE_LATEST})


def checks(client: discord.AutoShardedClient, database: Database, engine: object) -> dict[str, Check]:
    """The checks of a running bot."""

    async def gateway() -> str | None:
        lost = [str(shard) for shard, up in shard_states(client).items() if not up]
        if lost and client.is_ready():
            return f"not connected to Discord: shard {', '.join(lost)}"
        return None if connected(client) else "not connected to Discord"

    async def writable() -> str | None:
        try:
            async with asyncio.timeout(_PATIENCE):
                await database.check_writable()
        except TimeoutError:
            return f"no write within {_PATIENCE:.0f} s"
        except StoreError as error:
            return type(error).__name__
        return None

    async def workers() -> str | None:
        states = engine.workers() if isinstance(engine, Supervised) else ()
        return ", ".join(f"{state.kind} is starting again" for state in states if not state.alive) or None

    return {"gateway": gateway, "database": writable, "workers": workers}


def shard_states(client: discord.AutoShardedClient) -> dict[int, bool]:
    """Whether each shard of this process has its connection."""
    return {shard_id: not shard.is_closed() for shard_id, shard in client.shards.items()}


def connected(client: discord.AutoShardedClient) -> bool:
    """Whether the bot is ready and every shard has its connection."""
    return client.is_ready() and all(shard_states(client).values())
