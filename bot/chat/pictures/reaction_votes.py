"""Reactions as votes: what each emoji is worth, and a message's votes compared with Discord's own list.

While the database refuses writes, votes wait in memory. They are stored in the order of their events, so that
a vote that was taken back meanwhile stays taken back. A list that was asked for before an event is older than
it, so what was heard while lists are compared is left as the event said.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

import discord

from bot.aio.retry import StoreRetry
from bot.store.feedback import FeedbackStore, plain_emoji

T = TypeVar("T")
Changed = Callable[[int | None, int], Awaitable[None]]
"""Told the server and the message on which somebody voted."""


async def _nobody_told(_guild_id: int | None, _message_id: int) -> None:
    return


class ReactionVotes:
    """`reactions` gives the emoji that count, each with its value; `changed` is told of new votes."""

    def __init__(
        self, feedback: FeedbackStore, reactions: Mapping[str, int], changed: Changed = _nobody_told
    ) -> None:
        self.changed = changed
        self._feedback = feedback
        self._values = {plain_emoji(emoji): value for emoji, value in reactions.items()}
        self._in_order = asyncio.Lock()  # first come, first served
        self._heard: dict[int, set[tuple[str | None, int | None]]] | None = None

    def value(self, emoji: str) -> int | None:
        """What a reaction is worth; None for one that is no vote."""
        return self._values.get(plain_emoji(emoji))

    async def vote(self, message_id: int, user_id: int, emoji: str, value: int) -> bool:
        """Store a reaction worth `value` to a message; whether the message shows pictures."""
        step = partial(self._feedback.vote, message_id, user_id, emoji, value)
        return await self._store(step, message_id, emoji, user_id)

    async def retract(self, message_id: int, user_id: int, emoji: str) -> bool:
        """Take a reaction back; whether there was such a vote."""
        step = partial(self._feedback.retract, message_id, user_id, emoji)
        return await self._store(step, message_id, emoji, user_id)

    async def clear(self, message_id: int, emoji: str | None = None) -> int:
        """Take back everybody's reactions to a message, or those with one emoji; how many votes that were."""
        return await self._store(partial(self._feedback.clear, message_id, emoji), message_id, emoji)

    async def _store(
        self,
        step: Callable[[], Awaitable[T]],
        message_id: int,
        emoji: str | None,
        user_id: int | None = None,
    ) -> T:
        """What `step` gives, once the database takes it and everything that was heard before it."""
        if self._heard is not None:
            plain = None if emoji is None else plain_emoji(emoji)
            self._heard.setdefault(message_id, set()).add((plain, user_id))
        async with self._in_order:
            return await StoreRetry()(step)

    @contextmanager
    def comparing(self) -> Iterator[None]:
        """From before lists are read until they have been reconciled; one at a time."""
        self._heard = {}
        try:
            yield
        finally:
            self._heard = None

    async def reconcile(self, message: discord.Message) -> int:
        """Make a message's votes those of Discord's list; how many were added or taken back.

        Called within `comparing`, which began before `message` was read. Raises a discord.DiscordException
        when the list cannot be read.
        """
        there = {plain_emoji(str(reaction.emoji)): reaction for reaction in message.reactions}
        changed = 0
        for emoji, value in self._values.items():
            found = there.get(emoji)
            people = await _people(found) if found is not None else set()
            async with self._in_order:
                heard = (self._heard or {}).get(message.id, set())
                if heard.isdisjoint({(None, None), (emoji, None)}):
                    but = {user_id for plain, user_id in heard if plain == emoji and user_id is not None}
                    changed += await self._feedback.reconcile(message.id, emoji, value, people, but)
        if changed:
            await self.changed(message.guild.id if message.guild else None, message.id)
        return changed


async def _people(reaction: discord.Reaction) -> set[int]:
    """Who reacted, plainly or with a super-reaction: Discord lists these apart (Get Reactions, `type`).

    A list with nobody but us in it is not asked for.
    """
    lists = (
        (discord.ReactionType.normal, reaction.normal_count - reaction.me),
        (discord.ReactionType.burst, reaction.burst_count - reaction.me_burst),
    )
    return {
        user.id
        for kind, others in lists
        if others > 0
        async for user in reaction.users(type=kind)
        if not user.bot
    }
