"""Undo under pictures, disabled where it can do nothing; under older messages Redo too.

Both move the head of the whole conversation, so they look the same under all its pictures. What they can do
changes when a picture is posted or deleted and when the head moves; then the messages that show otherwise are
edited. (Redo is behind More… now, which is made when it is pressed.) What each message shows is remembered in
memory alone: after a restart it is read from Discord.
"""

import asyncio
import logging
from collections import OrderedDict
from datetime import UTC, datetime
from weakref import WeakValueDictionary

import discord

from bot.chat.discord_api.api_errors import FAILURES
from bot.chat.pictures.actions import Able, Moves, PictureState, able_to_all, state_of
from bot.chat.pictures.posted_message import Shown, as_wanted, moves_shown, turn_shown, with_moves
from bot.domain.conversation import Conversation, Turn
from bot.domain.edit_tree import EditTree
from bot.errors import GoneConversation, GoneTurn, StoreError
from bot.services.edit_trees import EditTrees

log = logging.getLogger(__name__)

_MOST = 25  # of a conversation's latest pictures are kept right; Discord allows about one edit a second
_REMEMBERED = 5000  # messages


class TurnButtons:
    """Keeps the buttons of posted pictures right. `able` says what the engine can do.

    `replay_after` edits in a row a fresh start is offered; 0 never offers one.
    """

    def __init__(self, *, trees: EditTrees, able: Able = able_to_all, replay_after: int = 0) -> None:
        self._able = able
        self._replay_after = replay_after
        self._trees = trees
        self._shown: OrderedDict[int, Shown] = OrderedDict()  # by turn
        # One refresh of a conversation at a time: two would edit the same messages with different states
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def posted(self, client: discord.Client, message: discord.Message) -> None:
        """A message of ours was posted: if it shows a turn, that may be undone from now on."""
        turn_id = turn_shown(message)
        if turn_id is None:
            return
        self._remember(turn_id, moves_shown(message, turn_id))
        await self._refreshed(client, turn_id)

    async def correct(self, client: discord.Client, message: discord.Message) -> None:
        """Bring one message up to date, as it may have been missed while the bot was not running."""
        turn_id = turn_shown(message)
        if turn_id is None:
            return
        self._remember(turn_id, moves_shown(message, turn_id))
        try:
            turn = await self._trees.turn(turn_id)
            conversation, tree = await self._trees.whole(turn.conversation_id)
            await self._show(client, conversation, turn, _moves(tree))
        except (GoneTurn, GoneConversation, StoreError) as error:
            log.info("The buttons of turn %s stay as they are: %r", turn_id, error)

    async def refresh(self, client: discord.Client, conversation_id: int) -> None:
        """The head moved, or a picture went: edit what shows otherwise. Never raises for that."""
        try:
            await self._refresh(client, conversation_id, None)
        except (GoneConversation, StoreError) as error:
            log.info("The buttons of conversation %s stay as they are: %r", conversation_id, error)

    async def moves(self, turn: Turn) -> Moves:
        """What Undo and Redo can do now in a turn's conversation. Raises what `EditTrees.tree` does."""
        return _moves(await self._trees.tree(turn.conversation_id))

    async def state(self, turn: Turn) -> PictureState:
        """What decides which buttons a turn has now. Raises what `EditTrees.tree` does."""
        conversation, tree = await self._trees.whole(turn.conversation_id)
        able = self._able(turn.parameters.model)
        return state_of(turn, conversation, len(turn.images), _moves(tree), able, self._replay_after)

    async def _refreshed(self, client: discord.Client, turn_id: int) -> None:
        try:
            turn = await self._trees.turn(turn_id)
            await self._refresh(client, turn.conversation_id, turn_id)
        except (GoneTurn, GoneConversation, StoreError) as error:
            log.info("The buttons around turn %s stay as they are: %r", turn_id, error)

    async def _refresh(self, client: discord.Client, conversation_id: int, posted: int | None) -> None:
        async with self._locks.setdefault(conversation_id, asyncio.Lock()):
            conversation, tree = await self._trees.whole(conversation_id)
            if posted is not None and not tree.turns[posted].live:
                # Discord tells of the message before the database has noted that it was posted
                tree = tree.finish(posted, datetime.now(UTC))
            moves = _moves(tree)
            latest = sorted((turn.id for turn in tree.turns.values() if turn.live), reverse=True)[:_MOST]
            for turn_id in latest:
                await self._show(client, conversation, tree.turns[turn_id], moves)

    async def _show(
        self, client: discord.Client, conversation: Conversation, turn: Turn, moves: Moves
    ) -> None:
        """Edit the message of a turn, unless it shows these moves already."""
        shown = self._shown.get(turn.id)
        if turn.message_id is None or (shown is not None and as_wanted(shown, moves) == shown):
            return
        place = client.get_partial_messageable(conversation.place_id, guild_id=conversation.guild_id)
        try:
            # read first: an edit of a layout replaces all of it, and only the message knows its form
            message = await place.fetch_message(turn.message_id)
            shown = moves_shown(message, turn.id)
            if (wanted := as_wanted(shown, moves)) != shown:
                await message.edit(view=with_moves(message, turn.id, moves))
        except FAILURES as error:
            log.info("The buttons under message %s stay as they are: %s", turn.message_id, error)
        else:
            self._remember(turn.id, wanted)

    def _remember(self, turn_id: int, shown: Shown) -> None:
        self._shown[turn_id] = shown
        self._shown.move_to_end(turn_id)
        if len(self._shown) > _REMEMBERED:
            self._shown.popitem(last=False)


def _moves(tree: EditTree) -> Moves:
    return Moves(undo=tree.can_undo, redo=tree.can_redo)
