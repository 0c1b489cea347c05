"""A running world with a quick engine, for the tests of single features through the wire."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from model.settings import CHECKPOINTS
from tests.bot.engines import SketchEngine
from tests.e2e.discordworld import Member, World, open_world

# the story with the shipped models is collected where they are there: after a clone, or `training tiny`
collect_ignore = (
    [] if all((CHECKPOINTS / name).is_dir() for name in ("diffchat", "sd")) else ["test_tiny_models.py"]
)


@pytest.fixture(autouse=True)
def give_back_s(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits a minute for a deleted picture to be gone."""
    monkeypatch.setattr("bot.chat.pictures.deletion.GIVE_BACK_S", 0.05)


@pytest.fixture
def engine() -> SketchEngine:
    return SketchEngine(step_s=0.002)


@pytest.fixture
async def world(tmp_path: Path, engine: SketchEngine) -> AsyncIterator[World]:
    async with open_world(tmp_path, engine, rate_limits=False) as world:
        await world.start_bot()
        yield world


@pytest.fixture
async def ada(world: World) -> AsyncIterator[Member]:
    async with Member.enter(world, "Ada") as member:
        yield member


@pytest.fixture
async def grace(world: World) -> AsyncIterator[Member]:
    async with Member.enter(world, "Grace") as member:
        yield member


@pytest.fixture
async def channel(ada: Member) -> str:
    """The id of #pictures."""
    return await ada.person.channel_id("pictures")
