"""The pictures of one turn shown once more in another, as in a thread of its own."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.conversation import NewTurn
from bot.errors import GoneTurn
from bot.store.dialect import staying
from bot.store.feedback import Signal, put_signal
from bot.store.mapping import source_rows
from bot.store.schema import ImageRow


async def show_again(session: AsyncSession, turn_id: int, turn: NewTurn, now: datetime) -> None:
    """Give a turn its further pictures, and those of another one; both rows then name the same file.

    Who goes on from them elsewhere found them good enough for it.
    """
    session.add_all(source_rows(turn_id, turn.sources))
    for position, picture in enumerate(turn.pictures):
        shown = await session.scalar(
            staying(session, select(ImageRow).where(ImageRow.id == picture.id), ImageRow)
        )
        if shown is None:
            raise GoneTurn
        await put_signal(session, shown.turn_id, turn.author_id, Signal.BASE, shown.position)
        session.add(
            ImageRow(
                turn_id=turn_id,
                position=position,
                sha256=shown.sha256,
                path=shown.path,
                seed=shown.seed,
                width=shown.width,
                height=shown.height,
                created_at=now,
            )
        )
