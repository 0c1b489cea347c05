"""One of several bots on one PostgreSQL database, as a process of its own, to be killed or stopped.

Usage: python -m tests.faults.shared_bot_process URL TOKEN FOLDER DATABASE SHARDS. "ready" on standard output
says that it serves; SIGTERM ends it as it ends `python -m bot run`.
"""

import asyncio
import sys
from pathlib import Path
from unittest import mock

from bot.app import running_bot, until_stopped
from bot.sandbox.connect import point_discord_py_at
from bot.settings import Settings
from tests.bot.engines import SketchEngine

LIMITS = {"queued_per_user": 100, "queue_length": 1000, "running": 2}
LEASE_S = 3.0


async def live(url: str, token: str, folder: Path, database: str, shards: str) -> None:
    """Serve until killed or stopped."""
    sections = {
        "limits": LIMITS,
        "store": {"data_dir": folder, "url": database},
        "discord": {"shards": shards},
    }
    with (
        point_discord_py_at(url),
        mock.patch("bot.store.leases.LEASE_S", LEASE_S),
        mock.patch("bot.store.session_starts.APART_S", 0.05),
    ):
        settings = Settings.model_validate(sections)
        async with running_bot(settings, SketchEngine(step_s=0.02), token) as running:
            print("ready", flush=True)  # noqa: T201
            await until_stopped(running)


if __name__ == "__main__":
    asyncio.run(live(sys.argv[1], sys.argv[2], Path(sys.argv[3]), sys.argv[4], sys.argv[5]))
