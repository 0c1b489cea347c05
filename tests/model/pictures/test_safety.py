"""Rules about words, however they are written, and the classifier of pictures."""

from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from model.errors import LoadError, PictureRefused, PromptRefused
from model.pictures.safety import ClipCheck, PictureClassifier, PromptRules, fold, load_picture_check
from model.settings import ADULT_WORDS, CHECKPOINTS, SafetyRule, SafetySettings
from model.tiny.render import render
from model.tiny.world import Scene, Thing

RULES = PromptRules.of(
    SafetyRule(reason="gore", words=("gore", "cut off head", "bleed*")),
    SafetyRule(reason="cats in boxes", words=("cat", "cats"), together_with=("box", "boxes")),
)


@pytest.mark.parametrize(
    "text",
    [
        "gore", "GORE!", "some gore, please", "g0re", "gоrе", "g\u200bore", "ｇｏｒｅ", "𝐠𝐨𝐫𝐞", "góre",
        "a cut-off  head", "bleeding", "a cat in a box", "boxes full of cats",
    ],
)  # fmt: skip
def test_refused_however_it_is_written(text: str) -> None:
    with pytest.raises(PromptRefused, match="because of"):
        RULES.check(text)


@pytest.mark.parametrize(
    "text", ["", "al gorean", "category of boxes", "a cat", "a box", "cut the head", "🦊"]
)
def test_words_within_words_and_half_rules_are_no_reason(text: str) -> None:
    RULES.check(text)


def test_the_reason_is_in_the_message() -> None:
    with pytest.raises(PromptRefused, match="because of cats in boxes"):
        RULES.check("cat, box")


@pytest.mark.parametrize("text", ["a naked toddler", "lolicon", "s3xy schoolgirl", "ＮＵＤＥ children"])
def test_the_rules_that_every_preset_has(text: str) -> None:
    with pytest.raises(PromptRefused, match="minors"):
        PromptRules(SafetySettings()).check(text)


@pytest.mark.parametrize(
    "text", ["a child with a kite", "nude statue of Venus in Essex", "two kids playing chess", "a minor key"]
)
def test_what_they_let_pass(text: str) -> None:
    PromptRules(SafetySettings()).check(text)


@given(st.text(max_size=80))
def test_folding_is_stable_and_leaves_words_only(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert fold(folded) == fold(fold(folded))


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_forbidden_word_is_found_between_any_others(before: str, after: str) -> None:
    with pytest.raises(PromptRefused):
        RULES.check(f"{before} gore {after}")


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
    classify(classifier_folder, unwanted=("cats",))


def test_a_classifier_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="picture classifier"):
        classify(tmp_path)


@pytest.mark.parametrize(
    ("text", "adult"), [("a nude woman", True), ("n4ked", True), ("a denuded hill", False)]
)
def test_adult_words_are_told_and_not_refused_here(text: str, adult: bool) -> None:
    rules = PromptRules.of(SafetyRule(reason="adult words", words=ADULT_WORDS))
    assert rules.find(text) == ("adult words" if adult else "")


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
