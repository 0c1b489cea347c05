"""A backup of database and pictures in one file, made while the bot runs, and its way back.

The database is copied first, as it is at one moment: by SQLite's own online backup, or row by row out of
PostgreSQL into an SQLite file, so that a backup of either is restored into either. Then come the files of the
pictures it names, from wherever [images] keeps them; one that is deleted meanwhile is missing in the backup,
and `db check --mend` says so after a restore. Pictures painted later are not in it. The file is a plain ZIP.
"""

import asyncio
import hashlib
import logging
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from pathlib import Path

from bot.errors import StoreError
from bot.store import migrate, transfer
from bot.store.address import Address
from bot.store.failures import as_store_error
from bot.store.images import relative_path
from bot.store.picture_files.port import PictureFiles

log = logging.getLogger(__name__)

DATABASE, PICTURES = "diffchat.sqlite", "pictures"
_PIECE = 1024 * 1024  # bytes read at once


async def back_up(database: Address, files: PictureFiles, file: Path) -> int:
    """Write the backup to `file` and return how many pictures are in it.

    Raises `StoreError` when there is nothing to back up, `file` exists, its folder does not, or it cannot
    be written; nothing half-written is left behind.
    """
    _check_places(database, file)
    part = file.with_name(file.name + ".part")
    with as_store_error(file), tempfile.TemporaryDirectory() as folder:
        try:
            copy = Path(folder) / DATABASE
            hashes = await _copied(database, copy)
            with zipfile.ZipFile(part, "w") as archive:
                archive.write(copy, DATABASE, zipfile.ZIP_DEFLATED)
                written = sum([await _add(archive, files, sha256) for sha256 in hashes])
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)
    return written


async def restore(file: Path, database: Address, files: PictureFiles) -> int:
    """Bring a backup back to where no database is yet; returns how many pictures were in it.

    Every picture's content is compared with its hash, and the database must be of this version or an older
    one. What happened since the backup left buttons behind: their numbers are not given out again. Raises
    `StoreError` that says what is wrong; the database is put in place last of all.
    """
    with tempfile.TemporaryDirectory() as folder, as_store_error(database):
        fresh = await asyncio.to_thread(_place_for, database, Path(folder))
        try:
            with zipfile.ZipFile(file) as archive:
                fresh.parent.mkdir(parents=True, exist_ok=True)
                await asyncio.to_thread(_extract, archive, DATABASE, fresh)
                await asyncio.to_thread(_check, fresh)
                names = [name for name in archive.namelist() if name.startswith(f"{PICTURES}/")]
                for name in names:
                    await _put_back(archive, name, files)
            await _put_in_place(fresh, database)
        except FileNotFoundError as error:
            raise StoreError(f"There is no backup at {file}.") from error
        except (zipfile.BadZipFile, KeyError, sqlite3.DatabaseError) as error:
            raise StoreError(f"{file} is no backup of this bot, or it is damaged ({error}).") from error
        finally:
            fresh.unlink(missing_ok=True)
    return len(names)


def _check_places(database: Address, file: Path) -> None:
    if isinstance(database, Path) and not database.exists():
        raise StoreError(f"There is no database at {database} to back up.")
    if file.exists():
        raise StoreError(f"{file} exists already: choose another name.")
    if not file.parent.is_dir():  # made here, a mistyped place would hide where the backup went
        raise StoreError(f"There is no folder {file.parent}: make it first, or choose another place.")


def _place_for(database: Address, folder: Path) -> Path:
    """Where the restored file is put first; raises `StoreError` where a database is in its way."""
    if not isinstance(database, Path):
        transfer.check_target(database)
        return folder / (DATABASE + ".restored")
    # a write-ahead log that an earlier database left would be played into the restored one
    for present in (database, database.with_name(f"{database.name}-wal")):
        if present.exists():
            raise StoreError(f"{present} exists: move it away first, or restore elsewhere with --data.")
    return database.with_name(database.name + ".restored")


async def _put_in_place(fresh: Path, database: Address) -> None:
    """Let the restored file be the database, or fill PostgreSQL from it; numbers begin behind a gap."""
    if isinstance(database, Path):
        await asyncio.to_thread(_rename, fresh, database)
        return
    await asyncio.to_thread(migrate.upgrade, fresh)  # the copy that this leaves goes with the folder
    await transfer.copy(fresh, database, log.debug)


def _rename(fresh: Path, database: Path) -> None:
    migrate.skip_ahead(fresh)
    fresh.replace(database)


async def _copied(database: Address, copy: Path) -> list[str]:
    """Copy the database as it is at one moment; the hashes of its pictures."""
    if not isinstance(database, Path):
        await transfer.copy(database, copy, log.debug)
    return await asyncio.to_thread(_copy, database, copy)


def _copy(database: Address, copy: Path) -> list[str]:
    """Copy SQLite's file; another database is in the copy already."""
    with closing(sqlite3.connect(copy)) as target:
        if isinstance(database, Path):
            with closing(sqlite3.connect(database)) as source:
                source.backup(target)
        hashes = {row[0] for row in target.execute("SELECT sha256 FROM images")}
        for table, read in _FURTHER.items():
            if _has_table(target, table):
                hashes |= {row[0] for row in target.execute(read) if row[0]}
        return sorted(hashes)


_FURTHER = {
    "brought_pictures": "SELECT sha256 FROM brought_pictures",
    "source_pictures": "SELECT sha256 FROM source_pictures",
}
"""Tables beside that of the painted pictures that name files, and how."""


def _has_table(database: sqlite3.Connection, name: str) -> bool:
    """Whether the table is there; a database that no newer version opened yet lacks some."""
    return database.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [name]).fetchone() is not None


async def _add(archive: zipfile.ZipFile, files: PictureFiles, sha256: str) -> bool:
    try:
        content = await files.read(relative_path(sha256))
    except FileNotFoundError:
        return False  # deleted since the database was copied
    archive.writestr(f"{PICTURES}/{sha256}.png", content)
    return True


def _check(fresh: Path) -> None:
    migrate.refuse_newer(fresh, migrate.revision_of(fresh))
    with closing(sqlite3.connect(fresh)) as connection:
        found = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise sqlite3.DatabaseError(found)


async def _put_back(archive: zipfile.ZipFile, name: str, files: PictureFiles) -> None:
    """Write a picture where its content says; the name in the archive is compared, never used as a path."""
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "picture"
        sha256 = await asyncio.to_thread(_extract, archive, name, part)
        if name != f"{PICTURES}/{sha256}.png":
            raise zipfile.BadZipFile(f"{name[:100]} is not what its name says")
        await files.write(relative_path(sha256), await asyncio.to_thread(part.read_bytes))


def _extract(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    """Write a member to `path` piece by piece, however large it is; the SHA-256 of its content."""
    digest = hashlib.sha256()
    with archive.open(name) as member, path.open("wb") as file:
        while piece := member.read(_PIECE):
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()
