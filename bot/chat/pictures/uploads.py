"""A stored picture as a file that may be uploaded: named, and within the size limit.

The PNG is sent as it is stored, with what `model.pictures.png_metadata` wrote into it. A picture that is too
large is sent in a smaller format or size instead; the stored original stays as it is.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

# Of all files of one message together ("Uploading Files": the request as a whole has a limit, too)
REQUEST_LIMIT = 25 * 1024 * 1024
_ENVELOPE = 64 * 1024  # of which this much is left for the JSON and the multipart frames
_QUALITIES = (95, 85, 70)
_SMALLEST_SIDE = 16


@dataclass(frozen=True, slots=True)
class UploadFile:
    """A file's name with its extension, and its bytes."""

    name: str
    data: bytes


def limit_per_file(channel_limit: int, count: int) -> int:
    """Bytes that each of `count` files may have where a single file may have `channel_limit`."""
    return min(channel_limit, (REQUEST_LIMIT - _ENVELOPE) // count)


def picture_file(stem: str, png: bytes, limit: int) -> UploadFile:
    """The picture as `<stem>.png`, or as WebP and then ever smaller, so that it has at most `limit` bytes.

    Decoding and encoding block: call it in a thread. `limit` must leave room for a picture of 16 pixels (some
    500 bytes); raises ValueError where it does not.
    """
    if len(png) <= limit:
        return UploadFile(f"{stem}.png", png)
    for webp in _smaller(png):
        if len(webp) <= limit:
            return UploadFile(f"{stem}.webp", webp)
    raise ValueError(f"no form of the picture fits into {limit} bytes")


def _smaller(png: bytes) -> Iterator[bytes]:
    """The picture as WebP, first in falling quality at full size, then in falling size."""
    with Image.open(io.BytesIO(png)) as opened:
        # Without alpha: the bot's pictures are opaque, and WebP spends bytes on a channel that says nothing
        image = opened.convert("RGB")
    for quality in _QUALITIES:
        yield _webp(image, quality)
    while min(image.size) > _SMALLEST_SIDE:
        image = image.resize((image.width * 3 // 4, image.height * 3 // 4), Image.Resampling.LANCZOS)
        yield _webp(image, _QUALITIES[-1])


def _webp(image: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=quality)
    return buffer.getvalue()
