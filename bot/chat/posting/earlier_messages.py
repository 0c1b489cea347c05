"""Finding again what this bot sent about a turn before: its status line, or its picture.

After a restart, or after an answer that was lost on the way, only Discord knows whether a message was sent.
Buttons tell whose message it is: their `custom_id` carries the action and the turn. No clock of this machine
is asked, as it may have been set back meanwhile.
"""

import logging

import discord

from bot.chat.discord_api.api_errors import FAILURES
from bot.chat.discord_api.components import buttons_of
from bot.chat.pictures.actions import Action, custom_id
from bot.chat.posting.discord_places import DiscordPlaces
from bot.domain.conversation import Conversation, Turn

log = logging.getLogger(__name__)

PICTURE = (Action.MORE, Action.REFINE)
"""Buttons by which the message of a turn's pictures is known: that of now, and that of older versions."""

_LOOK_BACK = 300  # latest messages of a place that are looked through


class EarlierMessages:
    """Looks through places for messages of earlier tries."""

    def __init__(self, places: DiscordPlaces) -> None:
        self._places = places
        self._wanted: set[int] = set()  # turns put off, or shown by another process before

    def look_for(self, turn_id: int) -> None:
        """Note that messages of the turn may be there that this process does not know or remember."""
        self._wanted.add(turn_id)

    def is_looked_for(self, turn_id: int) -> bool:
        """Whether that was noted."""
        return turn_id in self._wanted

    def settled(self, turn: Turn) -> None:
        """Note that the turn is posted."""
        self._wanted.discard(turn.id)

    async def find(self, conversation: Conversation, turn: Turn, *actions: Action) -> discord.Message | None:
        """As `look`, but None at once where nothing about the turn can have been sent before."""
        if self._places.is_of_earlier_process(turn) or turn.id in self._wanted:
            return await self.look(conversation, turn, *actions)
        return None

    async def look(self, conversation: Conversation, turn: Turn, *actions: Action) -> discord.Message | None:
        """The message with one of these buttons of this turn; None where none is, or none can be seen."""
        wanted = {custom_id(action, turn.id) for action in actions}
        place = self._places.of(conversation)
        try:
            async for message in place.history(limit=_LOOK_BACK):
                # Ids are snowflakes, ordered by Discord's clock ("Reference", Snowflakes); history() begins
                # with the newest
                if message.id < (turn.request_id or 0):
                    return None  # older than the request, and so are the rest
                if wanted & buttons_of(message).keys():
                    return message
        except FAILURES as error:
            log.warning("What was posted for turn %s earlier cannot be seen: %s", turn.id, error)
        return None
