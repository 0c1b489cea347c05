"""Who works on which job where several processes share one PostgreSQL database: leases on rows of jobs.

A process that takes a job up becomes its `holder` until `leased_until`, and says every second that it still
is. A process that dies says nothing more: its leases run out, and others take its jobs up. All times are the
database's, so the clocks of the processes' machines do not matter. A step of a job whose lease was lost
raises `LeaseLost` (`bot.store.jobs`), and its result is thrown away.

`put_off` marks a job that its holder goes on with later: its pictures could not be posted yet, or its thread
is only being opened. Such a job holds up neither its conversation nor anybody's share.
"""

import os
import secrets
import socket
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Update, and_, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.domain.job import Job, JobState
from bot.store.dialect import Lock, database_time, serialise, skipping_held
from bot.store.jobs import move
from bot.store.mapping import job_of
from bot.store.schema import ConversationRow, JobRow, TurnRow
from bot.store.session import Database

LEASE_S = 60.0  # after its process's end a job waits so long for another one; an outage of a minute is none
_UNENDED = [state.value for state in JobState if not state.ended]
_INTERRUPTED = [JobState.EDITING.value, JobState.PAINTING.value]
_BEFORE_POSTING = [JobState.QUEUED.value, *_INTERRUPTED]


def new_holder() -> str:
    """A name for this process that no other one has or had: machine, process, chance."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(6)}"


@dataclass(frozen=True, slots=True)
class Seen:
    """An unfinished job as all processes see it: `free` for everybody, or its holder is `at_work` on it now.

    Neither is one that its holder put off.
    """

    job: Job
    free: bool
    at_work: bool


@dataclass(frozen=True, slots=True)
class Board:
    """All unfinished jobs, oldest first, and what became of those that this process thought its own.

    `lost` are held by others now, or by nobody; of these `cancelled` were cancelled. `dead` are the holders
    whose leases have run out, and `processes` the number of those who have some.
    """

    seen: tuple[Seen, ...] = ()
    lost: frozenset[int] = frozenset()
    cancelled: frozenset[int] = frozenset()
    dead: frozenset[str] = field(default=frozenset())
    processes: int = 1


class Leases:
    """The leases of one process, `holder`; `per_user` and `per_guild` are the most jobs worked on at once for
    a person or a server, over all processes; 0 is no limit."""

    def __init__(
        self,
        database: Database,
        holder: str,
        *,
        per_user: int = 0,
        per_guild: int = 0,
        lease_s: float | None = None,
    ) -> None:
        self.holder = holder
        self._database = database
        self._per_user, self._per_guild = per_user, per_guild
        self._reserved: set[int] = set()  # jobs of this process whose thread is being opened
        self._lease = timedelta(seconds=LEASE_S if lease_s is None else lease_s)

    async def claim(self, job_id: int, *, aside: bool = False) -> Job | None:
        """Take the job up, as it is then; None where it is another's, has ended, or must wait.

        `aside` takes it past those that wait for a painter and is under no cap (`bot.jobs.queue`); None where
        another process found already that it needs a picture. Interrupted work of a process that died goes
        back to the beginning.
        """
        async with self._database.session() as session:
            if not aside and (self._per_user or self._per_guild):
                await serialise(session, Lock.CLAIM)  # else two that count at once would both find room
            now = await database_time(session)
            ours = or_(JobRow.holder == self.holder, ~_held(JobRow, now))
            wanted = select(JobRow).where(JobRow.id == job_id, JobRow.state.in_(_UNENDED), ours)
            row = await session.scalar(skipping_held(session, wanted, JobRow))
            if row is None:
                return None
            turn = await session.get_one(TurnRow, row.turn_id)
            guild_id = await session.scalar(
                select(ConversationRow.guild_id).where(ConversationRow.id == turn.conversation_id)
            )
            posts = row.state == JobState.POSTING.value
            if aside and not (row.aside or posts):
                return None
            if await self._must_wait(session, row, turn, guild_id, now, aside=aside):
                return None
            if row.state in _INTERRUPTED:
                move(row, JobState.QUEUED)
            row.holder, row.leased_until, row.put_off = self.holder, now + self._lease, False
            row.aside = aside
            return job_of(row, turn, guild_id)

    async def look(self, mine: Collection[int]) -> Board:
        """Say that the jobs `mine` are still worked on here, and look at all there are."""
        if alive := {*mine, *self._reserved}:
            await self._renew(alive)
        statement = (
            select(JobRow, TurnRow.conversation_id, TurnRow.author_id, ConversationRow.guild_id)
            .join(TurnRow, JobRow.turn_id == TurnRow.id)
            .join(ConversationRow, TurnRow.conversation_id == ConversationRow.id)
            .where(or_(JobRow.state.in_(_UNENDED), JobRow.id.in_(mine)))
            .order_by(JobRow.id)
        )
        async with self._database.reading() as session:
            now = await database_time(session)
            rows = (await session.execute(statement)).all()
        self._reserved = {row.id for row, *_ in rows if row.holder == self.holder and _is_reserved(row)}
        return self._board([tuple(row) for row in rows], set(mine), now)

    async def put_off(self, job_id: int) -> None:
        """The job is gone on with later, by this process as long as it lives."""
        async with self._database.session() as session:
            await session.execute(self._own().where(JobRow.id == job_id).values(put_off=True))

    async def offer(self, job_id: int) -> None:
        """The job that this process kept for itself, as its thread was being opened, is for everybody now."""
        waits = JobRow.put_off.is_(True), JobRow.state == JobState.QUEUED.value
        async with self._database.session() as session:
            free = {"holder": None, "leased_until": None, "put_off": False}
            await session.execute(self._own().where(JobRow.id == job_id, *waits).values(**free))

    async def hurry(self, guild_id: int) -> None:
        """Let any process post at once what was put off in that server."""
        there = (
            select(TurnRow.id).join(ConversationRow, TurnRow.conversation_id == ConversationRow.id)
        ).where(ConversationRow.guild_id == guild_id)
        posting = JobRow.state == JobState.POSTING.value
        async with self._database.session() as session:
            await session.execute(
                update(JobRow)
                .where(posting, JobRow.put_off.is_(True), JobRow.turn_id.in_(there))
                .values(holder=None, leased_until=None, put_off=False)
            )

    async def release(self) -> None:
        """Give all jobs back: this process ends, and others go on at once."""
        async with self._database.session() as session:
            await session.execute(self._own().values(holder=None, leased_until=None, put_off=False))

    def _own(self) -> Update:
        return update(JobRow).where(JobRow.holder == self.holder, JobRow.state.in_(_UNENDED))

    async def _renew(self, mine: Collection[int]) -> None:
        """Rows that a step of a job holds this moment are left for the next time: nobody waits for them."""
        async with self._database.session() as session:
            until = await database_time(session) + self._lease
            rows = await session.scalars(
                skipping_held(
                    session,
                    select(JobRow).where(JobRow.id.in_(mine), JobRow.holder == self.holder),
                    JobRow,
                )
            )
            for row in rows:
                row.leased_until = until

    def _board(self, rows: list[tuple[Any, ...]], mine: set[int], now: datetime) -> Board:
        seen: list[Seen] = []
        living: set[str] = {self.holder}
        dead: set[str] = set()
        lost, cancelled = set(mine), set[int]()
        for row, conversation_id, author_id, guild_id in rows:
            if row.state == JobState.CANCELLED.value:
                cancelled.add(row.id)
                continue
            if JobState(row.state).ended:
                lost.discard(row.id)  # by a step of this process, most probably, which is over in a moment
                continue
            alive = row.holder is not None and (row.leased_until is None or row.leased_until >= now)
            if row.holder is not None:
                (living if alive else dead).add(row.holder)
            if row.holder == self.holder:
                lost.discard(row.id)
            job = Job(
                id=row.id,
                turn_id=row.turn_id,
                conversation_id=conversation_id,
                user_id=author_id,
                state=JobState(row.state),
                attempts=row.attempts,
                cause=row.cause,
                created_at=row.created_at,
                guild_id=guild_id,
                holder=row.holder,
                aside=row.aside,
            )
            seen.append(Seen(job, free=not alive, at_work=alive and not row.put_off))
        return Board(
            tuple(seen), frozenset(lost), frozenset(cancelled), frozenset(dead - living), len(living)
        )

    async def _must_wait(
        self,
        session: AsyncSession,
        row: JobRow,
        turn: TurnRow,
        guild_id: int | None,
        now: datetime,
        *,
        aside: bool,
    ) -> bool:
        """Whether the conversation is not so far yet, or its person or server has enough worked on."""
        other, of = aliased(JobRow), aliased(TurnRow)
        going_on = and_(other.id != row.id, other.put_off.is_(False), _held(other, now))
        earlier = and_(other.id < row.id, other.put_off.is_(False), other.state.in_(_UNENDED))
        before = going_on if row.state == JobState.POSTING.value else or_(going_on, earlier)
        same = select(other.id).join(of, other.turn_id == of.id)
        in_line = same.where(of.conversation_id == turn.conversation_id, other.state.in_(_UNENDED), before)
        if await session.scalar(select(exists(in_line))):
            return True
        if aside:
            return False
        at_work = (
            select(func.count())
            .select_from(other)
            .join(of, other.turn_id == of.id)
            .join(ConversationRow, of.conversation_id == ConversationRow.id)
            .where(other.state.in_(_UNENDED), going_on, other.aside.is_(False))
        )
        for most, whose in (
            (self._per_user, of.author_id == turn.author_id),
            (self._per_guild if guild_id else 0, ConversationRow.guild_id == guild_id),
        ):
            if most and (await session.scalar(at_work.where(whose)) or 0) >= most:
                return True
        return False


def _is_reserved(row: JobRow) -> bool:
    return row.put_off and row.state == JobState.QUEUED.value


def _held(job: type[JobRow], now: datetime) -> ColumnElement[bool]:
    """Whether a process that lives has it."""
    return and_(job.holder.is_not(None), job.leased_until >= now)
