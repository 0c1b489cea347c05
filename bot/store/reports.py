"""Reports in the database: taken once a person and turn, placed before the moderators, settled together."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.reports import Report, ReportState
from bot.errors import ReportedAlready, ReportSettled, TooManyReports
from bot.store.dialect import Lock, serialise
from bot.store.mapping import hold_conversation, turn_row
from bot.store.schema import ConversationRow, ReportRow, TurnRow
from bot.store.session import Database

_OPEN = ReportRow.state == ReportState.OPEN.value
_HOUR = timedelta(hours=1)


class ReportStore:
    """Reads and writes reports; every method is one transaction."""

    def __init__(self, database: Database, hourly: int) -> None:
        self._database = database
        self._hourly = hourly

    async def check(self, turn_id: int, reporter_id: int) -> None:
        """Raise `ReportedAlready` or `TooManyReports` where a report of this person would be refused now."""
        async with self._database.reading() as session:
            await self._admit(session, turn_id, reporter_id)

    async def take(self, turn_id: int, reporter_id: int, reason: str) -> Report:
        """Store a report. Raises `ReportedAlready`, `TooManyReports` or `GoneTurn`."""
        async with self._database.session() as session:
            await serialise(session, Lock.REPORTER, reporter_id)
            await turn_row(session, turn_id)
            await self._admit(session, turn_id, reporter_id)
            row = ReportRow(
                turn_id=turn_id,
                reporter_id=reporter_id,
                reason=reason,
                state=ReportState.OPEN.value,
                created_at=datetime.now(UTC),
            )
            session.add(row)
            await session.flush()
            return (await _reports(session, ReportRow.id == row.id))[0]

    async def withdraw(self, report_id: int) -> None:
        """Forget a report that could not be given to the moderators."""
        async with self._database.session() as session:
            await session.execute(delete(ReportRow).where(ReportRow.id == report_id))

    async def placed(self, report_id: int, channel_id: int, message_id: int) -> None:
        """The report stands in that message now."""
        values = {"channel_id": channel_id, "message_id": message_id}
        async with self._database.session() as session:
            await session.execute(update(ReportRow).where(ReportRow.id == report_id).values(**values))

    async def open_of(self, turn_id: int) -> list[Report]:
        """The open reports of a turn that the moderators have, oldest first."""
        async with self._database.reading() as session:
            return await _reports(
                session, ReportRow.turn_id == turn_id, _OPEN, ReportRow.message_id.is_not(None)
            )

    async def undelivered(self) -> list[Report]:
        """Open reports that the moderators do not have, as the bot ended in between."""
        async with self._database.reading() as session:
            return await _reports(session, _OPEN, ReportRow.message_id.is_(None))

    async def get(self, report_id: int) -> Report:
        """An open report, or `ReportSettled`."""
        async with self._database.reading() as session:
            found = await _reports(session, ReportRow.id == report_id, _OPEN)
        if not found:
            raise ReportSettled
        return found[0]

    async def settle(self, turn_id: int, state: ReportState, moderator_id: int) -> list[Report]:
        """Close all open reports of a turn; those that were open. Raises `ReportSettled` for none."""
        async with self._database.session() as session:
            await hold_conversation(session, TurnRow, turn_id)
            closed = await _reports(session, ReportRow.turn_id == turn_id, _OPEN)
            if not closed:
                raise ReportSettled
            await session.execute(
                update(ReportRow)
                .where(ReportRow.turn_id == turn_id, _OPEN)
                .values(state=state.value, closed_at=datetime.now(UTC), closed_by=moderator_id)
            )
            return closed

    async def _admit(self, session: AsyncSession, turn_id: int, reporter_id: int) -> None:
        theirs = ReportRow.reporter_id == reporter_id
        if await session.scalar(select(ReportRow.id).where(theirs, ReportRow.turn_id == turn_id)):
            raise ReportedAlready
        lately = theirs, ReportRow.created_at > datetime.now(UTC) - _HOUR
        count, oldest = (
            await session.execute(select(func.count(), func.min(ReportRow.created_at)).where(*lately))
        ).one()
        if count >= self._hourly:
            frees = int((oldest + _HOUR).timestamp()) + 1
            raise TooManyReports(limit=self._hourly, frees=f"<t:{frees}:R>")


async def _reports(session: AsyncSession, *where: ColumnElement[bool]) -> list[Report]:
    statement = (
        select(ReportRow, TurnRow.author_id, ConversationRow.guild_id)
        .join(TurnRow, ReportRow.turn_id == TurnRow.id)
        .join(ConversationRow, TurnRow.conversation_id == ConversationRow.id)
        .where(*where)
        .order_by(ReportRow.id)
    )
    rows = await session.execute(statement)
    return [_report(row, author_id, guild_id) for row, author_id, guild_id in rows]


def _report(row: ReportRow, author_id: int, guild_id: int | None) -> Report:
    return Report(
        id=row.id,
        turn_id=row.turn_id,
        guild_id=guild_id,
        author_id=author_id,
        reporter_id=row.reporter_id,
        reason=row.reason,
        state=ReportState(row.state),
        channel_id=row.channel_id,
        message_id=row.message_id,
    )
