"""Pictures as numbers, for the journeys."""

import io

import numpy as np
from PIL import Image

from model.engine import Picture


def pixels(picture: Picture) -> np.ndarray:
    """The picture's 8-bit numbers, to be subtracted."""
    return np.asarray(Image.open(io.BytesIO(picture.png)), dtype=np.int16)


def difference(one: Picture, other: Picture) -> int:
    """The largest difference of any pixel's numbers, 0 to 255."""
    return int(np.abs(pixels(one) - pixels(other)).max())


def png(image: Image.Image) -> bytes:
    """The picture as PNG bytes."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
