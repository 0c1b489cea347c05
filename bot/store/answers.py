"""Jobs that end with an answer instead of a picture: what they are told from, and what they leave behind."""

from sqlalchemy import Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.conversation import Conversation, Turn
from bot.domain.history import steps
from bot.domain.job import JobState
from bot.domain.moves import moved
from bot.domain.said_commands import Asked, Request
from bot.store.conversations import place_moved
from bot.store.feedback import put_pick
from bot.store.jobs import count_as_words, move, own_job_row
from bot.store.mapping import conversation_of, conversation_row, load_tree, turn_of, turn_row
from bot.store.schema import TurnRow
from bot.store.session import Database
from model.engine import Step


def _path() -> Select[TurnRow]:
    """A `turn` and its ancestors, the first one first."""
    link = TurnRow.id, TurnRow.parent_turn_id
    last = select(*link).where(TurnRow.id == bindparam("turn")).cte(recursive=True)
    path = last.union_all(select(*link).where(TurnRow.id == last.c.parent_turn_id))
    # a parent's number is smaller (`bot.store.schema`)
    return select(TurnRow).where(TurnRow.id.in_(select(path.c.id))).order_by(TurnRow.id)


_PATH = _path()  # made once: to make it takes longer than to execute it


class AnswerStore:
    """Every method is one transaction. `holder` is as in `bot.store.jobs.JobStore`."""

    def __init__(self, database: Database, holder: str | None = None) -> None:
        self._database = database
        self._holder = holder

    async def history(self, turn_id: int) -> tuple[Step, ...]:
        """The steps that led to a turn's picture: its ancestors alone, so nothing that was undone."""
        async with self._database.reading() as session:
            return steps([turn_of(row, ()) for row in await session.scalars(_PATH, {"turn": turn_id})])

    async def prompts(self, conversation_id: int) -> tuple[str, ...]:
        """The target prompts of a conversation's pictures that are there still, oldest first."""
        async with self._database.reading() as session:
            return (await load_tree(session, await conversation_row(session, conversation_id))).prompts

    async def target(self, conversation_id: int, asked: Request) -> Turn:
        """The picture that a move would make the current one. Raises what `bot.domain.moves.moved` does."""
        async with self._database.reading() as session:
            tree = moved(await load_tree(session, await conversation_row(session, conversation_id)), asked)
            assert tree.head_turn_id is not None, "a move ends on a picture"
            return tree.turns[tree.head_turn_id]

    async def end_moved(self, job_id: int, asked: Asked, target_id: int, user_id: int) -> Conversation:
        """The job ends and the head goes to a turn; what leaving a picture says of it is stored with it."""
        async with self._database.session() as session:
            turn = await self._end(session, job_id)
            row = await conversation_row(session, turn.conversation_id)
            tree = (await load_tree(session, row)).go_to(target_id)
            await place_moved(session, row, tree, asked, user_id)
            return conversation_of(row)

    async def end_chosen(self, job_id: int, turn_id: int, user_id: int, position: int) -> None:
        """The job ends and one of a turn's pictures is chosen, as by its button."""
        async with self._database.session() as session:
            await self._end(session, job_id)
            await put_pick(session, await turn_row(session, turn_id), user_id, position)

    async def end(self, job_id: int) -> None:
        """The job ends, and nothing is left behind but that it was asked for."""
        async with self._database.session() as session:
            await self._end(session, job_id)

    async def _end(self, session: AsyncSession, job_id: int) -> TurnRow:
        row = await own_job_row(session, job_id, self._holder)
        move(row, JobState.CANCELLED)
        row.holder, row.leased_until = None, None
        turn = await turn_row(session, row.turn_id)
        count_as_words(turn)
        return turn
