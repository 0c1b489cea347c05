"""/help: how to paint by talking, in one message."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.wording.languages import Languages
from bot.client.client import DiffChatBot
from bot.settings import Settings
from bot.texts import answers as words
from bot.texts import slash
from model.engine import Engine


class Help(commands.Cog):
    """The command. Its text names the reactions that count, and says whether plain messages are read."""

    def __init__(self, *, languages: Languages, settings: Settings, engine: Engine) -> None:
        self.languages = languages
        self.settings = settings
        self.engine = engine

    @app_commands.command(name="help", description=slash.HELP.en)
    async def help(self, interaction: discord.Interaction) -> None:
        """Answer to the person alone."""
        language = await self.languages.of(interaction)
        text = words.help_text(
            language,
            self.settings.feedback.reactions,
            around=await self.languages.around(interaction),
            readable=self.settings.discord.message_content,
            tinyworld=self.settings.paints_tinyworld,
            region=self.engine.info.capabilities.region,
        )
        await interaction.response.send_message(text, ephemeral=True)


async def setup(bot: DiffChatBot) -> None:
    """Called by the client when it starts."""
    has = bot.services
    await bot.add_cog(Help(languages=has.languages, settings=has.settings, engine=has.engine))
