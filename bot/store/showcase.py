"""What is in the servers' showcase channels, and what is to be done about it.

A row is stored before its message is posted, so a bot that is killed in between knows at its next start that
it may be there already, and looks for it. A picture that is deleted, by whatever way, leaves a row without a
picture (ON DELETE SET NULL): its message is still to be deleted, and only then the row goes.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, delete, or_, select, update

from bot.domain.gallery import ShowcaseState, Showing
from bot.settings.shards import Sharding
from bot.store.dialect import hold, insert, staying
from bot.store.schema import GalleryRow, ShowcaseRow, UserRow
from bot.store.session import Database

_MOST = 50  # looked at in one go


@dataclass(frozen=True, slots=True)
class Shown:
    """A message of the showcase; `turn_id` is None where it is to be deleted."""

    id: int
    turn_id: int | None
    guild_id: int
    channel_id: int
    message_id: int | None
    state: ShowcaseState


class ShowcaseStore:
    """Keeps the showcases of the servers on the shards that `sharding` names as ours."""

    def __init__(self, database: Database, sharding: Sharding | None = None) -> None:
        self._database = database
        self._sharding = sharding or Sharding()

    async def claim(self, image_id: int, guild_id: int, channel_id: int) -> bool:
        """Note that a picture is to be shown; False for one that was noted before or is gone."""
        row = {"image_id": image_id, "guild_id": guild_id, "channel_id": channel_id}
        state, now = ShowcaseState.POST.value, datetime.now(UTC)
        async with self._database.session() as session:
            there = select(GalleryRow.image_id).where(GalleryRow.image_id == image_id)
            if await session.scalar(staying(session, there, GalleryRow)) is None:
                return False
            added = await session.execute(
                insert(session, ShowcaseRow)
                .values(**row, state=state, created_at=now)
                .on_conflict_do_nothing()
                .returning(ShowcaseRow.id)
            )
            return added.first() is not None

    async def due(self, but: Collection[int] = (), hidden: Collection[int] = ()) -> list[Shown]:
        """What is to be posted, credited anew or deleted, oldest first; without the rows `but`.

        So a channel that refuses everything does not stand before all others. The turns in `hidden` are due
        as well, in whatever state.
        """
        undone = or_(
            ShowcaseRow.state.in_([ShowcaseState.POST.value, ShowcaseState.EDIT.value]),
            _gone(),
            # not by the joined table's own column: with it in the alternatives all of the showcase is read
            ShowcaseRow.image_id.in_(select(GalleryRow.image_id).where(GalleryRow.turn_id.in_(hidden))),
        )
        statement = (
            select(ShowcaseRow, GalleryRow.turn_id)
            .outerjoin(GalleryRow, GalleryRow.image_id == ShowcaseRow.image_id)
            .where(undone, ShowcaseRow.id.not_in(but), *self._ours())
            .order_by(ShowcaseRow.id)
            .limit(_MOST)
        )
        async with self._database.reading() as session:
            return [
                Shown(row.id, turn_id, row.guild_id, row.channel_id, row.message_id, ShowcaseState(row.state))
                for row, turn_id in await session.execute(statement)
            ]

    async def shown(self, number: int, message_id: int, credited: Showing) -> None:
        """The message is there, with that credit; if its author wishes another by now, that is due."""
        author = (
            select(GalleryRow.author_id)
            .join(ShowcaseRow, ShowcaseRow.image_id == GalleryRow.image_id)
            .where(ShowcaseRow.id == number)
        )
        async with self._database.session() as session:
            person = await session.scalar(author)
            # held, so that a decision that is stored at this moment comes before or after all of this
            user = await hold(session, UserRow, person) if person is not None else None
            wished = user is None or user.showing == credited.value
            state = ShowcaseState.SHOWN if wished else ShowcaseState.EDIT
            values = {"message_id": message_id, "state": state.value}
            await session.execute(update(ShowcaseRow).where(ShowcaseRow.id == number).values(**values))

    async def forget(self, number: int) -> None:
        """The message is gone for good."""
        async with self._database.session() as session:
            await session.execute(delete(ShowcaseRow).where(ShowcaseRow.id == number))

    def _ours(self) -> tuple[ColumnElement[bool], ...]:
        """Where several processes share a database, each posts for the servers of its shards."""
        if self._sharding.ids is None or self._sharding.count is None:
            return ()
        shard = ShowcaseRow.guild_id // 2**22 % self._sharding.count
        return (shard.in_(self._sharding.ids),)


def _gone() -> ColumnElement[bool]:
    return ShowcaseRow.image_id.is_(None)
