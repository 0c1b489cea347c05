"""A turn's parent when its work begins, and what the turn takes over from it."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.conversation import Origin, Parameters, TurnKind, inherited
from bot.errors import GoneTurn, NoPictureYet
from bot.store.mapping import conversation_row, parameters_json
from bot.store.schema import TurnRow


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
        _take_over(turn, parent, known=turn.parent_turn_id == before and turn.target_prompt is not None)
    else:
        turn.llm_model, turn.prompt_version = parent.llm_model, parent.prompt_version


def _take_over(turn: TurnRow, parent: TurnRow, *, known: bool) -> None:
    """What a refinement has of its parent.

    A target prompt that is `known` was made for this parent and keeps its numbers; any other was written for
    another one, before the work was begun once more.
    """
    turn.source_prompt = parent.target_prompt or ""
    if known:
        return
    turn.target_prompt = turn.second_prompt = None
    asked = Parameters.from_json(turn.parameters)
    taken = inherited(Parameters.from_json(parent.parameters), exact=asked.exact, changes=asked.changes)
    if turn.way != "region":  # a mask was made for the picture, and the size, that the turn names
        turn.parameters = parameters_json(taken)
