"""The one place where an exception becomes the sentence a person reads on Discord.

Answers to commands, buttons and forms are ephemeral; a plain message is answered by a reply. Whatever is not
an ordinary mistake of a person is logged with its traceback; nobody on Discord ever sees one.
"""

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.requests.replies import answering
from bot.chat.wording.languages import Languages
from bot.client.client import DiffChatBot


class Errors(commands.Cog):
    """Puts the translator behind every slash command."""

    def __init__(self, bot: DiffChatBot, *, languages: Languages) -> None:
        self.bot = bot
        self.languages = languages

    async def cog_load(self) -> None:
        """Become the handler of every error that leaves an application command."""
        self.bot.tree.error(self.on_command_error)

    async def on_command_error(
        self, interaction: discord.Interaction, error: app_commands.AppCommandError
    ) -> None:
        """Answer for a command that raised."""
        async with answering(interaction, self.languages):
            raise error


async def setup(bot: DiffChatBot) -> None:
    """Called by the client when it starts."""
    await bot.add_cog(Errors(bot, languages=bot.services.languages))
