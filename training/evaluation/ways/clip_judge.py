"""A judge for pictures of which nothing is known but words: by a CLIP.

A change is done when the finished picture is nearer to the target prompt than the first one was, beside how
near both are to the source prompt (StyleGAN-NADA's direction, arXiv 2108.00946, as a yes or no). All else
counts as kept while the picture stays nearer to the first one than `NEAR`, which is coarse; where a mask is
known, `outside`, `psnr` and `clip` say more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    import numpy.typing as npt
    from PIL import Image

    from training.evaluation.ways.cases import Case
    from training.evaluation.ways.measures import Embed

NEAR = 0.25
"""1 less the cosine of two pictures' embeddings, below which they count as one picture changed in a part."""


class ClipJudge:
    """By `embed` for pictures and `read` for texts, both to unit vectors of one space."""

    def __init__(self, embed: Embed, read: Callable[[list[str]], npt.NDArray[np.floating]]) -> None:
        self._embed, self._read = embed, read

    def __call__(self, case: Case, step: int, picture: Image.Image) -> tuple[float, float]:
        """(done, kept), each 0 or 1."""
        source = case.steps[step - 1].target if step else case.source
        before, after = self._embed([case.picture, picture])
        target, was = self._read([case.steps[step].target, source])
        direction = target - was if source else target
        return float((after - before) @ direction > 0), float(1 - after @ before < NEAR)
