"""Looks by name: LoRA weights over a pipeline change its pictures, and taken off leave it as it was."""

import dataclasses
import io
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image

from model.engine import PaintRequest
from model.errors import BadRequest, LoadError
from model.pictures.painter import Painter
from model.pictures.png_metadata import read_parameters
from model.settings import ImageSettings

REQUEST = PaintRequest("a red house", (1,), width=64, height=64, steps=2, guidance=3.0)
COMIC = dataclasses.replace(REQUEST, lora="comic v1.0")


@pytest.fixture(scope="module")
def loras(pipelines: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Two sets of random LoRA weights for the small Stable Diffusion, as diffusers' trainers save them."""
    from diffusers import StableDiffusionPipeline
    from peft import LoraConfig
    from peft.utils import get_peft_model_state_dict

    folder = tmp_path_factory.mktemp("loras")
    pipe = StableDiffusionPipeline.from_pretrained(pipelines["sd"])
    for name, seed in (("comic", 1), ("oil", 2)):
        torch.manual_seed(seed)
        config = LoraConfig(r=2, init_lora_weights=False, target_modules=["to_q", "to_v"])
        pipe.unet.add_adapter(config, adapter_name=name)
        layers = get_peft_model_state_dict(pipe.unet, adapter_name=name)
        StableDiffusionPipeline.save_lora_weights(
            folder / name, unet_lora_layers={key: 20 * value for key, value in layers.items()}
        )
        pipe.unet.delete_adapters(name)
    return {"comic v1.0": str(folder / "comic"), "oil": str(folder / "oil")}


def painter(folder: Path, loras: dict[str, str]) -> Painter:
    settings: dict[str, Any] = {"steps": 2, "guidance": 3.0, "width": 64, "height": 64, "device": "cpu"}
    return Painter.load(ImageSettings(model=str(folder), loras=loras, **settings))


def test_a_look_changes_pictures_and_goes_again(pipelines: dict[str, Path], loras: dict[str, str]) -> None:
    plain = painter(pipelines["sd"], {}).paint(REQUEST).pictures[0].png
    several = painter(pipelines["sd"], loras)
    assert several.paint(REQUEST).pictures[0].png == plain
    comic = several.paint(COMIC)
    oil = several.paint(dataclasses.replace(REQUEST, lora="oil"))
    assert len({plain, comic.pictures[0].png, oil.pictures[0].png}) == 3
    assert several.paint(REQUEST).pictures[0].png == plain
    assert several.paint(COMIC).pictures[0].png == comic.pictures[0].png
    assert comic.model == "small-sd + comic v1.0"
    written = read_parameters(comic.pictures[0].png)
    assert written is not None
    assert written.model == comic.model


def test_a_look_also_paints_over_a_picture(pipelines: dict[str, Path], loras: dict[str, str]) -> None:
    several = painter(pipelines["sd"], loras)
    start = several.paint(REQUEST).pictures[0].png
    over = dataclasses.replace(REQUEST, way="keep", init_image=start, keep=0.3)
    plain = several.paint(over).pictures[0].png
    assert several.paint(dataclasses.replace(over, lora="oil")).pictures[0].png != plain
    assert several.paint(over).pictures[0].png == plain


def test_a_look_that_is_not_there_is_refused(pipelines: dict[str, Path], loras: dict[str, str]) -> None:
    with pytest.raises(BadRequest, match='no model "crayon"'):
        painter(pipelines["sd"], loras).paint(dataclasses.replace(REQUEST, lora="crayon"))


def test_what_is_no_lora_of_the_pipeline_is_said_at_the_start(
    pipelines: dict[str, Path], loras: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "pytorch_lora_weights.bin").write_bytes(b"pickle")
    with pytest.raises(LoadError, match="There is no LoRA at"):
        painter(pipelines["sd"], {"evil": str(tmp_path)})
    with pytest.raises(LoadError, match="LoRA"):
        painter(pipelines["sdxl"], {"comic": loras["oil"]})


def test_a_look_may_be_one_file(pipelines: dict[str, Path], loras: dict[str, str]) -> None:
    (file,) = Path(loras["oil"]).glob("*.safetensors")
    by_file = painter(pipelines["sd"], {"oil": str(file)}).paint(dataclasses.replace(REQUEST, lora="oil"))
    by_folder = painter(pipelines["sd"], loras).paint(dataclasses.replace(REQUEST, lora="oil"))
    assert by_file.pictures == by_folder.pictures


def test_of_several_looks_in_a_folder_none_is_taken_silently(
    pipelines: dict[str, Path], loras: dict[str, str], tmp_path: Path
) -> None:
    for name in ("comic", "oil"):
        (file,) = Path(loras["oil"]).glob("*.safetensors")
        (tmp_path / f"{name}.safetensors").write_bytes(file.read_bytes())
    with pytest.raises(LoadError, match=r"\(comic.safetensors, oil.safetensors\): name one of these files"):
        painter(pipelines["sd"], {"look": str(tmp_path)})


def test_several_looks_lie_over_each_other_by_weight(
    pipelines: dict[str, Path], loras: dict[str, str]
) -> None:
    several = painter(pipelines["sd"], loras)

    def png(mix: str) -> bytes:
        return several.paint(dataclasses.replace(REQUEST, lora=mix)).pictures[0].png

    pixels = [read_pixels(png(mix)) for mix in ("oil", "oil:0.5", "comic v1.0 + oil", "comic v1.0 + oil:0.5")]
    assert len(set(pixels)) == 4
    # the order of the names changes nothing, and a weight does not outlive its picture
    assert read_pixels(png("oil + comic v1.0")) == pixels[2]
    assert read_pixels(png("oil")) == pixels[0]
    painted = several.paint(dataclasses.replace(REQUEST, lora="comic v1.0 + oil:0.5"))
    assert painted.model == "small-sd + comic v1.0 + oil:0.5"


def read_pixels(png: bytes) -> bytes:
    return Image.open(io.BytesIO(png)).tobytes()
