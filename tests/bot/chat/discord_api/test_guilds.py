"""Servers of this process's shards come from its cache, those of other processes from Discord."""

from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.chat.discord_api.guilds import Guilds
from bot.settings.shards import parse_range

HERE, THERE = 2 << 22, 1 << 22  # a server's shard is (id >> 22) % count


class Client:
    """A client with the first of two shards; `asked` are the servers that it asked Discord for."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def get_guild(self, guild_id: int) -> Any:
        return SimpleNamespace(id=guild_id, cached=True) if guild_id == HERE else None

    async def fetch_guild(self, guild_id: int, *, with_counts: bool) -> Any:
        self.asked.append(guild_id)
        if guild_id != THERE:
            raise discord.DiscordException
        return SimpleNamespace(id=guild_id, cached=False)


@pytest.mark.parametrize("unseen", [THERE, 3 << 22])
async def test_what_the_cache_does_not_have_is_asked_for_once(unseen: int) -> None:
    client: Any = Client()
    guilds = Guilds(parse_range("0/2"))
    cached = await guilds.get(client, HERE)
    assert cached is not None
    assert client.asked == []
    found = [await guilds.get(client, unseen) for _ in range(2)]
    assert client.asked == [unseen]
    assert [guild is not None for guild in found] == [unseen == THERE] * 2
    assert await guilds.get(client, None) is None
