"""After a picture is posted: add the first reactions, and note who could see it.

Both run in the background. The job is done as soon as the picture is posted.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

import discord

from bot.chat.discord_api.api_errors import FAILURES, unknown_emoji
from bot.chat.posting.discord_places import DiscordPlaces
from bot.domain.conversation import Conversation, Turn
from bot.errors import StoreError

log = logging.getLogger(__name__)

_PATIENCE = 5.0  # seconds that a stopping bot waits for it

NoteAudience = Callable[[int, Sequence[int]], Awaitable[None]]  # turn, people


class AfterPosting:
    """`reactions` are put under every picture; `seen_by` is told who was in the thread of a new one."""

    def __init__(
        self, places: DiscordPlaces, *, reactions: Sequence[str] = (), seen_by: NoteAudience | None = None
    ) -> None:
        self._places = places
        self._reactions = reactions
        self._seen_by = seen_by
        self._unknown: set[str] = set()  # emoji that Discord refused, told once
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, message: discord.Message, conversation: Conversation, turn: Turn) -> None:
        """Do what belongs to a new picture."""
        self.do(self._seed_reactions(message))
        self.do(self._note_audience(conversation, turn))

    def do(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` in the background; `close` waits for it."""
        task = asyncio.create_task(work, name="after posting")
        # The event loop holds tasks weakly: without this, one could be collected before it ends
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Wait a moment for what is still going on."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_PATIENCE)

    async def _note_audience(self, conversation: Conversation, turn: Turn) -> None:
        """Note who is in the thread, where Discord tells it: a bot with the server members intent."""
        client = self._places.client
        if self._seen_by is None or conversation.thread_id is None:
            return
        try:
            # of another process's shard it is not in the cache
            known = client.get_channel(conversation.thread_id)
            thread = known or await client.fetch_channel(conversation.thread_id)
            if not isinstance(thread, discord.Thread):
                return
            me = client.user.id if client.user else None
            members = [member.id for member in await thread.fetch_members()]
            await self._seen_by(turn.id, [one for one in members if one != me])
        except (*FAILURES, StoreError) as error:
            log.info("Who could see turn %s is known from what people do only: %s", turn.id, error)

    async def _seed_reactions(self, message: discord.Message) -> None:
        """Put the first reactions there for people to click; without leave to react there are none."""
        # One after the other: adding reactions has the tightest limit of all, about one in a quarter of a
        # second
        for emoji in self._reactions:
            try:
                await message.add_reaction(emoji)
            except FAILURES as error:
                if not unknown_emoji(error):
                    log.info("Message %s gets no further reactions of ours: %s", message.id, error)
                    return
                self._tell_operator(emoji)

    def _tell_operator(self, emoji: str) -> None:
        if emoji not in self._unknown:
            self._unknown.add(emoji)
            log.warning(
                "Discord knows no emoji %r that I could react with: see [feedback] reactions in bot.toml. "
                "An emoji of a server is written <:name:id>.",
                emoji,
            )
