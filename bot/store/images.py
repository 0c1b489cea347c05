"""Pictures: files named by their content, and the rows that point at them.

A file is complete and on the disk before a row names it, and no row names it any more before it is removed;
so a row never points at a missing file. Two pictures with the same bytes share one file.
"""

import asyncio
import hashlib
import os
import secrets
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from bot.aio.shield import shielded
from bot.domain.conversation import Image, Turn
from bot.domain.job import JobState
from bot.errors import PictureLost
from bot.store.failures import as_store_error
from bot.store.jobs import move
from bot.store.mapping import job_row, load_turn, turn_row
from bot.store.schema import BroughtPictureRow, ImageRow
from bot.store.session import Database
from model.engine import PaintResult, Picture

PART = ".part-"  # begins the name of a file that is being written


class ImageStore:
    """Keeps pictures under `folder`, as `ab/abcdef….png`, and their rows in the database."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.folder = folder
        self._database = database
        self._filing = asyncio.Lock()  # no file is removed between its writing and its row

    async def keep(
        self, job_id: int, painted: PaintResult, seconds: float, covered: Sequence[bool] = ()
    ) -> Turn:
        """painting -> posting: write the files, then rows, the painter's name and the seconds of the work.

        `covered` says of each picture whether it is shown covered; empty: none is.

        Raises `DiskFull` or another `StoreError`; nothing of the pictures is left behind then. A cancellation
        waits until it is clear whether the rows are there.
        """
        return await shielded(self._keep(job_id, painted, seconds, covered))

    async def _keep(self, job_id: int, painted: PaintResult, seconds: float, covered: Sequence[bool]) -> Turn:
        async with self._filing:
            hashes = [fingerprint(picture.png) for picture in painted.pictures]
            try:
                for picture, sha256 in zip(painted.pictures, hashes, strict=True):
                    await asyncio.to_thread(self._write, sha256, picture.png)
                turn = await self._insert(job_id, painted, hashes, seconds, covered)
            except Exception:
                await self._remove_unused(hashes)
                raise
            return turn

    @asynccontextmanager
    async def filed(self, data: bytes) -> AsyncIterator[str]:
        """Write a picture that somebody brought; the block stores the row that names it by the hash given.

        Raises `DiskFull` or another `StoreError`; a file without a row is not left behind.
        """
        sha256 = fingerprint(data)
        async with self._filing:
            try:
                await asyncio.to_thread(self._write, sha256, data)
                yield sha256
            finally:
                await self._remove_unused([sha256])

    async def read(self, image: Image) -> bytes:
        """The PNG of a stored image; `PictureLost` when the file is gone."""
        try:
            return await asyncio.to_thread((self.folder / relative_path(image.sha256)).read_bytes)
        except FileNotFoundError as error:
            raise PictureLost(sha256=image.sha256) from error

    async def remove_unused(self, hashes: Iterable[str], untouched_s: float = 0.0) -> None:
        """Remove those of the files that no row names, and that nobody wrote for so many seconds.

        Another process than the bot's must wait like that: the bot may be writing the same picture anew.
        """
        async with self._filing:
            await self._remove_unused(hashes, untouched_s)

    async def _insert(
        self,
        job_id: int,
        painted: PaintResult,
        hashes: list[str],
        seconds: float,
        covered: Sequence[bool],
    ) -> Turn:
        async with self._database.session() as session:
            job = await job_row(session, job_id)
            move(job, JobState.POSTING)
            turn = await turn_row(session, job.turn_id)
            turn.painter_model, turn.seconds = painted.model, seconds
            for position, (picture, sha256) in enumerate(zip(painted.pictures, hashes, strict=True)):
                spoiler = bool(covered) and covered[position]
                session.add(_row(turn.id, position, picture, sha256, spoiler=spoiler))
            await session.flush()
            return await load_turn(session, turn.id)

    async def _remove_unused(self, hashes: Iterable[str], untouched_s: float = 0.0) -> None:
        candidates = set(hashes)
        async with self._database.reading() as session:
            for table in (ImageRow, BroughtPictureRow):
                needed = await session.scalars(select(table.sha256).where(table.sha256.in_(candidates)))
                candidates -= {sha256 for sha256 in needed if sha256}
        for sha256 in candidates:
            await asyncio.to_thread(_remove, self.folder / relative_path(sha256), untouched_s)

    def _write(self, sha256: str, data: bytes) -> None:
        """Put the file in its place in one step, durable before this returns."""
        path = self.folder / relative_path(sha256)
        with as_store_error(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(PART + secrets.token_hex(8))
            try:
                with part.open("wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)
            for folder in (path.parent, self.folder):
                _sync_folder(folder)


def fingerprint(data: bytes) -> str:
    """The content hash that names a file."""
    return hashlib.sha256(data).hexdigest()


def relative_path(sha256: str) -> str:
    """Where a picture's file is, from the picture folder."""
    return f"{sha256[:2]}/{sha256}.png"


def _row(turn_id: int, position: int, picture: Picture, sha256: str, *, spoiler: bool) -> ImageRow:
    return ImageRow(
        turn_id=turn_id,
        position=position,
        sha256=sha256,
        path=relative_path(sha256),
        seed=picture.seed,
        width=picture.width,
        height=picture.height,
        spoiler=spoiler,
        created_at=datetime.now(UTC),
    )


def _remove(path: Path, untouched_s: float) -> None:
    with suppress(FileNotFoundError):
        if not untouched_s or path.stat().st_mtime < time.time() - untouched_s:
            path.unlink()


def _sync_folder(folder: Path) -> None:
    """Make a rename in `folder` durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
