"""How foreign picture files are read safely: bounded in bytes and pixels before anything is unpacked."""

import io
import struct
import zlib

from PIL import Image, ImageOps

from model.errors import BadImage, MovingPicture, TooManyPixels

MAX_BYTES = 32 * 2**20
MAX_PIXELS = 32_000_000
_FORMATS = ("PNG", "JPEG", "WEBP")


def decode_picture(data: bytes, max_pixels: int = MAX_PIXELS) -> Image.Image:
    """The RGB picture in PNG, JPEG or WebP bytes, turned upright, transparency on white.

    The size is read from the header and checked before anything is decompressed. Raises BadImage, also as
    TooManyPixels or MovingPicture.
    """
    image = _open(data)
    width, height = image.size
    if width * height > max_pixels:
        raise TooManyPixels(
            f"The picture has {width}x{height} pixels; at most {max_pixels:,} are decoded: make it smaller."
        )
    # a JPEG with several pictures is a photo with its previews, as phones make them
    if image.format in ("PNG", "WEBP") and getattr(image, "is_animated", False):
        raise MovingPicture("The file holds several pictures after each other: send one that stands still.")
    try:
        upright = ImageOps.exif_transpose(image).convert("RGBA")
    except _BROKEN as error:
        raise _corrupt() from error
    white = Image.new("RGBA", upright.size, "white")
    return Image.alpha_composite(white, upright).convert("RGB")


# What Pillow's three decoders raise on bytes that are cut off or made up.
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error)


def _open(data: bytes) -> Image.Image:
    if len(data) > MAX_BYTES:
        raise BadImage(f"The picture is larger than {MAX_BYTES // 2**20} MiB: send a smaller file.")
    try:
        return Image.open(io.BytesIO(data), formats=_FORMATS)
    except Image.DecompressionBombError as error:
        raise TooManyPixels("The picture claims far too many pixels: make it smaller.") from error
    except _BROKEN as error:
        raise _corrupt() from error


def _corrupt() -> BadImage:
    return BadImage("These bytes are no complete PNG, JPEG or WebP picture: send the file again.")
