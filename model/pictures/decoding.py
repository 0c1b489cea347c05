"""What a picture file says about itself, and how foreign picture files are read safely.

Painted PNGs carry two texts: `parameters`, in the form that stable-diffusion-webui writes and many tools
read (prompt; "Negative prompt: ..."; "Steps: 10, Sampler: ..., Seed: ..."), and `diffchat`, our own JSON.
"""

import io
import json
import struct
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo

from model.errors import BadImage, MovingPicture, TooManyPixels

MAX_BYTES = 32 * 2**20
MAX_PIXELS = 32_000_000
_FORMATS = ("PNG", "JPEG", "WEBP")


@dataclass(frozen=True, slots=True)
class Parameters:
    """How a picture was painted. `sampler` is the scheduler's name, `size` pixels (width, height)."""

    prompt: str
    negative_prompt: str
    steps: int
    sampler: str
    guidance: float
    seed: int
    size: tuple[int, int]
    model: str
    keep: float = 0.0

    def as_text(self) -> str:
        """The `parameters` text other tools read."""
        negative = [f"Negative prompt: {self.negative_prompt}"] if self.negative_prompt else []
        fields = {
            "Steps": self.steps,
            "Sampler": self.sampler,
            "CFG scale": f"{self.guidance:g}",
            "Seed": self.seed,
            "Size": f"{self.size[0]}x{self.size[1]}",
            "Model": _quoted(self.model),
        }
        if self.keep:
            fields["Denoising strength"] = f"{1 - self.keep:g}"
        line = ", ".join(f"{key}: {value}" for key, value in fields.items())
        return "\n".join([self.prompt, *negative, line])


def _quoted(value: str) -> str:
    """The webui quotes values that hold its separators."""
    return json.dumps(value, ensure_ascii=False) if any(c in value for c in ",:\n") else value


def encode_png(image: Image.Image, parameters: Parameters) -> bytes:
    """PNG bytes of `image` with both texts in it."""
    info = PngInfo()
    info.add_text("parameters", parameters.as_text())
    info.add_text("diffchat", json.dumps(asdict(parameters), ensure_ascii=False))
    buffer = io.BytesIO()
    image.save(buffer, "PNG", pnginfo=info, compress_level=6)
    return buffer.getvalue()


def read_parameters(png: bytes) -> Parameters | None:
    """What one of our own pictures says about itself; None for a picture without our JSON."""
    text = _open(png).info.get("diffchat")
    if not isinstance(text, str):
        return None
    try:
        fields: Mapping[str, Any] = json.loads(text)
        return Parameters(**{**fields, "size": (int(fields["size"][0]), int(fields["size"][1]))})
    except (ValueError, TypeError, KeyError, IndexError):
        return None


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
