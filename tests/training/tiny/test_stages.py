"""Every stage of `python -m training tiny`, a few steps at tiny sizes, through to checkpoints that load."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import open_clip
import pytest
import torch
from diffusers import AutoencoderKL, StableDiffusionImg2ImgPipeline, StableDiffusionPipeline
from safetensors.torch import load_file

from training.__main__ import main
from training.tiny import autoencoder, clip, unet
from training.tiny.data import Pictures, make, scene_of
from training.tiny.export import export
from training.tiny.loop import Run

torch.set_num_threads(1)
PICTURES = 24
AUTOENCODER = autoencoder.AutoencoderRecipe(channels=(32, 64, 128, 128), batch=2, steps=3)
CLIP = clip.ClipRecipe(
    embed=32, image_width=64, image_layers=1, text_width=64, text_heads=1, text_layers=1,
    batch=6, group=2, text_steps=3, image_steps=3,
)  # fmt: skip
UNET = unet.UNetRecipe(channels=(32, 64), head=32, batch=4, steps=3, sheet=1, sampling=1)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A work folder in which every stage has run."""
    folder = tmp_path_factory.mktemp("tiny")
    make(folder / "data", PICTURES, seed=0, processes=1)
    clip.train_text(folder / "data", folder, CLIP)
    autoencoder.train(folder / "data", folder, AUTOENCODER)
    unet.train(folder / "data", folder, UNET)
    clip.train_image(folder / "data", folder, CLIP)
    return folder


def test_pictures_and_scenes_belong_together(out: Path) -> None:
    pictures = Pictures.load(out / "data")
    assert pictures.scenes == [scene_of(0, i) for i in range(PICTURES)]
    assert pictures.tensor(np.array([0, 5])).shape == (2, 3, 128, 128)


def test_sample_sheets_are_painted_beside_their_prompts(out: Path) -> None:
    sheets = sorted((out / "samples").glob("*.png"))
    assert sheets
    assert len(sheets[0].with_suffix(".txt").read_text().splitlines()) == UNET.sheet


def test_exported_checkpoints_load_with_the_stock_code(out: Path, tmp_path: Path) -> None:
    export(out, tmp_path)
    pipe = StableDiffusionPipeline.from_pretrained(tmp_path / "sd")
    pipe.set_progress_bar_config(disable=True)
    picture = pipe("a red house in a meadow", num_inference_steps=2).images[0]
    assert picture.size == (128, 128)
    again = StableDiffusionImg2ImgPipeline(**pipe.components)
    again.set_progress_bar_config(disable=True)
    assert again("a red house at night", image=picture, strength=0.5, num_inference_steps=4).images[
        0
    ].size == (128, 128)
    name = f"local-dir:{tmp_path / 'clip'}"
    model, _, prepare = open_clip.create_model_and_transforms(name)
    tokens = open_clip.get_tokenizer(name)(["a red house in a meadow"])
    with torch.no_grad():
        assert model.encode_image(prepare(picture)[None]).shape == (1, CLIP.embed)
        assert pipe.text_encoder(tokens).pooler_output.shape == (1, CLIP.text_width)
    assert load_file(tmp_path / "clip" / "aesthetic.safetensors")["weight"].shape == (1, CLIP.embed)
    weights = [
        load_file(path) for path in tmp_path.rglob("*.safetensors") if path.name != "aesthetic.safetensors"
    ]
    assert all(
        value.dtype == torch.float16
        for part in weights
        for value in part.values()
        if value.is_floating_point()
    )
    assert not any("tiny0" in path.read_text() for path in tmp_path.rglob("*.json"))


def test_the_exported_encoder_gives_what_the_unet_learnt_from(out: Path) -> None:
    pictures = Pictures.load(out / "data")
    model = AutoencoderKL.from_pretrained(out / "autoencoder")
    with torch.no_grad():
        encoded = model.encode(pictures.tensor(np.arange(2))).latent_dist.mean
    cached = torch.from_numpy(np.load(out / unet.LATENTS)[:2]).float()
    assert (encoded - cached).abs().max() < 0.05


STAGES: dict[str, tuple[Callable[[Path, Path], None], str]] = {
    "autoencoder": (lambda data, folder: autoencoder.train(data, folder, AUTOENCODER), "autoencoder"),
    "text": (lambda data, folder: clip.train_text(data, folder, CLIP), "clip-text"),
}


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_that_was_stopped_ends_with_the_same_weights(
    stage: str, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    train, name = STAGES[stage]
    update, taken = Run._update, []

    def stopped(run: Run, loss: torch.Tensor) -> None:
        taken.append(loss)
        if len(taken) == 3:
            raise KeyboardInterrupt
        update(run, loss)

    monkeypatch.setattr(Run, "_update", stopped)
    with pytest.raises(KeyboardInterrupt):
        train(out / "data", tmp_path)
    monkeypatch.undo()
    train(out / "data", tmp_path)
    straight = torch.load(out / f"{name}.pt", weights_only=True)
    resumed = torch.load(tmp_path / f"{name}.pt", weights_only=True)
    assert resumed["done"] == straight["done"] == 3
    assert all(torch.equal(value, resumed["module"][key]) for key, value in straight["module"].items())


def test_a_missing_earlier_stage_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tiny", "autoencoder", "--out", str(tmp_path)]) == 2
    assert "run `python -m training tiny data` first" in capsys.readouterr().err


def test_unknown_options_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["tiny", "data", "--colour", "red"])
    assert "--colour" in capsys.readouterr().err
