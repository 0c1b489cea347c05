"""Going on from the shipped checkpoints: the work folder holds what the trainers look for."""

from pathlib import Path

import pytest
import torch
from diffusers import AutoencoderKL
from safetensors.torch import load_file

from model.settings import CHECKPOINTS
from model.tiny.render import render
from training.tiny.basis import Basis
from training.tiny.classifier import held_out_scenes, tensor_of
from training.tiny.restore import restore
from training.tiny.unet import UNetRecipe, new_painter


def test_a_restored_folder_starts_from_the_shipped_weights(tmp_path: Path) -> None:
    out = tmp_path / "out"
    restore(out, CHECKPOINTS)
    painter = new_painter(UNetRecipe(), out, latents=16)
    shipped = load_file(CHECKPOINTS / "sd" / "unet" / "diffusion_pytorch_model.safetensors")
    name = next(iter(shipped))
    assert torch.equal(painter.unet.state_dict()[name].half(), shipped[name])
    pictures = tensor_of([render(held_out_scenes(1)[0], 0)])
    basis = Basis(**load_file(out / "basis.safetensors"))
    autoencoder = AutoencoderKL.from_pretrained(out / "autoencoder")
    with torch.no_grad():
        encoded = autoencoder.encode(pictures).latent_dist.mean
    assert torch.allclose(basis.encode(pictures), encoded, atol=0.05)
    with pytest.raises(FileExistsError, match="--out"):
        restore(out, CHECKPOINTS)
