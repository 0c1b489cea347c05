"""Undo and Redo under pictures, disabled where they can do nothing.

Both move the head of the whole conversation, so they look the same under all its pictures. What they can do
changes when a picture is posted or deleted and when the head moves; then the messages that show otherwise are
edited. What each message shows is remembered only in memory: after a restart `correct` reads it from Discord.
"""

import asyncio
import logging
from collections import OrderedDict
from datetime import UTC, datetime
from weakref import WeakValueDictionary

import discord

from bot.chat.discord_api.api_errors import FAILURES
from bot.chat.discord_api.guilds import Guilds
from bot.chat.pictures.views import Able, Moves, able_to_all, turn_buttons_of, turn_view
from bot.chat.wording.languages import Languages
from bot.domain.conversation import Conversation, EditTree, Turn, TurnKind
from bot.domain.unasked import unasked_by
from bot.errors import GoneConversation, GoneTurn, StoreError
from bot.services.edit_trees import EditTrees

log = logging.getLogger(__name__)

_MOST = 25  # of a conversation's latest pictures are kept right; Discord allows about one edit a second
_REMEMBERED = 5000  # messages


class TurnButtons:
    """Keeps the buttons of posted pictures right. `able` says what the engine can do."""

    def __init__(
        self, *, trees: EditTrees, languages: Languages, guilds: Guilds, able: Able = able_to_all
    ) -> None:
        self._able = able
        self._guilds = guilds
        self._trees = trees
        self._languages = languages
        self._shown: OrderedDict[int, Moves] = OrderedDict()  # by turn
        # One refresh of a conversation at a time: two would edit the same messages with different states
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def posted(self, client: discord.Client, message: discord.Message) -> None:
        """A message of ours was posted: if it shows a turn, that may be undone from now on."""
        found = turn_buttons_of(message)
        if found is None:
            return
        turn_id, shown = found
        self._remember(turn_id, shown)
        await self._refreshed(client, turn_id)

    async def correct(self, client: discord.Client, message: discord.Message) -> None:
        """Bring one message up to date, as it may have been missed while the bot was not running."""
        found = turn_buttons_of(message)
        if found is None:
            return
        turn_id, shown = found
        self._remember(turn_id, shown)
        try:
            turn = await self._trees.turn(turn_id)
            conversation = await self._trees.conversation(turn.conversation_id)
            moves = _moves(await self._trees.tree(conversation.id))
            await self._show(client, conversation, turn, moves)
        except (GoneTurn, GoneConversation, StoreError) as error:
            log.info("The buttons of turn %s stay as they are: %r", turn_id, error)

    async def refresh(self, client: discord.Client, conversation_id: int) -> None:
        """The head moved, or a picture went: edit what shows otherwise. Never raises for that."""
        try:
            await self._refresh(client, conversation_id, None)
        except (GoneConversation, StoreError) as error:
            log.info("The buttons of conversation %s stay as they are: %r", conversation_id, error)

    async def view(self, client: discord.Client, turn: Turn) -> discord.ui.View:
        """What belongs under a turn's pictures now. Raises what `EditTrees.tree` does."""
        conversation = await self._trees.conversation(turn.conversation_id)
        moves = _moves(await self._trees.tree(conversation.id))
        self._remember(turn.id, moves)
        return await self._view(client, conversation, turn, moves)

    async def _view(
        self, client: discord.Client, conversation: Conversation, turn: Turn, moves: Moves
    ) -> discord.ui.View:
        guild = await self._guilds.get(client, conversation.guild_id)
        return turn_view(
            turn.id,
            await self._languages.at(guild, conversation.creator_id),
            len(turn.images),
            edited=turn.kind is TurnKind.REFINE,
            reports=conversation.guild_id is not None,
            moves=moves,
            able=self._able(turn.parameters.model),
            doubtful=bool(unasked_by(turn)),
        )

    async def _refreshed(self, client: discord.Client, turn_id: int) -> None:
        try:
            turn = await self._trees.turn(turn_id)
            await self._refresh(client, turn.conversation_id, turn_id)
        except (GoneTurn, GoneConversation, StoreError) as error:
            log.info("The buttons around turn %s stay as they are: %r", turn_id, error)

    async def _refresh(self, client: discord.Client, conversation_id: int, posted: int | None) -> None:
        async with self._locks.setdefault(conversation_id, asyncio.Lock()):
            conversation = await self._trees.conversation(conversation_id)
            tree = await self._trees.tree(conversation_id)
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
        if turn.message_id is None or self._shown.get(turn.id) == moves:
            return
        view = await self._view(client, conversation, turn, moves)
        place = client.get_partial_messageable(conversation.place_id, guild_id=conversation.guild_id)
        try:
            await place.get_partial_message(turn.message_id).edit(view=view)
        except FAILURES as error:
            log.info("The buttons under message %s stay as they are: %s", turn.message_id, error)
        else:
            self._remember(turn.id, moves)

    def _remember(self, turn_id: int, moves: Moves) -> None:
        self._shown[turn_id] = moves
        self._shown.move_to_end(turn_id)
        if len(self._shown) > _REMEMBERED:
            self._shown.popitem(last=False)


def _moves(tree: EditTree) -> Moves:
    return Moves(undo=tree.can_undo, redo=tree.can_redo)
