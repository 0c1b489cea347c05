"""Who may use which sub-command of /admin, and how it is answered: to the person alone.

Discord shows the command to people who manage the server; that is checked here again, as Discord's word can
be overruled in a server's settings.
"""

import discord
from discord.ext import commands

from bot.chat.wording.languages import Languages
from bot.client.client import DiffChatBot
from bot.errors import NotAModerator, NotTheOwner
from bot.i18n import Text
from bot.store.guilds import EVERYWHERE


class ModeratorCommands(commands.Cog):
    """What the groups of sub-commands share."""

    bot: DiffChatBot
    languages: Languages

    async def scope(self, interaction: discord.Interaction, everywhere: bool) -> int:
        """The server that is meant, or EVERYWHERE. Raises `NotAModerator` or `NotTheOwner`."""
        if not everywhere:
            return moderated(interaction)
        if not await self.bot.is_owner(interaction.user):
            raise NotTheOwner
        return EVERYWHERE

    async def tell(self, interaction: discord.Interaction, text: Text, **fields: object) -> None:
        """Say a text in the person's language."""
        await say(interaction, text(await self.languages.of(interaction), **fields))


def moderated(interaction: discord.Interaction) -> int:
    """The server of an interaction by somebody who manages it. Raises `NotAModerator`."""
    if interaction.guild_id is None or not interaction.permissions.manage_guild:
        raise NotAModerator
    return interaction.guild_id


async def say(interaction: discord.Interaction, text: str) -> None:
    """Answer, or answer once more."""
    if interaction.response.is_done():
        await interaction.followup.send(text, ephemeral=True)
    else:
        await interaction.response.send_message(text, ephemeral=True)
