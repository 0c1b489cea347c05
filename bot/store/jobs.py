"""Jobs in the database: each step of the work is one transaction that also moves the job's state."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.conversation import Conversation, NewTurn, Parameters, Turn, TurnKind
from bot.domain.job import Job, JobState, check_transition
from bot.errors import GoneTurn, LeaseLost
from bot.store.dialect import insert
from bot.store.feedback import Signal, put_base, put_signal
from bot.store.gallery import take_up
from bot.store.mapping import (
    conversation_of,
    conversation_row,
    job_of,
    job_row,
    load_turn,
    load_turn_and_parent,
    parameters_json,
    turn_row,
)
from bot.store.schema import ConversationRow, ExposureRow, ImageRow, JobRow, TurnRow, VoteRow
from bot.store.session import Database
from bot.store.settling import settle
from model.engine import Way


@dataclass(frozen=True, slots=True)
class Assignment:
    """All that the work on a job needs to know."""

    job: Job
    conversation: Conversation
    turn: Turn
    parent: Turn | None


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed job, the name of the error that failed it, and when."""

    job_id: int
    cause: str
    at: datetime


class JobStore:
    """Reads and moves jobs. A step that the present state does not allow raises `WrongTransition`.

    `holder` names this process where several work (`bot.store.leases`): a step of the work on a job that it
    does not hold any more raises `LeaseLost` and changes nothing.
    """

    def __init__(self, database: Database, holder: str | None = None) -> None:
        self._database = database
        self._holder = holder

    async def get(self, job_id: int) -> Job:
        """The job of that id, or `GoneTurn`."""
        async with self._database.reading() as session:
            return await _load(session, job_id)

    async def of_turn(self, turn_id: int) -> Job:
        """The job of a turn, or `GoneTurn`."""
        async with self._database.reading() as session:
            job_id = await session.scalar(select(JobRow.id).where(JobRow.turn_id == turn_id))
            if job_id is None:
                raise GoneTurn
            return await _load(session, job_id)

    async def resume(self) -> list[Job]:
        """Make interrupted work ready to begin anew; all unfinished jobs, oldest first.

        Jobs in `posting` stay there, with their pictures.
        """
        async with self._database.session() as session:
            interrupted = [JobState.EDITING.value, JobState.PAINTING.value]
            for row in (await session.scalars(select(JobRow).where(JobRow.state.in_(interrupted)))).all():
                move(row, JobState.QUEUED)
            waiting = [JobState.QUEUED.value, JobState.POSTING.value]
            # none is anybody's, also where the database was shared by several processes before; a job that
            # ended has given its holder up
            held = JobRow.state.in_(waiting), JobRow.holder.is_not(None)
            await session.execute(update(JobRow).where(*held).values(holder=None, put_off=False))
            rows = await session.execute(
                select(JobRow, TurnRow, ConversationRow.guild_id)
                .join(TurnRow, JobRow.turn_id == TurnRow.id)
                .join(ConversationRow, TurnRow.conversation_id == ConversationRow.id)
                .where(JobRow.state.in_(waiting))
                .order_by(JobRow.id)
            )
            return [job_of(job, turn, guild_id) for job, turn, guild_id in rows]

    async def waiting(self, *, user_id: int | None = None, guild_id: int | None = None) -> list[int]:
        """Ids of the queued jobs, of a person or a server where one is named, oldest first."""
        statement = (
            select(JobRow.id)
            .join(TurnRow, JobRow.turn_id == TurnRow.id)
            .join(ConversationRow, TurnRow.conversation_id == ConversationRow.id)
            .where(JobRow.state == JobState.QUEUED.value)
            .order_by(JobRow.id)
        )
        if user_id is not None:
            statement = statement.where(TurnRow.author_id == user_id)
        if guild_id is not None:
            statement = statement.where(ConversationRow.guild_id == guild_id)
        async with self._database.reading() as session:
            return list(await session.scalars(statement))

    async def last_failures(self, most: int, guild_id: int | None = None) -> list[Failure]:
        """The latest failed jobs, of a server where one is named, newest first."""
        statement = (
            select(JobRow.id, JobRow.cause, JobRow.updated_at)
            .join(TurnRow, JobRow.turn_id == TurnRow.id)
            .join(ConversationRow, TurnRow.conversation_id == ConversationRow.id)
            .where(JobRow.state == JobState.FAILED.value)
            .order_by(JobRow.updated_at.desc())
            .limit(most)
        )
        if guild_id is not None:
            statement = statement.where(ConversationRow.guild_id == guild_id)
        async with self._database.reading() as session:
            rows = await session.execute(statement)
            return [Failure(job_id, cause or "", at) for job_id, cause, at in rows]

    async def assignment(self, job_id: int) -> Assignment:
        """What there is to do, without changing anything."""
        async with self._database.reading() as session:
            return await _assignment(session, job_id)

    async def state(self, job_id: int) -> JobState | None:
        """How far it is; None where it is gone."""
        async with self._database.reading() as session:
            state = await session.scalar(select(JobRow.state).where(JobRow.id == job_id))
            return None if state is None else JobState(state)

    async def check_holder(self, job_id: int) -> None:
        """Raise `LeaseLost` where another process has taken the job over, or it has ended."""
        if self._holder is None:
            return
        async with self._database.reading() as session:
            await own_job_row(session, job_id, self._holder)

    async def begin(self, job_id: int) -> Assignment:
        """queued -> editing. Settles what the turn works on: its parent, source prompt and parameters.

        That its author wanted something else than the parent's pictures is stored as a signal; that they were
        good enough to go on from is, when it is `posted`.
        A turn that follows the head gets the head of this moment as its parent. Raises `NoPictureYet` when
        there is no head, `GoneTurn` when the named parent was deleted meanwhile.
        """
        async with self._database.session() as session:
            row = await own_job_row(session, job_id, self._holder)
            move(row, JobState.EDITING)
            row.attempts += 1
            await settle(session, await turn_row(session, row.turn_id))
            await session.flush()
            assignment = await _assignment(session, job_id)
            if not assignment.turn.kind.goes_on:
                await _imply(session, assignment.turn, assignment.parent)
            return assignment

    async def back_in_line(self, job_id: int) -> None:
        """editing -> queued: its words were read aside and ask for a picture; it was not begun so far.

        It is everybody's then, and no longer to be taken aside. Done twice it is done once.
        """
        async with self._database.session() as session:
            row = await job_row(session, job_id)
            if is_moved(row, JobState.QUEUED) and not row.aside:
                return
            row = await own_job_row(session, job_id, self._holder)
            move(row, JobState.QUEUED)
            row.attempts, row.aside = row.attempts - 1, False
            row.holder, row.leased_until = None, None

    async def described(self, job_id: int, source_prompt: str) -> Turn:
        """The turn with what was read in the picture that it starts from; the job stays in editing."""
        async with self._database.session() as session:
            turn = await turn_row(session, (await own_job_row(session, job_id, self._holder)).turn_id)
            turn.source_prompt = source_prompt
            await session.flush()
            return await load_turn(session, turn.id)

    async def become(self, job_id: int, another: NewTurn) -> Turn:
        """The turn becomes one of another kind, with its prompt, as if a button had asked for it.

        Its parent is settled with that. The job stays in editing. That the parent's picture was not good
        enough is stored where the kind says so.
        """
        async with self._database.session() as session:
            row = await own_job_row(session, job_id, self._holder)
            turn = await turn_row(session, row.turn_id)
            turn.kind, turn.parent_turn_id = another.kind.value, another.parent_turn_id
            turn.follows_head = False
            turn.instruction, turn.source_prompt = another.instruction, another.source_prompt
            turn.target_prompt, turn.way = another.target_prompt, another.way
            if another.parameters is not None:
                turn.parameters = parameters_json(another.parameters)
            await settle(session, turn)
            await session.flush()
            assignment = await _assignment(session, job_id)
            if not assignment.turn.kind.goes_on:
                await _imply(session, assignment.turn, assignment.parent)
            return assignment.turn

    async def refit(self, job_id: int, parameters: Parameters) -> Turn:
        """The turn with other parameters; the job stays in editing."""
        async with self._database.session() as session:
            turn = await turn_row(session, (await own_job_row(session, job_id, self._holder)).turn_id)
            turn.parameters = parameters_json(parameters)
            await session.flush()
            return await load_turn(session, turn.id)

    async def prompt_written(
        self,
        job_id: int,
        target_prompt: str,
        llm_model: str | None,
        prompt_version: int | None,
        way: Way = "repaint",
        *,
        doubtful: bool = False,
        second_prompt: str | None = None,
    ) -> Turn:
        """editing -> painting, with the target prompt and what wrote it; no model if nothing was written.

        `way` is how the pictures are to come to be; `doubtful` whether what wrote it was not sure, and
        `second_prompt` what the words may mean instead.
        """
        async with self._database.session() as session:
            row = await own_job_row(session, job_id, self._holder)
            if is_moved(row, JobState.PAINTING):
                return await load_turn(session, row.turn_id)
            move(row, JobState.PAINTING)
            turn = await turn_row(session, row.turn_id)
            turn.target_prompt, turn.way = target_prompt, way
            turn.edits = await _edits(session, turn)
            if llm_model is not None:
                turn.llm_model, turn.prompt_version = llm_model, prompt_version
                turn.doubtful, turn.second_prompt = doubtful, second_prompt
            await session.flush()
            return await load_turn(session, turn.id)

    async def posted(self, job_id: int, channel_id: int, message_id: int) -> None:
        """posting -> done: the message shows the pictures, and the turn becomes head and tip.

        A picture that could be posted only after later ones leaves the head where it is. That something was
        made from its parent counts from now on; talk, and what was cancelled, made nothing.
        """
        async with self._database.session() as session:
            row = await own_job_row(session, job_id, self._holder)
            move(row, JobState.DONE)
            row.holder, row.leased_until = None, None
            turn = await turn_row(session, row.turn_id)
            turn.finished_at = datetime.now(UTC)
            shown = update(ImageRow).where(ImageRow.turn_id == turn.id)
            await session.execute(shown.values(channel_id=channel_id, message_id=message_id))
            await _expose(session, turn)
            if TurnKind(turn.kind).goes_on:  # only now: an edit that changes nothing says nothing either
                await _gone_on_from(session, turn)
            conversation = await conversation_row(session, turn.conversation_id)
            await take_up(session, turn, conversation)
            if conversation.tip_turn_id is None or conversation.tip_turn_id < turn.id:
                conversation.head_turn_id = conversation.tip_turn_id = turn.id

    async def again(self, job_id: int) -> None:
        """Back to queued, to be begun once more."""
        async with self._database.session() as session:
            move(await own_job_row(session, job_id, self._holder), JobState.QUEUED)

    async def fail(self, job_id: int, error: BaseException) -> bool:
        """Any unfinished state -> failed, recording the cause.

        False when the job had ended already, or another process has taken it over.
        """
        async with self._database.session() as session:
            row = await job_row(session, job_id)
            if JobState(row.state).ended or row.holder not in {None, self._holder}:
                return False
            move(row, JobState.FAILED)
            row.holder, row.leased_until = None, None
            row.cause, row.detail = type(error).__name__, str(error)
            return True

    async def cancel(self, job_id: int, *, words_alone: bool = False) -> Job:
        """queued, editing or painting -> cancelled; the job as it was, with who held it.

        `words_alone`: its words were read, and nothing was to be painted for them.
        """
        async with self._database.session() as session:
            row = await job_row(session, job_id)
            move(row, JobState.CANCELLED)
            if words_alone:
                count_as_words(await turn_row(session, row.turn_id))
            job = await _load(session, job_id)
            row.holder, row.leased_until = None, None
            return job


def count_as_words(turn: TurnRow) -> None:
    """Let a turn for which nothing was painted count as one, and not in what may be had of its model."""
    turn.cost = min(turn.cost, 1)
    turn.parameters = {**turn.parameters, "model": None}


async def _edits(session: AsyncSession, turn: TurnRow) -> int:
    """The edits in a row with this one; one that is done once more starts where the first one did."""
    if turn.way not in ("edit", "region"):
        return 0
    first: TurnRow | None = turn
    while first is not None and TurnKind(first.kind).repeats:
        first = await session.get(TurnRow, first.parent_turn_id)
    changed = await session.get(TurnRow, first.parent_turn_id) if first and first.parent_turn_id else None
    return (changed.edits if changed else 0) + 1


async def _expose(session: AsyncSession, turn: TurnRow) -> None:
    """Note who could see the turn: everyone who asked or voted in its conversation so far."""
    here = select(TurnRow.id).where(TurnRow.conversation_id == turn.conversation_id)
    asked = select(TurnRow.author_id).where(TurnRow.id.in_(here))
    voted = select(VoteRow.user_id).join(ImageRow).where(ImageRow.turn_id.in_(here))
    person = asked.union(voted).subquery().c[0]
    now = literal(datetime.now(UTC), ExposureRow.created_at.type)
    # in order: two transactions that insert the same rows the other way round would wait for each other
    rows = select(literal(turn.id), person, now).where(person != 0).order_by(person)
    into = insert(session, ExposureRow).from_select(["turn_id", "user_id", "created_at"], rows)
    await session.execute(into.on_conflict_do_nothing())


async def _gone_on_from(session: AsyncSession, turn: TurnRow) -> None:
    """Going on from a picture says that it was good enough: of several, the one that is gone on from."""
    if turn.parent_turn_id is None or not turn.author_id:  # 0: the person had everything deleted
        return
    await put_base(session, turn.parent_turn_id, turn.author_id, Parameters.from_json(turn.parameters))


async def _imply(session: AsyncSession, turn: Turn, parent: Turn | None) -> None:
    """A reroll, or the same edit again, says that the picture was not good enough."""
    if parent is None or not turn.author_id:
        return
    if turn.kind is TurnKind.IMAGINE:  # painted with the settings of the picture that was brought
        return
    await put_signal(session, parent.id, turn.author_id, Signal.REROLL)


def move(row: JobRow, state: JobState) -> None:
    """Change a job's state if that is allowed; the only place that changes a stored state."""
    check_transition(row.id, JobState(row.state), state)
    row.state, row.updated_at = state.value, datetime.now(UTC)


def is_moved(row: JobRow, state: JobState) -> bool:
    """Whether an earlier try did it: of a connection that breaks while it commits, nobody hears whether the
    commit arrived, and the retry finds it done."""
    return row.state == state.value


async def own_job_row(session: AsyncSession, job_id: int, holder: str | None) -> JobRow:
    """The row of a job that `holder` works on. Raises `LeaseLost`, or `GoneTurn`."""
    row = await job_row(session, job_id)
    if row.holder != holder:
        raise LeaseLost(f"Job {job_id} is {row.state}, held by {row.holder}, and not by {holder}.")
    return row


async def _load(session: AsyncSession, job_id: int) -> Job:
    row = await job_row(session, job_id)
    turn = await turn_row(session, row.turn_id)
    return job_of(row, turn, (await conversation_row(session, turn.conversation_id)).guild_id)


async def _assignment(session: AsyncSession, job_id: int) -> Assignment:
    job = await _load(session, job_id)
    conversation = conversation_of(await conversation_row(session, job.conversation_id))
    turn, parent = await load_turn_and_parent(session, job.turn_id)
    return Assignment(job, conversation, turn, parent)
