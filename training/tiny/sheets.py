"""The picture sheets of `docs/tinyworld.md`: the world as it is drawn, and as the checkpoint paints it.

Every sheet is a grid of 128 px pictures, saved as WebP to keep the repository small.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from PIL import Image

from model.tiny.grammar import beautified, parse
from model.tiny.render import render
from model.tiny.world import COLOURS, NATURAL_COLOUR, NOUNS, PLACES, STYLES, TIMES, WEATHERS, Scene, Thing
from training.tiny.check import paint
from training.tiny.classifier import held_out_scenes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SIDE, GAP = 128, 4
STORY = (
    "a red house in a meadow",
    "a red house and a yellow lantern in a meadow at night",
    "a red house and a yellow lantern in a meadow at night, in falling snow",
    "a red house and a yellow lantern in a meadow at night, in falling snow, watercolor painting",
    "a red house and a yellow lantern in a meadow at sunset, neon",
)
"""One conversation, all with one seed."""


def grid(pictures: Sequence[Image.Image], columns: int) -> Image.Image:
    """Pictures row by row, white between them."""
    rows = -(-len(pictures) // columns)
    step = SIDE + GAP
    sheet = Image.new("RGB", (columns * step - GAP, rows * step - GAP), "white")
    for i, picture in enumerate(pictures):
        sheet.paste(picture.resize((SIDE, SIDE)), (i % columns * step, i // columns * step))
    return sheet


def things() -> list[Scene]:
    """Every noun in its natural colour, at its quietest."""
    return [Scene((Thing(noun, NATURAL_COLOUR[noun], "large"),)) for noun in NOUNS]


def settings() -> list[Scene]:
    """Places by times; then weathers and styles of one scene."""
    fox = Scene((Thing("fox", "orange", "large"),))
    scenes = [replace(fox, place=place, time=time) for time in TIMES for place in PLACES]
    scenes += [replace(fox, weather=weather) for weather in WEATHERS[1:]]
    return (
        scenes + [replace(fox, style=style) for style in STYLES] + [replace(fox, time="night", style="neon")]
    )


def colours() -> list[Scene]:
    """A mushroom in every colour."""
    return [Scene((Thing("mushroom", colour, "large"),)) for colour in COLOURS]


def pairs(count: int) -> list[Scene]:
    """Held-out scenes of two kinds of things."""
    return [scene for scene in held_out_scenes(10 * count) if len(scene.things) == 2][:count]


def write(checkpoints: Path, folder: Path) -> None:
    """Write all sheets to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    words = random.Random(0)
    for name, scenes, columns in (
        ("things", things(), 6),
        ("settings", settings(), 6),
        ("colours", colours(), 5),
        ("pairs", pairs(12), 6),
    ):
        drawn = [render(scene, i) for i, scene in enumerate(scenes)]
        painted = paint(checkpoints / "sd", [beautified(scene, words) for scene in scenes])
        _save(grid(drawn, columns), folder / f"tinyworld-{name}-drawn.webp")
        _save(grid(painted, columns), folder / f"tinyworld-{name}-painted.webp")
    told = paint(checkpoints / "sd", STORY, same_seed=True)
    meant = [render(parse(prompt), 7) for prompt in STORY]
    _save(grid([*told, *meant], len(STORY)), folder / "tinyworld-story.webp")


def _save(sheet: Image.Image, path: Path) -> None:
    sheet.save(path, quality=88, method=6)
