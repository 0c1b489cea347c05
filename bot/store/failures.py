"""Failures of SQLite and of the disk, as the errors of `bot.errors`: what happened and what to do."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from bot.errors import DatabaseBusy, DiskFull, NotADatabase, StoreError


@contextmanager
def as_store_error(path: Path) -> Iterator[None]:
    """Raise a `StoreError` for a failure of the database or file at `path`; let other errors pass."""
    try:
        yield
    except DBAPIError as error:
        reason = _reason(error.orig, path)
        if reason is None:
            raise
        raise reason from error
    except (sqlite3.Error, OSError) as error:
        reason = _reason(error, path)
        if reason is None:
            raise
        raise reason from error


def _reason(error: BaseException | None, path: Path) -> StoreError | None:
    if isinstance(error, OSError):
        return _disk_reason(error, path)
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None  # extended codes carry the primary one below
    if primary == sqlite3.SQLITE_FULL:
        return DiskFull(f"The disk of {path} is full; make room, nothing was half-written.")
    if primary in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return DatabaseBusy(f"Another program holds {path} locked; end it, or wait until it is done.")
    if primary in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}:
        return NotADatabase(f"{path} is no SQLite database or is damaged; restore a backup or move it away.")
    if primary in {
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_PERM,
    }:
        return StoreError(
            f"{path} cannot be opened or written ({error}); check the folder and its permissions."
        )
    return None


def _disk_reason(error: OSError, path: Path) -> StoreError | None:
    if error.errno is None:
        return None
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull(f"The disk of {path} is full; make room, nothing was half-written.")
    return StoreError(
        f"{path} cannot be read or written ({error.strerror}); check the disk and its permissions."
    )
