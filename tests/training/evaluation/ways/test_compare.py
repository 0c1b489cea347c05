"""The whole comparison on a folder of edits, by the shipped painter with a single step."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from model.errors import BadRequest
from model.pictures.painter import Painter
from model.tiny.render import render
from model.tiny.world import Scene, Thing
from training.config.ways_settings import WaysConfig
from training.errors import ConfigError
from training.evaluation.ways.compare import compare
from training.tiny.ways import world

torch.set_num_threads(1)
ARMS = {
    "repaint": {"way": "repaint"},
    "keep": {"way": "keep", "keep": 0.5},
    "region": {"way": "region", "mask": "true"},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    picture = render(Scene((Thing("house", "red"),)), 1)
    picture.save(tmp_path / "house.png")
    mask = np.zeros((128, 128), np.uint8)
    mask[40:110, 30:100] = 255
    Image.fromarray(mask).save(tmp_path / "mask.png")
    edit = {
        "image": "house.png", "mask": "mask.png", "instruction": "make it blue", "kind": "recolour",
        "source": "a red house in a meadow", "target": "a blue house in a meadow",
    }  # fmt: skip
    (tmp_path / "edits.jsonl").write_text(json.dumps(edit) + "\n")
    return tmp_path


def settings(folder: Path, **more: object) -> WaysConfig:
    image = {"steps": 1, "device": "cpu", "threads": 1}
    given = {"output": str(folder / "out"), "cases": str(folder), "image": image, "arms": ARMS, **more}
    return WaysConfig.model_validate(given)


def test_a_folder_is_tried_in_every_way_and_reported(folder: Path) -> None:
    told = compare(settings(folder), world, "two cores, no GPU").read_text()
    assert [line.split(" | ")[0] for line in told.splitlines() if line.startswith("| r")] == [
        "| repaint",
        "| region",
    ]
    lines = [json.loads(line) for line in (folder / "out" / "raw.jsonl").read_text().splitlines()]
    outside = {line["arm"]: line["outside"] for line in lines}
    assert outside["region"] == 0 < outside["keep"]
    assert (folder / "out" / "ways.svg").exists()
    assert Image.open(folder / "out" / "sheet.webp").size[0] == 96 * 4


def test_arms_that_the_models_cannot_serve_are_named(folder: Path) -> None:
    arms = {"edit": {"way": "edit"}, "words": {"way": "region", "mask": "words"}}
    unable = {"steps": 1, "device": "cpu", "threads": 1, "diffedit": False, "regions": ""}
    given = settings(folder, arms=arms, image=unable)
    with pytest.raises(ConfigError) as told:
        compare(given, world, "")
    assert "arms.edit" in str(told.value)
    assert "needs a model" in str(told.value)


def test_what_a_folder_does_not_say_the_presets_own_models_say(folder: Path) -> None:
    file = folder / "edits.jsonl"
    edit = json.loads(file.read_text())
    file.write_text(json.dumps({"image": edit["image"], "instruction": "make the house blue"}) + "\n")
    given = settings(folder, arms={"repaint": {"way": "repaint"}})
    compare(given, world, "")
    [[_, source, target]] = map(json.loads, (folder / "out" / "prompts.jsonl").read_text().splitlines())
    assert "house" in source
    assert "blue" in target
    file = folder / "out" / "prompts.jsonl"
    before = file.read_text()
    compare(given, world, "")
    assert file.read_text() == before


def test_what_the_models_refuse_changes_nothing_and_is_counted(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise BadRequest("The prompt has 66 tokens.")

    monkeypatch.setattr(Painter, "paint", refuse)
    compare(settings(folder, arms={"repaint": {"way": "repaint"}}), world, "")
    [line] = map(json.loads, (folder / "out" / "raw.jsonl").read_text().splitlines())
    assert (line["done"], line["kept"], line["outside"]) == (0.0, 1.0, 0.0)
