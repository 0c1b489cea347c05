"""Picture files on any storage that fsspec knows: S3 and what speaks its protocol, Google, Azure, SFTP.

Filesystems that fsspec drives on the event loop (S3, Google, Azure) are driven so; others work in threads.
An object store takes an object as a whole or not at all; elsewhere a file is written beside its place and
renamed. Passing failures are tried again a few times by the storage's own client; what is left of them is a
`PicturesUnreachable`, which jobs wait out (`bot.aio.retry.StoreRetry`).
"""

import asyncio
import inspect
import secrets
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from typing import Any

import fsspec
from fsspec.asyn import AsyncFileSystem
from fsspec.core import split_protocol

from bot.errors import PicturesUnreachable, StoreError
from bot.store.picture_files.local import PART
from model.errors import installing

PATIENCE_S = 30.0  # for one file
LISTING_PATIENCE_S = 600.0  # for the list of all, a thousand at a time
_PROBE = "\N{BULLET}"

# botocore's own defaults wait a minute for a connection and again for each answer
_S3 = {
    "config_kwargs": {
        "connect_timeout": 5,
        "read_timeout": 20,
        "retries": {"mode": "standard", "max_attempts": 3},
    },
}


class RemoteFiles:
    """The `bot.store.picture_files.port.PictureFiles` of a filesystem of fsspec; open it with `open_remote`.

    `root` is the path within the filesystem (`bucket/prefix`), `patience` the seconds that one file may take.
    """

    def __init__(
        self, filesystem: Any, root: str, name: str, extra: str = "", patience: float = PATIENCE_S
    ) -> None:
        self._filesystem = filesystem
        self._root = root.rstrip("/")
        self._name = name
        self._help = extra
        self.patience = patience
        self._native = isinstance(filesystem, AsyncFileSystem)

    @property
    def name(self) -> str:
        """The address, as in the settings."""
        return self._name

    async def write(self, path: str, data: bytes) -> None:
        """Put a file there in one step."""
        if self._native:
            await self._call("pipe_file", self._at(path), data)
            return
        folder, _, file = self._at(path).rpartition("/")
        part = f"{folder}/{PART}{secrets.token_hex(8)}"
        await self._call("makedirs", folder, exist_ok=True)
        await self._call("pipe_file", part, data)
        await self._call("mv", part, f"{folder}/{file}")

    async def read(self, path: str) -> bytes:
        """The content of a file. Raises `FileNotFoundError`."""
        return bytes(await self._call("cat_file", self._at(path)))

    async def size(self, path: str) -> int | None:
        """Its bytes; None where there is no such file."""
        found = await self._info(path)
        return None if found is None else int(found["size"])

    async def remove(self, path: str, untouched_s: float = 0.0) -> None:
        """Take a file away, unless it was written within the last so many seconds."""
        if untouched_s:
            found = await self._info(path)
            if found is None or not _is_older(found, untouched_s):
                return
        try:
            await self._call("rm_file", self._at(path))
        except FileNotFoundError:
            return

    async def older_than(self, seconds: float) -> set[str]:
        """The paths of all files that were written longer ago than that; a thousand need one request."""
        try:
            found: dict[str, dict[str, Any]] = await self._call(
                "find", self._root, detail=True, patience=LISTING_PATIENCE_S
            )
        except FileNotFoundError:
            return set()  # nothing was kept yet
        return {
            path.removeprefix(f"{self._root}/") for path, info in found.items() if _is_older(info, seconds)
        }

    async def probe(self) -> None:
        """Write, read and take away a small file. Raises `StoreError` with what to do."""
        path = f"{PART}{secrets.token_hex(8)}"
        try:
            await self.write(path, _PROBE.encode())
            await self.read(path)
            await self.remove(path)
        except FileNotFoundError as error:
            # S3 answers NoSuchBucket, which s3fs makes the same error as that of a missing file
            raise StoreError(
                f"{self._name} is not there ({error}); make it, or correct [images] url."
            ) from error

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}"

    async def _info(self, path: str) -> dict[str, Any] | None:
        try:
            found: dict[str, Any] = await self._call("info", self._at(path))
        except FileNotFoundError:
            return None
        return found

    async def _call(
        self, operation: str, *arguments: Any, patience: float | None = None, **options: Any
    ) -> Any:
        """What an operation of the filesystem gives, within `patience` seconds."""
        with self._told():
            async with asyncio.timeout(patience or self.patience):
                if self._native:
                    return await getattr(self._filesystem, f"_{operation}")(*arguments, **options)
                work: Callable[..., Any] = getattr(self._filesystem, operation)
                return await asyncio.to_thread(work, *arguments, **options)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Whatever the storage's client raises, as an error that says what happened and what to do."""
        try:
            yield
        except FileNotFoundError:
            raise
        except PermissionError as error:
            raise PicturesUnreachable(f"{self._name} refuses us ({error}). {self._help}".strip()) from error
        except TimeoutError as error:
            raise PicturesUnreachable(
                f"{self._name} did not answer in time; look whether it works, and at the network."
            ) from error
        except Exception as error:
            # each backend has its own exceptions (botocore's, aiohttp's, paramiko's), without a common base
            what = f"{self._name} cannot be used now ({type(error).__name__}: {error})."
            raise PicturesUnreachable(f"{what} Look whether it works. {self._help}".strip()) from error


@asynccontextmanager
async def open_remote(url: str, endpoint: str = "") -> AsyncIterator[RemoteFiles]:
    """The files at `url`, as `s3://bucket/prefix`; `endpoint` is another server of that protocol.

    Credentials come from the environment, as each storage's client reads them. Raises `StoreError` where the
    package for that storage is missing.
    """
    protocol = str(split_protocol(url)[0])
    options: dict[str, Any] = dict(_S3) if protocol in {"s3", "s3a"} else {}
    if endpoint:
        options["endpoint_url"] = endpoint
    kind = _filesystem_class(protocol)
    if issubclass(kind, AsyncFileSystem) and kind.async_impl:
        options["asynchronous"] = True
    # no listing is remembered (others write there too), and no object of another event loop is taken over
    filesystem = kind(**options, use_listings_cache=False, skip_instance_cache=True)
    filesystem.retries = 1  # of s3fs, on top of botocore's own
    root = str(kind._strip_protocol(url))  # noqa: SLF001  # fsspec's way from an address to a path
    opened = RemoteFiles(filesystem, root, url, _CREDENTIALS if protocol in {"s3", "s3a"} else "")
    if not hasattr(filesystem, "set_session") or not options.get("asynchronous"):
        yield opened
        return
    # s3fs, "Async": who drives it on the event loop makes the session and closes it
    session = await filesystem.set_session()
    try:
        yield opened
    finally:
        closing = session.close()
        if inspect.isawaitable(closing):
            await closing


def _filesystem_class(protocol: str) -> Any:
    try:
        return fsspec.get_filesystem_class(protocol)
    except ImportError as error:
        package = installing("s3") if protocol in {"s3", "s3a"} else str(error)
        raise StoreError(
            f"[images] url names {protocol}://, and the package for it is not installed: {package}"
        ) from error
    except ValueError as error:
        raise StoreError(f"[images] url: fsspec knows no {protocol}:// ({error}).") from error


_CREDENTIALS = (
    "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (or AWS_PROFILE) in the environment, and allow "
    "that account to put, get, delete and list objects there."
)


def _is_older(info: dict[str, Any], seconds: float) -> bool:
    """Whether a file is older than that; one whose age the storage does not tell counts as new.

    Its time is by the storage's clock: that and ours must agree within `bot.store.check.GRACE_S`.
    """
    written = next(
        (info[key] for key in ("LastModified", "mtime", "updated", "last_modified") if info.get(key)), None
    )
    if isinstance(written, str):
        written = datetime.fromisoformat(written)
    if isinstance(written, datetime):
        written = (written if written.tzinfo else written.replace(tzinfo=UTC)).timestamp()
    return isinstance(written, int | float) and written < time.time() - seconds
