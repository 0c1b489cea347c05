"""Failures of the database and of the disk, as the errors of `bot.errors`: what happened and what to do."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.errors import DatabaseAway, DatabaseBusy, DiskFull, NotADatabase, StoreError
from bot.store.address import Address, shown

# What PostgreSQL calls its failures: its documentation's appendix "PostgreSQL Error Codes"
_AWAY = ("08", "57P01", "57P02", "57P03", "57P05", "25P03")  # class 08, shut down, starting, timed out idle
_BUSY = (
    "40001",
    "40P01",
    "55P03",
    "57014",
    "53200",
    "53300",
)  # serialization, deadlock, lock, cancelled, full
_SENTENCES = {
    "28P01": "{name} refuses the password: set it in [store] url or PGPASSWORD.",
    "28000": "{name} refuses this account ({error}): check the name in [store] url, and pg_hba.conf.",
    "3D000": "{name}: the server has no such database; make it with `createdb`, owned by the bot's account.",
    "42501": "{name}: the bot's account may not do that ({error}); make it the owner, as in "
    "`ALTER DATABASE … OWNER TO …`.",
    "25006": "{name} takes no writes ({error}): it is a standby, name the primary in [store] url.",
    "53100": "The disk of {name} is full; make room, nothing was half-written.",
}


@contextmanager
def as_store_error(address: Address) -> Iterator[None]:
    """Raise a `StoreError` for a failure of the database or file at `address`; let other errors pass."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        reason = _reason(error, address)
        if reason is None:
            raise
        raise reason from error
    except Exception as error:
        # asyncpg's own errors are not wrapped by SQLAlchemy where they come while a connection is made
        reason = _postgres_reason(error, shown(address)) if sqlstate(error) else None
        if reason is None:
            raise
        raise reason from error


def sqlstate(error: BaseException | None) -> str:
    """PostgreSQL's five characters for what happened; empty where it is not PostgreSQL's."""
    found = getattr(error, "sqlstate", None)
    return found if isinstance(found, str) else ""


def lost_connection(error: BaseException) -> bool:
    """Whether PostgreSQL is away, or went away while it was asked."""
    if isinstance(error, DBAPIError):
        if error.connection_invalidated:
            return True
        return error.orig is not None and lost_connection(error.orig)
    if isinstance(error, OSError):
        return error.filename is None  # of a socket; failures of files name them
    cause = error.__cause__  # SQLAlchemy's adapter of asyncpg has an error class of its own around asyncpg's
    return sqlstate(error).startswith(_AWAY) or (cause is not None and lost_connection(cause))


def _reason(error: Exception, address: Address) -> StoreError | None:
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(address, Path):
        return _sqlite_reason(cause, address)
    name = shown(address)
    if isinstance(error, OSError) and error.filename is not None:
        return _disk_reason(error, Path(error.filename))
    if isinstance(error, PoolTimeout):
        return DatabaseBusy(f"{name} is so slow that all connections are in use; look what holds it up.")
    if sqlstate(cause).startswith(tuple(_SENTENCES)):
        return _postgres_reason(cause, name)
    if lost_connection(error):
        return _away(cause, name)
    return _postgres_reason(cause, name)


def _postgres_reason(error: BaseException | None, name: str) -> StoreError | None:
    code = sqlstate(error)
    if code.startswith(_AWAY):
        return _away(error, name)
    if code in _BUSY:
        return DatabaseBusy(f"{name} is too busy ({error}); this is tried again where somebody waits for it.")
    if code not in _SENTENCES:
        return None
    kind = DiskFull if code == "53100" else StoreError
    return kind(_SENTENCES[code].format(name=name, error=error))


def _away(error: BaseException | None, name: str) -> StoreError:
    said = str(error) or type(error).__name__
    return DatabaseAway(f"{name} cannot be reached ({said}): does the server run, and is the address right?")


def _sqlite_reason(error: BaseException | None, path: Path) -> StoreError | None:
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
