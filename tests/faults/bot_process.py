"""The real bot with a small engine as a process of its own, to be killed at any moment.

Usage: python -m tests.faults.bot_process URL TOKEN FOLDER. "ready" on standard output says that it serves.
"""

import asyncio
import sys
from pathlib import Path

from bot.app import running_bot
from bot.sandbox.connect import point_discord_py_at
from bot.settings import Settings
from tests.bot.engines import SketchEngine

SETTINGS = {"limits": {"queued_per_user": 100, "queue_length": 1000, "running": 3}}


async def live(url: str, token: str, folder: Path) -> None:
    """Serve until killed."""
    settings = Settings.model_validate({**SETTINGS, "store": {"data_dir": folder}})
    with point_discord_py_at(url):
        async with running_bot(settings, SketchEngine(step_s=0.01), token):
            print("ready", flush=True)  # noqa: T201
            await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(live(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
