"""`check` of every preset, on a machine without a GPU and on one without a hub: the truth, and at once."""

from pathlib import Path

import huggingface_hub.constants
import pytest

from bot.cli import check as command
from bot.cli.check import check
from bot.ops.preflight import model_findings
from bot.settings import Settings
from bot.settings.sections import PresetSettings, StoreSettings
from model import hardware
from model.loading import is_local
from model.presets import PRESETS

HUB_PRESETS = [name for name in PRESETS if name != "tiny"]


@pytest.fixture
def no_hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is in the cache, and nothing answers where the hub is said to be."""
    monkeypatch.setattr(huggingface_hub.constants, "ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "hub"))


def has_gpu(monkeypatch: pytest.MonkeyPatch, *, yes: bool) -> None:
    """Let the drivers of this machine say so."""
    for maker in ("_nvidia", "_amd", "_intel", "_apple"):
        monkeypatch.setattr(hardware, maker, lambda: yes)


def settings(name: str, folder: Path) -> Settings:
    return Settings(preset=PresetSettings(name=name), store=StoreSettings(data_dir=folder / "data"))


@pytest.mark.usefixtures("no_hub")
@pytest.mark.parametrize("name", HUB_PRESETS)
def test_without_a_gpu_a_preset_of_the_hub_is_refused_and_nothing_loaded(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    has_gpu(monkeypatch, yes=False)
    monkeypatch.setattr(command, "engine_for", None)  # to load anything would fail
    assert check(settings(name, tmp_path), Path("bot.toml")) == 1
    said = [line for line in capsys.readouterr().out.splitlines() if line.startswith("!!  models")]
    assert len(said) == 1
    assert "tiny" in said[0]


@pytest.mark.usefixtures("no_hub")
@pytest.mark.parametrize("name", HUB_PRESETS)
def test_without_a_hub_every_model_of_a_preset_is_named_and_nothing_loaded(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    has_gpu(monkeypatch, yes=True)
    monkeypatch.setattr(command, "engine_for", None)
    assert check(settings(name, tmp_path), Path("bot.toml")) == 1
    said = capsys.readouterr().out
    models = settings(name, tmp_path).models()
    for subject, model in (
        ("llm", models.llm.model),
        ("image", models.image.model),
        ("captioner", models.captioner.model),
        ("safety", models.safety.classifier),
    ):
        assert not is_local(model)
        assert (
            f"!!  {subject:<12} {model} is not in the cache: this machine does not reach the model hub"
            in said
        )


@pytest.mark.usefixtures("no_hub")
def test_the_embedded_preset_needs_neither(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    has_gpu(monkeypatch, yes=False)
    found = model_findings(settings("tiny", tmp_path))
    assert [finding.subject for finding in found] == ["llm", "image", "regions", "captioner"]
    assert all(finding.good for finding in found)


@pytest.mark.parametrize(
    ("section", "values", "subject", "said"),
    [
        ("captioner", {"kind": "caption", "model": "./nowhere"}, "captioner", "no captioner at ./nowhere"),
        ("captioner", {"model": "./nowhere"}, "captioner", "no captioner at ./nowhere"),
        ("safety", {"text_classifier": "./nowhere"}, "safety", "no classifier at ./nowhere"),
        ("image", {"loras": {"comic": "./nowhere"}}, "LoRA", "no LoRA at ./nowhere"),
        ("image", {"upscaler": "./4x.safetensors"}, "upscaler", "no upscaler at ./4x.safetensors"),
        ("image", {"upscaler": "maker/networks/4x.pth"}, "upscaler", "no .safetensors file"),
        ("image", {"config": "./nowhere"}, "models", "config is for a single .safetensors file"),
        ("llm", {"model": "owner/some-7b-GGUF"}, "llm", "in the format GGUF"),
        ("image", {"scheduler": "NoSuch"}, "image", "does not fit this model: choose one of"),
        ("image", {"variant": "fp16"}, "image", 'no files of variant = "fp16"'),
        ("image", {"device": "cpu", "dtype": "float16"}, "image", "for GPUs only"),
        ("image", {"device": "cpu", "offload": "model"}, "image", "for GPUs only"),
        ("safety", {"text_unwanted": ("gore",)}, "models", "text_unwanted has no effect without text_cl"),
        ("safety", {"threshold": 0.5}, "models", "threshold has no effect without depicted"),
        ("safety", {"harmless": ("a tree",)}, "models", "harmless has no effect without depicted"),
    ],
)
def test_whatever_is_named_is_looked_for_and_nothing_is_ignored(
    tmp_path: Path, section: str, values: dict[str, object], subject: str, said: str
) -> None:
    store = {"data_dir": tmp_path / "data"}
    found = model_findings(Settings.model_validate({"store": store, section: values}))
    assert [(f.subject, said in f.text) for f in found if not f.good] == [(subject, True)]


@pytest.mark.usefixtures("no_hub")
@pytest.mark.parametrize("name", ["maker/networks", "maker/networks/4x.safetensors"])
def test_an_upscaler_of_the_hub_is_looked_for_in_the_cache_first(tmp_path: Path, name: str) -> None:
    store, image = {"data_dir": tmp_path / "data"}, {"upscaler": name}
    asked = Settings.model_validate({"store": store, "image": image})

    def found() -> tuple[bool, str]:
        [finding] = [one for one in model_findings(asked) if one.subject == "upscaler"]
        return finding.good, finding.text

    good, text = found()
    assert not good
    assert "does not reach the model hub" in text
    kept = tmp_path / "hub" / "models--maker--networks"
    (kept / "refs").mkdir(parents=True)
    (kept / "refs" / "main").write_text("abc")
    (kept / "snapshots" / "abc").mkdir(parents=True)
    (kept / "snapshots" / "abc" / "4x.safetensors").touch()
    assert found() == (True, "maker/networks is in the hub's cache here")
