"""Where conversations went on lately, and which message was heard there last: for catching up after a break.

Pictures do not count as heard: they go on being posted while no message reaches the bot.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select

from bot.domain.conversation import Origin
from bot.settings.shards import Sharding
from bot.store.schema import ConversationRow, ImageRow, TurnRow
from bot.store.session import Database


@dataclass(frozen=True, slots=True)
class Place:
    """A thread or channel of a conversation.

    `last_message_id`: the newest message that lately became a turn there; 0 for none.
    """

    id: int
    last_message_id: int


@dataclass(frozen=True, slots=True)
class Threadless:
    """A conversation that a command began in a server's channel, and that has no thread of its own."""

    conversation_id: int
    channel_id: int
    request_id: int


class PlaceStore:
    """Reads places of the servers on the shards that `sharding` names as ours; it writes nothing."""

    def __init__(self, database: Database, sharding: Sharding | None = None) -> None:
        self._database = database
        self._sharding = sharding or Sharding()

    async def shown_since(self, since: datetime, most: int) -> list[tuple[int, int]]:
        """(channel id, message id) of pictures asked for after `since`, the latest first, at most `most`."""
        statement = (
            select(ImageRow.channel_id, ImageRow.message_id)
            .join(TurnRow, ImageRow.turn_id == TurnRow.id)
            .join(ConversationRow, TurnRow.conversation_id == ConversationRow.id)
            .where(TurnRow.created_at > since, *self._ours())
        )
        async with self._database.reading() as session:
            rows = (await session.execute(statement)).all()
        # chosen here: asked for their order, SQLite walks the index of all messages there ever were
        shown = {(channel, message) for channel, message in rows if channel and message}
        return sorted(shown, key=lambda one: one[1], reverse=True)[:most]

    async def active_since(self, since: datetime, most: int) -> list[Place]:
        """The places with a turn asked for after `since`, the latest first, at most `most` of them.

        Older turns are not looked at: they are found by their index, and there may be very many.
        """
        place = func.coalesce(ConversationRow.thread_id, ConversationRow.channel_id)
        heard = func.max(case((TurnRow.origin == Origin.MESSAGE.value, TurnRow.request_id), else_=0))
        statement = (
            select(place, func.coalesce(heard, 0))
            .join(TurnRow, TurnRow.conversation_id == ConversationRow.id)
            .where(TurnRow.created_at > since, *self._ours())
            .group_by(place)
            .order_by(func.max(TurnRow.id).desc())
            .limit(most)
        )
        async with self._database.reading() as session:
            return [Place(*row) for row in (await session.execute(statement)).all()]

    async def threadless_since(self, since: datetime, most: int) -> list[Threadless]:
        """The conversations that commands began after `since` without a thread, the latest first."""
        row = ConversationRow
        statement = (
            select(row.id, row.channel_id, TurnRow.request_id)
            .join(TurnRow, TurnRow.conversation_id == row.id)
            .where(TurnRow.created_at > since, TurnRow.origin == Origin.SLASH.value, *self._ours())
            # as numbers, or SQLite walks an index of all first turns, or of all without a thread
            .where(func.coalesce(TurnRow.parent_turn_id, 0) == 0, func.coalesce(row.thread_id, 0) == 0)
            .where(func.coalesce(row.guild_id, 0) > 0)
            .order_by(TurnRow.created_at.desc(), TurnRow.id.desc())
            .limit(most)
        )
        async with self._database.reading() as session:
            rows = (await session.execute(statement)).all()
            return [Threadless(number, place, command) for number, place, command in rows if command]

    def _ours(self) -> tuple[ColumnElement[bool], ...]:
        """The servers whose events come to this process; private chats belong to shard 0."""
        if self._sharding.ids is None or self._sharding.count is None:
            return ()
        # divided, not shifted: PostgreSQL shifts a bigint by an integer only, and ours is bound as a bigint
        shard = func.coalesce(ConversationRow.guild_id, 0) // 2**22 % self._sharding.count
        return (shard.in_(self._sharding.ids),)
