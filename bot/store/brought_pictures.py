"""The pictures that people bring: kept with their turn until they are read, and then forgotten.

The files lie among the painted ones, named by their content. A brought picture is needed as long as its job
has not come further than reading it; `tidy` forgets all others, whatever ended their jobs.
"""

from dataclasses import dataclass

from sqlalchemy import exists, select

from bot.domain.brought_picture import CarriedSettings
from bot.domain.job import JobState
from bot.errors import PictureLost
from bot.store.images import ImageStore
from bot.store.schema import BroughtPictureRow, ConversationRow, ImageRow, JobRow, TurnRow
from bot.store.session import Database

_UNREAD = [JobState.QUEUED.value, JobState.EDITING.value]


@dataclass(frozen=True, slots=True)
class Recognised:
    """One of our own pictures: the prompt it was painted from. `here` says whether it may be told there."""

    prompt: str
    here: bool


class BroughtPictureStore:
    """Reads, recognises and forgets brought pictures; `ConversationStore.start` stores them."""

    def __init__(self, database: Database, images: ImageStore) -> None:
        self._database = database
        self._images = images

    async def read(self, turn_id: int) -> bytes:
        """The file of a turn's picture that is still to be read. Raises what `ImageStore.content` does."""
        async with self._database.reading() as session:
            row = await session.get(BroughtPictureRow, turn_id)
        if row is None or row.sha256 is None:
            raise PictureLost(sha256="")
        return await self._images.content(row.sha256)

    async def settings(self, turn_id: int) -> CarriedSettings | None:
        """The settings that a turn's picture carried."""
        async with self._database.reading() as session:
            row = await session.get(BroughtPictureRow, turn_id)
            return None if row is None or row.settings is None else CarriedSettings.from_json(row.settings)

    async def recognise(
        self, sha256: str, *, guild_id: int | None, channel_id: int, message_id: int | None = None
    ) -> Recognised | None:
        """Which of our own pictures these bytes, or that message, show; None for a picture of elsewhere.

        A picture of a server may be told everywhere on it, one of a private chat only there.
        """
        same = ImageRow.sha256 == sha256
        if message_id is not None:
            same |= ImageRow.message_id == message_id
        place = TurnRow.target_prompt, ConversationRow.guild_id, ConversationRow.channel_id
        statement = (
            select(*place)
            .join(ImageRow, ImageRow.turn_id == TurnRow.id)
            .join(ConversationRow, TurnRow.conversation_id == ConversationRow.id)
            .where(same, TurnRow.deleted_at.is_(None), TurnRow.target_prompt.is_not(None))
            .order_by(TurnRow.id.desc())
        )
        async with self._database.reading() as session:
            found = [
                Recognised(prompt or "", guild == guild_id and (guild is not None or channel == channel_id))
                for prompt, guild, channel in await session.execute(statement)
            ]
        return next((one for one in found if one.here), next(iter(found), None))

    async def tidy(self) -> None:
        """Forget the files of pictures that are read, and of those whose job has ended."""
        waiting = exists().where(
            JobRow.turn_id == BroughtPictureRow.turn_id,
            JobRow.state.in_(_UNREAD),
            TurnRow.id == BroughtPictureRow.turn_id,
            TurnRow.source_prompt == "",
        )
        # "> ''" and not "is not empty": SQLite looks a range up in an index, and would read all rows for that
        unneeded = select(BroughtPictureRow).where(BroughtPictureRow.sha256 > "", ~waiting)
        async with self._database.reading() as session:
            if await session.scalar(unneeded.limit(1)) is None:
                return
        async with self._database.session() as session:
            rows = (await session.scalars(unneeded)).all()
            hashes = {row.sha256 for row in rows if row.sha256}
            for row in rows:
                row.sha256 = None
        await self._images.remove_unused(hashes)
