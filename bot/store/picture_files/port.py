"""What `bot.store.images` needs of a place for files; `local` and `remote` are such places.

A file is named by its path below the place, as `ab/abcdef….png`, and either there as a whole or not there.
"""

from typing import Protocol


class PictureFiles(Protocol):
    """Keeps whole files by their path. Raises `StoreError` where the place cannot be used now."""

    @property
    def name(self) -> str:
        """The place as an operator knows it, without passwords."""

    async def write(self, path: str, data: bytes) -> None:
        """Put a file there in one step, durable before this returns; one of that path is replaced."""

    async def read(self, path: str) -> bytes:
        """The content of a file. Raises `FileNotFoundError`."""

    async def size(self, path: str) -> int | None:
        """Its bytes; None where there is no such file."""

    async def remove(self, path: str, untouched_s: float = 0.0) -> None:
        """Take a file away, unless it was written within the last so many seconds; a missing one is fine."""

    async def older_than(self, seconds: float) -> set[str]:
        """The paths of all files that were written longer ago than that."""

    async def probe(self) -> None:
        """Write, read and take away a small file. Raises `StoreError` with what to do."""
