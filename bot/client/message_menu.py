"""A feature with an entry in the menu of messages ("Apps" in Discord)."""

from collections.abc import Callable, Coroutine
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client.client import DiffChatBot

Callback = Callable[[discord.Interaction, discord.Message], Coroutine[Any, Any, None]]


class MessageMenuCog(commands.Cog):
    """A cog that adds its entry when it is loaded and takes it out again.

    discord.py does not collect context menus from a cog, and they cannot be methods of one
    (discord.py's FAQ, "How can I make a context menu in a cog?").
    """

    def __init__(self, bot: DiffChatBot, name: str, callback: Callback) -> None:
        self.bot = bot
        self.menu = app_commands.ContextMenu(name=name, callback=callback)

    async def cog_load(self) -> None:
        """Add the entry."""
        self.bot.tree.add_command(self.menu)

    async def cog_unload(self) -> None:
        """Take the entry out again."""
        self.bot.tree.remove_command(self.menu.name, type=self.menu.type)
