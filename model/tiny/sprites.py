"""The things of TinyWorld as drawn objects: one simple, distinct silhouette per noun, in any colour.

Shapes are given in a unit square (x to the right, y down, the base at y = 1) and drawn at any pixel size.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw, ImageFilter

RGB = tuple[int, int, int]

PALETTE: dict[str, RGB] = {
    "red": (218, 44, 46),
    "orange": (245, 130, 28),
    "yellow": (252, 210, 50),
    "green": (44, 156, 72),
    "blue": (38, 104, 214),
    "purple": (132, 66, 190),
    "pink": (248, 132, 184),
    "white": (247, 246, 240),
    "black": (44, 44, 54),
    "brown": (128, 78, 42),
}
_INK, _CREAM, _WOOD, _DARK = (40, 34, 48), (250, 238, 214), (112, 72, 44), (58, 56, 70)
_PANE, _LIT = (186, 222, 244), (255, 222, 120)


def mix(a: RGB, b: RGB, share: float) -> RGB:
    """`a` moved towards `b` by `share` in [0, 1]."""
    return tuple(round(x + (y - x) * share) for x, y in zip(a, b, strict=True))  # type: ignore[return-value]


class Brush:
    """Draws shapes given in unit coordinates, in the object's base colour, a light and a dark shade."""

    def __init__(self, size: int, colour: str, night: bool) -> None:
        self.image = Image.new("RGBA", (size, size), (0, 0, 0, 0))
        self.size, self.draw = size, ImageDraw.Draw(self.image)
        self.base = PALETTE[colour]
        self.dark = mix(self.base, (20, 10, 40), 0.32)
        self.light = mix(self.base, (255, 255, 255), 0.4)
        self.pane = _LIT if night else _PANE
        self.accent = mix(self.base, (0, 0, 0), 0.25) if colour in ("white", "yellow") else (255, 255, 255)

    def _scaled(self, points: Sequence[float]) -> list[float]:
        return [p * (self.size - 1) for p in points]

    def poly(self, fill: RGB, *points: float) -> None:
        """A filled polygon: x0, y0, x1, y1, ..."""
        self.draw.polygon(self._scaled(points), fill=fill)

    def oval(self, fill: RGB, *box: float) -> None:
        """A filled ellipse in the box x0, y0, x1, y1."""
        self.draw.ellipse(self._scaled(box), fill=fill)

    def rect(self, fill: RGB, *box: float, round_by: float = 0.0) -> None:
        """A filled rectangle x0, y0, x1, y1 with rounded corners."""
        self.draw.rounded_rectangle(self._scaled(box), round_by * self.size, fill=fill)

    def pie(self, fill: RGB, start: float, end: float, *box: float) -> None:
        """A filled slice of the ellipse in the box, between two angles in degrees."""
        self.draw.pieslice(self._scaled(box), start, end, fill=fill)

    def line(self, fill: RGB, width: float, *points: float) -> None:
        """A line of the given unit width through the points."""
        self.draw.line(self._scaled(points), fill=fill, width=max(1, round(width * self.size)), joint="curve")


def _house(b: Brush) -> None:
    b.rect(_WOOD, 0.68, 0.12, 0.79, 0.4)
    b.rect(b.base, 0.15, 0.45, 0.85, 1.0)
    b.rect(b.dark, 0.15, 0.45, 0.85, 0.51)
    b.poly(b.dark, 0.03, 0.49, 0.5, 0.06, 0.97, 0.49)
    b.poly(b.light, 0.5, 0.06, 0.03, 0.49, 0.1, 0.49, 0.5, 0.13)
    b.rect(_WOOD, 0.42, 0.66, 0.58, 1.0)
    for x in (0.21, 0.65):
        b.rect(_CREAM, x - 0.02, 0.57, x + 0.16, 0.77)
        b.rect(b.pane, x, 0.59, x + 0.14, 0.75)


def _tree(b: Brush) -> None:
    b.poly(_WOOD, 0.43, 0.55, 0.57, 0.55, 0.61, 1.0, 0.39, 1.0)
    b.oval(b.dark, 0.08, 0.26, 0.56, 0.74)
    b.oval(b.dark, 0.44, 0.26, 0.92, 0.74)
    b.oval(b.base, 0.2, 0.03, 0.8, 0.6)
    b.oval(b.base, 0.1, 0.26, 0.5, 0.66)
    b.oval(b.base, 0.5, 0.26, 0.9, 0.66)
    b.oval(b.light, 0.3, 0.1, 0.54, 0.3)


def _flower(b: Brush) -> None:
    b.line((60, 140, 66), 0.06, 0.5, 0.4, 0.5, 1.0)
    b.poly((76, 164, 80), 0.5, 0.86, 0.2, 0.66, 0.28, 0.86)
    b.poly((76, 164, 80), 0.5, 0.92, 0.8, 0.7, 0.74, 0.9)
    for i in range(6):
        x, y = 0.5 + 0.21 * math.cos(i * math.pi / 3), 0.32 + 0.21 * math.sin(i * math.pi / 3)
        b.oval(b.base if i % 2 else mix(b.base, b.light, 0.45), x - 0.135, y - 0.135, x + 0.135, y + 0.135)
    b.oval((150, 92, 40) if b.base == PALETTE["yellow"] else (255, 208, 60), 0.38, 0.2, 0.62, 0.44)


def _mushroom(b: Brush) -> None:
    b.rect(_CREAM, 0.37, 0.45, 0.63, 1.0, round_by=0.09)
    b.rect(mix(_CREAM, (120, 90, 70), 0.3), 0.54, 0.5, 0.63, 0.97, round_by=0.04)
    b.pie(b.base, 180, 360, 0.06, 0.1, 0.94, 1.0)
    b.oval(b.dark, 0.06, 0.48, 0.94, 0.62)
    for x, y, r in ((0.28, 0.38, 0.07), (0.52, 0.24, 0.08), (0.73, 0.4, 0.065)):
        b.oval(b.accent, x - r, y - r, x + r, y + r)


def _cat(b: Brush) -> None:
    b.line(b.dark, 0.09, 0.68, 0.92, 0.88, 0.86, 0.92, 0.66, 0.84, 0.54)
    b.oval(b.base, 0.24, 0.42, 0.76, 1.02)
    b.oval(b.light, 0.38, 0.6, 0.62, 0.98)
    b.poly(b.base, 0.24, 0.34, 0.25, 0.02, 0.48, 0.18)
    b.poly(b.base, 0.76, 0.34, 0.75, 0.02, 0.52, 0.18)
    b.poly(b.light, 0.29, 0.22, 0.29, 0.1, 0.39, 0.18)
    b.poly(b.light, 0.71, 0.22, 0.71, 0.1, 0.61, 0.18)
    b.oval(b.base, 0.22, 0.12, 0.78, 0.56)
    for x in (0.38, 0.62):
        b.oval((250, 240, 150), x - 0.065, 0.26, x + 0.065, 0.39)
        b.oval(_INK, x - 0.03, 0.27, x + 0.03, 0.38)
    b.poly((236, 120, 140), 0.46, 0.42, 0.54, 0.42, 0.5, 0.47)


def _fox(b: Brush) -> None:
    b.oval(b.base, 0.58, 0.3, 1.0, 0.78)
    b.oval((252, 250, 244), 0.8, 0.28, 1.0, 0.52)
    for x in (0.3, 0.42, 0.58, 0.68):
        b.rect(b.dark, x, 0.7, x + 0.075, 1.0)
    b.oval(b.base, 0.22, 0.46, 0.78, 0.84)
    b.oval((252, 250, 244), 0.26, 0.56, 0.42, 0.82)
    b.poly(b.dark, 0.14, 0.3, 0.16, 0.02, 0.32, 0.24)
    b.poly(b.base, 0.3, 0.28, 0.42, 0.04, 0.48, 0.36)
    b.poly(b.base, 0.1, 0.26, 0.48, 0.26, 0.44, 0.54, 0.02, 0.58)
    b.poly((252, 250, 244), 0.02, 0.58, 0.2, 0.44, 0.4, 0.52, 0.3, 0.6)
    b.oval(_INK, 0.0, 0.53, 0.08, 0.61)
    b.oval(_INK, 0.22, 0.34, 0.29, 0.42)


def _boat(b: Brush) -> None:
    b.line(_WOOD, 0.04, 0.48, 0.04, 0.48, 0.75)
    b.poly((250, 246, 234), 0.52, 0.06, 0.52, 0.64, 0.92, 0.64)
    b.poly(b.light, 0.44, 0.16, 0.44, 0.64, 0.12, 0.64)
    b.poly(b.base, 0.02, 0.7, 0.98, 0.7, 0.8, 1.0, 0.2, 1.0)
    b.poly(b.dark, 0.1, 0.86, 0.89, 0.86, 0.8, 1.0, 0.2, 1.0)


def _car(b: Brush) -> None:
    b.poly(b.base, 0.2, 0.56, 0.32, 0.32, 0.7, 0.32, 0.84, 0.56)
    b.poly(b.pane, 0.28, 0.54, 0.36, 0.38, 0.49, 0.38, 0.49, 0.54)
    b.poly(b.pane, 0.54, 0.54, 0.54, 0.38, 0.67, 0.38, 0.75, 0.54)
    b.rect(b.base, 0.01, 0.53, 0.99, 0.87, round_by=0.1)
    b.rect(b.dark, 0.03, 0.75, 0.97, 0.87, round_by=0.06)
    b.oval(_LIT, 0.03, 0.6, 0.12, 0.69)
    for x in (0.25, 0.75):
        b.oval(_INK, x - 0.14, 0.72, x + 0.14, 1.0)
        b.oval((206, 208, 214), x - 0.065, 0.795, x + 0.065, 0.925)


def _balloon(b: Brush) -> None:
    b.poly(_DARK, 0.24, 0.5, 0.4, 0.84, 0.6, 0.84, 0.76, 0.5)
    b.poly(b.dark, 0.2, 0.5, 0.42, 0.76, 0.58, 0.76, 0.8, 0.5)
    b.oval(b.base, 0.1, 0.0, 0.9, 0.7)
    b.oval(b.light, 0.28, 0.0, 0.72, 0.7)
    b.oval(b.base, 0.38, 0.0, 0.62, 0.7)
    b.rect(_WOOD, 0.38, 0.82, 0.62, 1.0, round_by=0.03)


def _lantern(b: Brush) -> None:
    b.line(_DARK, 0.05, 0.5, 0.16, 0.36, 0.1, 0.38, 0.02, 0.62, 0.02, 0.64, 0.1, 0.5, 0.16)
    b.poly(_DARK, 0.2, 0.28, 0.36, 0.14, 0.64, 0.14, 0.8, 0.28)
    b.rect(b.base, 0.24, 0.28, 0.76, 0.88, round_by=0.05)
    b.oval(b.light, 0.32, 0.34, 0.68, 0.84)
    b.oval((255, 246, 200), 0.42, 0.46, 0.58, 0.76)
    for x in (0.22, 0.74):
        b.rect(_DARK, x, 0.26, x + 0.045, 0.9)
    b.rect(_DARK, 0.14, 0.87, 0.86, 1.0, round_by=0.03)


def _rocket(b: Brush) -> None:
    b.poly((255, 150, 40), 0.4, 0.82, 0.6, 0.82, 0.5, 1.0)
    b.poly(b.dark, 0.34, 0.52, 0.14, 0.88, 0.36, 0.8)
    b.poly(b.dark, 0.66, 0.52, 0.86, 0.88, 0.64, 0.8)
    b.poly(b.base, 0.5, 0.0, 0.64, 0.16, 0.69, 0.4, 0.64, 0.84, 0.36, 0.84, 0.31, 0.4, 0.36, 0.16)
    b.poly(b.dark, 0.5, 0.0, 0.64, 0.16, 0.36, 0.16)
    b.oval(_DARK, 0.38, 0.26, 0.62, 0.5)
    b.oval(b.pane, 0.42, 0.3, 0.58, 0.46)
    b.rect(b.light, 0.36, 0.62, 0.64, 0.69)


def _robot(b: Brush) -> None:
    b.line(_DARK, 0.035, 0.5, 0.14, 0.5, 0.04)
    b.oval((255, 96, 80), 0.45, 0.0, 0.55, 0.1)
    for x in (0.32, 0.55):
        b.rect(_DARK, x, 0.8, x + 0.13, 1.0, round_by=0.03)
    for x in (0.1, 0.78):
        b.rect(b.dark, x, 0.5, x + 0.12, 0.82, round_by=0.05)
    b.rect(b.base, 0.24, 0.46, 0.76, 0.86, round_by=0.05)
    b.rect(b.base, 0.22, 0.12, 0.78, 0.44, round_by=0.07)
    b.rect(_DARK, 0.28, 0.18, 0.72, 0.37, round_by=0.05)
    for x in (0.4, 0.6):
        b.oval((120, 240, 250), x - 0.055, 0.22, x + 0.055, 0.33)
    b.rect(b.light, 0.34, 0.56, 0.66, 0.74, round_by=0.03)


_DRAWERS: dict[str, Callable[[Brush], None]] = {
    "house": _house, "tree": _tree, "flower": _flower, "mushroom": _mushroom, "cat": _cat, "fox": _fox,
    "boat": _boat, "car": _car, "balloon": _balloon, "lantern": _lantern, "rocket": _rocket, "robot": _robot,
}  # fmt: skip


@functools.lru_cache(maxsize=1024)
def sprite(noun: str, colour: str, size: int, night: bool) -> Image.Image:
    """The object as an RGBA square of `size` pixels, with a dark outline (pale around black by night)."""
    brush = Brush(size, colour, night)
    _DRAWERS[noun](brush)
    alpha = brush.image.getchannel("A")
    thick = max(3, size // 40) | 1
    rim = mix(brush.base, (176, 196, 240), 0.75) if night and colour == "black" else _INK
    outlined = Image.new("RGBA", brush.image.size, (*rim, 0))
    outlined.putalpha(alpha.filter(ImageFilter.MaxFilter(min(thick, 9))))
    outlined.alpha_composite(brush.image)
    return outlined
