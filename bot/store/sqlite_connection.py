"""SQLite connections that take one trip to their thread for a statement, where aiosqlite's cursors take four.

aiosqlite does all work on a connection in one thread. To open a cursor, to execute, to fetch and to close are
a trip each, and a trip costs the event loop more than SQLite takes for most of our statements
(docs/performance.md, "What the bot itself adds"). Everything else is aiosqlite's.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

import aiosqlite

_CHUNK = 64  # aiosqlite's default; of rows in an iteration, which SQLAlchemy does not use


def connect(path: Path) -> aiosqlite.Connection:
    """A connection to the file, to be awaited; its thread ends with the process."""
    # closed by another thread where it is collected as garbage
    connection = _Connection(lambda: sqlite3.connect(path, check_same_thread=False), _CHUNK)
    connection._thread.daemon = True  # noqa: SLF001  # as SQLAlchemy does with those that it makes itself
    return connection


class _Connection(aiosqlite.Connection):
    def cursor(self) -> Any:
        """A cursor that is opened when it executes."""
        return _Cursor(self)


class _Cursor:
    """What SQLAlchemy's adapter for asyncio asks of a cursor; all rows are fetched at once, as it does.

    Not for results that are streamed.
    """

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, parameters: Iterable[Any] = ()) -> Self:
        """Execute and fetch, in one trip."""
        return await self._do(statement, parameters, many=False)

    async def executemany(self, statement: str, parameters: Iterable[Any]) -> Self:
        """Likewise, once for each of the parameters."""
        return await self._do(statement, parameters, many=True)

    async def fetchall(self) -> list[Any]:
        """The rows, which are here already."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """It was closed when its rows were fetched."""

    async def _do(self, statement: str, parameters: Iterable[Any], *, many: bool) -> Self:
        # aiosqlite's own way to its thread, which has no public name for a function of ours
        execute: Any = self._connection._execute  # noqa: SLF001
        done = await execute(_done, self._connection._conn, statement, parameters, many)  # noqa: SLF001
        self.description, self.rowcount, self.lastrowid, self._rows = done
        return self


def _done(
    connection: sqlite3.Connection, statement: str, parameters: Iterable[Any], many: bool
) -> tuple[Any, int, int | None, list[Any]]:
    """Runs in the connection's thread."""
    cursor = connection.cursor()
    try:
        (cursor.executemany if many else cursor.execute)(statement, parameters)  # type: ignore[arg-type]
        rows = cursor.fetchall() if cursor.description else []
        return cursor.description, cursor.rowcount, cursor.lastrowid, rows
    finally:
        cursor.close()
