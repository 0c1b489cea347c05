"""Edits and regions of one loaded family: what it does works in a batch too, what it cannot is refused."""

import dataclasses
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from model.engine import PaintProgress, PaintRequest, Picture
from model.errors import Unsupported
from model.pictures.painter import Painter
from model.pictures.png_metadata import read_parameters
from tests.model.matrix.pictures.looking import difference, pixels, png

HOLE = (16, 16, 40, 48)
"""Where the mask is white: left, top, right and bottom in pixels."""


class Stop(Exception):
    """Raised at a step, as a person's Cancel is."""


def source() -> Image.Image:
    """A picture with an edge in it, 64x64."""
    picture = Image.new("RGB", (64, 64), (200, 120, 40))
    ImageDraw.Draw(picture).ellipse((10, 10, 50, 50), fill=(20, 60, 180))
    return picture


def mask() -> bytes:
    """A PNG that lets the hole change."""
    white = Image.new("L", (64, 64))
    ImageDraw.Draw(white).rectangle((HOLE[0], HOLE[1], HOLE[2] - 1, HOLE[3] - 1), fill=255)
    return png(white)


def edit(painter: Painter, plain: PaintRequest) -> str:
    """An edit: the same alone and in a batch, by what it is given, and ended between two steps."""
    request = dataclasses.replace(
        plain, way="edit", init_image=png(source()), instruction="make the house blue", seeds=(1, 2)
    )
    if not painter.capabilities.edit:
        with pytest.raises(Unsupported, match="edits no pictures"):
            painter.paint(request)
        return "no"
    together = _steady(painter, request)
    written = read_parameters(together[0].png)
    assert written is not None
    assert (written.prompt, written.way, written.instruction) == (plain.prompt, "edit", request.instruction)
    turned = png(source().rotate(90).transpose(Image.Transpose.FLIP_LEFT_RIGHT).convert("L"))
    alone = dataclasses.replace(request, seeds=(1,))
    assert difference(together[0], _one(painter, alone, init_image=turned)) > 0, "the picture has no effect"
    # random weights hardly look at the words, so guidance lets them speak up
    loud = dataclasses.replace(alone, guidance=30.0)
    said = [_one(painter, loud, instruction=words) for words in ("make it night", "a wolf, and blue fog")]
    assert difference(*said) > 0, "the instruction has no effect"
    _ends(painter, alone)
    if not painter.capabilities.several_pictures:
        with pytest.raises(Unsupported, match="one picture at a time"):
            _one(painter, alone, more_images=(turned,))
        return "yes"
    assert difference(together[0], _one(painter, alone, more_images=(png(Image.new("RGB", (96, 64))),))) > 0
    return "yes, several pictures"


def region(painter: Painter, plain: PaintRequest) -> str:
    """Painting inside a mask: what is outside keeps its bytes, and what is inside does not."""
    request = dataclasses.replace(plain, way="region", init_image=png(source()), mask=mask(), seeds=(1, 2))
    if not painter.capabilities.region:
        with pytest.raises(Unsupported, match="cannot paint inside a mask"):
            painter.paint(request)
        return "no"
    for picture in _steady(painter, request):
        changed = (pixels(picture) != np.asarray(source())).any(-1)
        inside = np.zeros((64, 64), dtype=bool)
        inside[HOLE[1] : HOLE[3], HOLE[0] : HOLE[2]] = True
        assert not changed[~inside].any()
        assert changed[inside].mean() > 0.5
    alone = dataclasses.replace(request, seeds=(1,), steps=10)
    little, most = (_one(painter, alone, keep=keep) for keep in (0.1, 0.8))
    assert difference(little, most) > 0, "keep has no effect"
    _ends(painter, alone)
    return "yes"


def _steady(painter: Painter, request: PaintRequest) -> tuple[Picture, ...]:
    together = painter.paint(request).pictures
    assert difference(together[1], _one(painter, request, seeds=(2,))) <= 1
    assert difference(*together) > 1
    assert (together[0].width, together[0].height) == (64, 64)
    return together


def _one(painter: Painter, request: PaintRequest, **change: Any) -> Picture:
    return painter.paint(dataclasses.replace(request, **change)).pictures[0]


def _ends(painter: Painter, request: PaintRequest) -> None:
    seen: list[PaintProgress] = []

    def stop(progress: PaintProgress) -> None:
        seen.append(progress)
        if progress.step == 2:
            raise Stop

    with pytest.raises(Stop):
        painter.paint(dataclasses.replace(request, steps=6), stop)
    assert [progress.step for progress in seen] == [1, 2]
