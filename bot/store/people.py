"""What is kept about a person: their decision on training, a copy of all of it, and its removal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, delete, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.conversation import Origin, TurnKind
from bot.store.dialect import Lock, hold_all, insert, serialise
from bot.store.gallery import count_votes
from bot.store.mapping import blank_parameters, load_tree, place_head
from bot.store.schema import (
    ActionRow,
    BroughtPictureRow,
    ConversationRow,
    ExposureRow,
    FavouriteRow,
    GalleryRow,
    ImageRow,
    JobRow,
    OwnWordsRow,
    ReportRow,
    ShowcaseRow,
    SourcePictureRow,
    TurnRow,
    UserRow,
    VoteRow,
)
from bot.store.session import Database

NOBODY = 0
"""In place of the id of a person whose data was deleted; no Discord id is 0."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How much is kept about a person, and whether they let training use it."""

    turns: int
    pictures: int
    votes: int
    exposures: int  # turns that this person could see
    reports: int  # made by this person
    preferences: bool  # whether any is set
    consent: bool
    own_words: int = 0  # styles, saved prompts and lists
    favourites: int = 0
    showing: bool = False  # whether they decided about being shown to others


@dataclass(frozen=True, slots=True)
class Removed:
    """What a deletion left to the caller: files without a row, and the messages with pictures or reports.

    `messages` are (channel id, message id); `threads` were opened for this person, named by their words, and
    are (channel id, thread id): the message that a thread hangs on has its id. `answers` repeated the words
    of a /refine and are (channel id, interaction id).
    """

    hashes: tuple[str, ...]
    messages: tuple[tuple[int, int], ...]
    threads: tuple[tuple[int, int], ...] = ()
    answers: tuple[tuple[int, int], ...] = ()


class PeopleStore:
    """Reads and removes what belongs to one person; every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def kept(self, user_id: int) -> Kept:
        """Counts for the answer to /privacy."""
        async with self._database.reading() as session:
            user = await session.get(UserRow, user_id)
            return Kept(
                await _count(session, select(TurnRow.id).where(_said(user_id))),
                await _count(session, select(ImageRow.id).join(TurnRow).where(_said(user_id))),
                await _count(session, select(VoteRow.id).where(VoteRow.user_id == user_id)),
                await _count(session, select(ExposureRow.turn_id).where(ExposureRow.user_id == user_id)),
                await _count(session, select(ReportRow.id).where(ReportRow.reporter_id == user_id)),
                user is not None and bool(user.preferences),
                user is not None and user.training_consent,
                await _count(session, select(OwnWordsRow.id).where(OwnWordsRow.owner_id == user_id)),
                await _count(session, select(FavouriteRow.image_id).where(FavouriteRow.user_id == user_id)),
                user is not None and user.showing is not None,
            )

    async def set_consent(self, user_id: int, allowed: bool) -> None:
        """Store whether training may use what this person says and votes from now on, and before."""
        now = datetime.now(UTC)
        values = {"training_consent": allowed, "consent_changed_at": now}
        async with self._database.session() as session:
            await session.execute(
                insert(session, UserRow)
                .values(user_id=user_id, preferences={}, created_at=now, **values)
                .on_conflict_do_update(index_elements=["user_id"], set_=values)
            )

    async def copy(self, user_id: int) -> dict[str, Any]:
        """Everything kept about a person as plain JSON values; pictures by content hash."""
        async with self._database.reading() as session:
            user = await session.get(UserRow, user_id)
            turns = (await session.scalars(select(TurnRow).where(_said(user_id)).order_by(TurnRow.id))).all()
            images = (
                await session.scalars(
                    select(ImageRow).join(TurnRow).where(_said(user_id)).order_by(ImageRow.id)
                )
            ).all()
            brought = await session.scalars(
                select(BroughtPictureRow).join(TurnRow).where(_said(user_id)).order_by(TurnRow.id)
            )
            sources = await session.scalars(
                select(SourcePictureRow).join(TurnRow).where(_said(user_id)).order_by(TurnRow.id)
            )
            votes = (await session.scalars(select(VoteRow).where(VoteRow.user_id == user_id))).all()
            reports = await session.scalars(select(ReportRow).where(ReportRow.reporter_id == user_id))
            actions = await session.scalars(select(ActionRow).where(ActionRow.person_id == user_id))
            own_words = await session.scalars(select(OwnWordsRow).where(OwnWordsRow.owner_id == user_id))
            favourites = await session.scalars(select(FavouriteRow).where(FavouriteRow.user_id == user_id))
            shown = await session.scalars(
                select(ShowcaseRow)
                .join(GalleryRow, GalleryRow.image_id == ShowcaseRow.image_id)
                .where(GalleryRow.author_id == user_id)
            )
            gallery = await session.scalars(select(GalleryRow).where(GalleryRow.author_id == user_id))
            seen = await session.scalars(select(ExposureRow.turn_id).where(ExposureRow.user_id == user_id))
            return {
                "user_id": user_id,
                "decisions": _plain(user) if user else None,
                "turns": [_plain(row) for row in turns],
                "pictures": [_plain(row) for row in images],
                "brought_pictures": [_plain(row) for row in brought],
                "source_pictures": [_plain(row) for row in sources],
                "votes": [_plain(row) for row in votes],
                "reports": [_plain(row, leave_out=("closed_by",)) for row in reports],
                "actions": [_plain(row) for row in actions],
                "own_words": [_plain(row) for row in own_words],
                "favourites": [_plain(row) for row in favourites],
                "gallery": [_plain(row) for row in gallery],
                "showcase": [_plain(row) for row in shown],
                "could_see_turns": list(seen),
            }

    async def unfinished(self, user_id: int) -> list[int]:
        """Turns of this person whose work has not ended, to be cancelled before a deletion."""
        ended = ("done", "failed", "cancelled")
        async with self._database.reading() as session:
            statement = select(JobRow.turn_id).join(TurnRow).where(TurnRow.author_id == user_id)
            return list(await session.scalars(statement.where(JobRow.state.not_in(ended))))

    async def remove(self, user_id: int) -> Removed:
        """Delete everything about a person. Turns stay as nameless tombstones, for the trees of others.

        The files of the pictures and the posted messages are the caller's to remove. What was deleted is
        overwritten in the database's files.
        """
        removed = await self._remove(user_id)
        await self._database.scrub()
        return removed

    async def _remove(self, user_id: int) -> Removed:
        async with self._database.session() as session:
            # no turn of theirs begins meanwhile, and nothing of theirs gets a picture, vote or report
            await serialise(session, Lock.ADMISSION)
            theirs = select(TurnRow.conversation_id).where(TurnRow.author_id == user_id)
            judged = (
                select(TurnRow.conversation_id).join(ImageRow).join(VoteRow)
            )  # their votes are counted anew
            places = ConversationRow.id.in_(theirs), ConversationRow.id.in_(judged.where(_voted(user_id)))
            await hold_all(session, or_(ConversationRow.creator_id == user_id, *places))
            own = select(TurnRow.id).where(TurnRow.author_id == user_id)
            images = (
                await session.execute(
                    select(ImageRow.sha256, ImageRow.channel_id, ImageRow.message_id).where(
                        ImageRow.turn_id.in_(own)
                    )
                )
            ).all()
            touched = list(
                await session.scalars(
                    select(TurnRow.conversation_id).where(TurnRow.author_id == user_id).distinct()
                )
            )
            threads = await session.execute(
                select(ConversationRow.channel_id, ConversationRow.thread_id).where(
                    ConversationRow.creator_id == user_id, ConversationRow.thread_id.is_not(None)
                )
            )
            opened = tuple((channel, thread) for channel, thread in threads if thread)
            answers = await _answers(session, user_id)
            await _forget(session, user_id)
            about = or_(ReportRow.turn_id.in_(own), ReportRow.reporter_id == user_id)
            told = (
                await session.execute(select(ReportRow.channel_id, ReportRow.message_id).where(about))
            ).all()
            await session.execute(delete(ReportRow).where(about))
            await session.execute(
                update(ReportRow).where(ReportRow.closed_by == user_id).values(closed_by=NOBODY)
            )
            unread = await _forget_brought(session, own)
            await session.execute(delete(ImageRow).where(ImageRow.turn_id.in_(own)))
            await session.execute(update(JobRow).where(JobRow.turn_id.in_(own)).values(detail=None))
            await session.execute(
                update(ConversationRow)
                .where(ConversationRow.creator_id == user_id)
                .values(creator_id=NOBODY, title="")
            )
            await _blank_turns(session, user_id)
            await session.flush()
            for conversation_id in touched:
                row = await session.get_one(ConversationRow, conversation_id)
                place_head(row, (await load_tree(session, row)).with_live_head())
            shown = [(channel, message) for _, channel, message in images]
            hashes = tuple({*unread, *(sha256 for sha256, _, _ in images)})
            return Removed(hashes, _messages([*shown, *told]), opened, answers)


async def _forget_brought(session: AsyncSession, turns: Select[int]) -> list[str]:
    """Delete what turns were painted with beside painted pictures; the hashes of those files."""
    hashes: list[str] = []
    for table in (BroughtPictureRow, SourcePictureRow):
        of_them = table.turn_id.in_(turns)
        hashes += [sha256 for sha256 in await session.scalars(select(table.sha256).where(of_them)) if sha256]
        await session.execute(delete(table).where(of_them))
    return hashes


async def _forget(session: AsyncSession, user_id: int) -> None:
    """Delete what is the person's alone and hangs on no turn of theirs."""
    voted = set(await session.scalars(select(VoteRow.image_id).where(_voted(user_id))))
    for whose in (
        VoteRow.user_id,
        ExposureRow.user_id,
        ActionRow.person_id,
        OwnWordsRow.owner_id,
        FavouriteRow.user_id,
        UserRow.user_id,
    ):
        await session.execute(delete(whose.class_).where(whose == user_id))
    await count_votes(session, voted)


async def _answers(session: AsyncSession, user_id: int) -> tuple[tuple[int, int], ...]:
    """Where somebody used /refine, and with which interaction."""
    place = func.coalesce(ConversationRow.thread_id, ConversationRow.channel_id)
    rows = await session.execute(
        select(place, TurnRow.request_id)
        .join(ConversationRow, TurnRow.conversation_id == ConversationRow.id)
        .where(
            TurnRow.author_id == user_id,
            TurnRow.origin == Origin.SLASH.value,
            TurnRow.kind == TurnKind.REFINE.value,
            TurnRow.request_id.is_not(None),
        )
    )
    return tuple((channel, interaction) for channel, interaction in rows if interaction)


async def _blank_turns(session: AsyncSession, user_id: int) -> None:
    """Tombstones without words, person or message."""
    now = datetime.now(UTC)
    await blank_parameters(session, TurnRow.author_id == user_id)
    await session.execute(
        update(TurnRow)
        .where(TurnRow.author_id == user_id)
        .values(
            author_id=NOBODY,
            request_id=None,
            instruction="",
            source_prompt="",
            target_prompt=None,
            second_prompt=None,
            deleted_at=func.coalesce(TurnRow.deleted_at, literal(now, TurnRow.deleted_at.type)),
        )
        .execution_options(synchronize_session=False)
    )
    session.expire_all()


def _voted(user_id: int) -> Any:
    return (VoteRow.user_id == user_id) & (VoteRow.kind == "reaction")


def _said(user_id: int) -> Any:
    return (TurnRow.author_id == user_id) & TurnRow.deleted_at.is_(None)


def _messages(places: Sequence[Any]) -> tuple[tuple[int, int], ...]:
    return tuple({(channel, message) for channel, message in places if channel and message})


async def _count(session: AsyncSession, rows: Select[Any]) -> int:
    return await session.scalar(select(func.count()).select_from(rows.subquery())) or 0


def _plain(row: Any, leave_out: Sequence[str] = ()) -> dict[str, Any]:
    """A row as JSON values, without those of others."""
    columns = [column.key for column in row.__table__.columns if column.key not in leave_out]
    values = {key: getattr(row, key) for key in columns}
    return {key: v.isoformat() if isinstance(v, datetime) else v for key, v in values.items()}
