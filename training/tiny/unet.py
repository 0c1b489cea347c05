"""Trains the U-Net of the picture pipeline, and its text encoder with it: rectified flow on latents.

Rectified flow is of Liu et al. 2022 (arXiv 2209.03003), the logit-normal law of times of Esser et al. 2024
(arXiv 2403.03206). The text encoder starts as CLIP's text tower and is trained with the U-Net: while it was
kept frozen, colours went to the wrong one of two things. CLIP, the judge, keeps its own tower unchanged.

The network is shown `x = (1 - s)·latents + s·noise` and learns the flow `noise - latents`; the noise share
`s` follows a logit-normal law that favours the noisy side, where what the picture shows is decided. The
pipeline's time is `1000·s`, as `DPMSolverMultistepScheduler(use_flow_sigmas=True)` gives it when sampling.
"""

from __future__ import annotations

import copy
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from diffusers import (
    AutoencoderKL,
    DPMSolverMultistepScheduler,
    StableDiffusionPipeline,
    UNet2DConditionModel,
)
from PIL import Image
from torch import nn
from transformers import CLIPTextModel, CLIPTokenizer

from training.tiny.autoencoder import AutoencoderRecipe, make_basis
from training.tiny.clip import encode_texts
from training.tiny.convert import text_encoder
from training.tiny.data import HELD_OUT, Pictures, prompt_for, scene_of
from training.tiny.loop import Run

if TYPE_CHECKING:
    from pathlib import Path

    from training.tiny.basis import Basis

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
    pairs: float = 0.5
    """share of a batch drawn from scenes with two kinds of things (about a third of all): the harder ones"""
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
        # In this class diffusers reads `attention_head_dim` as the number of heads; that name was kept for
        # the checkpoints that have it (diffusers issue #2011)
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
    # The logit-normal law (Esser et al. 2024, section 3.1); a tenth is uniform, so that no time goes unseen
    drawn = 1 / (1 + np.exp(-(recipe.shift + recipe.spread * rng.standard_normal(count))))
    return torch.from_numpy(np.where(rng.random(count) < 0.1, rng.random(count), drawn).astype(np.float32))


class Painter(nn.Module):
    """The two parts that learn together."""

    def __init__(self, unet: UNet2DConditionModel, text: CLIPTextModel) -> None:
        super().__init__()
        self.unet, self.text = unet, text

    def forward(self, mixed: torch.Tensor, share: torch.Tensor, tokens: torch.Tensor) -> torch.Tensor:
        """The flow (n, c, h, w) at noise shares (n,) in [0, 1], for prompts as token ids (n, length)."""
        hidden = self.text(tokens).last_hidden_state
        return torch.as_tensor(self.unet(mixed, share * 1000, hidden).sample)

    def save(self, out: Path) -> None:
        """Write both parts to the work folder."""
        self.unet.save_pretrained(out / "unet")
        self.text.save_pretrained(out / "text-encoder")


def load_text_encoder(out: Path) -> CLIPTextModel:
    """The text encoder as far as it has come: CLIP's text tower before the U-Net's first save."""
    if (out / "text-encoder").exists():
        return CLIPTextModel.from_pretrained(out / "text-encoder", dtype=torch.float32)
    return text_encoder(out / "clip-text")


def new_painter(recipe: UNetRecipe, out: Path, latents: int) -> Painter:
    """What training starts from: the weights in the work folder (see `restore.py`), or a fresh U-Net."""
    text = load_text_encoder(out)
    if (out / "restored.json").exists():
        unet = UNet2DConditionModel.from_pretrained(out / "unet", torch_dtype=torch.float32)
        return Painter(unet.to(memory_format=torch.channels_last), text)
    return Painter(build(recipe, latents, text.config.hidden_size), text)


def pipeline(out: Path, painter: Painter, autoencoder: AutoencoderKL) -> StableDiffusionPipeline:
    """The whole picture pipeline from the parts in the work folder."""
    tokenizer = CLIPTokenizer.from_pretrained(out / "tokenizer")
    parts = StableDiffusionPipeline(
        vae=autoencoder,
        text_encoder=painter.text,
        tokenizer=tokenizer,
        unet=painter.unet,
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


def averaged(run: Run) -> Painter:
    """A copy with the run's averaged weights."""
    finished = copy.deepcopy(run.module)
    finished.load_state_dict(run.average.weights)
    assert isinstance(finished, Painter)
    return finished.eval()


def draw_indices(pairs: np.ndarray, total: int, recipe: UNetRecipe, rng: np.random.Generator) -> np.ndarray:
    """One batch's pictures; `pairs` are the indices of the scenes with two kinds of things."""
    indices = rng.integers(0, total, recipe.batch)
    # Solved for: share of pairs = forced + (1 - forced) · their share in the data
    forced = rng.random(recipe.batch) < (recipe.pairs - len(pairs) / total) / (1 - len(pairs) / total)
    return np.where(forced & (len(pairs) > 0), rng.choice(pairs, recipe.batch), indices)


def train(data: Path, out: Path, recipe: UNetRecipe) -> None:
    """Train or go on training; writes the averaged parts to `out` and sample sheets to `out/samples`."""
    pictures = Pictures.load(data)
    latents = cache_latents(pictures, make_basis(data, out, AutoencoderRecipe()), out / LATENTS)
    tokenizer = CLIPTokenizer.from_pretrained(out / "tokenizer")
    torch.manual_seed(recipe.seed)
    painter = new_painter(recipe, out, latents.shape[1])
    run = Run(
        "unet", painter, out, recipe.steps, recipe.lr, recipe.seed, recipe.minutes, warmup=200, muon=True
    )
    run.resume()
    pairs = np.array([i for i, scene in enumerate(pictures.scenes) if len(scene.things) == 2])
    forward = torch.compile(painter) if recipe.compiled else painter

    def step(number: int, rng: np.random.Generator) -> torch.Tensor:
        indices = draw_indices(pairs, len(pictures), recipe, rng)
        words = random.Random(int(rng.integers(2**31)))
        prompts = [
            # Without words now and then: classifier-free guidance needs both (Ho and Salimans 2022, arXiv
            # 2207.12598)
            "" if words.random() < recipe.drop else prompt_for(pictures.scenes[i], words)
            for i in indices
        ]
        clean = latents[indices].float()
        noise = torch.from_numpy(rng.standard_normal(clean.shape, np.float32))
        share = noise_share(rng, recipe.batch, recipe)
        mixed = torch.lerp(clean, noise, share[:, None, None, None]).to(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16):
            flow = forward(mixed, share, encode_texts(tokenizer, prompts))
        # The velocity of the straight path from latents to noise (Liu et al. 2022, equation 1)
        loss: torch.Tensor = (flow.float() - (noise - clean)).square().mean()
        return loss

    def keep() -> None:
        finished = averaged(run)
        finished.save(out)
        if not (out / "autoencoder").exists():
            return
        autoencoder = AutoencoderKL.from_pretrained(out / "autoencoder").eval()
        sample_sheet(pipeline(out, finished, autoencoder), out / "samples" / f"{run.done:06d}.png", recipe)

    run.train(step, keep)
    keep()
