"""How far a picture moved where it should have stayed: pixel differences, PSNR and a distance of CLIP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable

    from training.evaluation.ways.cases import Mask

    Embed = Callable[[list[Image.Image]], npt.NDArray[np.floating]]

MOST = 60.0
"""PSNR in dB of pictures that are equal; it would be infinite."""


def outside(before: Image.Image, after: Image.Image, mask: Mask) -> tuple[float, float]:
    """Mean absolute difference of the pixels outside the mask, 0 to 255, and their PSNR in dB, at most
    `MOST`.

    NaN for both where the mask leaves nothing.
    """
    if mask.all():
        return float("nan"), float("nan")
    one, other = (np.asarray(picture, np.float64)[~mask] for picture in (before, after))
    error = float(((one - other) ** 2).mean())
    psnr = MOST if error == 0 else min(MOST, 10 * float(np.log10(255**2 / error)))
    return float(np.abs(one - other).mean()), psnr


def clip_distance(before: Image.Image, after: Image.Image, mask: Mask, embed: Embed) -> float:
    """1 less the cosine of two pictures' embeddings, with the masked part of the first in both: what changed
    there on purpose does not count."""
    pixels = np.where(mask[..., None], np.asarray(before), np.asarray(after)).astype(np.uint8)
    one, other = embed([before, Image.fromarray(pixels)])
    return float(1 - one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))
