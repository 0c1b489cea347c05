"""Conversations and turns in the database: beginning, adding, finding, moving the head, deleting."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import BindParameter, Select, bindparam, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.conversation import (
    Conversation,
    NewConversation,
    NewTurn,
    Parameters,
    Turn,
)
from bot.domain.edit_tree import EditTree
from bot.domain.limits import Allowance, GuildRules, ModelLimits, allowance
from bot.domain.moves import moved
from bot.domain.said_commands import Asked, Request
from bot.errors import GoneTurn
from bot.settings import LimitsSettings
from bot.store import leases
from bot.store.admission import USUAL, UsedModel, admit
from bot.store.dialect import Lock, database_time, serialise
from bot.store.feedback import Signal, put_pick, put_signal, take_back_signal
from bot.store.mapping import (
    conversation_of,
    conversation_row,
    load_tree,
    load_turn,
    load_turns,
    place_head,
    turn_row,
    without_words,
)
from bot.store.new_turns import UNENDED, Added, insert_turn, known_request, parent_of
from bot.store.schema import BroughtPictureRow, ConversationRow, ImageRow, JobRow, SourcePictureRow, TurnRow
from bot.store.session import Database


class ConversationStore:
    """Reads and writes conversations; every method is one transaction.

    `models`: the limits of those of [models]; others count for one turn and have none of their own.
    """

    def __init__(
        self,
        database: Database,
        limits: LimitsSettings,
        holder: str | None = None,
        models: Mapping[str, ModelLimits] | None = None,
    ) -> None:
        self._database = database
        self._limits = limits
        self._holder = holder
        self._models = models or {}

    async def start(
        self,
        conversation: NewConversation,
        turn: NewTurn,
        allowed: Allowance | None = None,
        placed: bool = True,
        further: Sequence[NewTurn] = (),
    ) -> Added:
        """Store a conversation, its first turn and that turn's job; `allowed` is the settings' by default.

        `further` turns are asked for with it and begin anew beside the first, as its children.

        The job of one that is not `placed` yet is left alone by other processes while this one lives.
        Raises a `QueueRefused`, or `GoneTurn` when pictures to be shown again are not there any more.
        """
        async with self._database.session() as session:
            await serialise(session, Lock.ADMISSION)
            if (known := await known_request(session, turn)) is not None:
                return known
            used = self._used(turn.parameters, allowed)
            if turn.pictures:  # they are shown once more, and the model paints nothing
                used = USUAL
            more = 1 + len(further)
            await self._admit(session, turn.author_id, conversation.guild_id, allowed, more, used)
            row = ConversationRow(
                guild_id=conversation.guild_id,
                channel_id=conversation.channel_id,
                thread_id=conversation.thread_id,
                creator_id=conversation.creator_id,
                title=conversation.title,
                created_at=await database_time(session),
            )
            session.add(row)
            await session.flush()
            added = await insert_turn(session, row, turn, None, used.cost)
            first = await turn_row(session, added.turn.id)
            jobs = [
                added.job,
                *[(await insert_turn(session, row, one, first, used.cost)).job for one in further],
            ]
            if not placed and self._holder is not None:
                for job in jobs:
                    held = await session.get_one(JobRow, job.id)
                    held.holder, held.put_off = self._holder, True
                    held.leased_until = held.created_at + timedelta(seconds=leases.LEASE_S)
                jobs = [replace(job, holder=self._holder) for job in jobs]
            return replace(added, job=jobs[0], further=tuple(jobs[1:]))

    async def add_turn(self, conversation_id: int, turn: NewTurn, allowed: Allowance | None = None) -> Added:
        """Store a further turn and its job.

        A turn that follows the head gets as its parent, for now, the latest turn still in work, or the head.
        Raises a `QueueRefused`, `ModelNotHere`, `NoPictureYet`, `GoneTurn` or `GoneConversation`.
        """
        async with self._database.session() as session:
            await serialise(session, Lock.ADMISSION)
            if (known := await known_request(session, turn)) is not None:
                return known
            conversation = await conversation_row(session, conversation_id)
            parent = await parent_of(session, conversation, turn)
            used = self._used(turn.parameters or Parameters.from_json(parent.parameters), allowed)
            await self._admit(session, turn.author_id, conversation.guild_id, allowed, used=used)
            return await insert_turn(session, conversation, turn, parent, used.cost)

    async def get(self, conversation_id: int) -> Conversation:
        """The conversation of that id, or `GoneConversation`."""
        async with self._database.reading() as session:
            return conversation_of(await conversation_row(session, conversation_id))

    async def at(self, place_id: int) -> Conversation | None:
        """The conversation whose own thread this is, or else the latest without a thread in this channel.

        One that has a picture, or work on one, goes before those whose pictures were all deleted.
        """
        async with self._database.reading() as session:
            row = await session.scalar(_AT, {"place": place_id})
            return None if row is None else conversation_of(row)

    async def in_work(self, conversation_id: int) -> bool:
        """Whether something of the conversation is waiting or worked on."""
        of_it = select(TurnRow.id).join(JobRow).where(TurnRow.conversation_id == conversation_id)
        async with self._database.reading() as session:
            return await session.scalar(of_it.where(JobRow.state.in_(UNENDED)).limit(1)) is not None

    async def set_thread(
        self, conversation_id: int, thread_id: int, channel_id: int | None = None
    ) -> Conversation:
        """Give a conversation its own thread; `channel_id` is that of the thread, where that differs."""
        async with self._database.session() as session:
            row = await conversation_row(session, conversation_id)
            row.thread_id = thread_id
            row.channel_id = channel_id or row.channel_id
            return conversation_of(row)

    async def turn(self, turn_id: int) -> Turn:
        """The turn of that id, a tombstone too, or `GoneTurn`."""
        async with self._database.reading() as session:
            return await load_turn(session, turn_id)

    async def latest_turn_id(self) -> int:
        """The highest number of a turn so far; 0 for none. Later turns have higher ones."""
        async with self._database.reading() as session:
            return await session.scalar(select(func.max(TurnRow.id))) or 0

    async def turn_shown_by(self, message_id: int) -> Turn | None:
        """The turn whose pictures that message shows."""
        async with self._database.reading() as session:
            found = await load_turns(
                session, TurnRow.id.in_(select(ImageRow.turn_id).where(ImageRow.message_id == message_id))
            )
            return found[0] if found else None

    async def turn_asked_by(self, request_id: int) -> Turn | None:
        """The turn that a message or interaction asked for."""
        async with self._database.reading() as session:
            found = await load_turns(session, TurnRow.request_id == request_id)
            return found[0] if found else None

    async def whole(self, conversation_id: int) -> tuple[Conversation, EditTree]:
        """A conversation, and all its turns with head and tip; or `GoneConversation`."""
        async with self._database.reading() as session:
            row = await conversation_row(session, conversation_id)
            return conversation_of(row), await load_tree(session, row)

    async def tree(self, conversation_id: int) -> EditTree:
        """All turns of a conversation with head and tip, or `GoneConversation`."""
        _, tree = await self.whole(conversation_id)
        return tree

    async def move(self, conversation_id: int, user_id: int, asked: Request) -> Conversation:
        """Move the head as it is asked for; what this person says of pictures by that is stored with it.

        Raises what `bot.domain.moves.moved` does.
        """
        async with self._database.session() as session:
            row = await conversation_row(session, conversation_id)
            tree = await load_tree(session, row)
            await place_moved(session, row, moved(tree, asked), asked.kind, user_id)
            return conversation_of(row)

    async def not_meant(self, turn_id: int, user_id: int) -> tuple[Conversation, bool]:
        """Store that a person did not mean what a turn made of their words, and go to the picture before it.

        Returns the conversation and whether its head was moved: see `EditTree.leave`. Raises `GoneTurn`.
        """
        async with self._database.session() as session:
            row = await conversation_row(session, (await turn_row(session, turn_id)).conversation_id)
            tree = await load_tree(session, row)
            left = tree.leave(turn_id)
            place_head(row, left)
            await put_signal(session, turn_id, user_id, Signal.NOT_MEANT)
            return conversation_of(row), left.head_turn_id != tree.head_turn_id

    async def vote_not_meant(self, turn_id: int, user_id: int) -> None:
        """Store the same of a turn, and leave the head where it is."""
        async with self._database.session() as session:
            await put_signal(session, turn_id, user_id, Signal.NOT_MEANT)

    async def go_to(self, conversation_id: int, turn_id: int) -> Conversation:
        """Put the head on a turn. Raises `GoneTurn`."""
        async with self._database.session() as session:
            row = await conversation_row(session, conversation_id)
            place_head(row, (await load_tree(session, row)).go_to(turn_id))
            return conversation_of(row)

    async def delete_turn(self, turn_id: int) -> tuple[Conversation, Turn]:
        """Leave a tombstone: words, pictures and votes go. Returns the turn as it was, with its images.

        The picture files are the caller's to remove afterwards. Raises `GoneTurn` when it is gone already.
        """
        async with self._database.session() as session:
            row = await turn_row(session, turn_id)
            if row.deleted_at is not None:
                raise GoneTurn
            before = await load_turn(session, turn_id)
            conversation = await conversation_row(session, row.conversation_id)
            now = datetime.now(UTC)
            place_head(conversation, (await load_tree(session, conversation)).delete(turn_id, now))
            row.instruction, row.source_prompt, row.deleted_at = "", "", now
            row.target_prompt = row.second_prompt = None
            row.parameters = without_words(row.parameters)
            if row.parent_turn_id is None:
                conversation.title = ""  # it was that turn's words
            for table in (ImageRow, BroughtPictureRow, SourcePictureRow):
                await session.execute(delete(table).where(table.turn_id == turn_id))
            return conversation_of(conversation), before

    async def uncount(self, turn_id: int) -> None:
        """A turn of which nothing came, by no fault of its author, counts for nothing."""
        async with self._database.session() as session:
            (await turn_row(session, turn_id)).cost = 0

    async def pick(self, turn_id: int, user_id: int, position: int) -> Turn:
        """Note which of a turn's pictures was chosen last; of a person's choices the last one counts.

        Raises `GoneTurn`.
        """
        async with self._database.session() as session:
            row = await turn_row(session, turn_id)
            await put_pick(session, row, user_id, position)
            await session.flush()
            return await load_turn(session, turn_id)

    async def check_room(
        self, user_id: int, guild_id: int | None = None, allowed: Allowance | None = None, more: int = 1
    ) -> None:
        """Raise a `QueueRefused` where `more` new turns of this person would be refused now."""
        async with self._database.reading() as session:
            await self._admit(session, user_id, guild_id, allowed, more)

    async def _admit(
        self,
        session: AsyncSession,
        user_id: int,
        guild_id: int | None,
        allowed: Allowance | None,
        more: int = 1,
        used: UsedModel = USUAL,
    ) -> None:
        """Refuse what is too much for the person, the server or everybody together."""
        limits = self._limits
        allowed = allowed or allowance(limits, GuildRules(), ())
        await admit(session, limits, user_id, guild_id, allowed, more, used=used)

    def _used(self, parameters: Parameters | None, allowed: Allowance | None) -> UsedModel:
        """The model of a turn with these parameters. Raises `ModelNotHere`."""
        model = parameters.model if parameters else None
        if allowed is not None:
            allowed.check_model(model)
        limits = self._models.get(model or "")
        return UsedModel(model or "", limits.cost, limits.daily) if limits else USUAL


def _at() -> Select[ConversationRow]:
    """The conversation of a `place`."""
    threadless = ConversationRow.thread_id.is_(None)
    place: BindParameter[int] = bindparam("place")
    in_work = select(TurnRow.conversation_id).join(JobRow).where(JobRow.state.in_(UNENDED))
    empty = ConversationRow.head_turn_id.is_(None) & ConversationRow.id.not_in(in_work)
    here = or_(ConversationRow.thread_id == place, threadless & (ConversationRow.channel_id == place))
    return select(ConversationRow).where(here).order_by(empty, threadless, ConversationRow.id.desc()).limit(1)


_AT = _at()  # made once: to make it takes longer than to execute it


async def place_moved(
    session: AsyncSession, row: ConversationRow, tree: EditTree, kind: Asked, user_id: int
) -> None:
    """Store the head of a tree after a move.

    An undo says that the picture it leaves was not good enough, and a redo takes that back, as well as that
    the picture was not meant.
    """
    left = row.head_turn_id
    place_head(row, tree)
    if kind is Asked.UNDO and left is not None:
        await put_signal(session, left, user_id, Signal.UNDO)
    if kind is Asked.REDO:
        for signal in (Signal.UNDO, Signal.NOT_MEANT):
            await take_back_signal(session, ImageRow.turn_id == row.head_turn_id, user_id, signal)
