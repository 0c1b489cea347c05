"""A server of models with the small engine as a process of its own, to be killed at any moment.

Usage: python -m tests.faults.replica PORT; 0 is any. Its port on standard output says that it serves.
"""

import asyncio
import sys

from aiohttp import web

from model.presets import resolve
from model.serving.openai_server.app import runner
from model.serving.openai_server.service import Service
from tests.bot.engines import SketchEngine


async def live(port: int) -> None:
    """Serve until killed."""
    serving = runner(Service(SketchEngine(step_s=0.005), resolve("tiny"), queue=1000, key=None))
    await serving.setup()
    await web.TCPSite(serving, "127.0.0.1", port, reuse_address=True).start()
    print(serving.addresses[0][1], flush=True)  # noqa: T201
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(live(int(sys.argv[1])))
