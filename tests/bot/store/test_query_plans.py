"""What people wait for never reads through a table that grows, as SQLite's own query plans say.

Both databases have the same indexes (`bot.store.schema`). What reads everything by its nature (the nightly
work, the start of a session, checks, copies) is not part of this.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, PrimaryKeyConstraint, UniqueConstraint, event

from bot.domain.conversation import Origin
from bot.store.schema import Base
from tests.bot.house import ANN, BEN, THREAD, open_house

GROWING = tuple(Base.metadata.tables)
_READS_OR_WRITES = re.compile(r"\s*(SELECT|UPDATE|DELETE|INSERT|WITH)\b", re.IGNORECASE)


@contextmanager
def scans() -> Iterator[dict[str, list[str]]]:
    """The statements of this time that read through a whole table, with the lines of their plans."""
    seen: set[str] = set()
    found: dict[str, list[str]] = {}

    def explain(conn: Any, _cursor: Any, sql: str, values: Any, _context: Any, many: bool) -> None:
        if sql in seen or not _READS_OR_WRITES.match(sql) or many:
            return
        seen.add(sql)
        cursor = conn.connection.cursor()
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        lines = [str(line[3]) for line in cursor.fetchall()]
        cursor.close()
        whole = [line for line in lines if re.match(rf"SCAN ({'|'.join(GROWING)})\b", line)]
        if whole:
            found[sql] = whole

    event.listen(Engine, "after_cursor_execute", explain)
    try:
        yield found
    finally:
        event.remove(Engine, "after_cursor_execute", explain)
    assert len(seen) > 10, "nothing was looked at"


def test_every_key_to_another_table_has_an_index() -> None:
    """Deleting a row looks for those that point at it; neither database makes an index for that by itself."""
    without = []
    for table in Base.metadata.tables.values():
        keeping = [
            one for one in table.constraints if isinstance(one, UniqueConstraint | PrimaryKeyConstraint)
        ]
        indexed = {next(iter(one.columns)).name for one in (*table.indexes, *keeping)}
        keys = {key.parent.name for key in table.foreign_keys}
        without += [f"{table.name}.{name}" for name in sorted(keys - indexed)]
    assert without == []


@pytest.mark.sqlite_only
async def test_nothing_that_people_wait_for_reads_a_whole_table(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        with scans() as found:
            first = await house.imagine(author=ANN)
            await house.queue.idle()
            await house.turns.refine(
                first.turn.conversation_id, "make it night", BEN, Origin.MESSAGE, request_id=77
            )
            await house.queue.idle()
            await house.trees.conversation_at(THREAD)
            await house.trees.conversation(first.turn.conversation_id)
            await house.turns.withdraw(77)
    assert found == {}
