"""When a shard may begin a session: one in five seconds for each rate-limit key, over all processes.

Discord's documentation, "Gateway", on sharding and max concurrency: of the shards with the same
`shard_id % max_concurrency` one may identify in five seconds; who comes too early is sent away with opcode
9. discord.py keeps to that within a process. Processes agree through a row for each key, by the database's
clock.
"""

from datetime import timedelta

from bot.store.dialect import Lock, database_time, serialise
from bot.store.schema import SessionStartRow
from bot.store.session import Database

APART_S = 5.5  # Discord's five seconds, and what the way to it may vary


class SessionStartStore:
    """Gives each key to one process at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, key: int) -> float:
        """Take the key's next start: 0 when it is ours now, else the seconds until it can be tried again.

        Nothing is reserved: whoever ends while waiting holds up nobody.
        """
        async with self._database.session() as session:
            await serialise(session, Lock.SESSION_START, key)
            now = await database_time(session)
            row = await session.get(SessionStartRow, key)
            if row is not None and row.free_at > now:
                return (row.free_at - now).total_seconds()
            free_at = now + timedelta(seconds=APART_S)
            await session.merge(SessionStartRow(key=key, free_at=free_at))
            return 0.0
