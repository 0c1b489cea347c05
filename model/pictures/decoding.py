"""How foreign picture files are read safely: bounded in bytes and pixels before anything is unpacked. And a
picture as a plain file, to be read by the same functions."""

import io
import struct
import zlib

from PIL import Image, ImageOps

from model.errors import BadImage, MovingPicture, TooManyPixels

MAX_BYTES = 32 * 2**20
MAX_PIXELS = 32_000_000
_FORMATS = ("PNG", "JPEG", "WEBP")


def check_picture(data: bytes, max_pixels: int) -> tuple[int, int]:
    """Width and height in pixels of PNG, JPEG or WebP bytes that can be decoded as far as their frame tells.

    Nothing is decompressed: what is looked at are the header, and a PNG's chunks with their checksums.
    A JPEG may have up to `MAX_PIXELS`, as it can be decoded at a smaller scale. Raises BadImage, also as
    TooManyPixels or MovingPicture.
    """
    image = open_picture(data)
    _check(image, MAX_PIXELS if image.format in ("JPEG", "MPO") else max_pixels)
    if image.format == "PNG":
        try:
            image.verify()
        except _BROKEN as error:
            raise _corrupt() from error
    return image.size


def decode_picture(data: bytes, max_pixels: int = MAX_PIXELS, *, enough: int | None = None) -> Image.Image:
    """The RGB picture in PNG, JPEG or WebP bytes, turned upright, transparency on white.

    The size is read from the header and checked before anything is decompressed. Where sides of `enough`
    pixels will do, a JPEG is decoded at the smallest scale that has them. Raises BadImage, also as
    TooManyPixels or MovingPicture.
    """
    image = open_picture(data)
    _check(image, max_pixels)
    try:
        if enough is not None:
            image.draft("RGB", (enough, enough))
        upright = _upright(_eight_bits(image)).convert("RGBA")
    except _BROKEN as error:
        raise _corrupt() from error
    return over_white(upright)


def over_white(image: Image.Image) -> Image.Image:
    """`image` in RGB, where it was transparent on white."""
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image.convert("RGBA")).convert("RGB")


def _upright(image: Image.Image) -> Image.Image:
    """The picture turned as its EXIF says; as it is where that cannot be read, as the pixels are whole."""
    image.load()  # here, so that broken pixels are not taken for broken EXIF
    try:
        return ImageOps.exif_transpose(image)
    except _BROKEN:
        return image


def _eight_bits(image: Image.Image) -> Image.Image:
    """Grey of 16 bits in 8. Pillow's own `convert` cuts everything above 255 to white."""
    if not image.mode.startswith("I"):
        return image
    image.load()  # a PNG may have its EXIF behind its pixels
    exif = image.info.get("exif")
    grey = image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    grey.info.pop("transparency", None)  # a value of 16 bits, which no pixel has any more
    if exif:
        grey.info["exif"] = exif
    return grey


def _check(image: Image.Image, max_pixels: int) -> None:
    """Refuse what has too many pixels or moves."""
    width, height = image.size
    if width * height > max_pixels:
        raise TooManyPixels(
            f"The picture has {width}x{height} pixels; at most {max_pixels:,} are decoded: make it smaller."
        )
    # a JPEG with several pictures is a photo with its previews, as phones make them
    if image.format in ("PNG", "WEBP") and getattr(image, "is_animated", False):
        raise MovingPicture("The file holds several pictures after each other: send one that stands still.")


# What Pillow's three decoders raise on bytes that are cut off or made up.
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error)


def open_picture(data: bytes) -> Image.Image:
    """The picture with its header read and nothing decompressed; its size is for the caller to check.

    Raises BadImage, also as TooManyPixels where Pillow itself stops.
    """
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


def png_bytes(picture: Image.Image) -> bytes:
    """The picture as a PNG file that says nothing else."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()
