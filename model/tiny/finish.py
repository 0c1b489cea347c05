"""What style and quality words do to a drawn picture: light and finish, as functions on pixels.

Pixels are float32 arrays (height, width, 3) in [0, 1]; each function returns a new array.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

Pixels = npt.NDArray[np.floating[Any]]


def _blur(pixels: Pixels, radius: float) -> Pixels:
    image = Image.fromarray((np.clip(pixels, 0, 1) * 255).astype(np.uint8))
    return np.asarray(image.filter(ImageFilter.GaussianBlur(radius)), np.float32) / 255


def _grey(pixels: Pixels) -> Pixels:
    # Luma of ITU-R BT.601
    return (pixels @ np.array([0.3, 0.59, 0.11], np.float32))[..., None]


def _saturate(pixels: Pixels, factor: float) -> Pixels:
    grey = _grey(pixels)
    return grey + (pixels - grey) * np.float32(factor)


def _edges(pixels: Pixels) -> Pixels:
    """Strength of outlines in [0, 1], shape (height, width, 1)."""
    padded = np.pad(pixels, ((1, 1), (1, 1), (0, 0)), mode="edge")
    across = np.abs(padded[1:-1, 2:] - padded[1:-1, :-2]).max(-1)
    down = np.abs(padded[2:, 1:-1] - padded[:-2, 1:-1]).max(-1)
    return np.clip(np.maximum(across, down) * 1.4, 0, 1)[..., None].astype(np.float32)


@functools.lru_cache(maxsize=64)
def radial(size: int, x: float, y: float, reach: float) -> Pixels:
    """A soft spot at (x, y) in pixels that has fallen to a third at `reach`, shape (size, size, 1)."""
    rows, columns = np.mgrid[0:size, 0:size].astype(np.float32)
    return np.exp(-(((columns - x) ** 2 + (rows - y) ** 2) / reach**2))[..., None].astype(np.float32)


@functools.lru_cache(maxsize=8)
def _rays(size: int, x: float, y: float) -> Pixels:
    """Beams that fan out from (x, y), shape (size, size, 1)."""
    rows, columns = np.mgrid[0:size, 0:size].astype(np.float32)
    angle = np.arctan2(rows - y, columns - x)
    beams = np.clip(np.sin(angle * 9) * 1.6 + 0.3, 0, 1)
    far = np.hypot(rows - y, columns - x) / size
    return (beams * np.exp(-far * 1.2) * (1 - np.exp(-((far / 0.16) ** 2))))[..., None].astype(np.float32)


def light(pixels: Pixels, quality: tuple[str, ...], sun: tuple[float, float], warm: Pixels) -> Pixels:
    """Quality words as light and finish; a plain picture comes out a little dull.

    `sun` is the light's place in pixels, `warm` its colour (3,) in [0, 1].
    """
    size = pixels.shape[0]
    pixels = _saturate(pixels, 1.22 if "vivid colors" in quality else 0.78)
    if "volumetric lighting" in quality:
        pixels = pixels + (1 - pixels) * _rays(size, *sun) * warm * np.float32(0.5)
    if "soft light" in quality:
        bloom = _blur(pixels, 5)
        # Blended as by "screen": 1 - (1 - a)(1 - b) only makes lighter
        pixels = 1 - (1 - pixels) * (1 - bloom * warm * np.float32(0.42))
    if "sharp focus" in quality:
        # Unsharp masking
        pixels = pixels + (pixels - _blur(pixels, 1.2)) * np.float32(0.8)
        pixels = (pixels - 0.5) * np.float32(1.12) + np.float32(0.5)
    if "masterpiece" in quality:
        middle = radial(size, size / 2, size * 0.52, size * 0.72)
        pixels = pixels * (0.5 + 0.62 * middle) + np.float32(0.05) * warm * middle
    else:
        pixels = pixels * np.float32(0.92) + np.float32(0.04)
    return np.clip(pixels, 0, 1)


def _watercolour(pixels: Pixels) -> Pixels:
    size = pixels.shape[0]
    wash = _blur(pixels, 1.1)
    wash = np.float32(0.16) + wash * np.float32(0.84)
    # Pigment gathers at the edges of a wash
    wash = wash * (1 - 0.35 * _edges(pixels))
    border = 1 - np.clip(1.9 * radial(size, size / 2, size / 2, size * 0.56) - 0.35, 0, 1)
    paper = np.array([0.985, 0.965, 0.925], np.float32)
    return wash * (1 - border * 0.85) + paper * border * np.float32(0.85)


def _pixel(pixels: Pixels) -> Pixels:
    size = pixels.shape[0]
    small = pixels.reshape(size // 4, 4, size // 4, 4, 3).mean((1, 3))
    # Nine levels for each channel, as an old palette
    levels = np.round(np.clip((small - 0.5) * 1.15 + 0.5, 0, 1) * 8) / 8
    return np.repeat(np.repeat(levels, 4, 0), 4, 1).astype(np.float32)


@functools.lru_cache(maxsize=2)
def _hatch(size: int) -> Pixels:
    rows, columns = np.mgrid[0:size, 0:size]
    return (((rows + columns) % 8) < 2).astype(np.float32)[..., None]


def _sketch(pixels: Pixels) -> Pixels:
    paper = np.array([0.97, 0.95, 0.9], np.float32)
    wash = paper * 0.35 + pixels * 0.65
    wash = wash * (1 - 0.22 * _hatch(pixels.shape[0]) * (1 - _grey(pixels)))
    return wash * (1 - 0.85 * _edges(pixels))


def _neon(pixels: Pixels) -> Pixels:
    edges = _edges(pixels)
    bright = pixels / np.maximum(pixels.max(-1, keepdims=True), 0.35)
    bright = np.clip(_saturate(bright, 1.6), 0, 1)
    glow = edges * bright
    night = pixels * np.array([0.34, 0.24, 0.46], np.float32) + np.array([0.03, 0.0, 0.08], np.float32)
    return night + glow * 0.9 + _blur(glow, 2.5) * np.float32(0.9)


_STYLES = {"watercolour": _watercolour, "pixel": _pixel, "sketch": _sketch, "neon": _neon}


def style(pixels: Pixels, name: str) -> Pixels:
    """The picture in a style of `world.STYLES`; `flat` leaves it as it is."""
    return np.clip(_STYLES[name](pixels), 0, 1) if name in _STYLES else pixels
