"""New thread: a picture opened beside the present thread, or in a forum as a new post."""

from typing import Any

import discord
from discord.ext import commands

from bot.chat.conversations.continuing import Continuing
from bot.chat.pictures.actions import Action
from bot.client.client import DiffChatBot
from bot.errors import NoThreadHere


class NewThread(commands.Cog):
    """The button "New thread" behind More…."""

    def __init__(self, bot: DiffChatBot, *, continuing: Continuing) -> None:
        self.continuing = continuing
        bot.buttons.handle(Action.THREAD, self.open)

    async def open(self, interaction: discord.Interaction[Any], turn_id: int) -> None:
        """Open the thread; in private there is none, and the gallery's way of going on is not asked for."""
        if interaction.guild_id is None:
            raise NoThreadHere
        await self.continuing.go_on(interaction, turn_id)


async def setup(bot: DiffChatBot) -> None:
    """Called by the client when it starts."""
    await bot.add_cog(NewThread(bot, continuing=bot.services.continuing))
