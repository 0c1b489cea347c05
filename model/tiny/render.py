"""Draws a scene of TinyWorld: vector drawing at 512 px, reduced to 128 px. A pure function of scene and seed.

The seed moves things sideways in steps of 8 px (one cell of the autoencoder's latents) and may mirror the
backdrop; nothing else is left to chance. Layout keeps the horizon and the ground line fixed.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageOps

from model.tiny import finish
from model.tiny.backdrop import SIZE, SUN, backdrop, lit
from model.tiny.sprites import PALETTE, sprite
from model.tiny.world import Scene, Thing

PICTURE = 128
"""Side of a finished picture in pixels."""
_SCALE = SIZE // PICTURE
_GROUND_LINE = 108
WIDTHS = {
    1: {"small": 36, "medium": 56, "large": 80},
    2: {"small": 32, "medium": 48, "large": 60},
    3: {"small": 24, "medium": 36, "large": 44},
}
_CENTRES = {1: (64,), 2: (36, 92), 3: (24, 64, 104)}
# Multiples of 8 pixels: a thing that moves by whole latents looks alike in the latents
_STEPS = {1: (-24, -16, -8, 0, 8, 16, 24), 2: (-8, 0, 8), 3: (-8, 0)}
Placed = tuple[Thing, int, int, int]
"""An object and where it stands: left, top and width in pixels of the finished picture."""

LIFT = 16
"""How far above the ground balloons hang, in pixels."""

_WARM = {"day": (1.0, 0.96, 0.82), "sunset": (1.0, 0.72, 0.45), "night": (0.62, 0.74, 1.0)}


def layout(scene: Scene, rng: random.Random) -> list[Placed]:
    """Where each object stands: (thing, left, top, width) in pixels of the finished picture, back to front.

    More than three objects stand in two rows.
    """
    return [_shifted(place, rng.choice(steps)) for place, steps in _places(scene)]


def layouts(scene: Scene) -> Iterator[list[Placed]]:
    """Every layout that `layout` may choose; 7 of one object, 9 of two, 8 of three."""
    places = _places(scene)
    for shifts in itertools.product(*(steps for _, steps in places)):
        yield [_shifted(place, shift) for (place, _), shift in zip(places, shifts, strict=True)]


def _places(scene: Scene) -> list[tuple[Placed, tuple[int, ...]]]:
    """Each object in the middle of its place, and the steps sideways that it may take."""
    queue = [thing for thing in scene.things for _ in range(thing.count)]
    rows = [(queue, _GROUND_LINE)] if len(queue) <= 3 else [(queue[:-3], 92), (queue[-3:], 116)]
    placed = []
    for row, ground in rows:
        for thing, centre in zip(row, _CENTRES.get(len(row), ()), strict=True):
            width = WIDTHS[len(row)][thing.size]
            base = ground + (8 if thing.size == "large" and len(queue) == 1 else 0)
            lift = LIFT if thing.noun == "balloon" else 0
            place = thing, centre - width // 2, base - width - lift, width
            placed.append((place, _STEPS[len(row)]))
    return placed


def _shifted(place: Placed, shift: int) -> Placed:
    thing, left, top, width = place
    return thing, left + shift, top, width


def _shadow(image: Image.Image, left: int, base: int, width: int, place: str) -> Image.Image:
    """A soft patch under the object: shade on land, a bright ripple on water."""
    tone = (190, 226, 244, 110) if place == "sea" else (20, 16, 40, 84)
    layer = Image.new("RGBA", image.size, (*tone[:3], 0))
    box = (left + width * 0.08, base - 3, left + width * 0.92, base + 4)
    ImageDraw.Draw(layer).ellipse([edge * _SCALE for edge in box], fill=tone)
    image.paste(layer, (0, 0), layer)
    return image


def _tinted(thing: Thing, width: int, time: str) -> Image.Image:
    """The object's drawing in the light of its time of day; lanterns shine by themselves."""
    drawing = sprite(thing.noun, thing.colour, width * _SCALE, time == "night")
    if time == "day" or thing.noun == "lantern":
        return drawing
    dim = {"sunset": (1.0, 0.87, 0.8), "night": (0.78, 0.8, 0.94)}[time]
    bands = drawing.split()
    shaded = [band.point([round(v * f) for v in range(256)]) for band, f in zip(bands, dim, strict=False)]
    return Image.merge("RGBA", [*shaded, bands[3]])


def _weather(image: Image.Image, weather: str, time: str) -> None:
    """Rain or snow falling in front of everything, always in the same pattern."""
    draw = ImageDraw.Draw(image, "RGBA")
    pale = lit((226, 238, 252), "day" if time == "day" else "sunset")
    if weather == "rain":
        for i in range(40):
            # Steps that share no factor with the size spread the drops without a random number
            x, y = (i * 173 + 20) % (SIZE + 60), (i * 97) % SIZE
            draw.line((x, y, x - 16, y + 44), fill=(*pale, 190), width=6)
    elif weather == "snow":
        for i in range(44):
            x, y = (i * 181 + 11) % SIZE, (i * 107 + 5) % SIZE
            radius = 7 + i % 3 * 2
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(255, 255, 255, 235))


def _glow(pixels: finish.Pixels, placed: Sequence[Placed], time: str) -> finish.Pixels:
    """Light around lanterns always, around lit windows at night."""
    for thing, left, top, width in placed:
        strength = {"day": 0.22, "sunset": 0.45, "night": 0.8}[time] if thing.noun == "lantern" else 0.0
        if thing.noun == "house" and time == "night":
            strength = 0.3
        if strength:
            tone = np.array(PALETTE[thing.colour], np.float32) / 255 * 0.5 + np.array(
                [0.5, 0.42, 0.2], np.float32
            )
            if thing.noun == "house":
                tone = np.array([1.0, 0.8, 0.4], np.float32)
            spot = finish.radial(PICTURE, left + width / 2, top + width * 0.62, width * 0.62)
            pixels = pixels + (1 - pixels) * spot * tone * np.float32(strength)
    return pixels


def render(scene: Scene, seed: int = 0) -> Image.Image:
    """The scene as a 128 px RGB picture; equal arguments give equal pixels."""
    return draw(scene, *arrangement(scene, seed))


def arrangement(scene: Scene, seed: int) -> tuple[list[Placed], bool]:
    """What `render` leaves to the seed: where each object stands, and whether the backdrop is mirrored."""
    rng = random.Random(seed)
    mirrored = rng.random() < 0.5
    return layout(scene, rng), mirrored


def draw(scene: Scene, placed: Sequence[Placed], mirrored: bool) -> Image.Image:
    """The scene with its objects at given places, back to front, as a 128 px RGB picture."""
    image = backdrop(scene.place, scene.time, scene.weather, "highly detailed" in scene.quality)
    image = ImageOps.mirror(image) if mirrored else image.copy()
    for thing, left, top, width in placed:
        if thing.noun != "balloon":
            image = _shadow(image, left, top + width, width, scene.place)
        drawing = _tinted(thing, width, scene.time)
        image.paste(drawing, (left * _SCALE, top * _SCALE), drawing)
    _weather(image, scene.weather, scene.time)
    # Drawn four times as large and averaged: smooth edges without anti-aliased drawing, which Pillow lacks
    pixels: finish.Pixels = np.asarray(image.reduce(_SCALE), np.float32) / 255
    pixels = _glow(pixels, placed, scene.time)
    x, y = (edge / _SCALE for edge in SUN[scene.time])
    sun = (PICTURE - x if mirrored else x, y)
    pixels = finish.light(pixels, scene.quality, sun, np.array(_WARM[scene.time], np.float32))
    pixels = finish.style(pixels, scene.style)
    # Rounded, not cut off: equal pixels on every machine need equal rounding
    return Image.fromarray((pixels * 255 + 0.5).astype(np.uint8))
