"""One family of pipelines through the whole product: saved as users have it, loaded, and everything asked.

What the family can do must work and have an effect; what it cannot must be refused in words. The outcome is
the family's row in docs/models.md.
"""

import dataclasses
import io
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image

from model.engine import PaintProgress, PaintRequest, PaintResult, Picture
from model.errors import ConfigError, Unsupported
from model.pictures.painter import Painter
from model.pictures.png_metadata import read_parameters
from model.settings import ImageSettings
from tests.model.matrix.pictures import editing
from tests.model.matrix.pictures.families import BUILDERS
from tests.model.matrix.pictures.looking import difference

COLUMNS = (
    "paint",
    "image to image",
    "edit",
    "region",
    "guidance",
    "negative prompt",
    "previews",
    "progress, cancel",
)
REQUEST = PaintRequest("a red house", (1, 2), width=64, height=64, steps=3, guidance=3.0)


class Stop(Exception):
    """Raised at a step, as a person's Cancel is."""


def travel(name: str, folder: Path) -> dict[str, str]:
    """Take the family through everything; what came of it, by column."""
    torch.manual_seed(0)
    BUILDERS[name]().save_pretrained(folder, safe_serialization=True)
    painter = Painter.load(settings(folder))
    return {
        "paint": _seeds(painter),
        "image to image": _over_a_picture(painter),
        "edit": editing.edit(painter, REQUEST),
        "region": editing.region(painter, REQUEST),
        "guidance": _guidance(painter),
        "negative prompt": _negative_prompt(painter),
        "previews": _previews(painter, folder),
        "progress, cancel": _steps(painter),
    }


def settings(folder: Path, **more: Any) -> ImageSettings:
    given = {"steps": 3, "guidance": 3.0, "width": 64, "height": 64, "device": "cpu", "threads": 1}
    return ImageSettings(model=str(folder), **{**given, **more})


def _alone(painter: Painter, **change: Any) -> Picture:
    return painter.paint(dataclasses.replace(REQUEST, **{"seeds": (2,), **change})).pictures[0]


def _seeds(painter: Painter) -> str:
    """A seed gives the same picture alone and in any batch, and another seed another one."""
    together = painter.paint(REQUEST).pictures
    assert [picture.seed for picture in together] == [1, 2]
    assert difference(together[1], _alone(painter)) <= 1
    assert difference(*together) > 1
    assert (together[0].width, together[0].height) == (64, 64)
    # another person's longer words beside it, to which a family may pad the shorter ones
    longer = dataclasses.replace(REQUEST, prompt="a fox by a lake with two boats, at night", seeds=(3,))
    ours, _ = painter.paint_together([dataclasses.replace(REQUEST, seeds=(2,)), longer], [None, None])
    assert isinstance(ours, PaintResult)
    assert difference(ours.pictures[0], _alone(painter)) <= 1
    written = read_parameters(together[1].png)
    assert written is not None
    assert (written.prompt, written.seed, written.size) == ("a red house", 2, (64, 64))
    return "yes"


def _over_a_picture(painter: Painter) -> str:
    start = _alone(painter).png
    if not painter.family.capabilities.strength:
        with pytest.raises(Unsupported, match="cannot paint over a picture"):
            _alone(painter, way="keep", init_image=start, keep=0.4)
        return "no: it has no strength" if painter.family.capabilities.edit else "no pipeline for it"
    over = dataclasses.replace(REQUEST, way="keep", init_image=start, keep=0.4)
    together = painter.paint(over).pictures
    assert difference(together[1], _alone(painter, way="keep", init_image=start, keep=0.4)) <= 1
    # of few steps, several shares of a picture round to the same one
    little, most = (_alone(painter, way="keep", init_image=start, keep=keep, steps=10) for keep in (0.2, 0.8))
    assert difference(little, most) > 0, "keep has no effect"
    return "yes"


def _guidance(painter: Painter) -> str:
    name = painter.family.text.guidance
    if name is None:
        return "no: distilled"
    # random weights hardly look at the words: what is asked is only that the number arrives
    assert difference(_alone(painter), _alone(painter, guidance=30.0)) > 0, "guidance has no effect"
    return f"`{name}`"


def _negative_prompt(painter: Painter) -> str:
    fog = {"negative_prompt": "blue fog, and a dark forest"}
    if not painter.family.capabilities.negative_prompt:
        with pytest.raises(Unsupported, match="negative prompt"):
            _alone(painter, **fog)
        return "no"
    one, other = (_alone(painter, guidance=30.0, **words) for words in ({}, fog))
    assert difference(one, other) > 0, "the negative prompt has no effect"
    if not painter.family.text.separate_negative:
        with pytest.raises(Unsupported, match="only with guidance above"):
            _alone(painter, guidance=0.0, **fog)
    return "yes"


def _previews(painter: Painter, folder: Path) -> str:
    if not painter.family.capabilities.previews:
        with pytest.raises(ConfigError, match="set previews = false"):
            Painter.load(settings(folder, previews=True))
        return "no"
    seen: list[PaintProgress] = []
    showing = Painter.load(settings(folder, previews=True))
    showing.paint(REQUEST, seen.append)
    shown = [progress.preview is not None for progress in seen]  # of the first batch only
    assert shown == [True, True, False, *[False] * (len(seen) - 3)]
    assert max(Image.open(io.BytesIO(seen[0].preview or b"")).size) in (64, 128)
    return "yes"


def _steps(painter: Painter) -> str:
    seen: list[PaintProgress] = []
    painter.paint(REQUEST, seen.append)
    assert [progress.step for progress in seen] == list(range(1, seen[-1].of + 1))
    seen.clear()

    def stop(progress: PaintProgress) -> None:
        seen.append(progress)
        if progress.step == 2:
            raise Stop

    with pytest.raises(Stop):
        painter.paint(dataclasses.replace(REQUEST, steps=20), stop)
    assert len(seen) == 2
    return "yes"
