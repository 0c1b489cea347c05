"""What SQLite and PostgreSQL do differently within a transaction; everything else asks here.

SQLite has one writer at a time, so a transaction may read, decide and write, and nothing changes in between.
PostgreSQL's writers work side by side at READ COMMITTED: every statement sees what was committed before it.
Whoever reads in order to decide has to hold what the decision rests on. The rules, which exclude deadlocks
because everybody takes the locks in this order:

1. What counts over many rows takes a named lock first (`serialise`): a new turn, a person's reports, actions.
2. Whoever changes anything in a conversation holds its row (`hold`; `bot.store.mapping` does it for every row
   it loads); of several conversations in the order of their ids (`hold_all`).
3. Then come the rows in it. Jobs are held beside their conversation, as leases change them alone.

On SQLite all of this costs nothing and asks nothing.
"""

import hashlib
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, column, func, literal_column, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.gallery import pieces
from bot.store.schema import Base, ConversationRow

Row = TypeVar("Row", bound=Base)
Selected = TypeVar("Selected", bound=Select[*tuple[Any, ...]])

POSTGRESQL = "postgresql"
WRITES = "diffchat_writes"  # in a session's info: its transaction may write
_SIMPLE: ColumnElement[Any] = literal_column(
    "'simple'::regconfig"
)  # words as they are written, of no one language
_HELD = "diffchat_held"  # in a session's info: the rows it holds, as (class, key)


class Lock(StrEnum):
    """What is decided by one transaction at a time, over all processes."""

    ADMISSION = "admission"  # who may have one more turn; also keeps one request from becoming two turns
    REPORTER = "reporter"  # how many reports one person made
    ACTIONS = "actions"  # what one person did beside asking for pictures
    CLAIM = "claim"  # taking up a job where people or servers have shares
    CONTENT = "content"  # writing or removing the picture files with one content
    SESSION_START = "session start"  # which shard identifies next
    MIGRATION = "migration"  # which process changes the tables
    COPY = "copy"  # who copies a whole database into this one


def is_postgres(session: AsyncSession) -> bool:
    """Whether the session's database is PostgreSQL."""
    return session.get_bind().dialect.name == POSTGRESQL


def holds_rows(session: AsyncSession) -> bool:
    """Whether rows have to be held: in a transaction of PostgreSQL that may write."""
    return bool(session.info.get(WRITES)) and is_postgres(session)


def insert(session: AsyncSession, table: type[Base]) -> "postgresql.Insert | sqlite.Insert":
    """INSERT with ON CONFLICT, which is spelled alike in both and belongs to neither's common part."""
    return postgresql.insert(table) if is_postgres(session) else sqlite.insert(table)


async def serialise(session: AsyncSession, lock: Lock, key: int = 0) -> None:
    """Wait until no other transaction has that lock for that key, and have it until this one ends."""
    if is_postgres(session):
        await session.execute(select(func.pg_advisory_xact_lock(lock_number(lock, key))))


def lock_number(lock: Lock, key: int = 0) -> int:
    """The number of an advisory lock: PostgreSQL has one space of 64-bit numbers for a whole database."""
    digest = hashlib.blake2b(f"diffchat {lock.value} {key}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


async def hold(session: AsyncSession, table: type[Row], key: int) -> Row | None:
    """The row of that key, held for this transaction where it may write; None where there is none.

    What was loaded of the row before is read anew when it is held, as it may have changed until then.
    """
    held: set[tuple[type[Base], int]] = session.info.setdefault(_HELD, set())
    if not holds_rows(session) or (table, key) in held:
        return await session.get(table, key)
    held.add((table, key))
    # FOR NO KEY UPDATE: rows that only refer to this one by its key may still be inserted elsewhere
    return await session.get(table, key, populate_existing=True, with_for_update={"key_share": True})


def is_held(session: AsyncSession, table: type[Base], key: int) -> bool:
    """Whether this transaction holds that row."""
    return (table, key) in session.info.get(_HELD, ())


def note_held(session: AsyncSession, table: type[Base], key: int) -> None:
    """Note a row as held that a row above it keeps from changing."""
    session.info.setdefault(_HELD, set()).add((table, key))


async def hold_all(session: AsyncSession, conversations: ColumnElement[bool]) -> None:
    """Hold all conversations that meet the condition, in the order of their ids."""
    if holds_rows(session):
        which = select(ConversationRow).where(conversations).order_by(ConversationRow.id)
        rows = await session.scalars(
            which.with_for_update(key_share=True).execution_options(populate_existing=True)
        )
        for row in rows:
            note_held(session, ConversationRow, row.id)


def staying(session: AsyncSession, statement: Selected, table: type[Base]) -> Selected:
    """The statement, keeping the rows of `table` that it finds from being deleted until this one ends.

    Rows that refer to them can be inserted then; rows that are being deleted are waited for and not found.
    """
    if not holds_rows(session):
        return statement
    return statement.with_for_update(read=True, key_share=True, of=table)


def skipping_held(session: AsyncSession, statement: Selected, table: type[Base]) -> Selected:
    """The statement, taking rows of `table` that no other transaction holds: FOR UPDATE SKIP LOCKED.

    For claiming work. On SQLite the statement as it is: a writing transaction is alone there.
    """
    if not is_postgres(session):
        return statement
    return statement.with_for_update(skip_locked=True, key_share=True, of=table)


async def freeze(session: AsyncSession, *tables: type[Base]) -> None:
    """Let nobody else write to these tables until this transaction ends."""
    if is_postgres(session):
        names = ", ".join(table.__tablename__ for table in tables)
        await session.execute(text(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE"))


async def database_time(session: AsyncSession) -> datetime:
    """The time by the database's clock, which all processes share; SQLite's file is of this machine."""
    if not is_postgres(session):
        return datetime.now(UTC)
    now = await session.scalar(select(func.clock_timestamp()))
    assert isinstance(now, datetime)
    return now.astimezone(UTC)


def in_byte_order(column: ColumnElement[Any], dialect: str) -> ColumnElement[Any]:
    """A text column in the order of its bytes, which SQLite has by itself; PostgreSQL's is a language's."""
    return column.collate("C") if dialect == POSTGRESQL else column


def has_words(session: AsyncSession, table: type[Base], key: str, words: str) -> ColumnElement[bool]:
    """Whether a row of `table` has all these words in its column `words`, each as the beginning of one there.

    `words` are of `bot.domain.gallery.search_words`, so nothing in them means something to either search; the
    column has `stored_words`, and the pieces of a word have to stand there one after the other. SQLite looks
    into the FTS5 table `<table>_search`, whose rows have the number `key` has here; PostgreSQL into its own
    index over the words.
    """
    parts = [pieces(word) for word in words.split()]
    if is_postgres(session):
        query = func.to_tsquery(_SIMPLE, " & ".join(f"({' <-> '.join(part)}:*)" for part in parts))
        found = func.to_tsvector(_SIMPLE, literal_column(f"{table.__tablename__}.words"))
        return found.op("@@", is_comparison=True)(query)
    search = f"{table.__tablename__}_search"
    found_rows = text(f"SELECT rowid FROM {search} WHERE {search} MATCH :found_words")  # noqa: S608
    matching = found_rows.bindparams(found_words=" ".join(f'"{" ".join(part)}"*' for part in parts))
    number: ColumnElement[Any] = getattr(table, key)
    return number.in_(matching.columns(column("rowid")).subquery().select())
