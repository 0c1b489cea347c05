"""The gallery's pages: which turns are found, by whom, in what order; and what people decided about it.

A turn is in the gallery from when it is posted until its first picture is deleted, whose row takes the
gallery's, the favourites and the search's with it. Turns that only show an older one's pictures again in
another thread are not in it: their author painted nothing.

Whether others are shown somebody's pictures is asked anew with every page, so a decision holds at once.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.conversation import Image, Turn
from bot.domain.gallery import HEART, PAGE, Shelf, ShowcaseState, Showing, stored_words
from bot.domain.picked import picked_image
from bot.errors import GoneTurn
from bot.store.dialect import has_words, holds_rows, insert
from bot.store.mapping import load_turns
from bot.store.schema import (
    ConversationRow,
    FavouriteRow,
    GalleryRow,
    ImageRow,
    ShowcaseRow,
    TurnRow,
    UserRow,
    VoteRow,
)
from bot.store.session import Database

_SHOWN = (Showing.NAMED.value, Showing.UNNAMED.value)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks, and from where: the server, or None in a private chat, and the channels they see there."""

    user_id: int
    guild_id: int | None = None
    channels: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A turn of the gallery. `image` is its picked picture or the first, `showing` its author's decision."""

    turn: Turn
    image: Image
    image_id: int  # of its first picture, which stands for the turn in the gallery
    guild_id: int | None
    channel_id: int
    hearts: int
    showing: Showing

    @property
    def link(self) -> str:
        """Where the turn was posted."""
        place = self.image.channel_id or self.channel_id
        return f"https://discord.com/channels/{self.guild_id or '@me'}/{place}/{self.image.message_id}"


@dataclass(frozen=True, slots=True)
class Page:
    """Some turns of a shelf; `more` says that there is another page."""

    found: tuple[Found, ...]
    more: bool


class GalleryStore:
    """Reads pages, and keeps decisions about being shown."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(self, shelf: Shelf, viewer: Viewer, number: int = 0, words: str = "") -> Page:
        """Page `number`, from 0, of a shelf, of turns with all `words` (`search_words`) if any.

        The newest favourites and own pictures come first, the best ones by votes.
        """
        async with self._database.reading() as session:
            statement = _shelf(shelf, viewer)
            if words:
                statement = statement.where(has_words(session, GalleryRow, "image_id", words))
            statement = statement.offset(number * PAGE).limit(PAGE + 1)
            rows = (await session.execute(statement)).all()
            return Page(await _found(session, rows[:PAGE]), len(rows) > PAGE)

    async def last(self, shelf: Shelf, viewer: Viewer, words: str = "") -> int:
        """The number of the last page that shows something, from 0; 0 where none does."""
        async with self._database.reading() as session:
            statement = _shelf(shelf, viewer)
            if words:
                statement = statement.where(has_words(session, GalleryRow, "image_id", words))
            counted = select(func.count()).select_from(statement.order_by(None).subquery())
            return max(0, (await session.scalar(counted) or 0) - 1) // PAGE

    async def of_turn(self, turn_id: int) -> Found:
        """A turn of the gallery. Raises `GoneTurn`."""
        return await self._one(GalleryRow.turn_id == turn_id)

    async def of_message(self, message_id: int) -> Found | None:
        """The turn that a message shows; None where it shows none of the gallery."""
        shown = select(ImageRow.id).where(ImageRow.message_id == message_id)
        try:
            return await self._one(GalleryRow.image_id.in_(shown))
        except GoneTurn:
            return None

    async def _one(self, which: ColumnElement[bool]) -> Found:
        async with self._database.reading() as session:
            rows = (await session.execute(_with_decisions().where(which))).all()
            found = await _found(session, rows)
        if not found:
            raise GoneTurn
        return found[0]

    async def showing(self, user_id: int) -> Showing | None:
        """What a person decided about being shown to others; None until they did."""
        async with self._database.reading() as session:
            stored = await session.scalar(select(UserRow.showing).where(UserRow.user_id == user_id))
            return Showing(stored) if stored else None

    async def is_to_be_asked(self, user_id: int) -> bool:
        """Whether a person has pictures that others could be shown, and has not decided about that."""
        async with self._database.reading() as session:
            decided = select(UserRow.user_id).where(UserRow.user_id == user_id, UserRow.showing.is_not(None))
            theirs = exists().where(GalleryRow.author_id == user_id)
            return bool(await session.scalar(select(theirs & ~decided.exists())))

    async def decide(self, user_id: int, showing: Showing) -> None:
        """Store it. What the showcase shows of them is to go, or to be credited as they wish now."""
        now, value = datetime.now(UTC), showing.value
        theirs = ShowcaseRow.image_id.in_(
            select(GalleryRow.image_id).where(GalleryRow.author_id == user_id).scalar_subquery()
        )
        change = {"state": ShowcaseState.EDIT.value} if showing.allowed else {"image_id": None}
        async with self._database.session() as session:
            values = {"user_id": user_id, "preferences": {}, "created_at": now, "showing": value}
            await session.execute(
                insert(session, UserRow)
                .values(training_consent=False, **values)
                .on_conflict_do_update(index_elements=["user_id"], set_={"showing": value})
            )
            statement = update(ShowcaseRow).where(theirs).values(**change)
            if showing.allowed:
                statement = statement.where(ShowcaseRow.state == ShowcaseState.SHOWN.value)
            await session.execute(statement.execution_options(synchronize_session=False))


def _with_decisions() -> Any:
    return (
        select(GalleryRow, UserRow.showing)
        .join(TurnRow, TurnRow.id == GalleryRow.turn_id)
        .outerjoin(UserRow, UserRow.user_id == GalleryRow.author_id)
    )


def _shelf(shelf: Shelf, viewer: Viewer) -> Any:
    """The statement of a shelf, in its order."""
    statement = _with_decisions()
    own = GalleryRow.author_id == viewer.user_id
    here = and_(GalleryRow.guild_id == viewer.guild_id, GalleryRow.channel_id.in_(viewer.channels))
    match shelf:
        case Shelf.MINE:
            return statement.where(own).order_by(GalleryRow.image_id.desc())
        case Shelf.BEST:
            return statement.where(
                here, GalleryRow.votes > 0, or_(own, UserRow.showing.in_(_SHOWN))
            ).order_by(GalleryRow.votes.desc(), GalleryRow.image_id.desc())
        case Shelf.FAVOURITES:
            kept = and_(FavouriteRow.image_id == GalleryRow.image_id, FavouriteRow.user_id == viewer.user_id)
            # what others made is kept, not shown: it is there for those only who can see it in its place
            return (
                statement.join(FavouriteRow, kept)
                .where(or_(own, here))
                .order_by(FavouriteRow.created_at.desc(), FavouriteRow.image_id.desc())
            )


async def _found(session: AsyncSession, rows: Iterable[Any]) -> tuple[Found, ...]:
    listed = [(row, showing) for row, showing in rows]
    turns = {
        turn.id: turn
        for turn in await load_turns(session, TurnRow.id.in_([row.turn_id for row, _ in listed]))
    }
    return tuple(
        _one_found(row, showing, turns[row.turn_id]) for row, showing in listed if turns[row.turn_id].images
    )


def _one_found(row: GalleryRow, showing: str | None, turn: Turn) -> Found:
    image = picked_image(turn)
    decided = Showing(showing) if showing else Showing.HIDDEN
    return Found(turn, image, row.image_id, row.guild_id, row.channel_id, row.hearts, decided)


async def take_up(session: AsyncSession, turn: TurnRow, conversation: ConversationRow) -> None:
    """Put a turn that is posted now into the gallery, in a running transaction."""
    if turn.seconds is None:  # shown again in another thread: nothing was painted
        return
    columns = {
        "image_id": ImageRow.id,
        "turn_id": literal(turn.id),
        "guild_id": literal(conversation.guild_id, GalleryRow.guild_id.type),
        "channel_id": literal(conversation.channel_id, GalleryRow.channel_id.type),
        "author_id": literal(turn.author_id, GalleryRow.author_id.type),
        "votes": literal(0),
        "hearts": literal(0),
        "words": literal(stored_words(turn.target_prompt or ""), GalleryRow.words.type),
    }
    first = select(*columns.values()).where(ImageRow.turn_id == turn.id).order_by(ImageRow.position).limit(1)
    into = insert(session, GalleryRow).from_select(list(columns), first).on_conflict_do_nothing()
    image_id = await session.scalar(into.returning(GalleryRow.image_id))
    if image_id is not None:
        # reactions may have come between the message and this
        await count_votes(session, [image_id])


async def count_votes(session: AsyncSession, image_ids: Collection[int]) -> None:
    """Count the votes on these pictures anew, in the running transaction that changed them."""
    wanted = GalleryRow.image_id.in_(sorted(image_ids))
    if holds_rows(session):
        # held first, in order: a statement of PostgreSQL's counts what was committed before it began, so of
        # two people who vote at the same moment the second has to begin counting when the first has ended
        rows = select(GalleryRow.image_id).where(wanted).order_by(GalleryRow.image_id)
        await session.execute(rows.with_for_update(key_share=True))
    theirs = (
        VoteRow.image_id == GalleryRow.image_id,
        VoteRow.kind == "reaction",
        VoteRow.retracted_at.is_(None),
        VoteRow.is_self.is_(False),
    )
    worth = select(func.coalesce(func.sum(VoteRow.value), 0)).where(*theirs)
    hearts = select(func.count()).select_from(VoteRow).where(*theirs, VoteRow.emoji == HEART)
    await session.execute(
        update(GalleryRow)
        .where(wanted)
        .values(
            votes=worth.correlate(GalleryRow).scalar_subquery(),
            hearts=hearts.correlate(GalleryRow).scalar_subquery(),
        )
        .execution_options(synchronize_session=False)
    )
