"""A statement on SQLite is one trip to the connection's thread, and gives what it gave before."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.engines import sqlite_engine
from bot.store.sqlite_connection import connect

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    engine = sqlite_engine(tmp_path / "a ?#%.sqlite")
    yield engine
    await engine.dispose()


async def test_a_statement_is_one_trip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trips: list[object] = []
    execute = aiosqlite.Connection._execute

    async def counted(self: aiosqlite.Connection, function: Any, *given: Any) -> Any:
        trips.append(function)
        return await execute(self, function, *given)

    async with connect(tmp_path / "x.sqlite") as connection:
        monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
        cursor: Any = await connection.cursor().__aenter__()
        await cursor.execute("SELECT 1 AS one UNION SELECT ?", (2,))
        assert (await cursor.fetchall(), cursor.description[0][0]) == ([(1,), (2,)], "one")
        await cursor.close()
        assert len(trips) == 1


async def test_rows_counts_and_keys(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE t (id INTEGER PRIMARY KEY, word TEXT UNIQUE)"))
        many = [{"word": "fox"}, {"word": "owl"}]
        assert (await connection.execute(text("INSERT INTO t (word) VALUES (:word)"), many)).rowcount == 2
        one = await connection.execute(text("INSERT INTO t (word) VALUES ('cat')"))
        assert one.lastrowid == 3
        gone = await connection.execute(text("DELETE FROM t WHERE word = 'owl' RETURNING id"))
        assert gone.scalars().all() == [2]
        rows = (await connection.execute(text("SELECT id, word FROM t ORDER BY id"))).all()
    assert [tuple(row) for row in rows] == [(1, "fox"), (3, "cat")]


async def test_an_error_is_raised_and_the_connection_goes_on(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE t (word TEXT UNIQUE)"))
        await connection.execute(text("INSERT INTO t VALUES ('fox')"))
    with pytest.raises(IntegrityError) as raised:
        async with engine.begin() as connection:
            await connection.execute(text("INSERT INTO t VALUES ('fox')"))
    assert isinstance(raised.value.orig, sqlite3.IntegrityError)
    async with engine.begin() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM t")) == 1
