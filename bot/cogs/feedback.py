"""Reactions as votes, from raw gateway events: those also come for old messages and after a restart.

While the database refuses writes, votes wait in memory. They are stored in the order of their events, so that
a vote that was taken back meanwhile stays taken back.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import discord
from discord.ext import commands

from bot.aio.retry import StoreRetry
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
        self._in_order = asyncio.Lock()  # first come, first served

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        """A person's reaction; those of bots, our own too, are no votes."""
        if event.user_id == self.bot.me_id or (event.member is not None and event.member.bot):
            return
        emoji = str(event.emoji)
        value = self.votes.value(emoji)
        if value is None:
            return
        if await self._store(lambda: self.feedback.vote(event.message_id, event.user_id, emoji, value)):
            self.metrics.votes.labels(str(value)).inc()
            log.info("Vote of %s on message %s", event.user_id, event.message_id)
            await self.votes.changed(event.guild_id, event.message_id)

    @commands.Cog.listener()
    async def on_raw_reaction_remove(self, event: discord.RawReactionActionEvent) -> None:
        """A reaction was taken away, by its person or by a moderator."""
        emoji = str(event.emoji)
        if await self._store(lambda: self.feedback.retract(event.message_id, event.user_id, emoji)):
            self.metrics.retracted.inc()
            log.info("Vote of %s on message %s taken back", event.user_id, event.message_id)

    @commands.Cog.listener()
    async def on_raw_reaction_clear(self, event: discord.RawReactionClearEvent) -> None:
        """A moderator took all reactions away."""
        await self._store(lambda: self.feedback.clear(event.message_id))

    @commands.Cog.listener()
    async def on_raw_reaction_clear_emoji(self, event: discord.RawReactionClearEmojiEvent) -> None:
        """A moderator took away all reactions with one emoji."""
        await self._store(lambda: self.feedback.clear(event.message_id, str(event.emoji)))

    async def _store(self, step: Callable[[], Awaitable[int]]) -> int:
        """What `step` gives, once the database takes it and everything before it."""
        async with self._in_order:
            return await StoreRetry()(step)


async def setup(bot: DiffChatBot) -> None:
    """Called by the client when it starts."""
    has = bot.services
    await bot.add_cog(Feedback(bot, feedback=has.feedback, votes=has.votes, metrics=has.metrics))
