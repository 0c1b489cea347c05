"""Judges that nothing is trained towards: by name, by package, and on pictures whose truth is known."""

import sys
from types import ModuleType, SimpleNamespace

import pytest
from PIL import Image

from model.tiny.grammar import parse
from model.tiny.render import render
from training.errors import ConfigError
from training.rewards.independent import load_independent

WISH = "a red house in a meadow at night"


def test_tinyworlds_judge_prefers_the_picture_that_shows_the_wish() -> None:
    judge = load_independent("tinyworld")
    right, wrong = judge([render(parse(WISH), 1), render(parse("a blue boat at sea"), 1)], [WISH, WISH])
    assert right > 0.8
    assert wrong < 0.6


def test_imagereward_is_asked_through_its_own_package(monkeypatch: pytest.MonkeyPatch) -> None:
    package = ModuleType("ImageReward")
    scored = SimpleNamespace(score=lambda text, image: len(text) + image.width)
    monkeypatch.setattr(package, "load", lambda _: scored, raising=False)
    monkeypatch.setitem(sys.modules, "ImageReward", package)
    assert load_independent("imagereward")([Image.new("RGB", (8, 8))], ["fox"]) == [11.0]


def test_a_missing_package_and_an_unknown_name_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hpsv3", None)
    with pytest.raises(ConfigError, match="hpsv3"):
        load_independent("hpsv3")
    with pytest.raises(ConfigError, match="known are tinyworld"):
        load_independent("nobody")
