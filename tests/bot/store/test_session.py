"""The open database: its settings, its transactions, many writers, and failures in words."""

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from bot.errors import DatabaseBusy, DiskFull, StoreError
from bot.store import migrate
from bot.store.engines import sqlite_engine
from bot.store.schema import ConversationRow, GuildSettingsRow, ImageRow, UserRow
from bot.store.session import Database
from tests.bot import house

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def ready_made() -> None:
    """Files are made as the bot makes them, not copied."""


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with Database.open(house.address_in(tmp_path)) as opened:
        yield opened


async def count(database: Database) -> int:
    async with database.reading() as session:
        return await session.scalar(select(func.count()).select_from(UserRow)) or 0


@pytest.mark.sqlite_only
async def test_the_database_is_set_up_for_one_writer_and_many_readers(database: Database) -> None:
    async with database.reading() as session:
        values = {
            name: await session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    assert values == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "busy_timeout": 15_000}


@pytest.mark.sqlite_only
async def test_a_program_that_writes_to_a_file_without_a_write_ahead_log_is_waited_for(
    tmp_path: Path,
) -> None:
    """As a copy that an operator's tool made and still works on."""
    path = tmp_path / "diffchat.sqlite"
    async with Database.open(path):
        pass
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN IMMEDIATE")
        ending = asyncio.get_running_loop().call_later(0.3, other.execute, "COMMIT")
        async with Database.open(path) as opened:
            assert ending.when() < asyncio.get_running_loop().time()
            assert await count(opened) == 0
    with closing(sqlite3.connect(path)) as kept:
        assert kept.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_where_there_can_be_no_write_ahead_log_it_goes_on_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a network's file system; here it is a database in memory."""
    path = tmp_path / "diffchat.sqlite"
    migrate.upgrade(path)
    connect = sqlite3.connect
    monkeypatch.setattr("bot.store.migrate.sqlite3.connect", lambda _path, timeout: connect(":memory:"))
    migrate.upgrade(path)


async def test_a_task_that_is_cancelled_twice_closes_its_connections_without_a_word(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """As a start is that is told twice to stop: the second time comes while the first one is obeyed."""
    used = asyncio.Event()

    async def hold() -> None:
        async with Database.open(house.address_in(tmp_path)) as opened:
            await count(opened)
            used.set()
            await asyncio.sleep(3600)

    holding = asyncio.create_task(hold())
    await used.wait()
    holding.cancel()
    await asyncio.sleep(0)  # it has begun to close what it holds
    holding.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(holding, 10)
    assert [record.getMessage() for record in caplog.records if record.name.startswith("sqlalchemy")] == []


async def test_a_session_commits_at_its_end_and_rolls_back_on_an_error(database: Database) -> None:
    async with database.session() as session:
        session.add(UserRow(user_id=1, created_at=NOW))

    async def write_and_fail() -> None:
        async with database.session() as session:
            session.add(UserRow(user_id=2, created_at=NOW))
            await session.flush()
            raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        await write_and_fail()
    assert await count(database) == 1


async def test_two_hundred_writers_at_once_all_get_their_turn(database: Database) -> None:
    async def write(number: int) -> None:
        async with database.session() as session:
            await session.scalar(select(func.count()).select_from(UserRow))  # reads first, then writes
            session.add(UserRow(user_id=number, created_at=NOW))

    await asyncio.gather(*(write(number) for number in range(200)))
    assert await count(database) == 200


@pytest.mark.sqlite_only
async def test_another_process_may_write_in_between(database: Database) -> None:
    def write(number: int) -> None:
        with closing(sqlite3.connect(database.address, timeout=10)) as other, other:
            other.execute(
                "INSERT INTO users (user_id, training_consent, preferences, created_at) "
                f"VALUES ({number}, 0, '{{}}', '2026-01-01 00:00:00')"
            )

    async def ours(number: int) -> None:
        async with database.session() as session:
            session.add(UserRow(user_id=number, created_at=NOW))

    await asyncio.gather(
        # SQLite's waiting is not fair: many more than this, on a busy machine, can starve one of them
        *(asyncio.to_thread(write, number) for number in range(3)),
        *(ours(100 + number) for number in range(10)),
    )
    assert await count(database) == 13


async def test_a_reader_sees_one_state_while_somebody_writes(database: Database) -> None:
    async with database.reading() as reader:
        statement = select(func.count()).select_from(UserRow)
        assert await reader.scalar(statement) == 0
        async with database.session() as session:
            session.add(UserRow(user_id=1, created_at=NOW))
        assert await reader.scalar(statement) == 0
    assert await count(database) == 1


async def test_writers_that_are_cancelled_anywhere_leave_no_lock_behind(database: Database) -> None:
    chance = random.Random(1)

    async def write(number: int) -> None:
        async with database.session() as session:
            session.add(UserRow(user_id=number, created_at=NOW))
            await session.flush()
            await asyncio.sleep(0.002)

    writers = [asyncio.create_task(write(number)) for number in range(40)]
    for writer in writers:
        await asyncio.sleep(chance.random() * 0.004)
        if chance.random() < 0.6:
            writer.cancel()
    await asyncio.gather(*writers, return_exceptions=True)
    async with asyncio.timeout(5):
        await write(1000)
    async with database.reading() as session:
        assert await session.get(UserRow, 1000) is not None


@pytest.mark.sqlite_only
async def test_a_lock_held_too_long_by_another_program_is_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "diffchat.sqlite"
    monkeypatch.setattr("bot.store.engines.PRAGMAS", ("PRAGMA busy_timeout = 50",))
    async with Database.open(path) as database:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(DatabaseBusy, match="locked"):
                async with database.session() as session:
                    session.add(UserRow(user_id=1, created_at=NOW))
        assert await count(database) == 0


@pytest.mark.sqlite_only
async def test_opening_waits_for_a_lock_as_long_as_writing_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "diffchat.sqlite"
    async with Database.open(path):
        pass
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    # the driver itself does not wait at all here
    monkeypatch.setattr("sqlite3.connect", partial(sqlite3.connect, timeout=0))
    engine = sqlite_engine(path)
    asyncio.get_running_loop().call_later(0.3, other.close)
    async with engine.connect() as connection:
        assert (await connection.exec_driver_sql("SELECT count(*) FROM users")).scalar() == 0
    await engine.dispose()


@pytest.mark.sqlite_only
async def test_a_full_disk_is_said_so_and_nothing_is_half_written(database: Database) -> None:
    async def write_too_much() -> None:
        async with database.session() as session:
            pages = await session.scalar(text("PRAGMA page_count")) or 0
            await session.execute(text(f"PRAGMA max_page_count = {pages}"))
            session.add(UserRow(user_id=1, created_at=NOW))
            await session.flush()
            session.add(GuildSettingsRow(guild_id=1, settings={"long": "x" * 100_000}, updated_at=NOW))

    with pytest.raises(DiskFull, match="make room"):
        await write_too_much()
    assert await count(database) == 0


async def test_no_words_of_a_refused_statement_reach_the_log(database: Database) -> None:
    with pytest.raises(IntegrityError) as refused:
        async with database.session() as session:
            await session.execute(
                text("INSERT INTO turns (instruction) VALUES (:said)"), {"said": "a secret"}
            )
    assert "a secret" not in str(refused.value)


async def test_foreign_keys_hold(database: Database) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        async with database.session() as session:
            session.add(
                ImageRow(
                    turn_id=9, position=0, sha256="a", path="a", seed=1, width=8, height=8, created_at=NOW
                )
            )


async def test_what_one_database_refuses_is_kept_alike_in_both(database: Database) -> None:
    async with database.session() as session:
        row = ConversationRow(channel_id=2**63 - 1, creator_id=1, title="a\0 \ud800fox " * 40, created_at=NOW)
        session.add(row)
    async with database.reading() as session:
        stored = await session.get_one(ConversationRow, row.id)
        assert stored.title == ("a fox " * 40)[:100]
        assert stored.channel_id == 2**63 - 1


async def test_times_are_stored_in_utc_and_naive_ones_refused(database: Database) -> None:
    in_paris = NOW.astimezone(timezone(timedelta(hours=2)))
    async with database.session() as session:
        session.add(UserRow(user_id=1, created_at=in_paris))
    async with database.reading() as session:
        stored = await session.get(UserRow, 1)
        assert stored is not None
        assert stored.created_at == NOW
        assert stored.created_at.utcoffset() == timedelta(0)
    with pytest.raises(StatementError, match="no time zone"):
        async with database.session() as session:
            session.add(UserRow(user_id=2, created_at=NOW.replace(tzinfo=None)))


@pytest.mark.sqlite_only
async def test_opening_a_newer_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "diffchat.sqlite"
    migrate.upgrade(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer version"):
        async with Database.open(path):
            pass
