"""Trains the U-Net of the picture pipeline: rectified flow on latents, with CLIP's text tower frozen.

The network is shown `x = (1 - s)·latents + s·noise` and learns the flow `noise - latents`; the noise share
`s` follows a logit-normal law that favours the noisy side, where what the picture shows is decided. The
pipeline's time is `1000·s`, as `DPMSolverMultistepScheduler(use_flow_sigmas=True)` gives it when sampling.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from diffusers import (
    AutoencoderKL,
    DPMSolverMultistepScheduler,
    StableDiffusionPipeline,
    UNet2DConditionModel,
)
from PIL import Image
from transformers import CLIPTextModel, CLIPTokenizer

from training.tiny.autoencoder import AutoencoderRecipe, make_basis
from training.tiny.basis import Basis
from training.tiny.clip import encode_texts
from training.tiny.convert import text_encoder
from training.tiny.data import HELD_OUT, Pictures, prompt_for, scene_of
from training.tiny.loop import Run

LATENTS = "latents.npy"


@dataclass(frozen=True)
class UNetRecipe:
    """Sizes and rates; the defaults made the shipped file."""

    channels: tuple[int, ...] = (96, 160)
    layers: int = 1
    head: int = 32
    batch: int = 32
    steps: int = 4223
    minutes: float = 0.0
    lr: float = 1.2e-3
    drop: float = 0.1
    shift: float = 0.4
    spread: float = 1.1
    seed: int = 0
    guidance: float = 2.5
    sampling: int = 10
    sheet: int = 32
    compiled: bool = False


def build(recipe: UNetRecipe, latents: int, text_width: int) -> UNet2DConditionModel:
    """A fresh U-Net on 16x16 latents with attention where it is smallest."""
    levels = len(recipe.channels)
    return UNet2DConditionModel(
        sample_size=16,
        in_channels=latents,
        out_channels=latents,
        down_block_types=("DownBlock2D",) * (levels - 1) + ("CrossAttnDownBlock2D",),
        up_block_types=("CrossAttnUpBlock2D",) + ("UpBlock2D",) * (levels - 1),
        block_out_channels=recipe.channels,
        layers_per_block=recipe.layers,
        # diffusers reads `attention_head_dim` as the number of heads in this class
        attention_head_dim=tuple(c // recipe.head for c in recipe.channels),
        cross_attention_dim=text_width,
        norm_num_groups=16,
    ).to(memory_format=torch.channels_last)


def scheduler() -> DPMSolverMultistepScheduler:
    """The stock sampler, set for rectified flow."""
    return DPMSolverMultistepScheduler(
        num_train_timesteps=1000,
        prediction_type="flow_prediction",
        use_flow_sigmas=True,
        flow_shift=1.5,
        final_sigmas_type="zero",
        solver_order=2,
        steps_offset=1,
    )


@torch.no_grad()
def cache_latents(pictures: Pictures, basis: Basis, path: Path) -> torch.Tensor:
    """Latents of all pictures, float16 (n, c, 16, 16); made once and kept."""
    if not path.exists():
        parts = np.array_split(np.arange(len(pictures)), max(1, len(pictures) // 256))
        latents = torch.cat([basis.encode(pictures.tensor(part)).half() for part in parts])
        np.save(path, latents.numpy())
    return torch.from_numpy(np.load(path))


def noise_share(rng: np.random.Generator, count: int, recipe: UNetRecipe) -> torch.Tensor:
    """How much noise each example of a batch gets, (count,) in (0, 1)."""
    drawn = 1 / (1 + np.exp(-(recipe.shift + recipe.spread * rng.standard_normal(count))))
    return torch.from_numpy(np.where(rng.random(count) < 0.1, rng.random(count), drawn).astype(np.float32))


def pipeline(out: Path, unet: UNet2DConditionModel, autoencoder: AutoencoderKL) -> StableDiffusionPipeline:
    """The whole picture pipeline from the parts in the work folder."""
    tokenizer = CLIPTokenizer.from_pretrained(out / "tokenizer")
    parts = StableDiffusionPipeline(
        vae=autoencoder,
        text_encoder=text_encoder(out / "clip-text"),
        tokenizer=tokenizer,
        unet=unet,
        scheduler=scheduler(),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    parts.set_progress_bar_config(disable=True)
    return parts


def sample_sheet(pipe: StableDiffusionPipeline, path: Path, recipe: UNetRecipe) -> None:
    """Paint held-out prompts and keep them as one picture, eight to a row, to be looked at."""
    rng, count = random.Random(1), recipe.sheet
    prompts = [prompt_for(scene_of(recipe.seed, HELD_OUT + i), rng) for i in range(count)]
    noise = [torch.Generator().manual_seed(i) for i in range(count)]
    with torch.autocast("cpu", torch.bfloat16):
        pictures = pipe(
            prompts, generator=noise, num_inference_steps=recipe.sampling, guidance_scale=recipe.guidance
        ).images
    sheet = Image.new("RGB", (8 * 128, -(-count // 8) * 128))
    for i, picture in enumerate(pictures):
        sheet.paste(picture, (i % 8 * 128, i // 8 * 128))
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(path)
    path.with_suffix(".txt").write_text("\n".join(prompts) + "\n", encoding="utf-8")


def averaged(run: Run, recipe: UNetRecipe, latents: int, text_width: int) -> UNet2DConditionModel:
    """The U-Net with the run's averaged weights."""
    unet = build(recipe, latents, text_width)
    unet.load_state_dict(run.average.weights)
    return unet.eval()


def train(data: Path, out: Path, recipe: UNetRecipe) -> None:
    """Train or go on training; writes the averaged U-Net to `out/unet` and sample sheets to `out/samples`."""
    pictures = Pictures.load(data)
    latents = cache_latents(pictures, make_basis(data, out, AutoencoderRecipe()), out / LATENTS)
    tokenizer = CLIPTokenizer.from_pretrained(out / "tokenizer")
    text: CLIPTextModel = text_encoder(out / "clip-text").requires_grad_(False)
    width = text.config.hidden_size
    torch.manual_seed(recipe.seed)
    unet = build(recipe, latents.shape[1], width)
    run = Run("unet", unet, out, recipe.steps, recipe.lr, recipe.seed, recipe.minutes, warmup=200, muon=True)
    run.resume()

    forward = torch.compile(unet) if recipe.compiled else unet

    def step(number: int, rng: np.random.Generator) -> torch.Tensor:
        indices = rng.integers(0, len(pictures), recipe.batch)
        words = random.Random(int(rng.integers(2**31)))
        prompts = [
            "" if words.random() < recipe.drop else prompt_for(pictures.scenes[i], words) for i in indices
        ]
        clean = latents[indices].float()
        noise = torch.from_numpy(rng.standard_normal(clean.shape, np.float32))
        share = noise_share(rng, recipe.batch, recipe)
        mixed = torch.lerp(clean, noise, share[:, None, None, None]).to(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16):
            with torch.no_grad():
                hidden = text(encode_texts(tokenizer, prompts)).last_hidden_state
            flow = forward(mixed, share * 1000, hidden).sample
        return (flow.float() - (noise - clean)).square().mean()

    def keep() -> None:
        finished = averaged(run, recipe, latents.shape[1], width)
        finished.save_pretrained(out / "unet")
        if not (out / "autoencoder").exists():
            return
        autoencoder = AutoencoderKL.from_pretrained(out / "autoencoder").eval()
        sample_sheet(pipeline(out, finished, autoencoder), out / "samples" / f"{run.done:06d}.png", recipe)

    run.train(step, keep)
    keep()
