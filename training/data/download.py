"""Download a data file over HTTP: cut downloads go on where they stopped, and what is no data is refused.

A download is written to NAME.part and renamed when it is whole. What is there of it is asked for no second
time: `Range` names the rest and `If-Range` the very version that the first part is of (RFC 9110, section
13.1.5), so a server whose file has changed sends all of the new one.
"""

from __future__ import annotations

import hashlib
import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx2

from training.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

log = logging.getLogger(__name__)

MOST_BYTES = 2 * 2**30
"""A larger answer is no file of prompts, and is not let onto the disk."""
_DELAYS = (1.0, 5.0, 15.0)
"""Seconds before each further try after the connection was lost."""
_TIMEOUT = httpx2.Timeout(30.0)
_PARTIAL = 206
_FAILED = 400
_NOTHING_LEFT = 416


@dataclass(frozen=True)
class Fetched:
    """A whole file: where it came from, its size and its SHA-256 in hexadecimal digits."""

    address: str
    bytes: int
    sha256: str


def fetch(address: str, path: Path, delays: Sequence[float] = _DELAYS) -> Fetched:
    """The file at an address as `path`, unless it is there already.

    Raises DataError when the address does not answer, refuses, or has something else than JSON; what came of
    a file stays for the next try.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        _download(address, part, delays)
        _check(address, part)
        _version(part).unlink(missing_ok=True)
        part.replace(path)
    else:
        log.info("%s is there already; delete it to download it again", path)
    return Fetched(address, path.stat().st_size, _sha256(path))


def _download(address: str, part: Path, delays: Sequence[float]) -> None:
    """Fill `part` until the server has no more; lost connections are tried again after each delay."""
    with httpx2.Client(follow_redirects=True, timeout=_TIMEOUT) as client:
        for delay in (*delays, None):
            try:
                _once(client, address, part)
                return
            except (httpx2.HTTPError, httpx2.InvalidURL) as error:
                lost = isinstance(error, httpx2.TransportError)
                if delay is None or not lost or isinstance(error, httpx2.UnsupportedProtocol):
                    kept = part.stat().st_size if part.exists() else 0
                    raise DataError(
                        f"{address} cannot be downloaded: {error or type(error).__name__}. "
                        f"The {kept} bytes that came are kept: the same command goes on from there; "
                        "--url names another address.",
                        [],
                    ) from error
                log.warning("%s: %s; trying again in %.0f s", address, error, delay)
                time.sleep(delay)


def _once(client: httpx2.Client, address: str, part: Path) -> None:
    """One request for what is missing, written as it comes."""
    have = part.stat().st_size if part.exists() else 0
    version = _version(part).read_text(encoding="utf-8") if have and _version(part).exists() else ""
    # Packed answers cannot be continued: a range counts the bytes of what is sent
    headers = {"Accept-Encoding": "identity"}
    if version:
        headers |= {"Range": f"bytes={have}-", "If-Range": version}
    with client.stream("GET", address, headers=headers) as response:
        if response.status_code == _NOTHING_LEFT and version:
            return
        _refuse(address, response)
        going_on = response.status_code == _PARTIAL
        if not going_on:
            # A weak ETag ("W/") must not be used for ranges (RFC 9110, section 13.1.5)
            tag = response.headers.get("etag", "")
            strong = tag if not tag.startswith("W/") else ""
            _version(part).write_text(strong or response.headers.get("last-modified", ""), encoding="utf-8")
        size = have if going_on else 0
        with part.open("ab" if going_on else "wb") as file:
            for chunk in response.iter_raw():
                size += len(chunk)
                if size > MOST_BYTES:
                    raise DataError(f"{address} sends more than {MOST_BYTES} bytes: no file of prompts.", [])
                file.write(chunk)


def _refuse(address: str, response: httpx2.Response) -> None:
    if response.status_code >= _FAILED:
        raise DataError(
            f"{address} answers {response.status_code} {response.reason_phrase}: the file may have moved; "
            "--url names another address.",
            [],
        )
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    # Object stores send JSON as "application/octet-stream" or "text/plain" too
    if kind.endswith("html") or kind.partition("/")[0] in {"image", "video", "audio"}:
        raise DataError(f"{address} answers with {kind}, which is no data; --url names another address.", [])


def _check(address: str, part: Path) -> None:
    """Refuse what does not begin like JSON, whatever it was called: error pages come as text too."""
    with part.open("rb") as file:
        start = file.read(200).removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith((b"{", b"[")):
        part.unlink()
        _version(part).unlink(missing_ok=True)
        said = start[:60].decode("utf-8", "replace").strip() or "nothing"
        raise DataError(f"{address} sent no JSON but {said!r}; --url names another address.", [])


def _version(part: Path) -> Path:
    """Where the ETag or date of the version that `part` is of is kept."""
    return part.with_name(f"{part.name}.version")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
