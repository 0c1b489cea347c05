"""/help: how to paint by talking, in one message."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client.client import DiffChatBot
from bot.texts import answers as words
from bot.texts import slash


class Help(commands.Cog):
    """The command and its text."""

    def __init__(self, bot: DiffChatBot) -> None:
        self.bot = bot

    @app_commands.command(name="help", description=slash.HELP.en)
    async def help(self, interaction: discord.Interaction) -> None:
        """Answer to the person alone."""
        settings = self.bot.services.settings
        language = await self.bot.languages.of(interaction)
        text = words.help_text(
            language, settings.feedback.reactions, readable=settings.discord.message_content
        )
        await interaction.response.send_message(text, ephemeral=True)


async def setup(bot: DiffChatBot) -> None:
    """Called by discord.py's loader."""
    await bot.add_cog(Help(bot))
