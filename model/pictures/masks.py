"""Masks: read, checked against their picture, and used to put what was painted back into it.

White is where a picture may change. OpenAI's API ("Create image edit", `mask`) marks the same place by
transparency instead, so a mask with transparent pixels is read in that way.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter, ImageOps

from model.errors import BadRequest
from model.pictures.decoding import MAX_PIXELS, decode_picture, open_picture, png_bytes

_WHITE = 128  # of 255, from which on a grey pixel counts as white
_FEATHER = 64  # the soft edge is this part of the shorter side wide
_WIDEST = 8  # pixels
_GROWTH = 64  # what a model found grows by this part of the shorter side
_LEAST_SHARE = 0.5  # of what was painted, at the mask's outermost pixels: thin masks must show something


def read_mask(data: bytes, picture: tuple[int, int]) -> Image.Image:
    """The mask in encoded bytes, as black and white of mode L.

    Raises BadImage for what cannot be decoded, BadRequest for a mask that is not of the size of the
    `picture` or lets nothing change.
    """
    found = open_picture(data)
    if found.size != picture:
        raise BadRequest(
            f"The mask has {found.width}x{found.height} pixels and the picture {picture[0]}x{picture[1]}: "
            "they must be of one size."
        )
    if found.width * found.height <= MAX_PIXELS and _is_transparent(found):
        mask = ImageOps.invert(found.convert("RGBA").getchannel("A"))
    else:
        mask = decode_picture(data).convert("L")
    mask = mask.point(lambda value: 255 if value >= _WHITE else 0)
    if mask.getbbox() is None:
        raise BadRequest("The mask is black all over: make the place white that may change.")
    return mask


def _is_transparent(image: Image.Image) -> bool:
    if "A" not in image.getbands():
        return False
    return bool(np.asarray(image.getchannel("A")).min() < _WHITE)


def thresholded(scores: npt.NDArray[np.floating], size: tuple[int, int], least: float) -> Image.Image:
    """White where scores (rows, columns) from 0 to 1, drawn out to `size`, are at least `least`."""
    small = Image.fromarray((scores * 255).round().astype(np.uint8))
    drawn = small.resize(size, Image.Resampling.BICUBIC)
    return drawn.point(lambda value: 255 if value >= least * 255 else 0)


def grown(mask: Image.Image) -> Image.Image:
    """The mask a little larger: an edge that is left standing shows more than one that is painted anew."""
    return mask.filter(ImageFilter.MaxFilter(2 * (min(mask.size) // _GROWTH) + 1))


def png_of(mask: Image.Image) -> bytes:
    """The mask as PNG bytes that both conventions read alike: white and transparent where it may change."""
    return png_bytes(Image.merge("RGBA", (mask, mask, mask, ImageOps.invert(mask))))


def fitted(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The picture or mask at `size`, its middle where the shape differs; as it is where it has that size."""
    if picture.size == size:
        return picture
    method = Image.Resampling.NEAREST if picture.mode == "L" else Image.Resampling.BICUBIC
    return ImageOps.fit(picture, size, method)


def pasted(painted: Image.Image, source: Image.Image, mask: Image.Image) -> Image.Image:
    """`source` with what was painted inside the mask; outside of it every pixel stays what it was.

    The edge is soft on the inner side only. All three are of one size, the mask black and white.
    """
    share = _share(mask)[..., None]
    below, above = np.asarray(source, dtype=np.float32), np.asarray(painted, dtype=np.float32)
    mixed = (below + share * (above - below)).round().clip(0, 255).astype(np.uint8)
    return Image.fromarray(np.where(share > 0, mixed, np.asarray(source)))


def _share(mask: Image.Image) -> np.ndarray:
    """How much of what was painted each pixel takes, 0 to 1: 0 outside, rising from the edge inwards."""
    width = max(1, min(_WIDEST, min(mask.size) // _FEATHER))
    # a blurred edge is at one half, and rises to 1 as far inside as the blur reaches
    blurred = np.asarray(mask.filter(ImageFilter.BoxBlur(width)), dtype=np.float32) / 255
    inside = np.asarray(mask) > 0
    return np.where(inside, np.clip(2 * blurred - 1, _LEAST_SHARE, 1), 0).astype(np.float32)
