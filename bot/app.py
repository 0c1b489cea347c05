"""The composition root: settings -> database -> engine -> queue -> Discord, closed in reverse."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.assembly.parts import Parts, assemble
from bot.assembly.work import leases_of
from bot.client.client import DiffChatBot
from bot.client.connection import log_in, stay_connected
from bot.client.services import Services
from bot.client.session_starts import SessionStarts
from bot.client.stopping import handled, stop_listening
from bot.jobs.queue import JobQueue
from bot.ops.health import HealthServer, checks, connected, shard_states
from bot.ops.nightly import RETENTION, Nightly, Retention
from bot.settings import Settings
from bot.store.chores import ChoreStore
from bot.store.conversations import ConversationStore
from bot.store.images import ImageStore
from bot.store.picture_files.opening import open_files
from bot.store.retention import RetentionStore
from bot.store.session import Database
from bot.store.session_starts import SessionStartStore
from bot.telemetry.trace_export import exporting
from model.engine import Engine

log = logging.getLogger(__name__)

_CANCEL_AGAIN_S = 0.5


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that is connected and takes work. `connection` ends only when Discord is lost for good.

    `health` is there where [metrics] serve is on.
    """

    client: DiffChatBot
    services: Services
    queue: JobQueue
    connection: asyncio.Task[None]
    health: HealthServer | None = None


@asynccontextmanager
async def running_bot(settings: Settings, engine: Engine, token: str) -> AsyncIterator[Running]:
    """The whole bot, connected; leaving ends it cleanly and keeps unfinished jobs for the next start.

    Raises `StoreError` or `CannotConnect` when it cannot begin.
    """
    async with AsyncExitStack() as stack:
        # first, as every task of the bot inherits it, and last to end, as what ends is traced too
        await stack.enter_async_context(exporting(settings.tracing, personal=settings.logging.prompts))
        database = await stack.enter_async_context(Database.open(settings.store.address))
        await database.check_writable()
        # several processes may share PostgreSQL; SQLite's file has one, which `bot.store.data_folder` sees to
        leases = None if isinstance(settings.store.address, Path) else leases_of(settings, database)
        latest_turn_id = await ConversationStore(database, settings.limits).latest_turn_id()
        files = await stack.enter_async_context(open_files(settings))
        await files.probe()
        parts = assemble(settings, database, files, engine, latest_turn_id, leases)
        sharding = settings.discord.sharding
        starts = SessionStarts(SessionStartStore(database)) if sharding.is_part else None
        client = await log_in(lambda: DiffChatBot(parts.services, starts), token)
        stack.push_async_callback(client.close)
        parts.places.use(client)
        health = await stack.enter_async_context(_served(settings, parts, client, database))
        stack.push_async_callback(parts.presenter.close)
        connection = asyncio.create_task(stay_connected(client), name="connection to Discord")
        stack.push_async_callback(_no_more_events, client, connection)
        await _first(client.wait_until_ready(), connection)
        await parts.brought.tidy()
        queue = await stack.enter_async_context(parts.queue)
        if sharding.leads:
            await stack.enter_async_context(_nightly(settings, database, parts.services.images))
        # first to end once all is up, as what was read may still be stored and answered
        stack.push_async_callback(_no_more_events, client, connection)
        log.info("Ready as %s; servers: %s", client.user, len(client.guilds))
        yield Running(client, parts.services, queue, connection, health)


@asynccontextmanager
async def _served(
    settings: Settings, parts: Parts, client: DiffChatBot, database: Database
) -> AsyncIterator[HealthServer | None]:
    """The metrics tied to what they tell of, and served if that is wanted."""
    queue, metrics, engine = parts.queue, parts.services.metrics, parts.services.engine
    metrics.watch_queue(lambda: queue.waiting, lambda: queue.running)
    metrics.watch_engine(engine)
    metrics.gateway.set_function(lambda: connected(client))
    metrics.watch_shards(lambda: shard_states(client))
    if not settings.metrics.serve:
        yield None
        return
    server = HealthServer(settings.metrics, metrics, checks(client, database, engine))
    async with metrics.measuring_lag(), server:
        log.info("Serving %s/healthz and %s/metrics", server.url, server.url)
        yield server


def _nightly(settings: Settings, database: Database, images: ImageStore) -> Nightly:
    rules = settings.retention
    retention = Retention(RetentionStore(database, rules), images, settings.store.database, rules)
    return Nightly(ChoreStore(database), RETENTION, rules.hour, retention)


def end_at_signal() -> None:
    """Let SIGTERM cancel this task while the bot starts, as Ctrl-C does; then `until_stopped` takes over.

    Only the first one does: it is often sent twice at once (`timeout`, and others that signal a process and
    its group), and the second would cancel the closing of what the first one ends.
    """
    task = asyncio.current_task()
    assert task is not None, "called from a coroutine"
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, lambda: task.cancelling() or task.cancel())


async def until_stopped(running: Running) -> None:
    """Wait for Ctrl-C or SIGTERM, or for the connection to end; a lost connection's error is raised."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await _first(stop.wait(), running.connection)
    log.info("Stopping; unfinished work goes on at the next start, or in another process at once")


async def _first(awaited: Coroutine[Any, Any, Any], connection: asyncio.Task[None]) -> None:
    """Wait for `awaited`, or for the end of the connection, whose error is raised."""
    waiting = asyncio.ensure_future(awaited)
    await asyncio.wait({waiting, connection}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if connection.done():
        connection.result()


async def _no_more_events(client: DiffChatBot, connection: asyncio.Task[None]) -> None:
    """Close the sessions and finish what was read from them; a second time there is nothing to do."""
    await _ended(connection)
    await stop_listening(client)
    await handled()


async def _ended(connection: asyncio.Task[None]) -> None:
    """End the task that connects and reconnects shards, whatever it ended with; their readers go on.

    More than one cancellation may be needed: `reconnect` and `reidentify` in discord.py's `shard.py` (2.7)
    catch a `CancelledError` that comes while a shard reconnects, and return.
    """
    while not connection.done():
        connection.cancel()
        await asyncio.wait({connection}, timeout=_CANCEL_AGAIN_S)
