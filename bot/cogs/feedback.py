"""Reactions as votes, from raw gateway events: those also come for old messages and after a restart."""

import logging

import discord
from discord.ext import commands

from bot.chat.pictures.reaction_votes import ReactionVotes
from bot.client.client import DiffChatBot
from bot.telemetry.metrics import Metrics

log = logging.getLogger(__name__)


class Feedback(commands.Cog):
    """Stores votes, and takes them back with the reaction. `votes` says which emoji count."""

    def __init__(self, bot: DiffChatBot, *, votes: ReactionVotes, metrics: Metrics) -> None:
        self.bot = bot
        self.votes = votes
        self.metrics = metrics

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        """A person's reaction; those of bots, our own too, are no votes."""
        if event.user_id == self.bot.me_id or (event.member is not None and event.member.bot):
            return
        emoji = str(event.emoji)
        value = self.votes.value(emoji)
        if value is None:
            return
        if await self.votes.vote(event.message_id, event.user_id, emoji, value):
            self.metrics.votes.labels(str(value)).inc()
            log.info("Vote of %s on message %s", event.user_id, event.message_id)
            await self.votes.changed(event.guild_id, event.message_id)

    @commands.Cog.listener()
    async def on_raw_reaction_remove(self, event: discord.RawReactionActionEvent) -> None:
        """A reaction was taken away, by its person or by a moderator."""
        if await self.votes.retract(event.message_id, event.user_id, str(event.emoji)):
            self.metrics.retracted.inc()
            log.info("Vote of %s on message %s taken back", event.user_id, event.message_id)

    @commands.Cog.listener()
    async def on_raw_reaction_clear(self, event: discord.RawReactionClearEvent) -> None:
        """A moderator took all reactions away."""
        await self.votes.clear(event.message_id)

    @commands.Cog.listener()
    async def on_raw_reaction_clear_emoji(self, event: discord.RawReactionClearEmojiEvent) -> None:
        """A moderator took away all reactions with one emoji."""
        await self.votes.clear(event.message_id, str(event.emoji))


async def setup(bot: DiffChatBot) -> None:
    """Called by the client when it starts."""
    has = bot.services
    await bot.add_cog(Feedback(bot, votes=has.votes, metrics=has.metrics))
