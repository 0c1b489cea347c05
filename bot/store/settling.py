"""A turn's parent when its work begins, and what the turn takes over from it."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.conversation import Origin, Parameters, TurnKind, inherited
from bot.errors import GoneTurn, NoPictureYet
from bot.store.mapping import conversation_row, parameters_json
from bot.store.schema import SourcePictureRow, TurnRow


async def settle(session: AsyncSession, turn: TurnRow) -> None:
    """Settle a turn's parent, and what it takes over from it. Raises `GoneTurn` or `NoPictureYet`."""
    if turn.kind == TurnKind.IMAGINE:
        return
    before = turn.parent_turn_id
    if turn.follows_head:
        conversation = await conversation_row(session, turn.conversation_id)
        if conversation.head_turn_id is None:
            raise NoPictureYet
        turn.parent_turn_id = conversation.head_turn_id
    parent = await session.get(TurnRow, turn.parent_turn_id)
    if parent is not None and parent.deleted_at is not None and turn.origin == Origin.MESSAGE.value:
        # a reply to a picture that was deleted meanwhile goes on from the one that is there
        head = (await conversation_row(session, turn.conversation_id)).head_turn_id
        parent = await session.get(TurnRow, head) if head is not None else None
        turn.parent_turn_id = head if head is not None else turn.parent_turn_id
    if parent is None or parent.deleted_at is not None:
        raise GoneTurn
    if turn.kind == TurnKind.REFINE:
        turn.source_prompt = parent.target_prompt or ""
        # a prompt that was made for this parent keeps its numbers and the way that was chosen for it
        if turn.target_prompt is None or turn.parent_turn_id != before:
            await _take_over(session, turn, parent)
    else:
        turn.llm_model, turn.prompt_version = parent.llm_model, parent.prompt_version


async def _asked_way(session: AsyncSession, turn: TurnRow) -> str | None:
    """The way that a refinement was asked for with, as one with pictures of its own; None: it is chosen."""
    if turn.way == "region" or turn.target_prompt is None:
        return turn.way
    brought = select(SourcePictureRow.turn_id).where(SourcePictureRow.turn_id == turn.id).limit(1)
    return turn.way if await session.scalar(brought) is not None else None


async def _take_over(session: AsyncSession, turn: TurnRow, parent: TurnRow) -> None:
    """What a refinement has of its parent; a prompt that it has was written for another one, before the work
    was begun once more."""
    turn.way = await _asked_way(session, turn)
    turn.target_prompt = turn.second_prompt = None
    asked = Parameters.from_json(turn.parameters)
    taken = inherited(Parameters.from_json(parent.parameters), exact=asked.exact, changes=asked.changes)
    if turn.way != "region":  # a mask was made for the picture, and the size, that the turn names
        turn.parameters = parameters_json(taken)
