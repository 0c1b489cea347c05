"""A new turn in the database: its row, its job, and what it starts from."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.conversation import Conversation, NewTurn, Origin, Parameters, Turn, inherited
from bot.domain.job import Job, JobState, may_need_no_picture
from bot.errors import GoneTurn, NoPictureYet
from bot.store.dialect import database_time
from bot.store.mapping import (
    conversation_of,
    conversation_row,
    job_of,
    load_turn,
    parameters_json,
    turn_row,
)
from bot.store.schema import BroughtPictureRow, ConversationRow, JobRow, TurnRow
from bot.store.shown_again import show_again

UNENDED = [state.value for state in JobState if not state.ended]


@dataclass(frozen=True, slots=True)
class Added:
    """A stored turn and its job. `new` is False when the same request had been stored before.

    `further` are the jobs of turns that were asked for together with it.
    """

    conversation: Conversation
    turn: Turn
    job: Job
    new: bool
    further: tuple[Job, ...] = ()


async def known_request(session: AsyncSession, turn: NewTurn) -> Added | None:
    """What was stored for the same message or interaction, which Discord may deliver twice."""
    if turn.request_id is None:
        return None
    row = await session.scalar(select(TurnRow).where(TurnRow.request_id == turn.request_id))
    if row is None:
        return None
    job = (await session.scalars(select(JobRow).where(JobRow.turn_id == row.id))).one()
    return await _added(session, row, job, new=False)


async def parent_of(session: AsyncSession, conversation: ConversationRow, turn: NewTurn) -> TurnRow:
    """The row of a new turn's parent: the one it names, or the latest in work, or the head.

    Raises `GoneTurn`, or `NoPictureYet`.
    """
    if not turn.follows_head:
        named = await session.get(TurnRow, turn.parent_turn_id)
        if named is None or named.conversation_id != conversation.id:
            raise GoneTurn
        if _live(named):
            return named
        if turn.origin is not Origin.MESSAGE or named.deleted_at is None or conversation.head_turn_id is None:
            raise GoneTurn
        # a reply to a picture that was deleted meanwhile goes on from the one that is there
        return await turn_row(session, conversation.head_turn_id)
    in_work = (
        select(TurnRow)
        .join(JobRow)
        .where(TurnRow.conversation_id == conversation.id, JobRow.state.in_(UNENDED))
        .order_by(TurnRow.id.desc())
    )
    latest = await session.scalar(in_work.limit(1))
    if latest is not None:
        return latest
    if conversation.head_turn_id is None:
        raise NoPictureYet
    return await turn_row(session, conversation.head_turn_id)


async def insert_turn(
    session: AsyncSession, conversation: ConversationRow, turn: NewTurn, parent: TurnRow | None, cost: int
) -> Added:
    """Store a turn with its job, for so many turns as `cost` says."""
    now = await database_time(session)
    row = TurnRow(
        conversation_id=conversation.id,
        parent_turn_id=parent.id if parent else None,
        kind=turn.kind.value,
        origin=turn.origin.value,
        author_id=turn.author_id,
        request_id=turn.request_id,
        follows_head=turn.follows_head,
        instruction=turn.instruction,
        source_prompt=turn.source_prompt,
        target_prompt=turn.target_prompt,
        parameters=parameters_json(turn.parameters or _inherited(parent, turn)),
        llm_model=turn.llm_model,
        prompt_version=turn.prompt_version,
        painter_model=turn.painter_model,
        cost=cost,
        way=turn.way,
        created_at=now,
    )
    session.add(row)
    await session.flush()
    await show_again(session, row.id, turn, now)
    if turn.brought is not None:
        settings = turn.brought.settings.to_json() if turn.brought.settings else None
        session.add(BroughtPictureRow(turn_id=row.id, sha256=turn.brought.sha256, settings=settings))
    state = JobState.POSTING if turn.pictures else JobState.QUEUED
    job = JobRow(
        turn_id=row.id,
        state=state.value,
        attempts=0,
        aside=may_need_no_picture(turn),
        created_at=now,
        updated_at=now,
    )
    session.add(job)
    await session.flush()
    return await _added(session, row, job, new=True)


async def _added(session: AsyncSession, row: TurnRow, job: JobRow, *, new: bool) -> Added:
    conversation = await conversation_row(session, row.conversation_id)
    added_job = job_of(job, row, conversation.guild_id)
    return Added(conversation_of(conversation), await load_turn(session, row.id), added_job, new)


def _inherited(parent: TurnRow | None, turn: NewTurn) -> Parameters:
    if parent is None:
        raise ValueError("A first turn needs parameters of its own.")
    return inherited(Parameters.from_json(parent.parameters), exact=turn.exact, changes=turn.changes)


def _live(row: TurnRow) -> bool:
    return row.finished_at is not None and row.deleted_at is None
