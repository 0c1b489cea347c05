"""In which language somebody is answered, and in which one the bot speaks where everybody reads it.

A person's own answers are in the language they chose in /settings, else in that of their Discord. What a
server reads is in the operator's `[discord] language`, else in the server's preferred locale; a private chat
is in its person's language.
"""

import logging
from typing import Any

import discord

from bot.domain.preferences import Preferences
from bot.errors import StoreError
from bot.i18n import Language
from bot.store.preferences import PreferenceStore

log = logging.getLogger(__name__)


class Languages:
    """`public` is the operator's choice for all servers; None leaves it to each of them."""

    def __init__(self, preferences: PreferenceStore, public: Language | None = None) -> None:
        self._preferences = preferences
        self._public = public

    async def of(self, interaction: discord.Interaction[Any]) -> Language:
        """For the person of an interaction alone."""
        spoken = Language.of(interaction.locale)
        decided = await self._decided(interaction.user.id)
        if interaction.guild_id is None and spoken is not (decided.spoken or Language.ENGLISH):
            await self._remember(interaction.user.id, spoken)
        return decided.language or spoken

    async def around(self, interaction: discord.Interaction[Any]) -> Language:
        """For all who read what is said where an interaction comes from."""
        if interaction.guild_id is None:
            return await self.of(interaction)
        return self._public or Language.of(interaction.guild_locale)

    async def at(self, guild: discord.Guild | None, user_id: int) -> Language:
        """For all in a server, or for the person of a private chat."""
        if guild is None:
            return await self.of_person(user_id)
        return self._public or Language.of(guild.preferred_locale)

    async def of_person(self, user_id: int) -> Language:
        """For a person alone, where no interaction tells their Discord's language."""
        decided = await self._decided(user_id)
        return decided.language or decided.spoken or Language.ENGLISH

    async def _decided(self, user_id: int) -> Preferences:
        """What the person decided; nothing where that cannot be read."""
        try:
            return await self._preferences.of(user_id)
        except StoreError as error:
            log.warning("The language of %s cannot be read: %s", user_id, error)
            return Preferences()

    async def _remember(self, user_id: int, spoken: Language) -> None:
        try:
            await self._preferences.change(user_id, spoken=spoken)
        except StoreError as error:
            log.warning("The language of %s cannot be kept: %s", user_id, error)
