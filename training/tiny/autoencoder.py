"""Trains the autoencoder: 128 px pictures to 16x16x16 latents and back (`AutoencoderKL`, factor 8).

The encoder is fixed (`basis.py`); the decoder learns to paint from its latents, with a little noise on them
so that it also forgives what the U-Net leaves. It learns from 64 px crops, cut on the latents' grid, and from
whole pictures in the last part, so that its normalisation meets whole pictures too. Loss: L1 of the pixels,
of their differences, and of the picture reduced four times.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as F
from diffusers import AutoencoderKL
from safetensors.torch import load_file, save_file

from training.tiny.basis import BLOCK, Basis, write_encoder
from training.tiny.data import Pictures
from training.tiny.loop import Run

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class AutoencoderRecipe:
    """Sizes and rates; the defaults made the shipped file."""

    channels: tuple[int, ...] = (32, 64, 128, 128)
    latents: int = 16
    batch: int = 16
    crop: int = 64
    steps: int = 2790
    minutes: float = 0.0
    whole_from: float = 0.8
    lr: float = 1.5e-3
    noise: float = 0.15
    seed: int = 0


def build(recipe: AutoencoderRecipe) -> AutoencoderKL:
    """A fresh autoencoder without attention, so that it works on crops and pictures of any size alike."""
    levels = len(recipe.channels)
    model = AutoencoderKL(
        down_block_types=("DownEncoderBlock2D",) * levels,
        up_block_types=("UpDecoderBlock2D",) * levels,
        block_out_channels=recipe.channels,
        layers_per_block=1,
        latent_channels=recipe.latents,
        norm_num_groups=8,
        sample_size=128,
        mid_block_add_attention=False,
        scaling_factor=1.0,
    )
    return model.to(memory_format=torch.channels_last)


def picture_loss(made: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """L1 of pixels, of their differences to the right and below, and of the picture at a quarter size."""
    error = made - wanted
    across = (error[..., :, 1:] - error[..., :, :-1]).abs().mean()
    down = (error[..., 1:, :] - error[..., :-1, :]).abs().mean()
    return error.abs().mean() + 0.7 * (across + down) + 0.5 * F.avg_pool2d(error, 4).abs().mean()


def make_basis(data: Path, out: Path, recipe: AutoencoderRecipe, count: int = 3000) -> Basis:
    """The encoder's basis, fitted to the first pictures once and kept in `out/basis.safetensors`."""
    path = out / "basis.safetensors"
    if not path.exists():
        pictures = Pictures.load(data)
        basis = Basis.fit(pictures.tensor(np.arange(min(count, len(pictures)))), recipe.latents)
        out.mkdir(parents=True, exist_ok=True)
        save_file({"project": basis.project.contiguous(), "offset": basis.offset}, path)
    return Basis(**load_file(path))


def new_model(recipe: AutoencoderRecipe, out: Path, basis: Basis) -> AutoencoderKL:
    """What training starts from: the weights in the work folder (see `restore.py`), or a fresh decoder."""
    if (out / "restored.json").exists():
        model = AutoencoderKL.from_pretrained(out / "autoencoder", torch_dtype=torch.float32)
        return model.to(memory_format=torch.channels_last)
    model = build(recipe)
    write_encoder(model, basis)
    return model


def _batch(
    pictures: Pictures, recipe: AutoencoderRecipe, whole: bool, rng: np.random.Generator
) -> torch.Tensor:
    """Crops on the grid, or as many pixels in whole pictures; a random half of the batches is mirrored."""
    crop = 128 if whole else recipe.crop
    count = max(1, recipe.batch * recipe.crop**2 // crop**2)
    images = pictures.tensor(rng.integers(0, len(pictures), count))
    if not whole:
        corners = rng.integers(0, (128 - crop) // BLOCK + 1, (count, 2)) * BLOCK
        pairs = zip(images, corners, strict=True)
        images = torch.stack([image[:, y : y + crop, x : x + crop] for image, (y, x) in pairs])
    return images.flip(-1) if rng.random() < 0.5 else images


def train(data: Path, out: Path, recipe: AutoencoderRecipe) -> None:
    """Train the decoder or go on; writes the averaged model in diffusers format to `out/autoencoder`."""
    pictures, basis = Pictures.load(data), make_basis(data, out, recipe)
    torch.manual_seed(recipe.seed)
    model = new_model(recipe, out, basis)
    model.encoder.requires_grad_(False)
    model.quant_conv.requires_grad_(False)
    run = Run(
        "autoencoder",
        model,
        out,
        recipe.steps,
        recipe.lr,
        recipe.seed,
        recipe.minutes,
        decay=0.998,
        muon=True,
    )
    run.resume()

    def step(number: int, rng: np.random.Generator) -> torch.Tensor:
        images = _batch(pictures, recipe, run.part >= recipe.whole_from, rng)
        latents = basis.encode(images)
        strength = recipe.noise * rng.random((len(latents), 1, 1, 1), np.float32) * 2
        noise = torch.from_numpy(strength * rng.standard_normal(latents.shape, np.float32))
        with torch.autocast("cpu", torch.bfloat16):
            made = model.decode((latents + noise).to(memory_format=torch.channels_last)).sample
        return picture_loss(made.float(), images)

    def keep() -> None:
        finished = build(recipe)
        finished.load_state_dict(run.average.weights)
        finished.save_pretrained(out / "autoencoder")

    run.train(step, keep)
    keep()
