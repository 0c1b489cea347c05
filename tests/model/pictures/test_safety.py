"""The checks of painted pictures."""

from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image

from model.errors import LoadError, PictureRefused
from model.pictures.safety import ClipCheck, PictureClassifier, load_picture_check
from model.settings import CHECKPOINTS, SafetySettings
from model.tiny.render import render
from model.tiny.world import Scene, Thing


@pytest.fixture(scope="module")
def classifier_folder(models: Path) -> Path:
    """A small random image classifier whose head always says the second of its two labels."""
    from transformers import ViTConfig, ViTForImageClassification, ViTImageProcessor

    torch.manual_seed(0)
    config = ViTConfig(
        hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16, image_size=32,
        patch_size=16, id2label={0: "normal", 1: "NSFW"}, label2id={"normal": 0, "NSFW": 1},
    )  # fmt: skip
    model = ViTForImageClassification(config)
    torch.nn.init.zeros_(model.classifier.weight)
    model.classifier.bias.data = torch.tensor([0.0, 3.0])
    folder = models / "classifier"
    model.save_pretrained(folder)
    ViTImageProcessor(size={"height": 32, "width": 32}).save_pretrained(folder)
    return folder


def classify(folder: Path, **more: Any) -> None:
    settings = SafetySettings(classifier=str(folder), **more)
    PictureClassifier.load(settings).check(Image.new("RGB", (40, 50), "red"))


def test_the_classifier_refuses_what_it_is_sure_of(classifier_folder: Path) -> None:
    with pytest.raises(PictureRefused, match=r'looks like "NSFW" \(95%\)'):
        classify(classifier_folder, threshold=0.9)
    classify(classifier_folder, threshold=0.96)
    classify(classifier_folder, unwanted=("cats", "normal"))


def test_a_classifier_that_could_refuse_nothing_is_told(classifier_folder: Path) -> None:
    with pytest.raises(LoadError, match="name some of normal, NSFW"):
        classify(classifier_folder, unwanted=("cats",))


def test_a_classifier_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="picture classifier"):
        classify(tmp_path)


@pytest.fixture(scope="module")
def no_foxes() -> ClipCheck:
    """The embedded CLIP, told that foxes are unwanted."""
    harmless = ("a picture", "a meadow", "a beach")
    return ClipCheck.load(
        SafetySettings(clip=str(CHECKPOINTS / "clip"), depicted=("a fox",), harmless=harmless, threshold=0.5)
    )


def drawn(noun: str, seed: int) -> Image.Image:
    return render(Scene((Thing(noun, "red"),), place="meadow"), seed)


@pytest.mark.parametrize("seed", range(3))
def test_clip_tells_pictures_of_unwanted_things_from_others(no_foxes: ClipCheck, seed: int) -> None:
    with pytest.raises(PictureRefused, match=r'looks like "a fox" \(\d+%\)'):
        no_foxes.check(drawn("fox", seed))
    for noun in ("house", "boat", "car"):
        no_foxes.check(drawn(noun, seed))


def test_without_a_classifier_and_without_unwanted_texts_nothing_is_loaded() -> None:
    assert load_picture_check(SafetySettings(clip="nowhere at all")) is None


def test_the_first_of_several_checks_that_refuses_says_why(classifier_folder: Path) -> None:
    checks = load_picture_check(
        SafetySettings(
            classifier=str(classifier_folder),
            clip=str(CHECKPOINTS / "clip"),
            depicted=("a fox",),
            harmless=("a beach",),
            threshold=0.9,
        )
    )
    assert checks is not None
    with pytest.raises(PictureRefused, match="NSFW"):
        checks.check(drawn("fox", 0))
