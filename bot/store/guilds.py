"""What servers' moderators set, and whether the whole bot is paused (the row of server 0).

The rules are asked for at every message, so they are remembered for a few seconds. Another process that
shares the database may change them; that holds here when those seconds are over.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from bot.domain.limits import GuildRules
from bot.store.dialect import hold, insert
from bot.store.schema import GuildSettingsRow
from bot.store.session import Database

EVERYWHERE = 0  # no server has this id
REMEMBERED_S = 5.0
"""Seconds after which a change by another process holds in this one too."""


class GuildStore:
    """Reads and writes `GuildRules`. They share their row's JSON with other settings of the server.

    `clock` gives seconds that only ever grow.
    """

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._known: dict[int, tuple[float, GuildRules]] = {}  # until when, and the rules

    async def rules(self, guild_id: int) -> GuildRules:
        """The rules of a server; the defaults where nobody set any."""
        until, rules = self._known.get(guild_id, (0.0, GuildRules()))
        if until <= self._clock():
            async with self._database.reading() as session:
                row = await session.get(GuildSettingsRow, guild_id)
            rules = GuildRules.from_json(row.settings if row else {})
            self._remember(guild_id, rules)
        return rules

    async def change(self, guild_id: int, change: Callable[[GuildRules], GuildRules]) -> GuildRules:
        """Store what `change` makes of a server's rules, and return it.

        It is given the rules as they are stored now, which another process may have changed a moment ago.
        """
        now = datetime.now(UTC)
        async with self._database.session() as session:
            values = {"guild_id": guild_id, "settings": {}, "updated_at": now}
            await session.execute(insert(session, GuildSettingsRow).values(values).on_conflict_do_nothing())
            row = await hold(session, GuildSettingsRow, guild_id)
            assert row is not None
            rules = change(GuildRules.from_json(row.settings))
            row.settings, row.updated_at = {**row.settings, **rules.to_json()}, now
        self._remember(guild_id, rules)
        return rules

    def _remember(self, guild_id: int, rules: GuildRules) -> None:
        self._known[guild_id] = self._clock() + REMEMBERED_S, rules
