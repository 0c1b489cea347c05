"""What a place allows, also where discord.py does not know the channel that a thread is in."""

from types import SimpleNamespace
from typing import Any, cast

import discord

from bot.chat.posting.discord_places import DiscordPlaces


def thread_of_an_unknown_channel() -> discord.Thread:
    """As `fetch_channel` gives one of a server that another process serves."""
    state: Any = SimpleNamespace(_get_guild=lambda _: None, user=None, member_cache_flags=None)
    guild = discord.Object(7, type=discord.Guild)
    guild.get_channel = lambda _: None  # type: ignore[attr-defined]
    data: Any = {
        "id": "5", "parent_id": "6", "owner_id": "8", "name": "us", "type": 11, "message_count": 1,
        "member_count": 1, "last_message_id": None,
        "thread_metadata": {
            "archived": False, "auto_archive_duration": 60, "archive_timestamp": "2026-01-01T00:00:00+00:00",
        },
    }  # fmt: skip
    return discord.Thread(guild=cast("Any", guild), state=state, data=data)


class Client:
    """Knows no channel; `nsfw` says what the thread's one is."""

    def __init__(self, *, nsfw: bool) -> None:
        self.nsfw = nsfw

    def get_channel(self, _: int) -> None:
        return None

    async def fetch_channel(self, channel_id: int) -> Any:
        if channel_id == 5:
            return thread_of_an_unknown_channel()
        assert channel_id == 6
        return SimpleNamespace(nsfw=self.nsfw, is_nsfw=lambda: self.nsfw, parent=None)


async def test_a_thread_is_as_its_channel_is() -> None:
    for nsfw in (True, False):
        places = DiscordPlaces(cast("Any", None), 0)
        places.use(cast("Any", Client(nsfw=nsfw)))
        conversation: Any = SimpleNamespace(channel_id=5)
        assert await places.age_restricted(conversation) is nsfw
