"""Presets, what lies over them, and the words for what cannot be used."""

import re

import pytest

from model.errors import ConfigError
from model.presets import PRESETS, resolve


def test_the_default_preset_needs_nothing() -> None:
    settings = resolve("tiny", has_gpu=lambda: False)
    assert settings.llm.model.endswith("checkpoints/diffchat")
    assert (settings.image.width, settings.image.height) == (128, 128)
    assert "watercolour" in settings.styles


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_resolves_where_there_is_a_gpu_and_says_what_it_needs(name: str) -> None:
    settings = resolve(name, has_gpu=lambda: True)
    assert settings.preset == name
    assert re.search(r"CPU|GPU with \d+ GB", PRESETS[name].needs)


def test_given_values_lie_over_the_presets_and_auto_keeps_them() -> None:
    settings = resolve(
        "tiny", {"temperature": 0.5, "model": "auto"}, {"steps": 8, "guidance": "auto"}, has_gpu=lambda: False
    )
    assert settings.llm.temperature == 0.5
    assert settings.llm.model == PRESETS["tiny"].llm.model
    assert settings.image.steps == 8
    assert settings.image.guidance == PRESETS["tiny"].image.guidance


def test_an_unknown_preset_lists_the_known_ones() -> None:
    with pytest.raises(ConfigError, match=r'no preset "huge": choose one of tiny, sd15'):
        resolve("huge")


def test_all_wrong_values_are_named_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        resolve("tiny", {"quantization": "int3", "colour": 1}, {"width": 100, "steps": 0})
    for part in ("llm.quantization = 'int3'", "llm.colour", "image.width = 100", "image.steps = 0"):
        assert part in str(caught.value)


@pytest.mark.parametrize("name", [name for name, preset in PRESETS.items() if preset.image.device == "gpu"])
def test_a_gpu_preset_without_a_gpu_names_the_one_that_fits(name: str) -> None:
    with pytest.raises(ConfigError, match=rf'"{name}" needs a GPU.*"tiny", which runs on any CPU'):
        resolve(name, has_gpu=lambda: False)


def test_on_a_cpu_a_presets_weights_are_whole_unless_the_operator_says_otherwise() -> None:
    assert resolve("sdxl", has_gpu=lambda: True).llm.quantization == "nf4"
    assert resolve("sdxl", llm={"device": "cpu"}, has_gpu=lambda: True).llm.quantization == "none"
    chosen = {"device": "cpu", "quantization": "nf4"}
    asked = resolve("sdxl", llm=chosen, has_gpu=lambda: True)
    assert asked.llm.quantization == "nf4"


def test_on_a_cpu_with_4bit_kernels_a_presets_weights_stay_in_4_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.presets.has_4bit_kernels", lambda: True)
    assert resolve("sdxl", llm={"device": "cpu"}, has_gpu=lambda: True).llm.quantization == "nf4"


def test_a_gpu_preset_may_be_put_on_the_cpu_knowingly() -> None:
    settings = resolve("sd15", {"device": "cpu"}, {"device": "cpu"}, has_gpu=lambda: False)
    assert settings.image.device == "cpu"


def test_asking_for_a_gpu_that_is_not_there_is_told() -> None:
    with pytest.raises(ConfigError, match=r'device = "cuda", and this machine has no GPU.*of a bot\.toml'):
        resolve("tiny", image={"device": "cuda"}, has_gpu=lambda: False)


def test_settings_cannot_be_changed() -> None:
    settings = resolve("tiny", has_gpu=lambda: False)
    with pytest.raises(ValueError, match="frozen"):
        settings.image.steps = 3
