"""A bot without Discord that is made to be killed: it takes the jobs it is told, and posts into a file.

Usage: python -m tests.bot.jobs.crash_victim FOLDER FIRST COUNT. Each line of FOLDER/posts is a nonce and a
turn.
"""

import asyncio
import os
import sys
from pathlib import Path

from bot.jobs.presenter import FinishedTurn, Posted
from bot.settings import LimitsSettings
from tests.bot.engines import SketchEngine, sketch
from tests.bot.house import ListPresenter, open_house


class FilePoster(ListPresenter):
    """What is posted is in the file for good, as on Discord, whatever happens to this process."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    async def post(self, finished: FinishedTurn) -> Posted:
        await asyncio.sleep(0.005)
        file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(file, f"{finished.nonce} {finished.turn.id} {finished.pictures[0].sha256}\n".encode())
        os.close(file)
        await asyncio.sleep(0.005)
        return Posted(finished.conversation.place_id, finished.turn.id)


async def live(folder: Path, first: int, count: int) -> None:
    """Take `count` new jobs, saying each on stdout once it is stored, and work until all are done."""
    limits = LimitsSettings(queued_per_user=100, running=3)
    presenter, engine = FilePoster(folder / "posts"), SketchEngine(step_s=0.001)
    async with open_house(folder, engine=engine, presenter=presenter, limits=limits) as house:
        for number in range(first, first + count):
            if number % 2:
                elsewhere = sketch(f"elsewhere {number}", 1, 96, 64)
                accepted = await house.bring(elsewhere, "add snow", author=number % 3 + 1)
            else:
                accepted = await house.imagine(f"house {number}", author=number % 3 + 1)
            print(accepted.turn.id, flush=True)  # noqa: T201  # what a person would be told
            await house.refine(accepted.conversation.id, "make it night", author=number % 3 + 1)
        await house.queue.idle()
    print("done", flush=True)  # noqa: T201


if __name__ == "__main__":
    asyncio.run(live(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
