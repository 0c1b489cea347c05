"""After a lost session: what people said meanwhile is read as if just said; votes and buttons are compared.

Discord replays events only to a session that is resumed. When a new one begins (a restart, a long outage),
the places of recent conversations are looked through for words that came after the last message heard there.
A message that became a turn before is known by its id, and one that got an answer is passed over, so nothing
is done twice. A process that was killed may have opened a thread without having stored it: such threads are
found first, so that what was said in them is heard.
"""

import asyncio
import logging
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
from discord.ext import commands

from bot.chat.conversations.incoming_messages import IncomingMessages
from bot.chat.discord_api.api_errors import FAILURES
from bot.chat.pictures.deletion import Deletions
from bot.chat.pictures.reaction_votes import ReactionVotes
from bot.chat.pictures.turn_buttons import TurnButtons
from bot.client.client import DiffChatBot
from bot.services.turns import TurnService
from bot.store.places import Place, PlaceStore, Threadless

log = logging.getLogger(__name__)

_ACTIVE = timedelta(days=2)  # places without a turn for so long are not looked at
_PLACES = 200  # most places looked through; discord.py waits out rate limits between them
_PICTURES = 200  # most messages whose votes are compared
_PAUSE_S = 0.05  # between places, each of which takes two or three of the 50 requests a second
_THREADLESS = 50  # most conversations whose thread is looked for
_BEHIND_COMMAND = 20  # messages read behind a command to find its acknowledgement
_HISTORY = 1000  # most messages read in a channel to find them, newest first
_MESSAGES = 50  # most messages read in a place


class CatchUp(commands.Cog):
    """Looks through the places of conversations when a session begins.

    What was said longer than `patience` ago is left alone; zero switches all of this off.
    """

    def __init__(
        self,
        bot: DiffChatBot,
        *,
        messages: IncomingMessages,
        votes: ReactionVotes,
        buttons: TurnButtons,
        deletions: Deletions,
        places: PlaceStore,
        turns: TurnService,
        patience: timedelta,
    ) -> None:
        self.bot = bot
        self.messages = messages
        self.votes = votes
        self.buttons = buttons
        self.deletions = deletions
        self.places = places
        self.turns = turns
        self.patience = patience
        self._one_at_a_time = asyncio.Lock()

    @commands.Cog.listener()
    async def on_connect(self) -> None:
        """A session begins, not a resumed one: what is said now waits for what was missed."""
        self.messages.caught_up.clear()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """A session began; a resumed one gives no such event."""
        if not self.patience:
            self.messages.caught_up.set()
            return
        async with self._one_at_a_time:
            now = datetime.now(UTC)
            try:
                for lone in await self.places.threadless_since(now - _ACTIVE, _THREADLESS):
                    await self._paced(self._find_thread(lone))
                places = await self.places.active_since(now - _ACTIVE, _PLACES)
                read = [await self._paced(self._look_through(place, now - self.patience)) for place in places]
            finally:
                self.messages.caught_up.set()
            shown = await self.places.shown_since(now - _ACTIVE, _PICTURES)
            ids: dict[int, set[int]] = {}
            for channel_id, message_id in shown:
                ids.setdefault(channel_id, set()).add(message_id)
            with self.votes.comparing():
                votes = [await self._paced(self._compare_all(place, wanted)) for place, wanted in ids.items()]
        log.info("Caught up on %s messages in %s places, and on %s votes", sum(read), len(places), sum(votes))

    @staticmethod
    async def _paced(work: Coroutine[Any, Any, int]) -> int:
        """What `work` gives, with a pause after it: many places stay below Discord's global rate limit."""
        done = await work
        await asyncio.sleep(_PAUSE_S)
        return done

    async def _find_thread(self, lone: Threadless) -> int:
        """Give a conversation the thread that was opened on its acknowledgement; how many were found."""
        channel = self.bot.get_channel(lone.channel_id)
        if not isinstance(channel, discord.TextChannel):
            return 0  # no threads on messages there, or a place that is gone
        after = discord.Object(lone.request_id)
        try:
            async for message in channel.history(limit=_BEHIND_COMMAND, after=after, oldest_first=True):
                asked = message.interaction_metadata
                if asked is not None and asked.id == lone.request_id and message.flags.has_thread:
                    # "Start Thread from Message": the thread has the message's id
                    await self.turns.move_to_thread(lone.conversation_id, message.id)
                    log.info("Conversation %s goes on in its thread %s", lone.conversation_id, message.id)
                    return 1
        except FAILURES as error:
            log.info("No thread can be looked for in channel %s: %s", lone.channel_id, error)
        return 0

    async def _compare_all(self, channel_id: int, wanted: set[int]) -> int:
        """Bring the pictures of one channel up to date; how many votes changed.

        A page of history is one request for a hundred messages, where fetching each would be a request a
        picture and run into the rate limit of that route.
        """
        ends = discord.Object(min(wanted) - 1), discord.Object(max(wanted) + 1)
        changed = 0
        try:
            place = self.bot.get_partial_messageable(channel_id)
            found = place.history(limit=_HISTORY, after=ends[0], before=ends[1], oldest_first=False)
            async for message in found:
                if message.id in wanted:
                    changed += await self._compare(message)
        except FAILURES as error:
            log.info("The votes in channel %s cannot be compared: %s", channel_id, error)
        return changed

    async def _compare(self, message: discord.Message) -> int:
        """Bring one picture's votes and buttons up to date; how many votes changed."""
        try:
            await self.deletions.finish(self.bot, message)
            await self.buttons.correct(self.bot, message)
            return await self.votes.reconcile(message)
        except FAILURES as error:
            log.info("The votes on message %s cannot be compared: %s", message.id, error)
            return 0

    async def _look_through(self, place: Place, oldest: datetime) -> int:
        """Read what was missed in one place; how many messages were handed on."""
        known = max(place.last_message_id, discord.utils.time_snowflake(oldest))
        try:
            channel = self.bot.get_channel(place.id) or await self.bot.fetch_channel(place.id)
            if not isinstance(channel, discord.abc.Messageable):
                return 0
            after = discord.Object(known)
            missed = [m async for m in channel.history(limit=_MESSAGES, after=after, oldest_first=True)]
        except discord.DiscordException as error:
            # gone, or closed to us meanwhile: then nobody waits there for an answer
            log.info("Place %s cannot be looked through: %s", place.id, error)
            return 0
        answered = {m.reference.message_id for m in missed if m.author.id == self.bot.me_id and m.reference}
        left = [m for m in missed if m.id not in answered and m.author.id != self.bot.me_id]
        for message in left:
            await self.messages.hear(message, self.bot.me_id)
        return len(left)


async def setup(bot: DiffChatBot) -> None:
    """Called by the client when it starts."""
    has = bot.services
    patience = timedelta(hours=has.settings.discord.catch_up_hours)
    await bot.add_cog(
        CatchUp(
            bot,
            messages=has.messages,
            votes=has.votes,
            buttons=has.buttons,
            deletions=has.deletions,
            places=has.places,
            turns=has.turns,
            patience=patience,
        )
    )
