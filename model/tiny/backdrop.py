"""Places of TinyWorld: sky, light and ground for every place, time and weather, drawn at 512 px.

Nothing in a backdrop is random: the same words give the same backdrop, so that a small model can learn it.
"""

from __future__ import annotations

import functools
import math

import numpy as np
from PIL import Image, ImageDraw

from model.tiny.sprites import RGB, mix

SIZE = 512
HORIZON = 288
"""Row (of 512) where sky and ground meet, in every place."""

SUN = {"day": (404, 84), "sunset": (372, 258), "night": (404, 84)}
"""Centre of sun or moon before mirroring."""
_SKY: dict[str, tuple[RGB, RGB]] = {
    "day": ((86, 172, 238), (206, 236, 252)),
    "sunset": ((98, 66, 140), (255, 176, 104)),
    "night": ((10, 14, 44), (48, 60, 122)),
}
_GREY = {"day": (170, 180, 192), "sunset": (170, 120, 124), "night": (40, 46, 70)}
_LIGHT = {"day": (1.0, 1.0, 1.0), "sunset": (1.0, 0.8, 0.72), "night": (0.4, 0.46, 0.7)}
_GROUND: dict[str, tuple[RGB, RGB]] = {
    "meadow": ((140, 204, 96), (66, 152, 66)),
    "beach": ((250, 226, 166), (234, 196, 122)),
    "desert": ((240, 184, 104), (214, 140, 70)),
    "city": ((128, 130, 142), (92, 94, 108)),
    "mountains": ((238, 246, 252), (204, 220, 238)),
    "sea": ((70, 150, 206), (22, 84, 156)),
}


def lit(colour: RGB, time: str) -> RGB:
    """A colour as it looks in the light of that time of day."""
    return tuple(round(c * f) for c, f in zip(colour, _LIGHT[time], strict=True))  # type: ignore[return-value]


def _gradient(height: int, top: RGB, bottom: RGB) -> Image.Image:
    ramp = np.linspace(0.0, 1.0, height)[:, None]
    rows = np.array(top) * (1 - ramp) + np.array(bottom) * ramp
    return Image.fromarray(np.repeat(rows[:, None, :], SIZE, axis=1).astype(np.uint8))


def _sky(image: Image.Image, time: str, weather: str) -> None:
    dull = {"clear": 0.0, "rain": 0.6, "snow": 0.45, "fog": 0.45}[weather]
    top, bottom = (mix(c, _GREY[time], dull) for c in _SKY[time])
    image.paste(_gradient(HORIZON, top, bottom), (0, 0))
    draw = ImageDraw.Draw(image)
    x, y = SUN[time]
    if time == "night":
        for i in range(26):
            sx, sy = (i * 197 + 31) % SIZE, (i * 83 + 17) % 190
            draw.ellipse((sx - 3, sy - 3, sx + 3, sy + 3), fill=mix((235, 240, 255), top, dull))
        draw.ellipse((x - 40, y - 40, x + 40, y + 40), fill=mix((250, 244, 214), _GREY[time], dull * 0.6))
        draw.ellipse((x - 60, y - 52, x + 20, y + 28), fill=mix(top, bottom, y / HORIZON * 0.7))
    elif weather == "clear" or time == "sunset":
        core = mix((255, 224, 92) if time == "day" else (255, 120, 60), _GREY[time], dull * 0.7)
        for radius, share in ((72, 0.7), (54, 0.4), (42, 0.0)):
            r = radius if time == "day" else round(radius * 1.3)
            draw.ellipse((x - r, y - r, x + r, y + r), fill=mix(core, mix(top, bottom, y / HORIZON), share))


def _clouds(image: Image.Image, time: str, weather: str) -> None:
    if time == "night" and weather == "clear":
        return
    white = {"day": (255, 255, 255), "sunset": (255, 190, 160), "night": (70, 78, 112)}[time]
    colour = mix(white, _GREY[time], 0.0 if weather == "clear" else 0.55)
    places = [(96, 84)] if weather == "clear" else [(70, 66), (236, 52), (420, 74)]
    draw = ImageDraw.Draw(image)
    for x, y in places:
        for dx, dy, r in ((-48, 8, 28), (-14, -10, 40), (30, 0, 32), (58, 12, 22)):
            draw.ellipse((x + dx - r, y + dy - r, x + dx + r, y + dy + r), fill=colour)
        draw.rounded_rectangle((x - 76, y + 8, x + 80, y + 36), 14, fill=colour)


def _meadow(draw: ImageDraw.ImageDraw, time: str, detailed: bool) -> None:
    draw.ellipse((-160, 226, 330, 420), fill=lit((118, 190, 96), time))
    draw.ellipse((220, 240, 700, 420), fill=lit((98, 174, 88), time))
    if detailed:
        for i in range(22):
            x, y = (i * 149 + 40) % SIZE, 330 + (i * 67) % 170
            draw.line((x, y, x - 5, y - 18), fill=lit((40, 120, 52), time), width=5)
            draw.line((x, y, x + 7, y - 16), fill=lit((40, 120, 52), time), width=5)
            if i % 2:
                draw.ellipse(
                    (x - 8, y - 28, x + 8, y - 12),
                    fill=lit(((255, 240, 120), (255, 250, 250))[i % 4 // 2], time),
                )


def _beach(draw: ImageDraw.ImageDraw, time: str, detailed: bool) -> None:
    draw.rectangle((0, HORIZON, SIZE, 348), fill=lit((56, 158, 204), time))
    draw.rectangle((0, 340, SIZE, 352), fill=lit((240, 250, 252), time))
    if detailed:
        draw.polygon((30, 470, 44, 470, 66, 300, 56, 300), fill=lit((134, 92, 54), time))
        for angle in (-160, -120, -70, -20, 20):
            x, y = 61 + 66 * math.cos(math.radians(angle)), 300 + 52 * math.sin(math.radians(angle))
            draw.polygon((61, 292, x, y, x + 6, y + 20, 61, 310), fill=lit((52, 150, 80), time))
        for x, y in ((440, 470), (300, 488), (480, 430)):
            draw.ellipse((x - 12, y - 8, x + 12, y + 8), fill=lit((244, 140, 120), time))


def _desert(draw: ImageDraw.ImageDraw, time: str, detailed: bool) -> None:
    draw.polygon((0, HORIZON, 130, 216, 300, HORIZON), fill=lit((226, 164, 88), time))
    draw.polygon((130, 216, 300, HORIZON, 190, HORIZON), fill=lit((196, 134, 70), time))
    draw.ellipse((230, 250, 720, 400), fill=lit((236, 178, 98), time))
    if detailed:
        for y in (400, 440, 480):
            draw.arc((40, y - 20, 250, y + 30), 190, 340, fill=lit((190, 122, 60), time), width=6)
            draw.arc((270, y - 30, 490, y + 20), 190, 340, fill=lit((190, 122, 60), time), width=6)
        green = lit((60, 138, 76), time)
        draw.rounded_rectangle((452, 262, 476, 370), 12, fill=green)
        draw.rounded_rectangle((424, 290, 440, 330), 8, fill=green)
        draw.rounded_rectangle((424, 316, 464, 330), 7, fill=green)


def _city(draw: ImageDraw.ImageDraw, time: str, detailed: bool) -> None:
    for i, (x, top) in enumerate(
        ((0, 150), (72, 96), (144, 176), (216, 120), (288, 190), (344, 110), (424, 156))
    ):
        draw.rectangle((x, top, x + 68, HORIZON), fill=lit(((112, 124, 156), (136, 146, 176))[i % 2], time))
        if detailed or time == "night":
            pane = (255, 220, 120) if time != "day" else (206, 226, 244)
            for row in range(top + 16, HORIZON - 20, 36):
                for column in (x + 12, x + 40):
                    draw.rectangle((column, row, column + 14, row + 18), fill=pane)
    draw.rectangle((0, HORIZON, SIZE, 320), fill=lit((176, 176, 182), time))
    for x in range(16, SIZE, 128):
        draw.rectangle((x, 470, x + 64, 482), fill=lit((250, 240, 200), time))


def _mountains(draw: ImageDraw.ImageDraw, time: str, detailed: bool) -> None:
    for x, top, half in ((120, 96, 170), (400, 124, 160), (262, 170, 130)):
        draw.polygon((x - half, HORIZON, x, top, x + half, HORIZON), fill=lit((120, 140, 176), time))
        draw.polygon((x, top, x + half, HORIZON, x + half * 0.3, HORIZON), fill=lit((96, 114, 152), time))
        cap = half * 0.36
        rise = (HORIZON - top) * 0.36
        draw.polygon(
            (x - cap, top + rise, x, top, x + cap, top + rise, x + cap * 0.3, top + rise * 0.75),
            fill=lit((248, 252, 255), time),
        )
    if detailed:
        for x, y in ((36, 330), (92, 312), (430, 316), (480, 336)):
            for k in range(3):
                width = 34 - 8 * k
                draw.polygon(
                    (x - width, y - 26 * k, x, y - 46 - 26 * k, x + width, y - 26 * k),
                    fill=lit((46, 104, 92), time),
                )


def _sea(draw: ImageDraw.ImageDraw, time: str, detailed: bool) -> None:
    crest = lit((150, 206, 236), time)
    for y, shift in ((312, 0), (352, 60), (400, 20), (456, 80)):
        for x in range(-60 + shift, SIZE, 128):
            draw.rounded_rectangle((x, y, x + 60, y + 7), 3, fill=crest)
    if detailed:
        for y, shift in ((330, 30), (376, 0), (428, 50), (490, 10)):
            for x in range(-60 + shift, SIZE, 128):
                draw.arc((x, y - 16, x + 64, y + 16), 200, 340, fill=lit((236, 248, 255), time), width=6)


_PLACES = {
    "meadow": _meadow,
    "beach": _beach,
    "desert": _desert,
    "city": _city,
    "mountains": _mountains,
    "sea": _sea,
}


@functools.lru_cache(maxsize=144)
def backdrop(place: str, time: str, weather: str, detailed: bool) -> Image.Image:
    """Sky and ground as a 512 px RGB picture, sun to the right; `detailed` adds grass, palms, windows."""
    image = Image.new("RGB", (SIZE, SIZE))
    _sky(image, time, weather)
    _clouds(image, time, weather)
    top, bottom = (lit(c, time) for c in _GROUND[place])
    image.paste(_gradient(SIZE - HORIZON, top, bottom), (0, HORIZON))
    _PLACES[place](ImageDraw.Draw(image), time, detailed)
    if weather in ("fog", "rain", "snow"):
        image = Image.fromarray(
            _veil(np.asarray(image, np.float32), time, 0.62 if weather == "fog" else 0.16)
        )
    return image


def _veil(pixels: np.ndarray, time: str, strength: float) -> np.ndarray:
    """Mist over the picture, thickest at the horizon."""
    rows = np.arange(pixels.shape[0]) / pixels.shape[0]
    share = strength * np.exp(-(((rows - HORIZON / SIZE) / 0.34) ** 2))[:, None, None]
    mist = np.array(mix(_GREY[time], (255, 255, 255), 0.5 if time != "night" else 0.22), np.float32)
    return (pixels * (1 - share) + mist * share).astype(np.uint8)
