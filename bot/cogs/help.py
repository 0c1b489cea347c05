"""/help: how to paint by talking, in one message."""

import discord
from discord import app_commands
from discord.ext import commands

from bot import words
from bot.client import DiffChatBot


class Help(commands.Cog):
    """The command and its text."""

    def __init__(self, bot: DiffChatBot) -> None:
        self.bot = bot

    @app_commands.command(name="help", description=words.HELP)
    async def help(self, interaction: discord.Interaction) -> None:
        """Answer to the person alone."""
        settings = self.bot.services.settings
        text = words.help_text(list(settings.feedback.reactions), settings.discord.message_content)
        await interaction.response.send_message(text, ephemeral=True)


async def setup(bot: DiffChatBot) -> None:
    """Called by discord.py's loader."""
    await bot.add_cog(Help(bot))
