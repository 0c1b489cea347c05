"""A bot in a process of its own, so that what it takes is told from what the local Discord takes.

Its module prints one line when it is ready, serves until its input ends, then prints its figures as JSON.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.sandbox.app import Sandbox

_LONGEST_LINE = 2**24  # bytes: figures are lists of seconds


class BotProcess:
    """A bot that runs."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def line(self) -> Any:
        """The next line that it prints, as JSON."""
        assert self._process.stdout is not None
        return json.loads(await self._process.stdout.readline())

    async def ended(self) -> Any:
        """Let it end; its figures."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        figures = await self.line()
        await self._process.wait()
        return figures


@asynccontextmanager
async def bot_process(module: str, sandbox: Sandbox, folder: Path) -> AsyncIterator[BotProcess]:
    """`python -m MODULE` with the sandbox's address and token, and a folder for its data."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, sandbox.url, sandbox.token, str(folder),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=_LONGEST_LINE,
    )  # fmt: skip
    try:
        yield BotProcess(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
