"""Numbers of rows that are never given out twice, also across databases and backups.

Buttons carry the number of their turn for years. A database that is made anew, or restored from a backup,
would give out numbers that older messages carry already, and their buttons would act on other people's turns.
So each begins behind a random gap. A bot that paints a million pictures uses one in a million of its numbers.
"""

import secrets

from sqlalchemy import Connection

from bot.store.schema import Base

_WIDEST_GAP = 2**40  # numbers; eight million gaps of this width fit into SQLite's 63 bits


def skip_ahead(connection: Connection) -> None:
    """Let every table with numbers of our own go on behind a random gap; part of the open transaction."""
    for table in Base.metadata.sorted_tables:
        if not table.dialect_options["sqlite"]["autoincrement"]:
            continue
        # SQLite keeps the highest number it gave out for each AUTOINCREMENT table in sqlite_sequence
        last = connection.exec_driver_sql(
            "SELECT seq FROM sqlite_sequence WHERE name = ?", (table.name,)
        ).scalar()
        if last is None:
            connection.exec_driver_sql(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table.name, gap())
            )
        else:
            connection.exec_driver_sql(
                "UPDATE sqlite_sequence SET seq = ? WHERE name = ?", (last + gap(), table.name)
            )


def gap() -> int:
    """How many numbers to leave out."""
    return secrets.randbelow(_WIDEST_GAP)
