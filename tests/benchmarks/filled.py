"""A database with as many turns as a server has after years, written by the database itself in seconds.

Conversations of six turns each, one picture a turn; the number of people and places grows with the turns, as
with servers that join. Each table is filled by one INSERT ... SELECT over a recursive list of numbers, which
SQLite and PostgreSQL both know.
"""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    String,
    case,
    cast,
    func,
    insert,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store import migrate
from bot.store.address import Address
from bot.store.engines import bare_engine
from bot.store.numbering import go_on_behind, numbered
from bot.store.schema import (
    Base,
    ConversationRow,
    ExposureRow,
    FavouriteRow,
    GalleryRow,
    ImageRow,
    JobRow,
    TurnRow,
    UserRow,
    VoteRow,
)

EACH = 6  # turns of a conversation
OF_A_PERSON = 60  # turns
OF_A_GUILD = 5_000
PEOPLE, GUILDS, CHANNELS, THREADS, MESSAGES = 10**9, 2 * 10**9, 3 * 10**9, 4 * 10**9, 10**12
_DAYS, _SPANS = 700, 50  # the turns are spread over so many days, in so many steps
_PARAMETERS = {"seed": 1, "steps": 20, "guidance": 5.0, "width": 512, "height": 512}


async def fill(address: Address, turns: int, now: datetime | None = None) -> None:
    """Make a database at `address` with `turns` finished turns, the last of them yesterday."""
    await asyncio.to_thread(migrate.upgrade, address)
    engine: AsyncEngine = bare_engine(address)
    moment = now or datetime.now(UTC)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_fill, turns, moment)
    finally:
        await engine.dispose()


def person_of(turn_id: int, turns: int) -> int:
    """Who asked for a turn: all those of a conversation are one person's."""
    return PEOPLE + (turn_id - 1) // EACH % max(1, turns // OF_A_PERSON)


def _fill(connection: Connection, turns: int, now: datetime) -> None:
    people = max(1, turns // OF_A_PERSON)
    span = -(-turns // (_SPANS * EACH)) * EACH  # whole conversations
    _users(connection, people, now)
    for number, first in enumerate(range(1, turns + 1, span)):
        last = min(turns, first + span - 1)
        at = now - timedelta(days=1 + _DAYS * (_SPANS - 1 - number) / _SPANS)
        _conversations(connection, (first - 1) // EACH + 1, (last - 1) // EACH + 1, people, turns, at)
        _turns(connection, first, last, people, turns, at)
    in_it = TurnRow.conversation_id == ConversationRow.id
    latest = select(func.max(TurnRow.id)).where(in_it).scalar_subquery()
    connection.execute(update(ConversationRow).values(head_turn_id=latest, tip_turn_id=latest))
    go_on_behind(connection, {table.name: 2 * turns for table in numbered()})
    # PostgreSQL's autovacuum would do it within a minute; the bot itself never does on SQLite
    if connection.dialect.name != "sqlite":
        connection.execute(text("ANALYZE"))


def _users(connection: Connection, people: int, now: datetime) -> None:
    n = _numbers(0, people - 1)
    columns = {
        "user_id": PEOPLE + n,
        "training_consent": n % 2 == 0,
        "showing": literal("named"),
        "preferences": literal({}, UserRow.preferences.type),
        "created_at": literal(now, UserRow.created_at.type),
    }
    _insert(connection, UserRow, columns)


def _conversations(
    connection: Connection, first: int, last: int, people: int, turns: int, at: datetime
) -> None:
    n = _numbers(first, last)
    guild = n % max(1, turns // OF_A_GUILD)
    columns = {
        "id": n,
        "guild_id": GUILDS + guild,
        "channel_id": CHANNELS + guild,
        "thread_id": THREADS + n,
        "creator_id": PEOPLE + (n - 1) % people,
        "title": literal("a red house"),
        "created_at": literal(at, ConversationRow.created_at.type),
    }
    _insert(connection, ConversationRow, columns)


def _turns(connection: Connection, first: int, last: int, people: int, turns: int, at: datetime) -> None:
    """Turns with their jobs, pictures, and what was said of these."""
    n = _numbers(first, last)
    conversation, begins = (n - 1) // EACH + 1, (n - 1) % EACH == 0
    author, guild = PEOPLE + (conversation - 1) % people, conversation % max(1, turns // OF_A_GUILD)
    at_that_time = literal(at, TurnRow.created_at.type)
    prompt = literal("a red house, word") + cast(n % 5_000, String)
    turn = {
        "id": n,
        "conversation_id": conversation,
        "parent_turn_id": case((begins, None), else_=n - 1),
        "kind": case((begins, "imagine"), else_="refine"),
        "origin": case((begins, "slash"), else_="message"),
        "author_id": author,
        "request_id": MESSAGES + 2 * n,
        "follows_head": literal(True),
        "instruction": literal("make it night"),
        "source_prompt": prompt,
        "target_prompt": prompt,
        "parameters": literal(_PARAMETERS, TurnRow.parameters.type),
        "way": literal("repaint"),
        "seconds": literal(1.5),
        "created_at": at_that_time,
        "finished_at": at_that_time,
    }
    _insert(connection, TurnRow, turn)
    job = {"id": n, "turn_id": n, "state": literal("done"), "attempts": literal(1)}
    _insert(connection, JobRow, {**job, "created_at": at_that_time, "updated_at": at_that_time})
    picture = {
        "id": n,
        "turn_id": n,
        "position": literal(0),
        "sha256": cast(n, String) + literal("f" * 50),
        "path": literal("x.png"),
        "seed": literal(1),
        "width": literal(512),
        "height": literal(512),
        "channel_id": THREADS + conversation,
        "message_id": MESSAGES + 2 * n + 1,
        "created_at": at_that_time,
    }
    _insert(connection, ImageRow, picture)
    _insert(connection, ExposureRow, {"turn_id": n, "user_id": author, "created_at": at_that_time})
    shown = {"image_id": n, "turn_id": n, "guild_id": GUILDS + guild, "channel_id": CHANNELS + guild}
    worth = {"votes": n % 7, "hearts": n % 3, "words": prompt}
    _insert(connection, GalleryRow, {**shown, "author_id": author, **worth})
    _insert(connection, VoteRow, _votes(n, people, at_that_time), n % 3 == 0)
    kept = {"user_id": PEOPLE + n % people, "image_id": n, "created_at": at_that_time}
    _insert(connection, FavouriteRow, kept, n % 20 == 0)


def _votes(n: ColumnElement[int], people: int, at: ColumnElement[datetime]) -> dict[str, Any]:
    """One of somebody else's for every third picture."""
    of_it = {"id": n, "image_id": n, "user_id": PEOPLE + (n + 1) % people, "created_at": at}
    return {**of_it, "kind": literal("reaction"), "emoji": literal("x"), "value": literal(1),
            "is_self": literal(False)}  # fmt: skip


def _insert(
    connection: Connection, table: type[Base], columns: dict[str, Any], of: ColumnElement[bool] | None = None
) -> None:
    rows = select(*columns.values())
    rows = rows if of is None else rows.where(of)
    connection.execute(insert(table).from_select(list(columns), rows))


def _numbers(first: int, last: int) -> ColumnElement[int]:
    """The column of a list of numbers, both ends included."""
    # PostgreSQL computes with the type of the first; ids of Discord's do not fit into its plain integer
    listed = select(literal(first, BigInteger).label("n")).cte("numbers", recursive=True)
    listed = listed.union_all(select(listed.c.n + 1).where(listed.c.n < last))
    return listed.c.n
