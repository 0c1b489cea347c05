"""Edits by the painter itself: the shipped one changes what the prompts differ in, and nothing beside it."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from model.engine import PaintRequest
from model.errors import BadImage, BadRequest, ConfigError, Unsupported
from model.pictures.diffedit import as_painting
from model.pictures.painter import Painter
from model.pictures.painters import Painters
from model.pictures.setting_checks import check_image_settings
from model.presets import resolve
from model.settings import ImageSettings, NamedImageSettings

BEFORE, AFTER = "a red house and a tree in a meadow", "a blue house and a tree in a meadow"


@pytest.fixture(scope="module")
def painter() -> Painter:
    torch.set_num_threads(1)
    return Painter.load(resolve("tiny", image={"threads": 1}).image)


def asked(painter: Painter, picture: bytes, **more: object) -> PaintRequest:
    steps, guidance = resolve("tiny").image.numbers("edit")
    usual = PaintRequest(
        AFTER, (3,), 128, 128, steps, guidance, way="edit", init_image=picture,
        instruction="make the house blue", source_prompt=BEFORE,
    )  # fmt: skip
    given: dict[str, Any] = dict(more)
    return replace(usual, **given)


@pytest.fixture(scope="module")
def picture(painter: Painter) -> bytes:
    return painter.paint(PaintRequest(BEFORE, (3,), 128, 128, 10, 2.5)).pictures[0].png


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), np.int16)


def test_what_was_asked_changes_and_the_rest_stays_to_the_byte(painter: Painter, picture: bytes) -> None:
    result = painter.paint(asked(painter, picture)).pictures[0].png
    before, after = pixels(picture), pixels(result)
    changed = (before != after).any(-1)
    assert 0.02 < changed.mean() < 0.4
    turned_blue = (before[..., 0] > before[..., 2] + 60) & (after[..., 2] > after[..., 0] + 60)
    assert turned_blue.sum() > 300
    inside = as_painting(painter._brushes.over(), asked(painter, picture), 4)
    mask = np.asarray(Image.open(io.BytesIO(inside.mask or b"")).convert("L")) > 0
    assert not (changed & ~mask).any()


def test_a_seed_gives_the_same_edit_again_and_its_file_says_how(painter: Painter, picture: bytes) -> None:
    one, other = (painter.paint(asked(painter, picture)).pictures[0].png for _ in range(2))
    assert one == other
    told = str(Image.open(io.BytesIO(one)).info)
    assert "make the house blue" in told
    assert "edit" in told


@pytest.mark.parametrize(("steps", "painted"), [(10, 5), (5, 4), (4, 4), (2, 2)])
def test_a_place_is_painted_in_fewer_steps(
    painter: Painter, picture: bytes, steps: int, painted: int
) -> None:
    assert as_painting(painter._brushes.over(), asked(painter, picture, steps=steps), 4).steps == painted


def test_without_the_prompt_before_it_still_edits(painter: Painter, picture: bytes) -> None:
    result = painter.paint(asked(painter, picture, source_prompt="")).pictures[0].png
    assert (pixels(result) != pixels(picture)).any()


def test_it_says_what_it_cannot(painter: Painter, picture: bytes) -> None:
    assert painter.capabilities.edit
    assert painter.capabilities.by_prompts
    for wrong in ({"more_images": (picture,)}, {"picture_guidance": 2.0}):
        with pytest.raises(Unsupported):
            painter.paint(asked(painter, picture, **wrong))
    with pytest.raises(BadRequest, match="say the same"):
        painter.paint(asked(painter, picture, source_prompt=AFTER))
    with pytest.raises(BadImage):
        painter.paint(asked(painter, b"no picture"))


def small(model: Path, **more: object) -> ImageSettings:
    given = {
        "model": str(model), "steps": 2, "guidance": 2.0, "width": 64, "height": 64, "device": "cpu",
        "threads": 1, "diffedit": True,
    }  # fmt: skip
    return ImageSettings.model_validate(given | more)


@pytest.mark.parametrize("family", ["sd", "sdxl"])
def test_other_families_edit_too(family: str, pipelines: dict[str, Path]) -> None:
    painter = Painter.load(small(pipelines[family]))
    source = painter.paint(PaintRequest("a house", (1,), 64, 64, 2, 2.0)).pictures[0].png
    request = replace(asked(painter, source), width=64, height=64, steps=2, guidance=2.0)
    assert painter.paint(request).pictures[0].width == 64


def test_a_family_that_paints_inside_nothing_is_refused_at_load(pipelines: dict[str, Path]) -> None:
    with pytest.raises(ConfigError, match="cannot edit by itself"):
        Painter.load(small(pipelines["flux"], guidance=0.0))
    named = NamedImageSettings.model_validate(small(pipelines["flux"], guidance=0.0).model_dump())
    with pytest.raises(ConfigError, match=r"\[models\.other\].*cannot edit by itself"):
        Painters.load(small(pipelines["sd"]), {"other": named})


def test_it_and_an_editor_are_not_both_set() -> None:
    with pytest.raises(ConfigError, match="Only one can edit"):
        check_image_settings(small(Path("x"), editor="y"))
    assert resolve("tiny").image.diffedit
    assert not resolve("tiny", image={"editor": "./y"}).image.diffedit
    assert not resolve("tiny", image={"model": "./y"}).image.diffedit


def test_what_is_about_most_of_the_picture_is_painted_anew(painter: Painter, picture: bytes) -> None:
    night = f"{BEFORE} at night"
    edit = asked(painter, picture, prompt=night, instruction="make it night")
    anew = PaintRequest(night, (3,), 128, 128, 10, 2.5)
    one, other = (painter.paint(request).pictures[0].png for request in (edit, anew))
    assert (pixels(one) == pixels(other)).all()


def test_a_picture_of_another_size_is_edited_at_the_size_that_is_asked_for(
    painter: Painter, picture: bytes
) -> None:
    buffer = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").resize((200, 160)).save(buffer, "PNG")
    [result] = painter.paint(asked(painter, buffer.getvalue())).pictures
    assert (result.width, result.height) == (128, 128)
