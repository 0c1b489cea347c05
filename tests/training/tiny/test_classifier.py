"""The judge of pictures: what it is taught, what it reads, and that it can learn from renders."""

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from model.tiny.render import render
from model.tiny.world import COLOURS, NOUNS, Scene, Thing
from training.tiny import classifier
from training.tiny.classifier import Classifier, ClassifierRecipe, Reading, Truth, held_out_scenes
from training.tiny.data import HELD_OUT, scene_of
from training.tiny.muon import Muon

FOX = Scene((Thing("fox", "orange"), Thing("boat", "blue", count=2)), place="sea", time="night")


def test_the_truth_of_scenes_names_only_what_is_there() -> None:
    truth = Truth.of([FOX, Scene()])
    assert truth.nouns.sum(1).tolist() == [2, 0]
    assert truth.colours[0, NOUNS.index("fox")] == COLOURS.index("orange")
    assert truth.counts[0, NOUNS.index("boat")] == 1
    assert (truth.colours[1] == -1).all()


def test_a_reading_shows_a_scene_when_things_colours_and_setting_agree() -> None:
    chances = dict.fromkeys(NOUNS, 0.1) | {"fox": 0.9, "boat": 0.8}
    colours = dict.fromkeys(NOUNS, "red") | {"fox": "orange", "boat": "blue"}
    seen = Reading(chances, colours, dict.fromkeys(NOUNS, 1), "sea", "night", "clear", "flat")
    assert seen.nouns(2) == {"fox", "boat"}
    assert seen.shows(FOX)
    for field, value in (("place", "city"), ("style", "neon"), ("colours", {**colours, "boat": "red"})):
        other = {**{name: getattr(seen, name) for name in seen.__dataclass_fields__}, field: value}
        assert not Reading(**other).shows(FOX)


def test_spoiling_keeps_shape_and_range() -> None:
    pictures = classifier.tensor_of([render(FOX, 0)])
    spoilt = classifier.spoil(pictures, np.random.default_rng(0))
    assert spoilt.shape == pictures.shape
    assert spoilt.abs().max() < 2
    assert not torch.equal(spoilt, pictures)


def test_it_learns_to_tell_two_renders_apart() -> None:
    torch.manual_seed(0)
    scenes = [FOX, Scene((Thing("car", "red"),), place="city", style="sketch")]
    model = Classifier(ClassifierRecipe(channels=(16, 16, 16, 16)))
    shown, truth = classifier.tensor_of([render(scene, 0) for scene in scenes]), Truth.of(scenes)
    optimizer = Muon(model.named_parameters(), 1e-2)
    for _ in range(60):
        optimizer.zero_grad()
        classifier.loss_of(model(shown), truth).backward()
        optimizer.step()
    readings = classifier.read(model.eval(), [render(scene, 0) for scene in scenes])
    assert all(reading.shows(scene) for reading, scene in zip(readings, scenes, strict=True))


def test_pictures_of_any_size_and_mode_are_read() -> None:
    readings = classifier.read(Classifier(), [Image.new("L", (64, 200)), Image.new("RGBA", (128, 128))])
    assert len(readings) == 2


def test_held_out_scenes_are_those_no_training_sees() -> None:
    scenes = held_out_scenes(20)
    assert len(scenes) == 20
    assert all(scene.things for scene in scenes)
    assert scenes[0] in [scene_of(0, HELD_OUT + 1000 + i) for i in range(3)]


def test_a_missing_classifier_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="training tiny classifier"):
        classifier.load(tmp_path)
