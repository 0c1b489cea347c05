"""What servers' moderators set, and whether the whole bot is paused (the row of server 0).

The rules are read once and then kept in memory: this process alone writes them.
"""

from datetime import UTC, datetime

from bot.domain.limits import GuildRules
from bot.store.dialect import hold, insert
from bot.store.schema import GuildSettingsRow
from bot.store.session import Database

EVERYWHERE = 0  # no server has this id


class GuildStore:
    """Reads and writes `GuildRules`. They share their row's JSON with other settings of the server."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[int, GuildRules] = {}

    async def rules(self, guild_id: int) -> GuildRules:
        """The rules of a server; the defaults where nobody set any."""
        if guild_id not in self._known:
            async with self._database.reading() as session:
                row = await session.get(GuildSettingsRow, guild_id)
            self._known[guild_id] = GuildRules.from_json(row.settings if row else {})
        return self._known[guild_id]

    async def keep(self, guild_id: int, rules: GuildRules) -> None:
        """Store the rules of a server."""
        now = datetime.now(UTC)
        async with self._database.session() as session:
            values = {"guild_id": guild_id, "settings": {}, "updated_at": now}
            await session.execute(insert(session, GuildSettingsRow).values(values).on_conflict_do_nothing())
            row = await hold(session, GuildSettingsRow, guild_id)
            assert row is not None
            row.settings, row.updated_at = {**row.settings, **rules.to_json()}, now
        self._known[guild_id] = rules
