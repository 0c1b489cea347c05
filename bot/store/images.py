"""Pictures: files named by their content, and the rows that point at them.

A file is complete and durable before a row names it, and no row names it any more before it is removed; so a
row never points at a missing file. Two pictures with the same bytes share one file, so whoever writes or
removes one has its content to itself meanwhile, over all processes: else a file could be removed between its
writing and its row.
"""

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from weakref import WeakValueDictionary

from sqlalchemy import select

from bot.aio.shield import shielded
from bot.domain.conversation import Image, Turn
from bot.domain.job import JobState
from bot.errors import PictureLost, PicturesUnreachable
from bot.store.dialect import Lock, serialise
from bot.store.jobs import is_moved, move, own_job_row
from bot.store.mapping import load_turn, turn_row
from bot.store.picture_files.port import PictureFiles
from bot.store.schema import BroughtPictureRow, ImageRow, SourcePictureRow
from bot.store.session import Database
from model.engine import PaintResult, Picture

log = logging.getLogger(__name__)

_BATCH = 100  # files looked up and removed in one go
_REMOVED_AT_ONCE = 8
_WRITTEN_AT_ONCE = 4  # each has a connection of PostgreSQL meanwhile


class ImageStore:
    """Keeps pictures among `files`, as `ab/abcdef….png`, and their rows in the database.

    `holder` names this process where several work on jobs (`bot.store.leases`).
    """

    def __init__(self, database: Database, files: PictureFiles, holder: str | None = None) -> None:
        self.files = files
        self._database = database
        self._holder = holder
        self._contents: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._left: set[str] = set()  # could not be removed, as their place was out of reach
        self._writing = asyncio.Semaphore(_WRITTEN_AT_ONCE)
        self._removing = asyncio.Semaphore(_REMOVED_AT_ONCE)

    async def keep(
        self, job_id: int, painted: PaintResult, seconds: float, covered: Sequence[bool] = ()
    ) -> Turn:
        """painting -> posting: write the files, then rows, the painter's name and the seconds of the work.

        `covered` says of each picture whether it is shown covered; empty: none is.

        Raises `LeaseLost` where another process has the job by now, `DiskFull` or another `StoreError`;
        nothing of the pictures is left behind then. A cancellation waits until it is clear whether the rows
        are there.
        """
        return await shielded(self._keep(job_id, painted, seconds, covered))

    async def _keep(self, job_id: int, painted: PaintResult, seconds: float, covered: Sequence[bool]) -> Turn:
        hashes = [fingerprint(picture.png) for picture in painted.pictures]
        async with self._writing, self._alone(hashes):
            try:
                for picture, sha256 in zip(painted.pictures, hashes, strict=True):
                    await self.files.write(relative_path(sha256), picture.png)
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
        async with self.all_filed([data]) as [sha256]:
            yield sha256

    @asynccontextmanager
    async def all_filed(self, files: Sequence[bytes]) -> AsyncIterator[list[str]]:
        """The same for several; within each other two such blocks could wait for one another for ever."""
        hashes = [fingerprint(data) for data in files]
        async with self._writing, self._alone(hashes):
            try:
                for sha256, data in zip(hashes, files, strict=True):
                    await self.files.write(relative_path(sha256), data)
                yield hashes
            finally:
                await self._remove_unused(hashes)

    async def read(self, image: Image) -> bytes:
        """The PNG of a stored image; `PictureLost` when the file is gone."""
        return await self.content(image.sha256)

    async def size(self, image: Image) -> int:
        """The bytes of a stored image's file; `PictureLost` when it is gone."""
        size = await self.files.size(relative_path(image.sha256))
        if size is None:
            raise PictureLost(sha256=image.sha256)
        return size

    async def content(self, sha256: str) -> bytes:
        """The file with that content hash. Raises `PictureLost`, or `PicturesUnreachable`."""
        try:
            return await self.files.read(relative_path(sha256))
        except FileNotFoundError as error:
            raise PictureLost(sha256=sha256) from error

    async def remove_unused(self, hashes: Iterable[str], untouched_s: float = 0.0) -> None:
        """Remove those of the files that no row names, and that nobody wrote for so many seconds.

        Where their place cannot be reached they stay until files are removed again: their rows are gone, and
        whoever had them removed need not wait.

        Another process than the bot's must wait like that: the bot may be writing the same picture anew.
        """
        wanted, self._left = sorted({*hashes, *self._left}), set()
        for start in range(0, len(wanted), _BATCH):
            batch = wanted[start : start + _BATCH]
            async with self._alone(batch):
                await self._remove_unused(batch, untouched_s)
        if self._left:
            log.warning(
                "%s picture files stay for now: they go with the next ones, or by `db check --mend`",
                len(self._left),
            )

    @asynccontextmanager
    async def _alone(self, hashes: Iterable[str]) -> AsyncIterator[None]:
        """Nobody else writes or removes files of these contents during the block.

        The locks are taken in order, so that two who want several of them do not wait for each other.
        """
        wanted = sorted(set(hashes))
        locks = [self._contents.setdefault(sha256, asyncio.Lock()) for sha256 in wanted]
        async with AsyncExitStack() as stack:
            for lock in locks:
                await stack.enter_async_context(lock)
            session = await stack.enter_async_context(self._database.reading())
            for key in sorted(int(sha256[:15], 16) for sha256 in wanted):
                await serialise(session, Lock.CONTENT, key)
            yield

    async def _insert(
        self,
        job_id: int,
        painted: PaintResult,
        hashes: list[str],
        seconds: float,
        covered: Sequence[bool],
    ) -> Turn:
        async with self._database.session() as session:
            job = await own_job_row(session, job_id, self._holder)
            if is_moved(job, JobState.POSTING):
                return await load_turn(session, job.turn_id)
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
            for table in (ImageRow, BroughtPictureRow, SourcePictureRow):
                needed = await session.scalars(select(table.sha256).where(table.sha256.in_(candidates)))
                candidates -= {sha256 for sha256 in needed if sha256}
        await asyncio.gather(*(self._remove(sha256, untouched_s) for sha256 in sorted(candidates)))

    async def _remove(self, sha256: str, untouched_s: float) -> None:
        async with self._removing:
            try:
                await self.files.remove(relative_path(sha256), untouched_s)
            except PicturesUnreachable as error:
                log.info("A picture file cannot be removed: %s", error)
                self._left.add(sha256)


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
