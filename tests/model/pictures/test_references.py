"""A reference picture for editors of several pictures: one more, with words that say what it is for."""

import dataclasses
import json
from pathlib import Path

import pytest
import torch
from PIL import Image

from model.engine import Capabilities, PaintRequest
from model.errors import BadRequest, Unsupported
from model.pictures.arguments import Canvas, arguments_for
from model.pictures.editor import Editor
from model.pictures.painter import Painter
from model.pictures.ways import check
from model.serving import wire
from model.settings import ImageSettings
from tests.model.matrix.pictures import journey
from tests.model.matrix.pictures.builders.llms import flux2_klein
from tests.model.matrix.pictures.editing import source
from tests.model.matrix.pictures.looking import png
from tests.model.pictures.test_painter import difference


def _of(share: int) -> Image.Image:
    return source().rotate(90 * share).resize((96, 64))


PLAIN = PaintRequest("a red house", (1,), width=64, height=64, steps=2, guidance=0.0)
AFTER = dataclasses.replace(PLAIN, reference=png(_of(1)))
EDIT = dataclasses.replace(AFTER, way="edit", init_image=png(source()), instruction="make it blue.")


@pytest.fixture(scope="module")
def painter(models: Path) -> Painter:
    torch.manual_seed(0)
    flux2_klein(distilled=True).save_pretrained(models / "klein", safe_serialization=True)
    return Painter.load(journey.settings(models / "klein", guidance=0.0))


def test_a_painter_that_edits_takes_it_as_one_more_picture(painter: Painter) -> None:
    assert painter.capabilities.references == ("repaint", "edit")
    plain, after = painter.paint(PLAIN).pictures[0], painter.paint(AFTER).pictures[0]
    other = painter.paint(dataclasses.replace(AFTER, reference=png(_of(2)))).pictures[0]
    assert difference(plain, after) > 0
    assert difference(after, other) > 0
    edited = painter.paint(EDIT).pictures[0]
    alone = painter.paint(dataclasses.replace(EDIT, reference=None)).pictures[0]
    assert difference(edited, alone) > 0, "a random transformer looks at little"


@pytest.mark.parametrize(
    ("request_", "pictures", "said"),
    [
        (AFTER, 1, "a red house, in the style of image 1"),
        (EDIT, 2, "make it blue, in the style of image 2"),
        (
            dataclasses.replace(EDIT, more_images=(png(_of(2)),), reference_as="character"),
            3,
            "make it blue, with the same character as in image 3",
        ),
    ],
)
def test_the_words_say_what_it_is_for(
    painter: Painter, request_: PaintRequest, pictures: int, said: str
) -> None:
    brush = painter._brushes.pick(request_)
    arguments = arguments_for(brush, Canvas.of(brush, request_))
    shown = arguments["image"]
    assert len(shown) == pictures
    assert arguments["prompt"] == said


def test_a_weight_is_refused_where_there_is_none(painter: Painter) -> None:
    with pytest.raises(Unsupported, match="without a weight"):
        painter.paint(dataclasses.replace(AFTER, reference_weight=0.5))


def test_a_separate_editor_takes_it_for_edits_alone(tmp_path: Path) -> None:
    index = {"_class_name": "QwenImageEditPlusPipeline", "_diffusers_version": "0.42.0"}
    (tmp_path / "model_index.json").write_text(json.dumps(index), "utf-8")
    (tmp_path / "model.safetensors").touch()
    editor = Editor(ImageSettings(model="x", steps=1, guidance=1, width=64, height=64, editor=str(tmp_path)))
    assert editor.beside(Capabilities()).references == ("edit",)
    adapted = Capabilities(references=("repaint", "keep", "region"))
    assert editor.beside(adapted).references == ("repaint", "keep", "region", "edit")


def test_four_pictures_with_the_reference_are_the_most() -> None:
    more = (b"x",) * 2
    check(dataclasses.replace(EDIT, more_images=more))
    with pytest.raises(BadRequest, match="looks at 4 pictures at most"):
        check(dataclasses.replace(EDIT, more_images=(*more, b"x")))
    with pytest.raises(BadRequest, match="no use for a reference"):
        check(dataclasses.replace(AFTER, way="keep", init_image=b"x", keep=0.9, upscale=True))


def test_it_reaches_a_worker_as_it_is() -> None:
    request = dataclasses.replace(EDIT, reference_as="character", more_images=(b"z",), mask=None)
    fields, blobs = wire.paint_fields(request)
    assert wire.paint_request(json.loads(json.dumps(fields)), blobs) == request
    able = Capabilities(references=("repaint", "edit"))
    assert wire.capabilities(json.loads(json.dumps(dataclasses.asdict(able)))) == able
