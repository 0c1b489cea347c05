"""The context menu of a message: what is in its picture becomes a first picture of ours."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.conversation_start import ConversationStarter
from bot.chat.turn_requests import TurnRequests
from bot.client.client import DiffChatBot
from bot.domain.conversation import Origin
from bot.domain.options import PLAIN
from bot.errors import NoPictureGiven
from bot.texts import slash


class FromPicture(commands.Cog):
    """The menu's entry. Context menus cannot be methods of a cog, so it is added and removed by hand."""

    def __init__(self, bot: DiffChatBot, *, requests: TurnRequests, starter: ConversationStarter) -> None:
        self.bot = bot
        self.requests = requests
        self.starter = starter
        self.menu = app_commands.ContextMenu(name=slash.FROM_PICTURE.en, callback=self.imagine)

    async def cog_load(self) -> None:
        """Add the entry of a message's menu: discord.py does not collect context menus from a cog."""
        self.bot.tree.add_command(self.menu)

    async def cog_unload(self) -> None:
        """Take the entry out again."""
        self.bot.tree.remove_command(self.menu.name, type=self.menu.type)

    async def imagine(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Start from the message's first picture, whoever posted it."""
        allowed = await self.requests.admit(interaction)
        picture = next((a for a in message.attachments if (a.content_type or "").startswith("image/")), None)
        if picture is None:
            raise NoPictureGiven
        options = await self.starter.with_preferences(interaction.user.id, PLAIN)
        await self.starter.from_picture(interaction, picture, "", options, Origin.MESSAGE, allowed)


async def setup(bot: DiffChatBot) -> None:
    """Called by discord.py's loader."""
    await bot.add_cog(FromPicture(bot, requests=bot.services.requests, starter=bot.services.starter))
