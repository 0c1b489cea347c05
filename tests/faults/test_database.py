"""The database is locked, the disk is full, the power is cut: nothing is lost, nothing is there twice."""

import asyncio
import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from bot.app import Running
from bot.sandbox.model.records import MessageFlag
from bot.services.turn_results import Accepted
from bot.services.turns import TurnService
from bot.store.check import inspect
from bot.store.picture_files.local import LocalFiles
from bot.store.session import Database
from tests.bot.engines import SketchEngine
from tests.conftest import Counted
from tests.e2e.discordworld import Member, World


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program holds the write lock."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def all_done(world: World, jobs: int) -> None:
    await world.until(f"SELECT 1 WHERE (SELECT count(*) FROM jobs WHERE state = 'done') = {jobs}")


async def findings(world: World) -> list[str]:
    """What `db check` would say of the stopped bot's data."""
    async with Database.open(world.settings.store.database) as database:
        return (await inspect(database, LocalFiles(world.settings.store.pictures))).lines()


@pytest.mark.parametrize(
    ("waits_s", "lock_s"),
    [(0.2, 2.0), pytest.param(None, 20.0, marks=pytest.mark.slow)],
    ids=["short", "real"],
)
async def test_a_database_locked_for_longer_than_sqlite_waits(
    world: World,
    engine: SketchEngine,
    ada: Member,
    grace: Member,
    channel: str,
    monkeypatch: pytest.MonkeyPatch,
    counted: Counted,
    waits_s: float | None,
    lock_s: float,
) -> None:
    """A job goes on, a vote arrives, words that could not be kept are told; all by themselves."""
    if waits_s is not None:
        await world.stop_bot()
        monkeypatch.setattr("bot.store.engines.PRAGMAS", (f"PRAGMA busy_timeout = {waits_s * 1000:.0f}",))
        monkeypatch.setattr("bot.aio.retry.DELAYS", (0.2,))
        await world.start_bot()
    first = await ada.imagine(channel, "a red house")
    place = first["channel_id"]
    engine.gate = asyncio.Event()
    await ada.person.say(place, "make it night")
    await engine.begun.acquire()
    await world.until("SELECT 1 FROM jobs WHERE turn_id = 2 AND state = 'painting'")
    with locked(world.settings.store.database):
        engine.gate.set()
        await grace.person.react(place, first["id"], "👍")
        await grace.person.react(place, first["id"], "❤️")
        await grace.person.react(place, first["id"], "❤️", on=False)
        await grace.person.say(place, "add snow")
        await asyncio.sleep(lock_s)
    snow = "SELECT 1 FROM turns WHERE instruction = 'add snow'"
    # writers stand in line: words behind one that was refused may find the database free
    await world.until_true(lambda: grace.told("My memory is busy right now") or world.rows(snow))
    told, kept = grace.told("My memory is busy right now"), len(world.rows(snow))
    assert told + kept == 1
    assert told or waits_s is None, "with a short wait all writers are refused"
    await ada.picture()
    await world.until("SELECT 1 FROM votes WHERE emoji = '👍' AND retracted_at IS NULL")
    await world.until("SELECT 1 FROM votes WHERE emoji = '❤' AND retracted_at IS NOT NULL")
    await all_done(world, 2 + kept)
    assert world.jobs == await ada.shown(place) == 2 + kept
    assert len(engine.paints) == 2 + kept, "what was painted already is not painted again"
    votes = len(world.rows("SELECT 1 FROM votes WHERE kind = 'reaction'"))
    counted(
        f"database locked for {lock_s:g} s",
        jobs=world.jobs, posted=await ada.shown(place), votes=votes, refusals_told=told,
    )  # fmt: skip


@contextmanager
def full_database(running: Running) -> Iterator[None]:
    """SQLite gets no further page, as on a full disk: it says so itself."""
    engine = running.services.places._database._reader.sync_engine
    most = {"pages": 0}

    def limit(connection: Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {most['pages'] or pages}")

    event.listen(engine, "begin", limit)
    try:
        yield
    finally:
        most["pages"] = 2**30  # connections in the pool keep the limit they were given


async def test_a_full_disk_of_the_database_is_told_and_outlasted(
    world: World,
    engine: SketchEngine,
    ada: Member,
    channel: str,
    monkeypatch: pytest.MonkeyPatch,
    counted: Counted,
) -> None:
    monkeypatch.setattr("bot.aio.retry.DELAYS", (0.2,))
    await world.stop_bot()
    running = await world.start_bot()
    first = await ada.imagine(channel, "a red house")
    place = first["channel_id"]
    engine.gate = asyncio.Event()
    await ada.person.say(place, "make it night")
    await engine.begun.acquire()
    long = "add " + "snow and ice and " * 50
    with full_database(running):
        while not await refused(world, ada, place, long):
            pass  # until the last free page is used up
        engine.gate.set()
        await asyncio.sleep(1)
    kept = len(world.rows("SELECT 1 FROM jobs"))
    await all_done(world, kept)
    assert await ada.shown(place) == kept
    await world.stop_bot()
    found = await findings(world)
    assert found == []
    counted(
        "disk of the database full",
        jobs_kept=kept, posted=await ada.shown(place), refusals_told=ada.told("My disk is full"),
        orphans=len(found),
    )  # fmt: skip


async def refused(world: World, member: Member, place: str, words: str) -> bool:
    """Say something; whether the answer is that it cannot be kept."""
    said = (await member.person.say(place, words))["id"]

    def told() -> bool:
        replies = [e["d"] for e in member.person.events if e["t"] == "MESSAGE_CREATE"]
        return any(
            "My disk is full" in reply["content"] and reply["message_reference"]["message_id"] == said
            for reply in replies
        )

    await world.until_true(lambda: told() or world.rows(f"SELECT 1 FROM turns WHERE request_id = {said}"))
    return told()


async def test_a_full_disk_of_the_pictures_is_told_and_outlasted(
    world: World,
    engine: SketchEngine,
    ada: Member,
    channel: str,
    monkeypatch: pytest.MonkeyPatch,
    counted: Counted,
) -> None:
    monkeypatch.setattr("bot.aio.retry.DELAYS", (0.2,))
    first = await ada.imagine(channel, "a red house")
    refused = 0

    def no_room(_: int) -> None:
        nonlocal refused
        refused += 1
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as full:
        full.setattr("bot.store.picture_files.local.os.fsync", no_room)
        await ada.person.say(first["channel_id"], "make it night")
        await ada.changed("My memory takes nothing right now")
        await world.until_true(lambda: refused > 2)
        assert not list(world.settings.store.pictures.rglob(".part-*")), "nothing half-written is left"
    await ada.picture()
    await world.until("SELECT 1 FROM jobs WHERE turn_id = 2 AND state = 'done'")
    assert len(engine.paints) == 2
    posted, jobs = await ada.shown(first["channel_id"]), world.jobs
    await world.stop_bot()
    found = await findings(world)
    assert found == []
    counted("disk of the pictures full", jobs=jobs, posted=posted, writes_refused=refused, orphans=len(found))


CUTS = 6


async def test_a_power_cut_with_the_wal_intact(
    world: World, engine: SketchEngine, ada: Member, channel: str, tmp_path: Path, counted: Counted
) -> None:
    """The files as they lie on the disk at that moment are all that the next start has."""
    first = await ada.imagine(channel, "a red house")
    place = first["channel_id"]
    told = kept = 0
    found: list[str] = []
    for cut in range(CUTS):
        engine.gate, engine.begun = asyncio.Event(), asyncio.Semaphore(0)
        await ada.person.say(place, f"make it night {cut}")
        await engine.begun.acquire()
        engine.gate.set()
        await asyncio.sleep(0.012 * cut)  # another moment between painting and the end each time
        stored = len(world.rows("SELECT 1 FROM turns"))
        snapshot(world, tmp_path / f"cut-{cut}")
        await ada.picture()
        async with Database.open(tmp_path / f"cut-{cut}" / "diffchat.sqlite") as database:
            report = await inspect(database, LocalFiles(tmp_path / f"cut-{cut}" / "pictures"))
        found += report.lines()
        with closing(sqlite3.connect(tmp_path / f"cut-{cut}" / "diffchat.sqlite")) as after:
            [(turns,)] = after.execute("SELECT count(*) FROM turns")
        assert turns == stored == cut + 2
        told, kept = told + stored, kept + turns
    counted(f"power cut at {CUTS} moments", turns_told=told, turns_kept=kept, orphans=len(found))
    assert found == []
    await comes_back(world, ada, place, tmp_path / f"cut-{CUTS - 1}")


async def comes_back(world: World, member: Member, place: str, folder: Path) -> None:
    """A bot that starts from these files ends what was begun, and posts nothing a second time."""
    await world.stop_bot()
    before = await member.shown(place)
    world.settings = world.settings.model_copy(
        update={"store": world.settings.store.model_copy(update={"data_dir": folder})}
    )
    await world.start_bot()
    await all_done(world, CUTS + 1)
    assert await member.shown(place) == before == CUTS + 1


def snapshot(world: World, folder: Path) -> None:
    """What a power cut would leave: the database with its WAL, and the pictures; no process says goodbye."""
    data = world.settings.store.data_dir
    folder.mkdir()
    # the WAL first: what is moved into the database meanwhile is then in both
    for name in ("diffchat.sqlite-wal", "diffchat.sqlite"):
        shutil.copy(data / name, folder / name)
    shutil.copytree(world.settings.store.pictures, folder / "pictures", copy_function=copied)


def copied(source: str, target: str) -> None:
    """Copy a file, unless it is half written and gets its name meanwhile: no database names it so far."""
    try:
        shutil.copy2(source, target)
    except FileNotFoundError:
        if ".part-" not in source:
            raise


async def test_nothing_is_promised_before_it_is_stored(
    world: World, ada: Member, channel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bot killed while the database is slow would lose a command that it had said something to."""
    stored = asyncio.Event()
    start = TurnService.start_conversation

    async def slow(turns: TurnService, *given: Any, **named: Any) -> Accepted:
        await stored.wait()
        return await start(turns, *given, **named)

    monkeypatch.setattr(TurnService, "start_conversation", slow)
    monkeypatch.setattr("bot.chat.conversations.conversation_start._PATIENCE", 0.01)
    await ada.person.slash(channel, "imagine", prompt="a red house")
    await ada.event("INTERACTION_SUCCESS")
    [thinking] = await ada.person.messages(channel)
    assert (thinking["content"], thinking["flags"] & MessageFlag.LOADING) == ("", MessageFlag.LOADING)
    stored.set()
    await ada.picture()
    said = [message["content"] for message in await ada.person.messages(channel)]
    assert "**a red house**" in said[-1]
