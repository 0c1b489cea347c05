"""A separate editor beside the painter: loaded when it is first needed, freed where the settings say so."""

import dataclasses
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import torch

from model.engine import PaintRequest
from model.errors import ConfigError, LoadError, Unsupported
from model.pictures.brushes import Brushes
from model.pictures.painter import Painter
from model.presets import resolve
from model.settings import ImageSettings
from tests.model.matrix.pictures.builders.editors import instruct_pix2pix
from tests.model.matrix.pictures.editing import mask, source
from tests.model.matrix.pictures.looking import png

PAINT = PaintRequest("a red house", (1,), width=64, height=64, steps=2, guidance=3.0)
EDIT = dataclasses.replace(PAINT, way="edit", init_image=png(source()), instruction="make it blue")


@pytest.fixture(scope="module")
def editor(models: Path) -> Path:
    torch.manual_seed(0)
    instruct_pix2pix().save_pretrained(models / "editor")
    return models / "editor"


def load(model: Path, **more: Any) -> Painter:
    given = {"steps": 2, "guidance": 3.0, "width": 64, "height": 64, "device": "cpu", "threads": 1}
    return Painter.load(ImageSettings(model=str(model), **{**given, **more}))


def in_memory(painter: Painter) -> bool:
    found = painter._brushes._editor
    return found is not None and found.pipe is not None


def test_it_is_offered_at_once_and_loaded_by_the_first_edit(pipelines: dict[str, Path], editor: Path) -> None:
    painter = load(pipelines["sd"], editor=str(editor))
    assert painter.capabilities.edit
    painter.paint(PAINT)
    assert not in_memory(painter)
    assert painter.paint(EDIT).model == "editor"
    assert painter.paint(PAINT).model == "small-sd"
    assert in_memory(painter), "for the next edit"


def test_one_that_rests_on_the_disk_is_freed_by_the_next_picture(
    pipelines: dict[str, Path], editor: Path
) -> None:
    painter = load(pipelines["sd"], editor=str(editor), editor_rests="disk")
    first = painter.paint(EDIT).pictures[0]
    assert in_memory(painter)
    painter.paint(PAINT)
    assert not in_memory(painter)
    assert painter.paint(EDIT).pictures[0] == first


def test_what_is_no_editor_is_refused_at_the_start(pipelines: dict[str, Path], tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="StableDiffusionPipeline edits no pictures by words"):
        load(pipelines["sd"], editor=str(pipelines["sd"]))
    with pytest.raises(LoadError, match="There is no editor at"):
        load(pipelines["sd"], editor=str(tmp_path / "nowhere"))


def test_what_the_editor_cannot_do_is_refused(pipelines: dict[str, Path], editor: Path) -> None:
    painter = load(pipelines["sd"], editor=str(editor))
    with pytest.raises(Unsupported, match="edits one picture at a time"):
        painter.paint(dataclasses.replace(EDIT, more_images=(png(source()),)))
    with pytest.raises(Unsupported, match="edits without LoRAs"):
        painter.paint(dataclasses.replace(EDIT, lora="comic"))
    with pytest.raises(Unsupported, match="name an editor in"):
        load(pipelines["sd"]).paint(EDIT)


def test_settings_of_an_editor_without_one_are_refused() -> None:
    with pytest.raises(ConfigError, match="editor_steps has no effect without editor"):
        resolve("tiny", image={"editor_steps": 5})
    settings = resolve("tiny", image={"editor": "./x", "editor_steps": 5, "editor_guidance": 1.5}).image
    assert (settings.numbers("edit"), settings.numbers("region")) == ((5, 1.5), (10, 2.5))


def test_every_way_works_with_the_same_weights(pipelines: dict[str, Path]) -> None:
    painter = load(pipelines["sd"])
    plain = painter._brushes.pick(PAINT).pipe
    over = dataclasses.replace(PAINT, init_image=png(source()))
    keep = dataclasses.replace(over, way="keep", keep=0.5)
    region = dataclasses.replace(over, way="region", mask=mask())
    for request in (keep, region):
        brush = painter._brushes.pick(request)
        assert brush.pipe is not plain
        for part in ("unet", "vae", "text_encoder"):
            assert getattr(brush.pipe, part) is getattr(plain, part)
        assert brush.pipe.dtype == plain.dtype


def test_a_painter_of_half_precision_stays_one(pipelines: dict[str, Path]) -> None:
    painter = load(pipelines["sd"], dtype="bfloat16")
    painter.paint(dataclasses.replace(PAINT, way="region", init_image=png(source()), mask=mask()))
    assert {part.dtype for part in (painter._brushes.pick(PAINT).pipe.unet,)} == {torch.bfloat16}


class Moving:
    """A pipeline that notes where it is sent."""

    def __init__(self) -> None:
        self.at: list[str] = []

    def to(self, device: Any) -> None:
        self.at.append(str(device))


def test_the_one_not_at_work_waits_in_memory(
    pipelines: dict[str, Path], editor: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order of moves that a GPU would see: first one leaves it, then the other comes."""
    brushes: Brushes = load(pipelines["sd"], editor=str(editor))._brushes
    painting, editing = Moving(), Moving()
    monkeypatch.setattr(torch.accelerator.memory, "empty_cache", lambda: None)
    monkeypatch.setattr(brushes, "_moves", torch.device("cuda"))
    monkeypatch.setattr(brushes, "_pipe", painting)
    monkeypatch.setattr(brushes._editor, "_loaded", (editing, None))
    brushes._to_work(editing)
    brushes._to_work(painting)
    assert (painting.at, editing.at) == (["cpu", "cuda"], ["cuda", "cpu"])


@pytest.fixture(scope="module")
def borrowing(models: Path) -> Path:
    """An editor that brings no autoencoder: its index leaves it empty."""
    torch.manual_seed(1)
    folder = models / "borrowing"
    instruct_pix2pix().save_pretrained(folder)
    index = json.loads((folder / "model_index.json").read_text())
    (folder / "model_index.json").write_text(json.dumps({**index, "vae": [None, None]}))
    shutil.rmtree(folder / "vae")
    return folder


def test_one_that_leaves_parts_out_works_with_the_painters(
    pipelines: dict[str, Path], borrowing: Path
) -> None:
    painter = load(pipelines["sd"], editor=str(borrowing))
    assert painter.paint(EDIT).model == "borrowing"
    assert painter._brushes.pick(EDIT).pipe.vae is painter._pipe.vae


def test_parts_that_the_painter_does_not_have_either_are_named(
    pipelines: dict[str, Path], borrowing: Path
) -> None:
    painter = load(pipelines["sd"], editor=str(borrowing))
    painter._pipe.register_modules(vae=None)
    with pytest.raises(LoadError, match="brings no vae"):
        painter.paint(EDIT)
