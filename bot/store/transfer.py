"""Copies a whole database into an empty one, of the same kind or the other: SQLite, PostgreSQL.

The source is read as it was at one moment, while a bot may go on with it. Rows go over in batches, each of
them committed, so that a copy that was interrupted goes on where it stopped: what is there already is
compared with the source first, and where it differs, as the source went on meanwhile, the copy begins anew.
At the end counts and checksums of every table are compared, numbers go on behind a random gap, and only then
the target has a revision that a bot takes. Picture files are not touched.
"""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import (
    Connection,
    String,
    Table,
    bindparam,
    delete,
    func,
    insert,
    inspect,
    select,
    text,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import StoreError
from bot.store import migrate, numbering
from bot.store.address import Address, shown
from bot.store.dialect import Lock, in_byte_order, lock_number
from bot.store.engines import bare_engine
from bot.store.failures import as_store_error
from bot.store.schema import Base, ConversationRow

BATCH = 1000  # rows
_LATER = ("head_turn_id", "tip_turn_id")  # they name turns, which come after their conversations

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Copied:
    """What a table holds: its rows, and the SHA-256 of all of them in the order of their keys."""

    rows: int
    sha256: str


async def copy(source: Address, target: Address, say: Say) -> dict[str, Copied]:
    """Copy everything and compare; what each table holds now. `say` is told the progress.

    Raises `StoreError` where the source has not this program's revision, the target is not empty, another
    copy into it is at work, or what arrived is not what was sent; the target is then not taken by any bot.
    """
    if shown(source) == shown(target):
        raise StoreError(f"{shown(source)} cannot be copied onto itself.")
    await asyncio.to_thread(_check_source, source)
    async with _engine(target) as receiving, _alone(target, receiving):
        resumed = await asyncio.to_thread(_prepare, target)
        async with _engine(source) as sending, _snapshot(source, sending) as there:
            return await _copied(there, receiving, target, say, resumed=resumed)


async def _copied(
    there: AsyncConnection, receiving: AsyncEngine, target: Address, say: Say, *, resumed: bool
) -> dict[str, Copied]:
    with as_store_error(target):
        if resumed and not await _begins_alike(there, receiving):
            say("The source went on since the copy was interrupted: beginning anew.")
            await _empty(receiving)
        for table in Base.metadata.sorted_tables:
            await _copy_table(there, receiving, table, say)
        await _set_heads(there, receiving)
        held = await _compare(there, receiving, say)
        last = await there.run_sync(numbering.given_out)
        async with receiving.begin() as here:
            await here.run_sync(_finish, last)
    return held


def _check_source(source: Address) -> None:
    if isinstance(source, Path) and not source.exists():
        raise StoreError(f"There is no database at {source}.")
    found = migrate.revision_of(source)
    migrate.refuse_newer(source, found)
    if found is None:
        raise StoreError(f"{shown(source)} holds no tables of this program: there is nothing to copy.")
    if found != migrate.latest_revision():
        raise StoreError(
            f"{shown(source)} is of an older version: bring it up to date first, with `db upgrade`."
        )


def check_target(target: Address) -> None:
    """Raise `StoreError` where a database is not empty; an interrupted copy may be gone on with."""
    refusal = StoreError(f"{shown(target)} is not empty: a copy is made into an empty database only.")
    found = migrate.revision_of(target)
    if found == migrate.UNFINISHED:
        return
    if found is None:
        # a file without our revision is somebody else's; on a server other tables may lie beside ours
        if isinstance(target, Path):
            if target.exists() and target.stat().st_size:
                raise refusal
        elif migrate.on_connection(target, _our_tables):
            raise refusal
    elif found != migrate.latest_revision() or migrate.on_connection(target, _has_rows):
        raise refusal


def _prepare(target: Address) -> bool:
    """Make the tables, marked as unfinished; whether an interrupted copy is there."""
    check_target(target)
    if migrate.revision_of(target) == migrate.UNFINISHED:
        return True
    migrate.upgrade(target)
    migrate.on_connection(target, _mark)
    return False


def _our_tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) & set(Base.metadata.tables)


def _has_rows(connection: Connection) -> bool:
    tables = Base.metadata.sorted_tables
    return any(connection.scalar(select(func.count()).select_from(table)) for table in tables)


def _mark(connection: Connection) -> None:
    """Let no bot take the database until it is complete."""
    with connection.begin():
        _set_revision(connection, migrate.UNFINISHED)


def _set_revision(connection: Connection, revision: str | None) -> None:
    connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


def _finish(connection: Connection, given_out: Mapping[str, int]) -> None:
    # behind a gap, as after a restore: who goes on with the source gives out numbers too
    numbering.go_on_behind(connection, {name: last + numbering.gap() for name, last in given_out.items()})
    _set_revision(connection, migrate.latest_revision())


@asynccontextmanager
async def _engine(address: Address) -> AsyncIterator[AsyncEngine]:
    engine = bare_engine(address)
    try:
        yield engine
    finally:
        await engine.dispose()


@asynccontextmanager
async def _alone(target: Address, engine: AsyncEngine) -> AsyncIterator[None]:
    """Keep others from copying into the target at the same time, as both would send the same rows.

    Raises `StoreError` where somebody does. The lock ends with its process, so whoever was killed is no
    obstacle to the next run.
    """
    refusal = StoreError(f"Another copy into {shown(target)} is at work: wait for its end, or end it.")
    if isinstance(target, Path):
        with _file_lock(target, refusal):
            yield
        return
    with as_store_error(target):
        async with engine.connect() as connection:
            # outside of any transaction, which PostgreSQL would end as idle while the rows go over
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            if not await connection.scalar(select(func.pg_try_advisory_lock(lock_number(Lock.COPY)))):
                raise refusal
            yield


@contextmanager
def _file_lock(target: Path, refusal: StoreError) -> Iterator[None]:
    """A lock of the operating system on a file beside SQLite's, which is gone when the copy ends."""
    with as_store_error(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(target.with_name(f"{target.name}.copying"), mode=0o600)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            raise refusal from None
    try:
        yield
    finally:
        Path(lock.lock_file).unlink(missing_ok=True)
        lock.release()


@asynccontextmanager
async def _snapshot(address: Address, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """One transaction that sees the database as it was when first asked; SQLite's do so by themselves."""
    with as_store_error(address):
        if not isinstance(address, Path):
            engine = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        async with engine.connect() as connection:
            yield connection


async def _copy_table(there: AsyncConnection, receiving: AsyncEngine, table: Table, say: Say) -> None:
    """Send the rows of a table that the target has not yet."""
    total = await there.scalar(select(func.count()).select_from(table)) or 0
    async with receiving.connect() as here:
        done = await here.scalar(select(func.count()).select_from(table)) or 0
        last = await _last_key(here, table) if done else None
    async for rows in _batches(there, table, behind=last):
        async with receiving.begin() as here:
            await here.execute(insert(table), [_without_heads(table, row) for row in rows])
        done += len(rows)
        say(f"{table.name}: {done} of {total}")


async def _set_heads(there: AsyncConnection, receiving: AsyncEngine) -> None:
    """Give conversations the turns that they go on from, now that these are there."""
    table = Base.metadata.tables[ConversationRow.__tablename__]
    change = table.update().where(table.c.id == bindparam("key"))
    change = change.values({name: bindparam(f"new_{name}") for name in _LATER})
    async for rows in _batches(there, table):
        values = [{"key": row["id"], **{f"new_{name}": row[name] for name in _LATER}} for row in rows]
        async with receiving.begin() as here:
            await here.execute(change, values)


async def _compare(there: AsyncConnection, receiving: AsyncEngine, say: Say) -> dict[str, Copied]:
    """What every table holds on both sides; raises `StoreError` for one that is not the same."""
    held: dict[str, Copied] = {}
    async with receiving.connect() as here:
        for table in Base.metadata.sorted_tables:
            sent, arrived = await _contents(there, table), await _contents(here, table)
            if sent != arrived:
                raise StoreError(
                    f"{table.name} did not arrive as it was sent ({arrived.rows} of {sent.rows} rows): empty "
                    "the target and copy once more."
                )
            held[table.name] = arrived
            say(f"{table.name}: {arrived.rows} rows compared, SHA-256 {arrived.sha256[:12]}")
    return held


async def _begins_alike(there: AsyncConnection, receiving: AsyncEngine) -> bool:
    """Whether what the target holds is how the source begins, table by table, but for the heads."""
    async with receiving.connect() as here:
        for table in Base.metadata.sorted_tables:
            arrived = await _contents(here, table, heads=False)
            if arrived != await _contents(there, table, most=arrived.rows, heads=False):
                return False
    return True


async def _empty(receiving: AsyncEngine) -> None:
    async with receiving.begin() as here:
        await here.execute(
            Base.metadata.tables[ConversationRow.__tablename__].update().values(dict.fromkeys(_LATER))
        )
        for table in reversed(Base.metadata.sorted_tables):
            await here.execute(delete(table))


async def _contents(
    connection: AsyncConnection, table: Table, *, most: int | None = None, heads: bool = True
) -> Copied:
    """Count and hash the rows of a table, all or the first `most` of them."""
    digest, count = hashlib.sha256(), 0
    async for rows in _batches(connection, table):
        if most is not None:
            rows = rows[: most - count]  # noqa: PLW2901
        for row in rows:
            digest.update(_line(row if heads else _without_heads(table, row)))
        count += len(rows)
        if count == most:
            break
    return Copied(count, digest.hexdigest())


async def _batches(
    connection: AsyncConnection, table: Table, behind: tuple[Any, ...] | None = None
) -> AsyncIterator[list[dict[str, Any]]]:
    """The rows of a table in the order of their keys, those behind the key named."""
    keys = _keys(connection, table)
    while True:
        statement = select(table).order_by(*keys).limit(BATCH)
        if behind is not None:
            statement = statement.where(tuple_(*keys) > tuple_(*behind, types=[key.type for key in keys]))
        rows = [dict(row) for row in (await connection.execute(statement)).mappings()]
        if not rows:
            return
        yield rows
        behind = tuple(rows[-1][key.name] for key in table.primary_key.columns)


async def _last_key(connection: AsyncConnection, table: Table) -> tuple[Any, ...]:
    keys = _keys(connection, table)
    statement = select(*table.primary_key.columns).order_by(*(key.desc() for key in keys)).limit(1)
    return tuple((await connection.execute(statement)).one())


def _keys(connection: AsyncConnection, table: Table) -> list[Any]:
    """The key's columns; text in the order of its bytes, as both databases then agree on it."""
    return [
        in_byte_order(key, connection.dialect.name) if isinstance(key.type, String) else key
        for key in table.primary_key.columns
    ]


def _without_heads(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    later: Iterable[str] = _LATER if table.name == ConversationRow.__tablename__ else ()
    return {**row, **dict.fromkeys(later)}


def _line(row: Mapping[str, Any]) -> bytes:
    """A row as both databases give it: times, numbers, texts and JSON, whose keys have no order."""
    plain = {key: v.isoformat() if isinstance(v, datetime) else v for key, v in row.items()}
    return json.dumps(plain, sort_keys=True).encode() + b"\n"
