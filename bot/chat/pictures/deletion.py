"""Deleting a picture: the bot asks once, hides it at once, and can show it again for a minute.

For that minute the message stays, without the picture and with a button. What it showed is held in memory
only: a bot that stops deletes at once, and one that was killed does so at its next start (`finish`).
"""

import asyncio
import logging
from dataclasses import dataclass, field
from typing import Protocol

import discord

from bot.chat.discord_api.api_errors import FAILURES
from bot.chat.discord_api.components import buttons_of
from bot.chat.pictures.actions import Action, custom_id
from bot.chat.pictures.posted_message import files_of, hide, show_again
from bot.chat.pictures.turn_buttons import TurnButtons
from bot.chat.wording.languages import Languages
from bot.domain.conversation import Conversation, Turn
from bot.errors import BotError, GoneTurn
from bot.services.edit_trees import EditTrees
from bot.services.turns import TurnService
from bot.texts import answers as words

log = logging.getLogger(__name__)

GIVE_BACK_S = 60.0


class Elsewhere(Protocol):
    """Where else a picture is shown than in its own message (`bot.chat.gallery.showcase`)."""

    def hide(self, turn_id: int) -> None:
        """Show it no longer."""

    def show_again(self, turn_id: int, guild_id: int | None, message_id: int) -> None:
        """It is in its message again."""

    def forget(self, turn_id: int) -> None:
        """It is deleted."""


@dataclass
class _Hidden:
    """A picture out of sight, with what its message showed."""

    turn: Turn
    message: discord.Message
    files: list[discord.File]
    given_back: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)


class Deletions:
    """The deletions of this process that can still be taken back."""

    def __init__(
        self,
        *,
        turns: TurnService,
        trees: EditTrees,
        buttons: TurnButtons,
        languages: Languages,
        elsewhere: Elsewhere,
    ) -> None:
        self._turns = turns
        self._trees = trees
        self._buttons = buttons
        self._languages = languages
        self._elsewhere = elsewhere
        self._hidden: dict[int, _Hidden] = {}  # by turn
        self._hiding: set[int] = set()  # turns that are being taken out of sight this moment
        self._tasks: set[asyncio.Task[None]] = set()

    def hides(self, turn_id: int) -> bool:
        """Whether this process has the picture out of sight, to be deleted within the minute."""
        return turn_id in self._hidden or turn_id in self._hiding

    async def hide(self, client: discord.Client, turn: Turn, by: int) -> None:
        """Take a picture out of sight; in a minute it is deleted for good."""
        # marked before the first await: a second press at the same moment would find the picture's file gone
        # already, take that for a picture that cannot be hidden, and delete it at once
        if self.hides(turn.id):
            return
        self._hiding.add(turn.id)
        try:
            await self._hide(client, turn, by)
        finally:
            self._hiding.discard(turn.id)

    async def _hide(self, client: discord.Client, turn: Turn, by: int) -> None:
        conversation = await self._trees.conversation(turn.conversation_id)
        try:
            message = await _place(client, conversation).fetch_message(turn.message_id or 0)
            files = await files_of(client, message)
            language = await self._languages.at(message.guild, by)
            text = words.DELETED_FOR_NOW(language, person=f"<@{by}>")
            await hide(message, turn.id, text, Action.BRING_BACK, language)
        except FAILURES as error:
            log.info("The picture of turn %s cannot be hidden and is deleted at once: %s", turn.id, error)
            await self._delete(client, turn)
            return
        hidden = self._hidden[turn.id] = _Hidden(turn, message, files)
        self._elsewhere.hide(turn.id)
        task = asyncio.create_task(self._delete_later(client, hidden), name=f"deletion {turn.id}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def bring_back(self, client: discord.Client, turn_id: int) -> None:
        """Show a hidden picture again, just as it was. Raises `GoneTurn` where it is too late."""
        # Taken out before the first await, so that the minute cannot end while the message is being edited
        hidden = self._hidden.pop(turn_id, None)
        if hidden is None:
            raise GoneTurn
        try:
            moves = await self._buttons.moves(hidden.turn)
            await show_again(hidden.message, turn_id, hidden.files, moves)
        except BaseException:
            self._hidden[turn_id] = hidden  # so that it is still deleted, or given back by another press
            raise
        hidden.given_back.set()
        guild = hidden.message.guild
        self._elsewhere.show_again(turn_id, guild.id if guild else None, hidden.message.id)
        log.info("Turn %s was brought back", turn_id)

    async def finish(self, client: discord.Client, message: discord.Message) -> None:
        """Delete the picture of `message` where it shows that a killed bot left its deletion open."""
        turn = await self._trees.turn_shown_by(message.id)
        if turn is None or turn.id in self._hidden:
            return
        if custom_id(Action.BRING_BACK, turn.id) in buttons_of(message):
            await self._delete(client, turn)

    async def close(self) -> None:
        """Delete what waits for its minute to end: after a stop nothing could be shown again."""
        for hidden in self._hidden.values():
            hidden.ended.set()
        if self._tasks:
            await asyncio.wait(self._tasks)

    async def _delete_later(self, client: discord.Client, hidden: _Hidden) -> None:
        waits = [asyncio.create_task(event.wait()) for event in (hidden.given_back, hidden.ended)]
        await asyncio.wait(waits, timeout=GIVE_BACK_S, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        # None where `bring_back` has just taken it: the timer and the press may come in the same moment
        if self._hidden.pop(hidden.turn.id, None) is not None:
            await self._delete(client, hidden.turn)

    async def _delete(self, client: discord.Client, turn: Turn) -> None:
        """Delete the picture, its words, its votes and its message."""
        try:
            deleted = await self._turns.delete_turn(turn.id, turn.author_id)
        except BotError as error:
            log.info("Turn %s cannot be deleted: %r", turn.id, error)
            return
        self._elsewhere.forget(turn.id)
        log.info("Turn %s is deleted", turn.id)
        try:
            place = _place(client, deleted.conversation)
            await place.get_partial_message(turn.message_id or 0).delete()
        except FAILURES as error:
            log.info("Message %s could not be deleted: %s", turn.message_id, error)
        await self._buttons.refresh(client, deleted.conversation.id)


def _place(client: discord.Client, conversation: Conversation) -> discord.PartialMessageable:
    return client.get_partial_messageable(conversation.place_id, guild_id=conversation.guild_id)
