"""Opens the connections to a database, of either kind, and sets them up.

SQLite: WAL (`bot.store.migrate`) lets readers go on while somebody writes; every writing transaction begins
IMMEDIATE, so that it waits for its turn at the start and is never refused in the middle.

PostgreSQL: writers work at READ COMMITTED and hold what they decide on (`bot.store.dialect`); readers see one
state (REPEATABLE READ, read only). A connection is tried before it is used again (`pool_pre_ping`), so that
none of before a restart of the server is met later.
"""

import importlib.util
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, PoolResetState

from bot.errors import StoreError
from bot.store.address import Address, postgres_url
from bot.store.sqlite_connection import connect
from model.errors import installing

BUSY_TIMEOUT_S = 15.0  # another program's lock of ten seconds is waited out
BEGIN = "diffchat_begin"  # execution option: how an SQLite connection's transactions begin
PRAGMAS = (
    # First, so that the others wait as long for a lock, and not the driver's five seconds
    f"PRAGMA busy_timeout = {int(BUSY_TIMEOUT_S * 1000)}",
    "PRAGMA synchronous = FULL",  # what people were told is kept must outlast a power cut
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what people delete is overwritten, not only forgotten
)
CONNECT_S = 10.0  # until a server that does not answer counts as away
STATEMENT_S = 60.0  # for one statement of the bot's; longer is a server that fell silent
IDLE_S = 60.0  # for the next statement of a transaction
POOL = 10  # connections kept open
MORE = 10  # further ones while many write at once
_NO_DRIVER = (
    "PostgreSQL needs the package asyncpg, which is not installed: install DiffChat with its extra "
    f"`postgres`, as in: {installing('postgres')}"
)


def reader_and_writer(address: Address) -> tuple[AsyncEngine, AsyncEngine]:
    """Two views of one pool: for transactions that only read, and for those that may write."""
    if isinstance(address, Path):
        engine = sqlite_engine(address)
        return engine, engine.execution_options(**{BEGIN: "BEGIN IMMEDIATE"})
    engine = postgres_engine(address)
    reading = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return reading, engine


def bare_engine(address: Address) -> AsyncEngine:
    """An engine for one long piece of work, of either kind."""
    if isinstance(address, Path):
        return sqlite_engine(address)
    return postgres_engine(address, pooled=False)


def sqlite_engine(path: Path) -> AsyncEngine:
    """SQLite's file at `path`, with the pragmas set and transactions that begin as they are told to."""
    # an error's parameters are people's words: they stay out of the log; a path may hold "?", "%" and "#"
    address = URL.create("sqlite+aiosqlite", database=str(path))
    engine = create_async_engine(
        address, hide_parameters=True, async_creator=lambda: connect(path), pool_reset_on_return=None
    )
    event.listen(engine.sync_engine, "connect", _set_up)
    event.listen(engine.sync_engine, "reset", _reset)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def postgres_engine(url: str, *, pooled: bool = True) -> AsyncEngine:
    """A PostgreSQL database, with a pool for the bot's short statements, or bare for long ones.

    Raises `StoreError` where asyncpg is not installed or the URL is none.
    """
    if importlib.util.find_spec("asyncpg") is None:
        raise StoreError(_NO_DRIVER)
    milliseconds = str(int(BUSY_TIMEOUT_S * 1000))
    settings = {"application_name": "diffchat", "lock_timeout": milliseconds}  # the name: in pg_stat_activity
    arguments = {"timeout": CONNECT_S, "server_settings": settings}
    if not pooled:
        return create_async_engine(
            postgres_url(url), hide_parameters=True, poolclass=NullPool, connect_args=arguments
        )
    # a process that froze, or a machine that lost the network, holds its rows no longer than this
    settings["idle_in_transaction_session_timeout"] = str(int(IDLE_S * 1000))
    return create_async_engine(
        postgres_url(url),
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=POOL,
        max_overflow=MORE,
        pool_timeout=BUSY_TIMEOUT_S,
        connect_args={**arguments, "command_timeout": STATEMENT_S},
    )


def _set_up(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # The driver starts no transactions of its own; `_begin` does. The driver's would be deferred: one that
    # reads first and then writes gets SQLITE_BUSY at once if another wrote meanwhile, whatever the busy
    # timeout is (SQLite's documentation, "Transaction", on read transactions that are upgraded)
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _reset(connection: DBAPIConnection, entry: ConnectionPoolEntry, state: PoolResetState) -> None:
    # The pool's own reset is one more trip to SQLite's thread for each transaction, as it cannot know that
    # none is open: they were begun behind its back
    driver: Any = entry.driver_connection  # an aiosqlite.Connection
    if state.asyncio_safe and driver.in_transaction:
        connection.rollback()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(BEGIN, "BEGIN"))
