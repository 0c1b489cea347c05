"""The PostgreSQL server is gone for a while: nothing is lost, nothing is there twice, and people are told."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.check import inspect
from bot.store.picture_files.local import LocalFiles
from bot.store.session import Database
from tests.bot.engines import SketchEngine
from tests.conftest import Counted
from tests.e2e.discordworld import Member, World, open_world
from tests.postgres import Proxy, Server

AWAY = "I cannot reach my memory right now"


@pytest.fixture
async def proxy(postgres: Server) -> AsyncIterator[Proxy]:
    url = postgres.fresh()
    between = Proxy(url)
    await between.start()
    yield between
    await between.stop()
    postgres.drop(url)


@pytest.fixture
async def world(tmp_path: Path, engine: SketchEngine, postgres: Server, proxy: Proxy) -> AsyncIterator[World]:
    store = {"store": {"data_dir": tmp_path / "data", "url": proxy.url}}
    async with open_world(tmp_path, engine, store, postgres, rate_limits=False) as opened:
        opened.url = proxy.direct
        await opened.start_bot()
        yield opened


@pytest.mark.parametrize(
    ("delays", "gone_s"),
    [((0.2,), 1.0), pytest.param(None, 60.0, marks=pytest.mark.slow)],
    ids=["short", "real"],
)
async def test_a_server_that_is_gone_and_comes_back(
    world: World,
    engine: SketchEngine,
    ada: Member,
    grace: Member,
    channel: str,
    proxy: Proxy,
    monkeypatch: pytest.MonkeyPatch,
    counted: Counted,
    delays: tuple[float, ...] | None,
    gone_s: float,
) -> None:
    if delays is not None:
        monkeypatch.setattr("bot.aio.retry.DELAYS", delays)
    first = await ada.imagine(channel, "a red house")
    place = first["channel_id"]
    engine.gate = asyncio.Event()
    await ada.person.say(place, "make it night")
    await engine.begun.acquire()
    await world.until("SELECT 1 FROM jobs WHERE turn_id = 2 AND state = 'painting'")
    await proxy.stop()
    engine.gate.set()
    await grace.person.react(place, first["id"], "👍")
    await grace.person.say(place, "add snow")
    await world.until_true(lambda: grace.told(AWAY))
    await ada.changed("My memory takes nothing right now")
    await asyncio.sleep(gone_s)
    await proxy.start()
    await ada.picture()
    await world.until("SELECT 1 FROM votes WHERE emoji = '👍' AND retracted_at IS NULL")
    await world.until("SELECT 1 WHERE (SELECT count(*) FROM jobs WHERE state = 'done') = 2")
    await grace.person.say(place, "add snow")
    await grace.picture()
    await grace.picture()
    await grace.picture()
    assert len(engine.paints) == world.jobs == await ada.shown(place) == 3, "nothing was painted twice"
    await world.stop_bot()
    async with Database.open(world.url) as database:
        found = (await inspect(database, LocalFiles(world.settings.store.pictures))).lines()
    assert found == []
    counted(
        f"PostgreSQL gone for {gone_s:g} s",
        jobs=world.jobs, posted=await ada.shown(place), votes_kept=1, refusals_told=grace.told(AWAY),
    )  # fmt: skip


async def test_answers_to_commits_that_are_lost_do_nothing_twice(
    world: World, engine: SketchEngine, ada: Member, channel: str, proxy: Proxy, counted: Counted
) -> None:
    """Each step of a job is committed, but the bot hears of it only by asking."""
    first = await ada.imagine(channel, "a red house")
    for commit in range(5):  # of storing it, beginning, the prompt, the pictures, the post
        proxy.skip, proxy.lose_answer_to = commit, b"COMMIT;"
        await ada.person.say(first["channel_id"], f"make it night {commit}")
        await ada.picture()
    await world.until("SELECT 1 WHERE (SELECT count(*) FROM jobs WHERE state = 'done') = 6")
    assert proxy.lost == 5
    assert world.jobs == len(engine.paints) == await ada.shown(first["channel_id"]) == 6
    counted("answers to COMMIT lost", commits=proxy.lost, jobs=world.jobs, posted=6)
