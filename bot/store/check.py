"""Do the database and the picture files agree? Finds what is wrong, and mends it.

While the bot runs nothing should turn up; after a power cut or a restored backup it may. Files that were
written a moment ago are left alone, as their rows may be on the way.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.dialect import freeze, is_postgres
from bot.store.images import fingerprint, relative_path
from bot.store.mapping import load_tree, place_head
from bot.store.picture_files.port import PictureFiles
from bot.store.schema import BroughtPictureRow, ConversationRow, ImageRow, SourcePictureRow, TurnRow
from bot.store.session import Database

GRACE_S = 600.0  # younger files without a row are no finding
_READ_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Report:
    """What is wrong: rows by id, files by path from their place.

    `damage` is SQLite's own words about the database file; only a backup helps there. PostgreSQL checks keys
    with every write; for its files it has pg_amcheck.
    """

    damage: tuple[str, ...] = ()
    images_without_file: tuple[int, ...] = ()
    images_with_other_content: tuple[int, ...] = ()
    files_without_row: tuple[str, ...] = ()
    conversations_with_dead_head: tuple[int, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return self == Report()

    def lines(self) -> list[str]:
        """The findings in words, one line for each kind."""
        found = [
            (len(self.images_without_file), "pictures in the database whose file is missing"),
            (len(self.images_with_other_content), "picture files whose content was changed"),
            (len(self.files_without_row), "picture files that no picture needs"),
            (
                len(self.conversations_with_dead_head),
                "conversations that continue from a picture that is gone",
            ),
        ]
        return [*self.damage, *(f"{count} {what}" for count, what in found if count)]


async def inspect(database: Database, files: PictureFiles) -> Report:
    """Look at everything and change nothing. Reads every picture file."""
    old = await files.older_than(GRACE_S)
    async with database.reading() as session:
        images = [(row[0], row[1]) for row in await session.execute(select(ImageRow.id, ImageRow.sha256))]
        brought = await _brought(session)
        damage = await _damage(session)
        heads = await _dead_heads(session)
    present, changed = await _examine(files, {sha256 for _, sha256 in images})
    needed = {relative_path(sha256) for sha256 in (*brought, *(sha256 for _, sha256 in images))}
    return Report(
        damage=tuple(damage),
        images_without_file=tuple(id_ for id_, sha256 in images if sha256 not in present),
        images_with_other_content=tuple(id_ for id_, sha256 in images if sha256 in changed),
        files_without_row=tuple(sorted(old - needed)),
        conversations_with_dead_head=tuple(row.id for row in heads),
    )


async def mend(database: Database, files: PictureFiles, report: Report) -> None:
    """Remove rows without their file and files without a row; move dead heads to the nearest picture left."""
    async with database.session() as session:
        # so that no row for such a file can appear until it is removed
        await freeze(session, ImageRow, BroughtPictureRow, SourcePictureRow)
        lost = ImageRow.id.in_([*report.images_without_file, *report.images_with_other_content])
        spoilt = {
            relative_path(sha256) for sha256 in await session.scalars(select(ImageRow.sha256).where(lost))
        }
        await session.execute(delete(ImageRow).where(lost))
        for row in await _dead_heads(session):
            place_head(row, (await load_tree(session, row)).with_live_head())
        kept = [*await session.scalars(select(ImageRow.sha256)), *await _brought(session)]
        needed = {relative_path(sha256) for sha256 in kept}
        for path in sorted((spoilt | set(report.files_without_row)) - needed):
            await files.remove(path)


async def _brought(session: AsyncSession) -> list[str]:
    """The files of pictures that people brought and that are still to be read, and of turns' further ones."""
    hashes = [
        *await session.scalars(select(BroughtPictureRow.sha256)),
        *await session.scalars(select(SourcePictureRow.sha256)),
    ]
    return [sha256 for sha256 in hashes if sha256]


async def _damage(session: AsyncSession) -> list[str]:
    if is_postgres(session):
        return []
    integrity = [str(row[0]) for row in await session.execute(text("PRAGMA integrity_check"))]
    dangling = [
        f"row {row[1]} of table {row[0]} points to a missing row of {row[2]}"
        for row in await session.execute(text("PRAGMA foreign_key_check"))
    ]
    return [line for line in integrity if line != "ok"] + dangling


async def _dead_heads(session: AsyncSession) -> list[ConversationRow]:
    """Conversations whose head is deleted or was never finished."""
    dead = or_(TurnRow.deleted_at.is_not(None), TurnRow.finished_at.is_(None))
    statement = select(ConversationRow).join(TurnRow, ConversationRow.head_turn_id == TurnRow.id).where(dead)
    return list(await session.scalars(statement))


async def _examine(files: PictureFiles, hashes: Iterable[str]) -> tuple[set[str], set[str]]:
    """Which of the hashes have a file, and which of these files have other content."""
    present: set[str] = set()
    changed: set[str] = set()
    places = asyncio.Semaphore(_READ_AT_ONCE)

    async def look(sha256: str) -> None:
        async with places:
            try:
                content = await files.read(relative_path(sha256))
            except FileNotFoundError:
                return
        present.add(sha256)
        if await asyncio.to_thread(fingerprint, content) != sha256:
            changed.add(sha256)

    await asyncio.gather(*(look(sha256) for sha256 in hashes))
    return present, changed
