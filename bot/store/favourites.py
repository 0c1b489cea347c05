"""Pictures that people want to find again. A favourite goes with its picture."""

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import GoneTurn
from bot.store.dialect import insert, staying
from bot.store.schema import FavouriteRow, ImageRow
from bot.store.session import Database


class FavouriteStore:
    """Keeps favourites: of a turn with several pictures the first stands for it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def toggle(self, user_id: int, turn_id: int) -> bool:
        """Keep a turn, or let it go if it was kept; whether it is kept now. Raises `GoneTurn`."""
        async with self._database.session() as session:
            image_id = await _first(session, ImageRow.turn_id == turn_id)
            if image_id is None:
                raise GoneTurn
            if await _removed(session, user_id, image_id):
                return False
            await _add(session, user_id, image_id)
            return True

    async def star(self, message_id: int, user_id: int, *, on: bool) -> bool:
        """Keep what a message shows, or let it go; whether it shows a picture of ours."""
        async with self._database.session() as session:
            image_id = await _first(session, ImageRow.message_id == message_id)
            if image_id is None:
                return False
            if on:
                await _add(session, user_id, image_id)
            else:
                await _removed(session, user_id, image_id)
            return True


async def _first(session: AsyncSession, which: ColumnElement[bool]) -> int | None:
    found = select(ImageRow.id).where(which).order_by(ImageRow.turn_id, ImageRow.position).limit(1)
    return await session.scalar(staying(session, found, ImageRow))


async def _add(session: AsyncSession, user_id: int, image_id: int) -> None:
    values = {"user_id": user_id, "image_id": image_id, "created_at": datetime.now(UTC)}
    await session.execute(insert(session, FavouriteRow).values(values).on_conflict_do_nothing())


async def _removed(session: AsyncSession, user_id: int, image_id: int) -> bool:
    """Take a favourite away; whether there was one."""
    kept = FavouriteRow.user_id == user_id, FavouriteRow.image_id == image_id
    gone = await session.execute(delete(FavouriteRow).where(*kept).returning(FavouriteRow.image_id))
    return gone.first() is not None
