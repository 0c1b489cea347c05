"""Reactions as votes: what each emoji is worth, and a message's votes compared with Discord's own list."""

from collections.abc import Mapping

import discord

from bot.store.feedback import FeedbackStore, plain_emoji


class ReactionVotes:
    """`reactions` gives the emoji that count, each with its value."""

    def __init__(self, feedback: FeedbackStore, reactions: Mapping[str, int]) -> None:
        self._feedback = feedback
        self._values = {plain_emoji(emoji): value for emoji, value in reactions.items()}

    def value(self, emoji: str) -> int | None:
        """What a reaction is worth; None for one that is no vote."""
        return self._values.get(plain_emoji(emoji))

    async def reconcile(self, message: discord.Message) -> int:
        """Make a message's votes those of Discord's list; how many were added or taken back.

        Raises a discord.DiscordException when the list cannot be read.
        """
        there = {plain_emoji(str(reaction.emoji)): reaction for reaction in message.reactions}
        changed = 0
        for emoji, value in self._values.items():
            people: list[int] = []
            found = there.get(emoji)
            if found is not None and found.count > found.me:  # else nobody but us reacted: nothing to ask for
                people = [user.id async for user in found.users() if not user.bot]
            changed += await self._feedback.reconcile(message.id, emoji, value, people)
        return changed
