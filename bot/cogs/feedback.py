"""Reactions as votes: from raw events, so that neither a picture's age nor a restart matters."""

import logging

import discord
from discord.ext import commands

from bot.client import DiffChatBot
from bot.store.feedback import plain_emoji

log = logging.getLogger(__name__)


class Feedback(commands.Cog):
    """Stores votes, and takes them back with the reaction. `values` says which emoji count."""

    def __init__(self, bot: DiffChatBot) -> None:
        self.bot = bot
        self.feedback = bot.services.feedback
        reactions = bot.services.settings.feedback.reactions
        self.values = {plain_emoji(emoji): value for emoji, value in reactions.items()}

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        """A person's reaction; those of bots, our own too, are no votes."""
        if event.user_id == self.bot.me_id or (event.member is not None and event.member.bot):
            return
        emoji = str(event.emoji)
        value = self.values.get(plain_emoji(emoji))
        if value is not None and await self.feedback.vote(event.message_id, event.user_id, emoji, value):
            log.info("Vote of %s on message %s", event.user_id, event.message_id)

    @commands.Cog.listener()
    async def on_raw_reaction_remove(self, event: discord.RawReactionActionEvent) -> None:
        """A reaction was taken away, by its person or by a moderator."""
        if await self.feedback.retract(event.message_id, event.user_id, str(event.emoji)):
            log.info("Vote of %s on message %s taken back", event.user_id, event.message_id)

    @commands.Cog.listener()
    async def on_raw_reaction_clear(self, event: discord.RawReactionClearEvent) -> None:
        """A moderator took all reactions away."""
        await self.feedback.clear(event.message_id)

    @commands.Cog.listener()
    async def on_raw_reaction_clear_emoji(self, event: discord.RawReactionClearEmojiEvent) -> None:
        """A moderator took away all reactions with one emoji."""
        await self.feedback.clear(event.message_id, str(event.emoji))


async def setup(bot: DiffChatBot) -> None:
    """Called by discord.py's loader."""
    await bot.add_cog(Feedback(bot))
