"""Loading: variants, single files as model sites offer them, and settings that a pipeline cannot have."""

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from diffusers import DiffusionPipeline, FluxTransformer2DModel, StableDiffusionPipeline
from PIL import Image
from safetensors.torch import save_file
from torch import ones

from model.engine import PaintRequest
from model.errors import ConfigError, LoadError, Unsupported
from model.loading import check_pipeline
from model.pictures.painter import Painter
from model.settings import ImageSettings
from tests.model.single_file import save_single_file

REQUEST = PaintRequest("a red house", (1,), width=64, height=64, steps=3, guidance=3.0)


def load(model: Path, **more: Any) -> Painter:
    settings: dict[str, Any] = {"steps": 3, "guidance": 3.0, "width": 64, "height": 64, "device": "cpu"}
    return Painter.load(ImageSettings(model=str(model), **{**settings, **more}))


@pytest.fixture(scope="module")
def variants(pipelines: dict[str, Path], models: Path) -> Path:
    """The small Stable Diffusion with files of variant fp16 only."""
    pipe = StableDiffusionPipeline.from_pretrained(pipelines["sd"])
    pipe.save_pretrained(models / "fp16", variant="fp16")
    return models / "fp16"


def test_a_variant_that_is_there_is_loaded(variants: Path, pipelines: dict[str, Path]) -> None:
    plain, fp16 = load(pipelines["sd"]), load(variants, variant="fp16")
    assert _pixels(plain.paint(REQUEST).pictures[0].png) == _pixels(fp16.paint(REQUEST).pictures[0].png)


def test_a_variant_that_is_missing_is_said_with_those_that_are_there(
    variants: Path, pipelines: dict[str, Path]
) -> None:
    with pytest.raises(LoadError, match=r"""no files of variant = "fp16": set variant = "" for its plain"""):
        load(pipelines["sd"], variant="fp16")
    with pytest.raises(LoadError, match="set variant = 'fp16', or"):
        load(variants, variant="bf16")


@pytest.fixture(scope="module")
def single(pipelines: dict[str, Path], models: Path) -> Path:
    """The small Stable Diffusion as one file."""
    pipe = StableDiffusionPipeline.from_pretrained(pipelines["sd"])
    return save_single_file(pipe, models / "merged_v3.safetensors")


def test_a_single_file_paints_what_its_folder_does(
    single: Path, pipelines: dict[str, Path], models: Path
) -> None:
    configs = models / "configs"
    shutil.copytree(pipelines["sd"], configs, ignore=shutil.ignore_patterns("*.safetensors"))
    check_pipeline(str(single))
    painter = load(single, config=str(configs))
    assert painter.name == "merged_v3.safetensors"
    assert painter.family.capabilities == load(pipelines["sd"]).family.capabilities
    from_file, from_folder = (one.paint(REQUEST).pictures[0].png for one in (painter, load(pipelines["sd"])))
    assert _pixels(from_file) == _pixels(from_folder)


def _pixels(png: bytes) -> bytes:
    return Image.open(io.BytesIO(png)).tobytes()


def test_without_a_config_the_familys_own_is_asked_of_the_hub(
    single: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(where: str) -> dict[str, Any]:
        raise OSError(f"cannot reach the hub for {where}")

    monkeypatch.setattr(DiffusionPipeline, "load_config", unreachable)
    with pytest.raises(LoadError, match=r"that of stable-diffusion-v1-5/.*set config to a folder"):
        load(single)


def test_files_that_are_no_checkpoints_are_refused_in_words(tmp_path: Path) -> None:
    pickled = tmp_path / "old.ckpt"
    pickled.write_bytes(b"pickle")
    with pytest.raises(LoadError, match="could run any code"):
        load(pickled)
    with pytest.raises(LoadError, match="the file does not exist"):
        load(tmp_path / "gone.safetensors")
    cut = tmp_path / "cut.safetensors"
    cut.write_bytes(b"\x08\0\0\0\0\0\0\0{}")
    with pytest.raises(LoadError, match="download it again"):
        load(cut)
    lora = tmp_path / "lora.safetensors"
    save_file({"lora_unet_mid.lora_down.weight": ones(1)}, lora)
    with pytest.raises(LoadError, match=r"is a LoRA: name it in \[image\] loras"):
        load(lora)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("HeliosPipeline", "makes videos"),
        ("StableCascadeCombinedPipeline", "no longer offers the class of its decoder"),
        ("WuerstchenCombinedPipeline", "no longer offers the class of its decoder"),
        ("StableDiffusionControlNetPipeline", "needs a picture that guides it"),
        ("TomorrowsPipeline", "has no TomorrowsPipeline"),
    ],
)
def test_pipelines_that_words_do_not_serve_are_refused(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "model_index.json").write_text(json.dumps({"_class_name": name}))
    (tmp_path / "weights.safetensors").touch()
    with pytest.raises(LoadError, match=said):
        load(tmp_path)


@pytest.mark.parametrize(
    ("family", "more", "said"),
    [
        ("sd", {"offload": "model"}, 'offload = "model" is for GPUs only'),
        ("sd", {"guidance": 1.0, "negative_prompt": "blurry"}, "looked at only with guidance above 1"),
        ("sd", {"variant": "fp16"}, "no files of variant"),
    ],
)
def test_settings_without_effect_are_refused_at_the_start(
    pipelines: dict[str, Path], family: str, more: dict[str, Any], said: str
) -> None:
    with pytest.raises((ConfigError, LoadError), match=said):
        load(pipelines[family], **more)


def test_flux_without_embedded_guidance_takes_none(pipelines: dict[str, Path], tmp_path: Path) -> None:
    schnell = shutil.copytree(pipelines["flux"], tmp_path / "schnell")
    config = {**FluxTransformer2DModel.load_config(schnell / "transformer"), "guidance_embeds": False}
    FluxTransformer2DModel.from_config(config).save_pretrained(schnell / "transformer")
    with pytest.raises(ConfigError, match="distilled without guidance: set guidance = 0"):
        load(schnell)
    painter = load(schnell, guidance=0.0)
    with pytest.raises(Unsupported, match="set guidance = 0"):
        painter.paint(REQUEST)
