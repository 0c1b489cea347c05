"""The pictures that come with a form."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Files:
    """The encoded pictures of an edit, the one to change first, and its mask where there is one."""

    images: tuple[bytes, ...]
    mask: bytes | None = None
