"""Reactions as votes, from raw gateway events: those also come for old messages and after a restart.

While the database refuses writes, votes wait in memory. They are stored in the order of their events, so that
a vote that was taken back meanwhile stays taken back.
"""

import logging
from functools import partial

import discord
from discord.ext import commands

from bot.chat.pictures.reaction_votes import ReactionVotes
from bot.client.client import DiffChatBot
from bot.store.feedback import FeedbackStore
from bot.telemetry.metrics import Metrics

log = logging.getLogger(__name__)


class Feedback(commands.Cog):
    """Stores votes, and takes them back with the reaction. `votes` says which emoji count."""

    def __init__(
        self, bot: DiffChatBot, *, feedback: FeedbackStore, votes: ReactionVotes, metrics: Metrics
    ) -> None:
        self.bot = bot
        self.feedback = feedback
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
        message, person = event.message_id, event.user_id
        vote = partial(self.feedback.vote, message, person, emoji, value)
        if await self.votes.store(vote, message, emoji=emoji, user_id=person):
            self.metrics.votes.labels(str(value)).inc()
            log.info("Vote of %s on message %s", event.user_id, event.message_id)
            await self.votes.changed(event.guild_id, event.message_id)

    @commands.Cog.listener()
    async def on_raw_reaction_remove(self, event: discord.RawReactionActionEvent) -> None:
        """A reaction was taken away, by its person or by a moderator."""
        emoji = str(event.emoji)
        message, person = event.message_id, event.user_id
        retract = partial(self.feedback.retract, message, person, emoji)
        if await self.votes.store(retract, message, emoji=emoji, user_id=person):
            self.metrics.retracted.inc()
            log.info("Vote of %s on message %s taken back", event.user_id, event.message_id)

    @commands.Cog.listener()
    async def on_raw_reaction_clear(self, event: discord.RawReactionClearEvent) -> None:
        """A moderator took all reactions away."""
        await self.votes.store(partial(self.feedback.clear, event.message_id), event.message_id)

    @commands.Cog.listener()
    async def on_raw_reaction_clear_emoji(self, event: discord.RawReactionClearEmojiEvent) -> None:
        """A moderator took away all reactions with one emoji."""
        message, emoji = event.message_id, str(event.emoji)
        await self.votes.store(partial(self.feedback.clear, message, emoji), message, emoji=emoji)


async def setup(bot: DiffChatBot) -> None:
    """Called by the client when it starts."""
    has = bot.services
    await bot.add_cog(Feedback(bot, feedback=has.feedback, votes=has.votes, metrics=has.metrics))
