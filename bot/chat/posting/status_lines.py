"""The status lines of all turns that are worked on: begun, changed, found again, taken away."""

import asyncio
import logging
import time
from dataclasses import dataclass

import discord

from bot.chat.discord_api.api_errors import FAILURES
from bot.chat.pictures.actions import Action
from bot.chat.pictures.views import status_view
from bot.chat.posting.discord_places import DiscordPlaces
from bot.chat.posting.earlier_messages import EarlierMessages
from bot.chat.posting.reply_target import reply_to
from bot.chat.posting.status_line import StatusLine
from bot.domain.conversation import Conversation, Turn
from bot.i18n import Language
from bot.jobs.presenter import Away, Loading, Painting, Queued, Reading, Stalled, TurnStatus, Writing
from bot.texts import pictures as words

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A line and the language it began in, which is looked up once."""

    line: StatusLine
    language: Language


class StatusLines:
    """One line for each turn, edited at most once per `interval` seconds."""

    def __init__(self, places: DiscordPlaces, earlier: EarlierMessages, interval: float) -> None:
        self._places = places
        self._earlier = earlier
        self._interval = interval
        self._lines: dict[int, _Spoken] = {}
        self._estimates: dict[int, asyncio.TimerHandle] = {}

    async def show(self, conversation: Conversation, turn: Turn, status: TurnStatus) -> None:
        """Show the status in the turn's line; never waits for the line's next slot."""
        spoken = self._lines.get(turn.id)
        if spoken is None:
            # another status may have begun the line while this one looked for an earlier one: its line stays
            spoken = self._lines.setdefault(turn.id, await self._begun(conversation, turn))
        self._forget_estimate(turn.id)
        spoken.line.show(_text(status, spoken.language))
        if isinstance(status, Queued) and status.starts_at is not None and status.starts_at > time.time():
            # the line would count on into the past: "55 seconds ago"
            self._estimates[turn.id] = asyncio.get_running_loop().call_later(
                status.starts_at - time.time(),
                spoken.line.show,
                words.queued(spoken.language, status.position, 0),
            )

    async def close(self, conversation: Conversation, turn: Turn) -> discord.Message | None:
        """Stop writing a turn's line; its message, if there is one, also one from before a restart."""
        self._forget_estimate(turn.id)
        spoken = self._lines.pop(turn.id, None)
        message = await spoken.line.close() if spoken else None
        return message or await self._earlier.find(conversation, turn, Action.CANCEL)

    async def forget(self, turn_id: int) -> None:
        """Stop writing a turn's line, and let it be."""
        self._forget_estimate(turn_id)
        if (spoken := self._lines.pop(turn_id, None)) is not None:
            await spoken.line.close()

    async def remove(self, conversation: Conversation, turn: Turn) -> None:
        """Take a turn's line away."""
        message = await self.close(conversation, turn)
        if message is not None:
            await _delete(message, turn)
            # two processes may each have begun a line while the job went from one to the other
            if self._earlier.is_looked_for(turn.id):
                other = await self._earlier.find(conversation, turn, Action.CANCEL)
                if other is not None and other.id != message.id:
                    await _delete(other, turn)
        self._earlier.settled(turn)

    def _forget_estimate(self, turn_id: int) -> None:
        if (estimate := self._estimates.pop(turn_id, None)) is not None:
            estimate.cancel()

    async def _begun(self, conversation: Conversation, turn: Turn) -> _Spoken:
        place, language = self._places.of(conversation), await self._places.language(conversation)

        async def send(text: str) -> discord.Message:
            view = status_view(turn.id, language)
            return await place.send(text, view=view, **reply_to(conversation, turn, None))

        line = StatusLine(send, self._interval)
        line.message = await self._earlier.find(conversation, turn, Action.CANCEL)
        return _Spoken(line, language)


async def _delete(message: discord.Message, turn: Turn) -> None:
    try:
        await message.delete()
    except FAILURES as error:
        log.warning("The status line of turn %s stays: %s", turn.id, error)


def _text(status: TurnStatus, language: Language) -> str:
    match status:
        case Queued(position, starts_at):
            return words.queued(language, position, starts_at, now=time.time())
        case Reading():
            return words.READING(language)
        case Writing():
            return words.WRITING(language)
        case Painting(step, of):
            return words.painting(language, step, of)
        case Loading(model):
            return words.LOADING(language, model=model)
        case Stalled():
            return words.STALLED(language)
        case Away():
            return words.AWAY(language)
