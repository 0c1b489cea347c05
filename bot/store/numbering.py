"""Numbers of rows that are never given out twice, also across databases and backups.

Buttons carry the number of their turn for years. A database that is made anew, or restored from a backup,
would give out numbers that older messages carry already, and their buttons would act on other people's turns.
So each begins behind a random gap. A bot that paints a million pictures uses one in a million of its numbers.
"""

import secrets
from collections.abc import Collection, Mapping

from sqlalchemy import Connection, Table, func, select, text

from bot.store.dialect import POSTGRESQL
from bot.store.schema import Base

_WIDEST_GAP = 2**40  # numbers; eight million gaps of this width fit into the 63 bits of both databases


def numbered() -> list[Table]:
    """The tables with numbers of our own."""
    return [
        table for table in Base.metadata.sorted_tables if table.dialect_options["sqlite"]["autoincrement"]
    ]


def skip_ahead(connection: Connection, but: Collection[str] = ()) -> None:
    """Let every table with numbers of our own go on behind a random gap, except those named in `but`; part
    of the open transaction."""
    numbers = given_out(connection).items()
    go_on_behind(connection, {name: last + gap() for name, last in numbers if name not in but})


def given_out(connection: Connection) -> dict[str, int]:
    """The highest number that each table gave out so far; 0 for none."""
    if connection.dialect.name == POSTGRESQL:
        return {table.name: _of_sequence(connection, table) for table in numbered()}
    # SQLite keeps it for each AUTOINCREMENT table in sqlite_sequence
    rows = connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
    known = {row.name: int(row.seq) for row in rows}
    return {table.name: known.get(table.name, 0) for table in numbered()}


def go_on_behind(connection: Connection, numbers: Mapping[str, int]) -> None:
    """Let each table give out numbers above the one named; part of the open transaction."""
    for name, last in numbers.items():
        if connection.dialect.name == POSTGRESQL:
            sequence = func.pg_get_serial_sequence(name, "id")
            # with false for `is_called` the number itself comes next (PostgreSQL's documentation,
            # "Sequence Manipulation Functions"); 0 is below the smallest that a sequence takes
            connection.execute(select(func.setval(sequence, last + 1, False)))
            continue
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": name})
        connection.execute(
            text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"),
            {"name": name, "last": last},
        )


def gap() -> int:
    """How many numbers to leave out."""
    return secrets.randbelow(_WIDEST_GAP)


def _of_sequence(connection: Connection, table: Table) -> int:
    sequence = connection.scalar(select(func.pg_get_serial_sequence(table.name, "id")))
    last, called = connection.execute(text(f"SELECT last_value, is_called FROM {sequence}")).one()  # noqa: S608
    return int(last) if called else int(last) - 1
