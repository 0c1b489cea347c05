"""The open database: gives out transactions, one at a time or many beside each other.

On SQLite writers of this process stand in line at a lock of our own, which is fair; only other processes are
waited for by SQLite's busy timeout. On PostgreSQL they work beside each other, each on a connection.
"""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, nullcontext
from pathlib import Path

from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import Session

from bot.aio.shield import shielded
from bot.store import migrate
from bot.store.address import Address, shown
from bot.store.dialect import WRITES
from bot.store.engines import BUSY_TIMEOUT_S, postgres_engine, reader_and_writer
from bot.store.failures import as_store_error, lost_connection
from bot.store.outcome import transaction_number, was_committed
from bot.store.schema import Base

log = logging.getLogger(__name__)

_ROWS = "diffchat_rows"  # in a session's info: what it has loaded


class Database:
    """Gives out sessions. Open it with `Database.open`."""

    def __init__(self, address: Address, reader: AsyncEngine, writer: AsyncEngine) -> None:
        self.address = address
        self._reader, self._writer = reader, writer
        self._in_line = asyncio.Lock()

    @classmethod
    @asynccontextmanager
    async def open(cls, address: Address) -> AsyncIterator["Database"]:
        """Migrate the database at `address`, making SQLite's file where there is none, and hold it open.

        Raises `StoreError` and its kinds when it cannot be used, see `migrate.upgrade`.
        """
        await asyncio.to_thread(migrate.upgrade, address)
        reader, writer = reader_and_writer(address)
        try:
            yield cls(address, reader, writer)
        finally:
            await shielded(reader.dispose())  # a task that is cancelled twice closes its connections, too

    @property
    def name(self) -> str:
        """The address for people and logs, without a password."""
        return shown(self.address)

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """One transaction that may write: committed at the end, rolled back when anything is raised."""
        with as_store_error(self.address):
            async with (
                self._turn(),
                AsyncSession(
                    self._writer, sync_session_class=_Keeping, expire_on_commit=False, info={WRITES: True}
                ) as session,
            ):
                yield session
                await self._commit(session)

    async def check_writable(self) -> None:
        """Write something that changes nothing; raises `StoreError` where nothing can be written."""
        async with self.session() as session:
            await session.execute(text("UPDATE alembic_version SET version_num = version_num"))

    async def scrub(self) -> None:
        """Take what was deleted out of the database's files as far as its kind lets us.

        SQLite has overwritten it in the file, the search's index is written anew without it, and the
        write-ahead log, which keeps older pages for a while, is emptied; a reader that looks at such a page
        holds this up, and the next scrub, or SQLite itself, catches up on it. PostgreSQL vacuums its tables:
        the space is free then, to be overwritten by later rows; its own write-ahead log and the backups keep
        what they have until they go (docs/privacy.md).
        """
        with as_store_error(self.address):
            if isinstance(self.address, Path):
                async with self._turn():
                    await asyncio.to_thread(_empty_wal, self.address)
            else:
                await _vacuum(self.address)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """One transaction that sees one state of the database and writes nothing."""
        with as_store_error(self.address):
            async with AsyncSession(self._reader, sync_session_class=_Keeping) as session:
                yield session

    def _turn(self) -> AbstractAsyncContextManager[object]:
        return self._in_line if isinstance(self.address, Path) else nullcontext()

    async def _commit(self, session: AsyncSession) -> None:
        """Commit; where the connection is lost at it, find out whether the server did.

        Nobody may be told that nothing was kept when it was: the step would be done a second time.
        """
        if isinstance(self.address, Path):
            await session.commit()
            return
        number = await transaction_number(session)
        try:
            await session.commit()
        except (DBAPIError, OSError) as error:
            if number is None or not lost_connection(error):
                raise
            log.warning("The connection to %s was lost at a commit; asking what became of it", self.name)
            if not await was_committed(self._writer, number):
                raise


class _Keeping(Session):
    """Holds on to its rows. SQLAlchemy's session refers to them weakly: one that nobody has in hand would be
    read anew at the next step."""


@event.listens_for(_Keeping, "loaded_as_persistent")
@event.listens_for(_Keeping, "pending_to_persistent")
def _keep(session: Session, row: object) -> None:
    session.info.setdefault(_ROWS, []).append(row)


async def _vacuum(url: str) -> None:
    """VACUUM all tables; those that somebody else is vacuuming or changing are left to autovacuum."""
    engine = postgres_engine(url, pooled=False).execution_options(isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            names = ", ".join(sorted(Base.metadata.tables))
            await connection.exec_driver_sql(f"VACUUM (SKIP_LOCKED) {names}")
    finally:
        await engine.dispose()


def _empty_wal(path: Path) -> None:
    with closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_S)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        # FTS5 only marks words as deleted until its parts are merged ("The 'optimize' Command"); its option
        # to remove them at once came with SQLite 3.42
        with connection:
            connection.execute("INSERT INTO gallery_search(gallery_search) VALUES ('optimize')")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
