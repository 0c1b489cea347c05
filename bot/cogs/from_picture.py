"""The context menu of a message: what is in its picture becomes a first picture of ours."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.conversations.brought_pictures import pictures_of
from bot.chat.conversations.conversation_start import ConversationStarter
from bot.chat.conversations.picture_start import Chosen, PictureStarter
from bot.chat.pictures.actions import Action
from bot.chat.requests.turn_requests import TurnRequests
from bot.client.client import DiffChatBot
from bot.domain.options import PLAIN
from bot.errors import NoPictureGiven
from bot.services.edit_trees import EditTrees
from bot.texts import slash


class FromPicture(commands.Cog):
    """The menu's entry. Context menus cannot be methods of a cog, so it is added and removed by hand."""

    def __init__(
        self,
        bot: DiffChatBot,
        *,
        requests: TurnRequests,
        trees: EditTrees,
        starter: ConversationStarter,
        pictures: PictureStarter,
    ) -> None:
        self.bot = bot
        self.requests = requests
        self.trees = trees
        self.starter = starter
        self.pictures = pictures
        bot.buttons.handle(Action.SETTINGS, pictures.paint_with_settings)
        self.menu = app_commands.ContextMenu(name=slash.FROM_PICTURE.en, callback=self.imagine)

    async def cog_load(self) -> None:
        """Add the entry of a message's menu: discord.py does not collect context menus from a cog."""
        self.bot.tree.add_command(self.menu)

    async def cog_unload(self) -> None:
        """Take the entry out again."""
        self.bot.tree.remove_command(self.menu.name, type=self.menu.type)

    async def imagine(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Start from the message's first picture, or the picked one of ours, whoever posted it."""
        allowed = await self.requests.admit(interaction)
        files = pictures_of(self.bot, message)
        if not files:
            raise NoPictureGiven
        turn = await self.trees.turn_shown_by(message.id)
        position = min((turn.parameters.picked or 0) if turn else 0, len(files) - 1)
        chosen = Chosen(files[position], position + 1, len(files), message.id)
        options = await self.starter.with_preferences(interaction.user.id, PLAIN)
        await self.pictures.begin(interaction, chosen, "", options, allowed, own_thread=True)


async def setup(bot: DiffChatBot) -> None:
    """Called by discord.py's loader."""
    has = bot.services
    await bot.add_cog(
        FromPicture(
            bot, requests=has.requests, trees=has.trees, starter=has.starter, pictures=has.picture_starter
        )
    )
