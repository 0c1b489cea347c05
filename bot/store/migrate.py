"""Bringing a database to the present schema, with Alembic and the steps in `migrations/`.

The configuration is made here, so that an installed package, which has no pyproject.toml, can upgrade too;
[tool.alembic] in pyproject.toml is for the `alembic` command in a checkout.

Each upgrade or downgrade is one transaction, so that a failing migration leaves the database as it was.
Before an existing SQLite database is changed, a copy is put beside it; of PostgreSQL none is made. These
functions block: call them in a thread.
"""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, create_engine, event, func, inspect, select
from sqlalchemy.pool import NullPool

from bot.errors import DatabaseNewer, StoreError
from bot.store import engines, numbering
from bot.store.address import Address, shown
from bot.store.dialect import POSTGRESQL, Lock, lock_number
from bot.store.failures import as_store_error

log = logging.getLogger(__name__)

T = TypeVar("T")
OLDEST_POSTGRES = 14  # of 2021; its makers look after a version for five years
_AGAIN_S = 0.05  # until a change that SQLite refused is tried once more
UNFINISHED = "copying"  # in place of a revision, while `bot.store.transfer` fills a database


def latest_revision() -> str | None:
    """The revision that this version of the program works with."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def revision_of(address: Address) -> str | None:
    """The revision of the database at `address`, None for an empty or missing one."""
    if isinstance(address, Path) and not address.exists():
        return None
    with as_store_error(address):
        return on_connection(address, _revision)


def probe_writing(address: Address) -> None:
    """Raise `StoreError` where the database at `address` takes no writes; what is tried is taken back.

    A bot that is writing just now is waited for, as by any other writer.
    """

    def probe(connection: Connection) -> None:
        with connection.begin() as transaction:
            if _revision(connection) is not None:
                connection.exec_driver_sql("UPDATE alembic_version SET version_num = version_num")
            else:
                connection.exec_driver_sql("CREATE TABLE diffchat_probe (id INTEGER)")
            transaction.rollback()

    with as_store_error(address):
        on_connection(address, probe)


def upgrade(address: Address) -> None:
    """Bring the database at `address` to the latest revision, making SQLite's file where there is none.

    Raises `DatabaseNewer` when a newer version of the program wrote it, `NotADatabase`, `DatabaseBusy`,
    `DatabaseAway`, `DiskFull` or another `StoreError` when it cannot be used.
    """
    with as_store_error(address):
        if isinstance(address, Path):
            address.parent.mkdir(parents=True, exist_ok=True)
        found, latest = revision_of(address), latest_revision()
        refuse_newer(address, found)
        if isinstance(address, Path):
            _keep_write_ahead_log(address)
        if found == latest:
            return
        if found is not None and isinstance(address, Path):
            log.info("Kept a copy of the database at %s", back_up(address, f"before-{latest}"))
        _in_transaction(address, lambda connection: _to_latest(connection, address))


def _keep_write_ahead_log(path: Path) -> None:
    """Give SQLite's file a write-ahead log, which it keeps; the file is made where there is none. On a file
    system that cannot have one, as one of a network, it goes on without.

    Only here, and not for each connection: SQLite refuses the change at once while another program reads or
    writes, whatever the busy timeout is.
    """
    until = time.monotonic() + engines.BUSY_TIMEOUT_S
    with closing(sqlite3.connect(path, timeout=engines.BUSY_TIMEOUT_S)) as connection:
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(_AGAIN_S)
            else:
                return


def skip_ahead(address: Address) -> None:
    """Let the database at `address`, a restored one, give out no number that a later one gave out before."""
    with as_store_error(address):
        _in_transaction(address, numbering.skip_ahead)


def downgrade(address: Address, revision: str) -> None:
    """Take the database at `address` back to `revision` ("base" for the empty database)."""
    with as_store_error(address):
        _in_transaction(address, lambda connection: command.downgrade(_config(connection), revision))


def back_up(path: Path, label: str) -> Path:
    """Copy the database at `path`, also while it is in use, to `<stem>.<label>.sqlite` beside it."""
    copy = path.with_name(f"{path.stem}.{label}.sqlite")
    part = copy.with_suffix(".part")  # renamed when complete: a file with the copy's name is always whole
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as target:
        source.backup(target)
    return part.replace(copy)


def refuse_newer(address: Address, found: str | None) -> None:
    """Raise where this version of the program cannot go on from the revision `found` at `address`.

    `DatabaseNewer` where it does not know it, another `StoreError` for a copy that is not complete.
    """
    if found == UNFINISHED:
        raise StoreError(
            f"{shown(address)} holds a copy that was interrupted: run `python -m bot db copy` once more, "
            "which goes on where it stopped."
        )
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if found is not None and found not in known:
        raise DatabaseNewer(
            f"{shown(address)} was written by a newer version of this program (revision {found}, known here "
            f"up to {latest_revision()}); update the program, or restore the copy made before that update."
        )


def on_connection(address: Address, work: Callable[[Connection], T]) -> T:
    """What `work` gives, done with a connection of its own; must not be called inside an event loop.

    Raises `StoreError` for a PostgreSQL that is too old, or cannot hold every character.
    """
    if isinstance(address, Path):
        with _connected(address) as connection:
            return work(connection)

    def checked(connection: Connection) -> T:
        _check_server(connection, address)
        return work(connection)

    async def connected() -> T:
        engine = engines.postgres_engine(address, pooled=False)
        try:
            async with engine.connect() as connection:
                return await connection.run_sync(checked)
        finally:
            await engine.dispose()

    return asyncio.run(connected())


def _to_latest(connection: Connection, address: Address) -> None:
    if connection.dialect.name == POSTGRESQL:
        # two processes may start at the same moment; the second finds the work done
        connection.execute(select(func.pg_advisory_xact_lock(lock_number(Lock.MIGRATION))))
    found, latest = _revision(connection), latest_revision()
    if found == latest:
        return
    there = inspect(connection).get_table_names()
    command.upgrade(_config(connection), "head")
    # a new table may have been there before a downgrade, and have given numbers out
    numbering.skip_ahead(connection, but=there)
    log.info("Brought the database %s from revision %s to %s", shown(address), found, latest)


def _check_server(connection: Connection, address: Address) -> None:
    version = connection.dialect.server_version_info or (0,)
    if int(version[0]) < OLDEST_POSTGRES:
        raise StoreError(
            f"{shown(address)} is PostgreSQL {'.'.join(map(str, version))}: this program needs "
            f"{OLDEST_POSTGRES} or newer."
        )
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
    connection.rollback()  # the question began a transaction
    if encoding != "UTF8":
        raise StoreError(
            f"{shown(address)} keeps text as {encoding}, which has no place for every character: make the "
            "database anew with `createdb --encoding UTF8 --template template0`."
        )


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    # Alembic's configuration substitutes %(name)s: a percent sign in the path is doubled
    config.set_main_option("script_location", str(files("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _in_transaction(address: Address, work: Callable[[Connection], None]) -> None:
    """Do `work` in one write transaction. SQLite's foreign keys are off, as rebuilding tables needs, and are
    checked at the end; PostgreSQL's always hold."""

    def whole(connection: Connection) -> None:
        with connection.begin():
            work(connection)
            if connection.dialect.name == POSTGRESQL:
                return
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise sqlite3.IntegrityError(f"rows that point nowhere after the migration: {broken[:3]}")

    on_connection(address, whole)


@contextmanager
def _connected(path: Path) -> Iterator[Connection]:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),  # a path may hold "?", "%" and "#"
        poolclass=NullPool,
        connect_args={"timeout": engines.BUSY_TIMEOUT_S, "isolation_level": None},
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.connect() as connection:
        yield connection
    engine.dispose()
