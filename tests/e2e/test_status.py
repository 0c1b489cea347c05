"""What a status line costs: nothing is read from the database for it while a picture is painted."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.chat.posting.turn_presenter import TurnPresenter
from bot.jobs.presenter import Painting
from bot.store.session import Database
from model.engine import OnProgress, PaintProgress, PaintRequest, PaintResult
from tests.bot.engines import SketchEngine
from tests.e2e.discordworld import Member, open_world

STEPS = 60


class ManySteps(SketchEngine):
    """Reports so many steps before it paints, and how often the database was read meanwhile."""

    readings = 0
    shown = 0
    while_painting: int | None = None

    async def paint(self, request: PaintRequest, on_progress: OnProgress | None = None) -> PaintResult:
        assert on_progress is not None
        await asyncio.sleep(0.2)  # what was asked before the painting is over
        before = self.readings
        for step in range(1, STEPS + 1):
            on_progress(PaintProgress(step, STEPS))
            await asyncio.sleep(0.005)
        self.while_painting = self.readings - before
        return await super().paint(request, on_progress)


@pytest.mark.parametrize("private", [False, True])
async def test_no_step_reads_the_database(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch, private: bool
) -> None:
    engine = ManySteps()
    reading = Database.reading

    @asynccontextmanager
    async def counted(database: Database) -> AsyncIterator[Any]:
        engine.readings += 1
        async with reading(database) as session:
            yield session

    status = TurnPresenter.status

    async def counted_status(*arguments: Any) -> None:
        engine.shown += isinstance(arguments[-1], Painting)
        await status(*arguments)

    monkeypatch.setattr(Database, "reading", counted)
    monkeypatch.setattr(TurnPresenter, "status", counted_status)
    async with open_world(tmp_path, engine, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            place = await ada.person.channel_id("pictures")
            if private:
                bot = str(world.sandbox.hub.world.bot.id)
                place = (await ada.person.call("POST", "/dm", json={"user_id": bot}))["id"]
            await ada.imagine(place, "a fox")
    assert engine.shown > STEPS / 2
    assert engine.while_painting == 0
