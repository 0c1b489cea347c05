"""An ESRGAN with random weights, saved as people have them: tiles give what the whole gives."""

import io
from pathlib import Path
from typing import Any

import huggingface_hub.constants
import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import save_file
from spandrel.architectures.ESRGAN import ESRGAN

from model.engine import PaintRequest
from model.errors import BadRequest, LoadError
from model.pictures.painters import Painters
from model.pictures.png_metadata import read_parameters
from model.pictures.upscaler import Upscaler
from model.settings import ImageSettings


def settings(upscaler: Path | str, model: Path | str = "nowhere") -> ImageSettings:
    values: dict[str, Any] = {"steps": 2, "guidance": 3.0, "width": 64, "height": 64, "device": "cpu"}
    return ImageSettings(model=str(model), upscaler=str(upscaler), **values)


def saved(folder: Path, scale: int) -> Path:
    """What trainers save: the tensors of the network, under the names that spandrel knows it by."""
    torch.manual_seed(scale)
    path = folder / f"{scale}x-small.safetensors"
    save_file(dict(ESRGAN(num_filters=8, num_blocks=1, scale=scale).state_dict()), path)
    return path


@pytest.fixture(scope="module", params=[2, 4])
def upscaler(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Upscaler:
    return Upscaler.load(settings(saved(tmp_path_factory.mktemp("upscalers"), request.param)))


def noise(width: int, height: int) -> Image.Image:
    random = np.random.default_rng(3)
    return Image.fromarray(random.integers(0, 256, (height, width, 3), dtype=np.uint8))


def test_tiles_give_the_picture_that_the_whole_gives(upscaler: Upscaler) -> None:
    picture = noise(150, 90)
    whole = upscaler.upscale(picture)
    tiled = upscaler.upscale(picture, tile=32)
    assert whole.size == tiled.size
    # convolutions of other sizes may round the last bit otherwise
    difference = np.abs(np.asarray(whole, dtype=int) - np.asarray(tiled, dtype=int))
    assert difference.max() <= 1
    assert (difference > 0).mean() < 0.001


def test_without_the_margin_seams_would_be_seen(upscaler: Upscaler) -> None:
    bare = Upscaler(upscaler._model, "bare")
    bare.margin = 0
    picture = noise(150, 90)
    difference = np.abs(np.asarray(upscaler.upscale(picture), dtype=int) - bare.upscale(picture, tile=32))
    assert difference.max() > 1


def test_a_request_is_enlarged_to_its_size_with_its_words(pipelines: dict[str, Path], tmp_path: Path) -> None:
    file = saved(tmp_path, 4)
    painters = Painters.load(settings(file, pipelines["sd"]), {})
    assert painters.infos()[""].capabilities.upscale == 4
    buffer = io.BytesIO()
    noise(64, 72).save(buffer, "PNG")
    asked = PaintRequest(
        "a fox", (7,), 128, 144, 2, 3.0, "", buffer.getvalue(), 0.9, way="keep", upscale=True
    )
    result = painters.paint(asked)
    assert result.model == "small-sd + 4x-small"
    [picture] = result.pictures
    assert Image.open(io.BytesIO(picture.png)).size == (128, 144) == (picture.width, picture.height)
    written = read_parameters(picture.png)
    assert written is not None
    assert (written.prompt, written.seed, written.model) == ("a fox", 7, "small-sd + 4x-small")


def test_without_an_upscaler_it_is_no_ability(pipelines: dict[str, Path]) -> None:
    assert not Painters.load(settings("", pipelines["sd"]), {}).infos()[""].capabilities.upscale


def test_what_is_no_upscaler_is_refused(pipelines: dict[str, Path], tmp_path: Path) -> None:
    (tmp_path / "net.pth").write_bytes(b"pickle")
    with pytest.raises(LoadError, match=r"no \.safetensors file"):
        Upscaler.load(settings(tmp_path / "net.pth"))
    with pytest.raises(LoadError, match="does not exist"):
        Painters.load(settings("./nowhere.safetensors", pipelines["sd"]), {})
    [vae] = (pipelines["sd"] / "vae").glob("*.safetensors")
    with pytest.raises(LoadError, match="upscaler"):  # at the start, and not by the first picture
        Painters.load(settings(vae, pipelines["sd"]), {})


def test_one_of_the_hub_is_loaded_from_its_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path))
    cached = tmp_path / "models--maker--networks"
    (cached / "refs").mkdir(parents=True)
    (cached / "refs" / "main").write_text("abc")
    (cached / "snapshots" / "abc").mkdir(parents=True)
    saved(cached / "snapshots" / "abc", 2)
    for name in ("maker/networks", "maker/networks/2x-small.safetensors"):
        upscaler = Upscaler.load(settings(name))
        assert (upscaler.name, upscaler.scale) == ("2x-small", 2)


def test_several_pictures_at_once_are_refused(pipelines: dict[str, Path], tmp_path: Path) -> None:
    painters = Painters.load(settings(saved(tmp_path, 2), pipelines["sd"]), {})
    with pytest.raises(BadRequest):
        painters.paint(PaintRequest("a fox", (1, 2), 128, 128, 2, 3.0, upscale=True))
