"""Reactions as votes: from raw events, so that neither a picture's age nor a restart matters.

A vote outlasts a database that takes nothing: it is stored as soon as it can be, and in the order of the
events, so that one that was taken back meanwhile stays taken back.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import discord
from discord.ext import commands

from bot.aio.retry import StoreRetry
from bot.client.client import DiffChatBot
from bot.store.feedback import plain_emoji

log = logging.getLogger(__name__)


class Feedback(commands.Cog):
    """Stores votes, and takes them back with the reaction. `values` says which emoji count."""

    def __init__(self, bot: DiffChatBot) -> None:
        self.bot = bot
        self.feedback = bot.services.feedback
        self._in_order = asyncio.Lock()  # first come, first served
        reactions = bot.services.settings.feedback.reactions
        self.values = {plain_emoji(emoji): value for emoji, value in reactions.items()}

    async def reconcile(self, channel_id: int, message_id: int) -> int:
        """Compare a message's votes with Discord's own list; how many were added or taken back.

        Raises a discord.DiscordException when the message cannot be read.
        """
        place = self.bot.get_partial_messageable(channel_id)
        message = await place.fetch_message(message_id)
        there = {plain_emoji(str(reaction.emoji)): reaction for reaction in message.reactions}
        changed = 0
        for emoji, value in self.values.items():
            people: list[int] = []
            found = there.get(emoji)
            if found is not None and found.count > found.me:  # else nobody but us reacted: nothing to ask for
                people = [user.id async for user in found.users() if not user.bot]
            changed += await self.feedback.reconcile(message_id, emoji, value, people)
        return changed

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        """A person's reaction; those of bots, our own too, are no votes."""
        if event.user_id == self.bot.me_id or (event.member is not None and event.member.bot):
            return
        emoji = str(event.emoji)
        value = self.values.get(plain_emoji(emoji))
        if value is None:
            return
        if await self._store(lambda: self.feedback.vote(event.message_id, event.user_id, emoji, value)):
            self.bot.services.metrics.votes.labels(str(value)).inc()
            log.info("Vote of %s on message %s", event.user_id, event.message_id)

    @commands.Cog.listener()
    async def on_raw_reaction_remove(self, event: discord.RawReactionActionEvent) -> None:
        """A reaction was taken away, by its person or by a moderator."""
        emoji = str(event.emoji)
        if await self._store(lambda: self.feedback.retract(event.message_id, event.user_id, emoji)):
            self.bot.services.metrics.retracted.inc()
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
    """Called by discord.py's loader."""
    await bot.add_cog(Feedback(bot))
