"""What people did beside asking for pictures, for as long as their limits look back: an hour at most.

A refusal has to hold over all processes and restarts, so the times are rows of the database. They go when
they are an hour old, with the next thing that anybody does.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.dialect import Lock, database_time, serialise, skipping_held
from bot.store.schema import ActionRow
from bot.store.session import Database

LONGEST_SPAN = timedelta(hours=1)
_SWEPT = 100  # old rows that one action takes along


class Action(StrEnum):
    """What is counted by itself."""

    ANY = "any"  # a history, a copy, a changed setting, a picture brought, a new thread
    THREAD = "thread"


class ActionStore:
    """Counts actions in a sliding window, by the database's clock."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, person: int, action: Action, most: int, span: timedelta) -> datetime | None:
        """Count one action: None, or for one too many, which is not counted, the time of the next.

        `most` are allowed within `span`, which is at most `LONGEST_SPAN`.
        """
        async with self._database.session() as session:
            await serialise(session, Lock.ACTIONS, person)  # else two processes would both find room
            now = await database_time(session)
            await _sweep(session, now - LONGEST_SPAN)
            latest = (
                select(ActionRow.at)
                .where(ActionRow.person_id == person, ActionRow.action == action.value)
                .where(ActionRow.at > now - span)
                .order_by(ActionRow.at.desc())
                .limit(most)
            )
            times = list(await session.scalars(latest))
            if len(times) == most:
                return times[-1] + span
            session.add(ActionRow(person_id=person, action=action.value, at=now))
            return None


async def _sweep(session: AsyncSession, before: datetime) -> None:
    """Remove old rows; those that another transaction is removing are left to it, so nobody waits."""
    old = select(ActionRow.id).where(ActionRow.at <= before).limit(_SWEPT)
    ids = list(await session.scalars(skipping_held(session, old, ActionRow)))
    if ids:
        await session.execute(delete(ActionRow).where(ActionRow.id.in_(ids)))
