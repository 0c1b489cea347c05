"""Takes old turns out of the database: words, pictures, votes, exposures, reports, and empty conversations.

Kept whatever their age: turns whose work has not ended, and those with an open report. A turn that goes
leaves a nameless tombstone, for the tree of what stays; a conversation of tombstones alone goes as a whole.
Every batch is one transaction, so that the bot's own writes come in between.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, exists, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.job import JobState
from bot.domain.reports import ReportState
from bot.domain.retention import expired
from bot.settings import RetentionSettings
from bot.store.dialect import hold_all
from bot.store.feedback import Signal
from bot.store.mapping import blank_parameters, load_tree, place_head
from bot.store.people import NOBODY
from bot.store.schema import (
    BroughtPictureRow,
    ConversationRow,
    ExposureRow,
    ImageRow,
    JobRow,
    ReportRow,
    SourcePictureRow,
    TurnRow,
    UserRow,
    VoteRow,
)
from bot.store.session import Database

_BATCH = 200  # turns removed in one transaction
_UNENDED = [state.value for state in JobState if not state.ended]
_VOTES = [Signal.REACTION.value, Signal.PICK.value]  # given on purpose; other signals follow from work


@dataclass(frozen=True, slots=True)
class Pruned:
    """What went. `hashes` are files that perhaps nobody needs any more; they are the caller's to remove."""

    turns: int = 0
    pictures: int = 0
    votes: int = 0
    conversations: int = 0
    hashes: frozenset[str] = frozenset()

    def __add__(self, other: "Pruned") -> "Pruned":
        return Pruned(
            self.turns + other.turns,
            self.pictures + other.pictures,
            self.votes + other.votes,
            self.conversations + other.conversations,
            self.hashes | other.hashes,
        )


class RetentionStore:
    """Finds and removes what is older than [retention] allows."""

    def __init__(self, database: Database, rules: RetentionSettings) -> None:
        self._database = database
        self._rules = rules

    async def expired(self, now: datetime) -> list[int]:
        """The turns that go at that time, oldest first."""
        if not self._rules.days:
            return []
        statement = (
            select(TurnRow.id, TurnRow.created_at, _voted(), _opted_in())
            .where(TurnRow.created_at < now - timedelta(days=self._rules.days), _removable())
            .order_by(TurnRow.id)
        )
        async with self._database.reading() as session:
            return [
                turn_id
                for turn_id, created_at, voted, opted_in in await session.execute(statement)
                if expired(self._rules, created_at, now, voted=voted, opted_in=opted_in)
            ]

    async def prune(self, now: datetime | None = None) -> Pruned:
        """Remove what has expired (`now` is this moment by default)."""
        moment = now or datetime.now(UTC)
        turns = await self.expired(moment)
        pruned = Pruned()
        for start in range(0, len(turns), _BATCH):
            async with self._database.session() as session:
                pruned += await _remove(session, turns[start : start + _BATCH])
        if self._rules.days:
            async with self._database.session() as session:
                oldest = moment - timedelta(days=self._rules.days)
                pruned += Pruned(conversations=await _remove_empty(session, oldest))
            await self._database.scrub()
        return pruned


def _removable() -> Any:
    """Not gone yet, nothing more to do, and no moderator needs it."""
    at_work = exists().where(JobRow.turn_id == TurnRow.id, JobRow.state.in_(_UNENDED))
    reported = exists().where(ReportRow.turn_id == TurnRow.id, ReportRow.state == ReportState.OPEN.value)
    there = or_(TurnRow.deleted_at.is_(None), TurnRow.author_id != NOBODY)
    return and_(there, ~at_work, ~reported)


def _voted() -> Any:
    of_turn = ImageRow.turn_id == TurnRow.id
    stands = VoteRow.retracted_at.is_(None), VoteRow.kind.in_(_VOTES)
    return exists().where(VoteRow.image_id == ImageRow.id, of_turn, *stands)


def _opted_in() -> Any:
    return exists().where(UserRow.user_id == TurnRow.author_id, UserRow.training_consent.is_(True))


async def _remove(session: AsyncSession, turns: Sequence[int]) -> Pruned:
    """Make the turns nameless tombstones and take away all that hangs on them."""
    here = TurnRow.id.in_(turns)
    await hold_all(session, ConversationRow.id.in_(select(TurnRow.conversation_id).where(here)))
    theirs = ImageRow.turn_id.in_(turns)
    hashes = (await session.scalars(select(ImageRow.sha256).where(theirs))).all()
    of_them = SourcePictureRow.turn_id.in_(turns)
    sources = await session.scalars(select(SourcePictureRow.sha256).where(of_them))
    votes = select(func.count()).select_from(VoteRow).join(ImageRow).where(theirs)
    files = frozenset([*hashes, *sources])
    gone = Pruned(len(turns), len(hashes), await session.scalar(votes) or 0, hashes=files)
    touched = list(await session.scalars(select(TurnRow.conversation_id).where(here).distinct()))
    for table in (ImageRow, BroughtPictureRow, SourcePictureRow, ExposureRow, ReportRow):
        await session.execute(delete(table).where(table.turn_id.in_(turns)))
    await session.execute(update(JobRow).where(JobRow.turn_id.in_(turns)).values(detail=None))
    await blank_parameters(session, TurnRow.id.in_(turns))
    await session.execute(_blank(turns))
    await session.execute(_untitle(turns))
    session.expire_all()
    for conversation_id in touched:
        row = await session.get_one(ConversationRow, conversation_id)
        place_head(row, (await load_tree(session, row)).with_live_head())
    return gone


def _blank(turns: Sequence[int]) -> Any:
    """Without words and person; the numbers of the painting stay with the tombstone."""
    return (
        update(TurnRow)
        .where(TurnRow.id.in_(turns))
        .values(
            author_id=NOBODY,
            request_id=None,
            instruction="",
            source_prompt="",
            target_prompt=None,
            second_prompt=None,
            deleted_at=func.coalesce(TurnRow.deleted_at, literal(datetime.now(UTC), TurnRow.deleted_at.type)),
        )
        .execution_options(synchronize_session=False)
    )


def _untitle(turns: Sequence[int]) -> Any:
    """The title of a conversation is its first turn's words."""
    first = select(TurnRow.conversation_id).where(TurnRow.id.in_(turns), TurnRow.parent_turn_id.is_(None))
    return (
        update(ConversationRow)
        .where(ConversationRow.id.in_(first))
        .values(title="")
        .execution_options(synchronize_session=False)
    )


async def _remove_empty(session: AsyncSession, oldest: datetime) -> int:
    """Conversations of nameless tombstones alone, none of them younger than `oldest`."""
    of_it = TurnRow.conversation_id == ConversationRow.id
    needed = exists().where(of_it, or_(TurnRow.author_id != NOBODY, TurnRow.created_at >= oldest))
    at_work = exists().where(of_it, JobRow.turn_id == TurnRow.id, JobRow.state.in_(_UNENDED))
    empty = select(ConversationRow.id).where(~needed, ~at_work, ConversationRow.created_at < oldest)
    await hold_all(session, ConversationRow.id.in_(empty))
    ids = list(await session.scalars(empty))  # what was empty before it was held may not be any more
    await session.execute(delete(ConversationRow).where(ConversationRow.id.in_(ids)))
    return len(ids)
