"""The one place where an exception becomes the sentence a person reads on Discord.

Answers to commands, buttons and forms are ephemeral; a plain message is answered by a reply. Whatever is not
an ordinary mistake of a person is logged with its traceback; nobody on Discord ever sees one.
"""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.replies import answering

if TYPE_CHECKING:
    from bot.client.client import DiffChatBot


class Errors(commands.Cog):
    """Puts the translator behind every slash command."""

    def __init__(self, bot: "DiffChatBot") -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        """Become the handler of every error that leaves an application command."""
        self.bot.tree.error(self.on_command_error)

    async def on_command_error(
        self, interaction: discord.Interaction, error: app_commands.AppCommandError
    ) -> None:
        """Answer for a command that raised."""
        async with answering(interaction, self.bot.languages):
            raise error


async def setup(bot: "DiffChatBot") -> None:
    """Called by discord.py's loader."""
    await bot.add_cog(Errors(bot))
