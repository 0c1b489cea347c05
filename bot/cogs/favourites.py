"""Favourites: ⭐ as a reaction, or as a button behind More…; /gallery shows them."""

import logging

import discord
from discord.ext import commands

from bot.aio.retry import StoreRetry
from bot.chat.pictures.actions import Action
from bot.chat.wording.languages import Languages
from bot.client.client import DiffChatBot
from bot.domain.gallery import STAR
from bot.services.personal_limits import PersonalLimits
from bot.store.favourites import FavouriteStore
from bot.store.feedback import plain_emoji
from bot.texts import gallery as words

log = logging.getLogger(__name__)


class Favourites(commands.Cog):
    """Keeps them. A star that was set while the bot was not running is not seen; the button is."""

    def __init__(
        self,
        bot: DiffChatBot,
        *,
        favourites: FavouriteStore,
        languages: Languages,
        personal: PersonalLimits,
    ) -> None:
        self.bot = bot
        self.favourites = favourites
        self.languages = languages
        self.personal = personal
        bot.buttons.handle(Action.FAVOURITE, self.toggle)

    async def toggle(self, interaction: discord.Interaction, turn_id: int) -> None:
        """Keep the picture, or let it go."""
        await self.personal.count(interaction.user.id)
        kept = await self.favourites.toggle(interaction.user.id, turn_id)
        said = (words.KEPT if kept else words.LET_GO)(await self.languages.of(interaction))
        await interaction.response.send_message(said, ephemeral=True)

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        """Somebody's ⭐; a bot's is none."""
        if event.user_id != self.bot.me_id and not (event.member is not None and event.member.bot):
            await self._star(event, on=True)

    @commands.Cog.listener()
    async def on_raw_reaction_remove(self, event: discord.RawReactionActionEvent) -> None:
        """The ⭐ was taken away."""
        await self._star(event, on=False)

    async def _star(self, event: discord.RawReactionActionEvent, *, on: bool) -> None:
        if plain_emoji(str(event.emoji)) != STAR:
            return
        message, person = event.message_id, event.user_id
        if await StoreRetry()(lambda: self.favourites.star(message, person, on=on)):
            log.info("Message %s is %s favourite of %s", message, "a" if on else "no", person)


async def setup(bot: DiffChatBot) -> None:
    """Called by the client when it starts."""
    has = bot.services
    await bot.add_cog(
        Favourites(bot, favourites=has.gallery.favourites, languages=has.languages, personal=has.personal)
    )
