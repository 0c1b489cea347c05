"""The data folder: one process at a time, readable by its account alone, and really writable.

The lock is the operating system's (`flock`), so it ends with its process however that ends. Whoever is
refused reads who holds it: a note beside the lock says so. These functions block for milliseconds.
"""

import logging
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from bot.errors import DataFolderInUse, StoreError
from bot.store.failures import as_store_error

log = logging.getLogger(__name__)

LOCK, HOLDER = ".lock", ".lock-holder"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_PROBE = b"\0" * 4096


@contextmanager
def claimed(folder: Path, purpose: str) -> Iterator[None]:
    """Hold the data folder for this process, making it first where there is none; nobody else may read it.

    `purpose` is what the second process is told of the first, such as "run". Raises `DataFolderInUse` when
    another process holds it, and `StoreError` when it cannot be made or written.
    """
    with as_store_error(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        keep_private(folder)
        probe_writing(folder)
        lock = FileLock(folder / LOCK, mode=0o600)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            raise DataFolderInUse(
                f"{folder} is in use by {_holder(folder)}. One data folder serves one bot: end that one "
                "first, or name another folder with --data."
            ) from None
    try:
        since = f"{datetime.now(UTC):%F %T} UTC"
        (folder / HOLDER).write_text(f"{purpose!r}, process {os.getpid()}, since {since}", encoding="utf-8")
        yield
    finally:
        (folder / HOLDER).unlink(missing_ok=True)
        lock.release()


@contextmanager
def shared(folder: Path) -> Iterator[None]:
    """The data folder for a process that keeps nothing there that another one must not touch.

    So it is where the database is PostgreSQL: the folder holds at most pictures, which are written in one
    step. It is made first where there is none. Raises `StoreError` when it cannot be made or written.
    """
    with as_store_error(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        keep_private(folder)
        probe_writing(folder)
    yield


def keep_private(folder: Path) -> None:
    """Take away what other accounts may do in the folder and with what lies directly in it.

    Deeper files are out of reach once the folders above them are closed. Windows has no such modes.
    """
    if sys.platform == "win32":
        return
    own = [path for path in (folder, *folder.iterdir()) if not path.is_symlink()]
    open_to_others = [path for path in own if path.stat().st_mode & _OTHERS]
    try:
        for path in open_to_others:
            path.chmod(stat.S_IMODE(path.stat().st_mode) & ~_OTHERS)
    except PermissionError as error:  # the folder is another account's, as of a container's volume
        log.warning("Other accounts of this machine may read %s: %s", folder, error)
        return
    if open_to_others:
        log.info("Other accounts of this machine can no longer read %s", folder)


def probe_writing(folder: Path) -> None:
    """Raise `StoreError` where no file can be written in `folder`, or where it cannot be made.

    Leaves nothing behind. A folder that is not there yet is tried beside the first of its parents that is.
    """
    with as_store_error(folder):
        if folder.is_dir():
            with tempfile.TemporaryFile(dir=folder, prefix=".probe-") as file:
                file.write(_PROBE)
                file.flush()
                os.fsync(file.fileno())
            return
        parent = next(parent for parent in folder.absolute().parents if parent.exists())
        if not parent.is_dir():
            raise StoreError(
                f"{folder} cannot be made: {parent} is a file. Set [store] data_dir to a folder."
            )
        with tempfile.TemporaryDirectory(dir=parent, prefix=".probe-"):
            pass


def _holder(folder: Path) -> str:
    try:
        return (folder / HOLDER).read_text(encoding="utf-8") or "another process"
    except OSError:
        return "another process"  # it began or ended just now
