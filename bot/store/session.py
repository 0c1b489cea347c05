"""The open database: SQLite through SQLAlchemy's asyncio side, set up for one writer and many readers.

WAL lets readers go on while somebody writes; every writing transaction begins IMMEDIATE, so that it waits
for its turn at the start and is never refused in the middle; writers of this process stand in line at a
lock of our own, which is fair, and only other processes are waited for by SQLite's busy timeout.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from sqlalchemy import URL, Connection, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.store import migrate
from bot.store.failures import as_store_error

BEGIN = "diffchat_begin"  # execution option: how a connection's transactions begin
PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # what people were told is kept must outlast a power cut
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what people delete is overwritten, not only forgotten
    f"PRAGMA busy_timeout = {int(migrate.BUSY_TIMEOUT_S * 1000)}",
)


class Database:
    """Gives out sessions. Open it with `Database.open`."""

    def __init__(self, engine: AsyncEngine, path: Path) -> None:
        self.path = path
        self._reader = engine
        self._writer = engine.execution_options(**{BEGIN: "BEGIN IMMEDIATE"})
        self._writing = asyncio.Lock()

    @classmethod
    @asynccontextmanager
    async def open(cls, path: Path) -> AsyncIterator["Database"]:
        """Migrate the database at `path`, making it where there is none, and hold it open.

        Raises `StoreError` and its kinds when it cannot be used, see `migrate.upgrade`.
        """
        await asyncio.to_thread(migrate.upgrade, path)
        # an error's parameters are people's words: they stay out of the log
        address = URL.create("sqlite+aiosqlite", database=str(path))  # a path may hold "?", "%" and "#"
        engine = create_async_engine(address, hide_parameters=True)
        event.listen(engine.sync_engine, "connect", _set_up)
        event.listen(engine.sync_engine, "begin", _begin)
        try:
            yield cls(engine, path)
        finally:
            await engine.dispose()

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """One transaction that may write: committed at the end, rolled back when anything is raised."""
        with as_store_error(self.path):
            async with (
                self._writing,
                AsyncSession(self._writer, expire_on_commit=False) as session,
                session.begin(),
            ):
                yield session

    async def check_writable(self) -> None:
        """Write something that changes nothing; raises `StoreError` where nothing can be written."""
        async with self.session() as session:
            await session.execute(text("UPDATE alembic_version SET version_num = version_num"))

    async def scrub(self) -> None:
        """Take what was deleted out of the write-ahead log too, which keeps older pages for a while.

        A reader that looks at such a page holds this up; the next scrub, or SQLite itself, catches up on it.
        """
        async with self._writing:
            with as_store_error(self.path):
                await asyncio.to_thread(_empty_wal, self.path)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """One transaction that sees one state of the database and writes nothing."""
        with as_store_error(self.path):
            async with AsyncSession(self._reader) as session:
                yield session


def _set_up(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # The driver starts no transactions of its own; `_begin` does. The driver's would be deferred: one that
    # reads first and then writes gets SQLITE_BUSY at once if another wrote meanwhile, whatever the busy
    # timeout is (SQLite's documentation, "Transaction", on read transactions that are upgraded)
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _empty_wal(path: Path) -> None:
    with closing(sqlite3.connect(path, timeout=migrate.BUSY_TIMEOUT_S)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(BEGIN, "BEGIN"))
