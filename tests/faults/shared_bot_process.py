"""One of several bots on one PostgreSQL database, as a process of its own, to be killed or stopped.

Usage: python -m tests.faults.shared_bot_process URL TOKEN FOLDER DATABASE SHARDS [SERVER...]. "ready" on
standard output says that it serves, "read ID" that it read an interaction; SIGTERM ends it as it ends
`python -m bot run`. With servers of models it has no engine of its own, and takes every message by itself.
"""

import asyncio
import sys
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from unittest import mock

import discord

from bot.app import end_at_signal, running_bot, until_stopped
from bot.client.client import DiffChatBot
from bot.sandbox.connect import point_discord_py_at
from bot.settings import Settings
from model.presets import resolve
from model.serving.remote.engine import RemoteEngine
from model.settings import RemoteServers
from tests.bot.engines import SketchEngine

LIMITS = {"queued_per_user": 100, "queue_length": 10_000, "running": 2}
LEASE_S = 3.0


async def note(bot: DiffChatBot, interaction: discord.Interaction) -> None:
    """As the client's `on_interaction`: say what was read."""
    print(f"read {interaction.id}", flush=True)  # noqa: T201


async def live(url: str, token: str, folder: Path, database: str, shards: str, servers: list[str]) -> None:
    """Serve until killed or stopped."""
    end_at_signal()
    sections = {
        "limits": LIMITS,
        "store": {"data_dir": folder, "url": database},
        "discord": {"shards": shards},
        **({"imagine": {"join_within_s": 0.0}} if servers else {}),
    }
    at = RemoteServers(urls=tuple(servers), timeout_s=10.0, retries=5) if servers else None
    remote = RemoteEngine(resolve("tiny"), words_at=at, pictures_at=at) if at else None
    with (
        point_discord_py_at(url),
        mock.patch("bot.store.leases.LEASE_S", LEASE_S),
        mock.patch("bot.store.session_starts.APART_S", 0.05),
        mock.patch.object(DiffChatBot, "on_interaction", note, create=True),
    ):
        settings = Settings.model_validate(sections)
        async with AsyncExitStack() as stack:
            engine = await stack.enter_async_context(remote) if remote else SketchEngine(step_s=0.02)
            running = await stack.enter_async_context(running_bot(settings, engine, token))
            print("ready", flush=True)  # noqa: T201
            await until_stopped(running)


if __name__ == "__main__":
    with suppress(asyncio.CancelledError):  # stopped while it started
        asyncio.run(live(sys.argv[1], sys.argv[2], Path(sys.argv[3]), sys.argv[4], sys.argv[5], sys.argv[6:]))
