"""When regular work was done last, kept over restarts."""

from datetime import datetime

from bot.store.dialect import insert
from bot.store.schema import ChoreRow
from bot.store.session import Database


class ChoreStore:
    """Reads and writes the times of chores by name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def last(self, name: str) -> datetime | None:
        """When it was done last; None for never."""
        async with self._database.reading() as session:
            row = await session.get(ChoreRow, name)
            return row.done_at if row else None

    async def done(self, name: str, at: datetime) -> None:
        """It was done at that time."""
        async with self._database.session() as session:
            await session.execute(
                insert(session, ChoreRow)
                .values(name=name, done_at=at)
                .on_conflict_do_update(index_elements=["name"], set_={"done_at": at})
            )
