"""How soon a bot without models is ready, from the start of its process, and what it takes with it."""

import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path

import psutil

from bot.sandbox.app import Sandbox
from bot.sandbox.model.settings import SandboxSettings
from tests.benchmarks.bot_process import bot_process
from tests.benchmarks.figures import MIB, Figure, at_most, median

ROUNDS = 5


async def run() -> list[Figure]:
    """from the start of the bot's process until it is ready; its models are elsewhere"""
    ready, imported, memory, torch = [], [], [], 0
    with tempfile.TemporaryDirectory() as folder:
        async with Sandbox(SandboxSettings(port=0, rate_limits=False)) as sandbox:
            for number in range(-1, ROUNDS):
                began = time.time()
                async with bot_process("tests.benchmarks.start", sandbox, Path(folder) / str(number)) as bot:
                    figures = await bot.ended()
                torch += figures["torch"]
                if number >= 0:  # the first reads the files from the disk
                    ready.append(figures["ready"] - began)
                    imported.append(figures["imported"] - began)
                    memory.append(figures["memory"])
    return [
        Figure("ready without models", median(ready), "s", goal=at_most(3)),
        Figure("of that until all is imported", median(imported), "s"),
        Figure("memory then", median(memory), "MiB"),
        Figure("processes of the bot that imported torch", torch, goal=at_most(0)),
    ]


async def _serve(url: str, token: str, folder: Path) -> None:
    from bot.app import running_bot
    from bot.sandbox.connect import point_discord_py_at
    from bot.settings import Settings
    from tests.bot.engines import SketchEngine

    imported = time.time()
    settings = Settings.model_validate({"store": {"data_dir": folder}})
    with point_discord_py_at(url):
        async with running_bot(settings, SketchEngine(), token):
            ready, memory = time.time(), psutil.Process().memory_info().rss / MIB
            figures = {
                "ready": ready,
                "imported": imported,
                "memory": memory,
                "torch": "torch" in sys.modules,
            }
            print(json.dumps(figures), flush=True)
            await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
