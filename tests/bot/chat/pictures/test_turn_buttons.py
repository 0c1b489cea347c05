"""The buttons under pictures of a server whose shard another process has."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import discord

from bot.chat.discord_api.guilds import Guilds
from bot.chat.pictures.turn_buttons import TurnButtons
from bot.chat.wording.languages import Languages
from bot.settings.shards import parse_range
from bot.store.preferences import PreferenceStore
from tests.bot.house import GUILD, open_house


class Client:
    """A client whose cache has no server, as GUILD is of shard 0."""

    def get_guild(self, _: int) -> None:
        return None

    async def fetch_guild(self, guild_id: int, *, with_counts: bool) -> Any:
        assert guild_id == GUILD
        return SimpleNamespace(preferred_locale=discord.Locale.german)


async def test_they_are_in_its_language(tmp_path: Path) -> None:
    client: Any = Client()
    async with open_house(tmp_path) as house:
        turn = await house.imagined("a fox")
        buttons = TurnButtons(
            trees=house.trees,
            languages=Languages(PreferenceStore(house.database)),
            guilds=Guilds(parse_range("1/2")),
        )
        view = await buttons.view(client, turn)
    assert "Ändern" in str(view.to_components())
