"""Uploaded files, kept by the SHA-256 of their content, and what can be told about them."""

import hashlib
import io
import mimetypes
import warnings
from pathlib import Path

from PIL import Image, WebPImagePlugin

from bot.sandbox.model.records import Attachment

PICTURES = ("image/png", "image/jpeg", "image/webp", "image/gif")
# Only these decoders ever see an upload; naming them also spares the import of all others.
FORMATS = ("PNG", "JPEG", "GIF", WebPImagePlugin.WebPImageFile.format)


class FileStore:
    """Bytes by digest, in `folder` when one is given, else in memory."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._memory: dict[str, bytes] = {}
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)

    def add(self, data: bytes) -> str:
        """Keep `data`; the result is its digest. A file is complete or absent, never half written."""
        digest = hashlib.sha256(data).hexdigest()
        if self._folder is None:
            self._memory[digest] = data
        elif not (self._folder / digest).exists():
            part = self._folder / f"{digest}.part"
            part.write_bytes(data)
            part.replace(self._folder / digest)
        return digest

    def read(self, digest: str) -> bytes | None:
        """The bytes of `digest`, or None when they are not there."""
        if self._folder is None:
            return self._memory.get(digest)
        path = self._folder / digest
        return path.read_bytes() if path.is_file() else None


def describe(attachment_id: int, filename: str, data: bytes, digest: str, note: str | None) -> Attachment:
    """The attachment record of an upload; a picture's type and size come from its content.

    A name without a known ending gives a file without a content type, whatever is in it.
    """
    name = safe_name(filename)
    attachment = Attachment(
        id=attachment_id,
        filename=name,
        size=len(data),
        digest=digest,
        content_type=mimetypes.guess_type(name)[0],
        description=note,
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:  # reads the header only
                attachment.width, attachment.height = picture.size
                if attachment.content_type is not None:
                    attachment.content_type = Image.MIME.get(picture.format or "", attachment.content_type)
    except (OSError, Image.DecompressionBombError, ValueError):
        return attachment  # not a picture we know; it stays a plain file
    return attachment


def safe_name(filename: str) -> str:
    """Discord's rule: letters, digits, dot, dash and underscore stay, blanks become underscores."""
    kept = "".join(c if c.isalnum() or c in "._-" else "_" if c.isspace() else "" for c in filename)
    return kept.lstrip(".")[-240:] or "unknown"
