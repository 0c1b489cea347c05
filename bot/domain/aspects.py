"""Shapes of pictures by name, as 3:2, and the sizes in pixels that a model paints them in. Pure.

A model paints best near the area it was trained on, in sides of a multiple of its grid: Stable Diffusion's
latents are halved three times more, so 64 pixels from 512 on (SDXL's own list of sizes has that step); the
small models take 8.
"""

import math
import re
from fractions import Fraction

ASPECTS = ("1:1", "3:2", "2:3", "16:9", "9:16")
"""Those that are offered; others can be typed."""
SIMPLE_ASPECTS = tuple(
    f"{wide}:{high}"
    for wide, high in sorted(
        ((wide, high) for wide in range(1, 10) for high in range(1, 10) if math.gcd(wide, high) == 1), key=sum
    )
)
"""All of numbers below ten, the smallest first: 4:3 before 9:7."""
WIDEST = 2.0
"""No side is more than twice the other: beyond it the models repeat what is in the picture."""

_WRITTEN = re.compile(r"(\d{1,4})\s*[:x/]\s*(\d{1,4})")
_GRID_FROM = 512  # pixels of a preset's shorter side
_SMALLEST = 0.7  # share of the preset's area; never more than all of it, for its memory
_AREA_COUNTS = 0.25  # of a size that is off in area, beside being off in shape


def ratio_of(text: str) -> float | None:
    """Width through height of "3:2"; None for anything else and for what is longer than `WIDEST`."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None or not int(found[1]) or not int(found[2]):
        return None
    ratio = int(found[1]) / int(found[2])
    return ratio if 1 / WIDEST <= ratio <= WIDEST else None


def size_for(ratio: float, width: int, height: int) -> tuple[int, int]:
    """The size of that shape for a model whose own size is `width` x `height`, about as large as that."""
    area, step = width * height, 64 if min(width, height) >= _GRID_FROM else 8
    side = math.sqrt(area * WIDEST)
    sides = range(step, int(side) + step, step)
    fitting = [(wide, high) for wide in sides for high in sides if _SMALLEST <= wide * high / area <= 1]

    def off(size: tuple[int, int]) -> float:
        shape, surface = size[0] / size[1] / ratio, size[0] * size[1] / area
        return abs(math.log(shape)) + _AREA_COUNTS * abs(math.log(surface))

    return min(fitting, key=off, default=(width, height))


def aspect_of(width: int, height: int) -> str:
    """The shape of a size in its smallest numbers, as "3:2"."""
    shape = Fraction(width, height)
    return f"{shape.numerator}:{shape.denominator}"
