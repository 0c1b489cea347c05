"""Picture files in a folder of this machine, or in one that several machines mount."""

import asyncio
import os
import secrets
import time
from contextlib import suppress
from pathlib import Path

from bot.store.data_folder import probe_writing
from bot.store.failures import as_store_error

PART = ".part-"  # begins the name of a file that is being written


class LocalFiles:
    """The `bot.store.picture_files.port.PictureFiles` of a folder, which is made when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kept: set[Path] = set()  # folders below it whose names are known to be on the disk

    @property
    def name(self) -> str:
        """The folder."""
        return str(self.folder)

    async def write(self, path: str, data: bytes) -> None:
        """Put the file in its place in one step, durable before this returns. Raises `StoreError`."""
        await asyncio.to_thread(self._write, self.folder / path, data)

    async def read(self, path: str) -> bytes:
        """The content of a file. Raises `FileNotFoundError`."""
        return await asyncio.to_thread((self.folder / path).read_bytes)

    async def size(self, path: str) -> int | None:
        """Its bytes; None where there is no such file."""
        with suppress(FileNotFoundError):
            return (await asyncio.to_thread((self.folder / path).stat)).st_size
        return None

    async def remove(self, path: str, untouched_s: float = 0.0) -> None:
        """Take a file away, unless it was written within the last so many seconds."""
        await asyncio.to_thread(_remove, self.folder / path, untouched_s)

    async def older_than(self, seconds: float) -> set[str]:
        """The paths of all files that were written longer ago than that, half-written ones too."""
        return await asyncio.to_thread(_older, self.folder, time.time() - seconds)

    async def probe(self) -> None:
        """Write something and take it away; the folder is not made by it."""
        await asyncio.to_thread(probe_writing, self.folder)

    def _write(self, path: Path, data: bytes) -> None:
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
            _sync_folder(path.parent)
            # once for each: it may have been made by a process that ended before it could do this
            if path.parent not in self._kept:
                _sync_folder(self.folder)
                self._kept.add(path.parent)


def _remove(path: Path, untouched_s: float) -> None:
    with suppress(FileNotFoundError):
        if not untouched_s or path.stat().st_mtime < time.time() - untouched_s:
            path.unlink()


def _older(folder: Path, limit: float) -> set[str]:
    found: set[str] = set()
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):  # the running bot may remove a file under our eyes
            if path.is_file() and path.stat().st_mtime < limit:
                found.add(path.relative_to(folder).as_posix())
    return found


def _sync_folder(folder: Path) -> None:
    """Make a rename in `folder` durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
