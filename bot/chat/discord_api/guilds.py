"""Servers, also those that this process does not hear of because another one has their shard.

The client's cache has the servers of its own shards. The others are asked for by REST ("Get Guild") and
remembered for a while, as only their language and limits are wanted.
"""

import logging
import time

import discord

from bot.chat.discord_api.api_errors import FAILURES
from bot.settings.shards import Sharding

log = logging.getLogger(__name__)

_REMEMBERED_S = 600.0


class Guilds:
    """`sharding` says which servers this process hears of."""

    def __init__(self, sharding: Sharding | None = None) -> None:
        self._sharding = sharding or Sharding()
        self._elsewhere: dict[int, tuple[float, discord.Guild | None]] = {}  # until when, and the server

    async def get(self, client: discord.Client, guild_id: int | None) -> discord.Guild | None:
        """The server of that id; None in private, where the bot is no member, or where it cannot be seen."""
        if guild_id is None:
            return None
        if self._sharding.serves(guild_id):
            return client.get_guild(guild_id)
        until, guild = self._elsewhere.get(guild_id, (0.0, None))
        if until < time.monotonic():
            guild = await _fetched(client, guild_id)
            self._elsewhere[guild_id] = time.monotonic() + _REMEMBERED_S, guild
        return guild


async def _fetched(client: discord.Client, guild_id: int) -> discord.Guild | None:
    try:
        return await client.fetch_guild(guild_id, with_counts=False)
    except (discord.DiscordException, *FAILURES) as error:
        log.info("Server %s, of another process's shard, cannot be seen: %s", guild_id, error)
        return None
