"""Trains TinyWorld's editor: InstructPix2Pix (Brooks et al. 2023, arXiv 2211.09800) grown from the painter.

The shipped U-Net gets as many input channels again, for the latents of the picture that is edited. Their
weights begin at zero, so that training starts from a network that paints, and soon learns to copy. The text
encoder learns with it, since it knew prompts and must now read instructions. Loss, noise and sampler are
those of the painter (`training.tiny.unet`).

Text and picture are left out of some examples, each alone and both at once, as the paper does, for its two
guidances. Where the two pictures differ the loss weighs more: most of a pair is the same twice, and the rest
is all that was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from torch import nn
from transformers import CLIPTextModel, CLIPTokenizer

from training.tiny.basis import Basis, read_encoder
from training.tiny.clip import encode_texts
from training.tiny.editing.pairs import EDITS, Pairs, make
from training.tiny.export import DESTINATION
from training.tiny.loop import Run
from training.tiny.unet import Painter

if TYPE_CHECKING:
    from pathlib import Path

CHANGED = 0.1
"""By how much a latent must differ between two pictures to count as changed; latents have deviation 1."""


@dataclass(frozen=True)
class EditorRecipe:
    """Sizes and rates; the card says how far the shipped file was trained."""

    rows: int = 3000
    batch: int = 16
    steps: int = 6000
    minutes: float = 0.0
    lr: float = 1e-3
    drop: float = 0.04
    """share of examples without text, and of examples without picture, and of examples without both"""
    changed: float = 4.0
    """how much more the loss weighs where the pictures differ"""
    rough: float = 0.12
    """the most noise on the latents of the picture that is edited: painted pictures are not as clean as drawn
    ones, and an editor must not add to what they lack"""
    seed: int = 0
    compiled: bool = False


def grown(unet: UNet2DConditionModel) -> UNet2DConditionModel:
    """The U-Net with twice its input channels; the new ones change nothing yet."""
    count = unet.config.in_channels
    wider = UNet2DConditionModel.from_config(unet.config, in_channels=2 * count)
    weights = unet.state_dict()
    first = weights["conv_in.weight"]
    weights["conv_in.weight"] = torch.cat([first, torch.zeros_like(first)], 1)
    wider.load_state_dict(weights)
    return wider.to(memory_format=torch.channels_last)


def noise_share(rng: np.random.Generator, count: int) -> torch.Tensor:
    """How much noise each example of a batch gets, (count,) in (0, 1]: mostly nearly all.

    Under little noise the picture after the edit shows through, and the network need not look at the one
    before: by the painter's law 300 steps taught it to ignore it. What becomes of an edit is decided by the
    first sampling steps, from noise alone.
    """
    drawn = 1 / (1 + np.exp(-(1.5 + 1.0 * rng.standard_normal(count))))
    kind = rng.random(count)
    high = np.where(kind < 0.4, 1 - 0.1 * rng.random(count), drawn)
    return torch.from_numpy(np.where(kind > 0.9, rng.random(count), high).astype(np.float32))


def shipped_basis() -> Basis:
    """The encoder of the shipped autoencoder."""
    return read_encoder(AutoencoderKL.from_pretrained(DESTINATION / "sd" / "vae", torch_dtype=torch.float32))


def make_pairs(folder: Path, recipe: EditorRecipe, processes: int) -> None:
    """Draw the pairs of the recipe, if they are not there."""
    make(folder, shipped_basis(), recipe.rows, recipe.seed, processes)


def new_editor(start: Path | None = None) -> Painter:
    """What training starts from: the shipped painter, grown, or the editor in folder `start`."""
    folder = start or DESTINATION / "sd"
    unet = UNet2DConditionModel.from_pretrained(folder / "unet", torch_dtype=torch.float32)
    text = CLIPTextModel.from_pretrained(folder / "text_encoder", dtype=torch.float32)
    return Painter(unet.to(memory_format=torch.channels_last) if start else grown(unet), text)


@dataclass(frozen=True)
class Batch:
    """One step's examples: latents before and after (n, c, h, w), weights (n, 1, h, w), instructions."""

    before: torch.Tensor
    after: torch.Tensor
    weights: torch.Tensor
    words: list[str]


def draw_batch(pairs: Pairs, recipe: EditorRecipe, rng: np.random.Generator) -> Batch:
    """A batch as the recipe says, with what is left out left out."""
    rows, edits = rng.integers(0, len(pairs), recipe.batch), rng.integers(0, EDITS, recipe.batch)
    before = torch.from_numpy(pairs.latents[rows, 0]).float()
    after = torch.from_numpy(pairs.latents[rows, 1 + edits]).float()
    differs = (after - before).abs().amax(1, keepdim=True) > CHANGED
    weights = 1 + recipe.changed * differs.float()
    rough = recipe.rough * rng.random((recipe.batch, 1, 1, 1), np.float32) * (rng.random() < 0.7)
    before = before + torch.from_numpy(rough * rng.standard_normal(before.shape, np.float32))
    chance = rng.random(recipe.batch)
    drop = recipe.drop
    words = [
        "" if chance[i] < 2 * drop else pairs.rows[row].edits[edit].instruction
        for i, (row, edit) in enumerate(zip(rows, edits, strict=True))
    ]
    blind = torch.from_numpy((chance >= drop) & (chance < 3 * drop))
    before = torch.where(blind[:, None, None, None], 0.0, before)
    # Without text nothing says what changes, so everything counts the same there
    weights = torch.where(torch.from_numpy(chance < 3 * drop)[:, None, None, None], 1.0, weights)
    return Batch(before, after, weights / weights.mean(), words)


def train(pairs_folder: Path, out: Path, recipe: EditorRecipe, editor: Painter) -> None:
    """Train or go on training; writes the averaged parts to `out/unet` and `out/text_encoder`."""
    pairs = Pairs.load(pairs_folder)
    tokenizer = CLIPTokenizer.from_pretrained(DESTINATION / "sd" / "tokenizer")
    run = Run(
        "editor", editor, out, recipe.steps, recipe.lr, recipe.seed, recipe.minutes, warmup=100, muon=True
    )
    run.resume()
    forward = torch.compile(editor) if recipe.compiled else editor

    def step(number: int, rng: np.random.Generator) -> torch.Tensor:
        batch = draw_batch(pairs, recipe, rng)
        noise = torch.from_numpy(rng.standard_normal(batch.after.shape, np.float32))
        share = noise_share(rng, recipe.batch)
        mixed = torch.lerp(batch.after, noise, share[:, None, None, None])
        seen = torch.cat([mixed, batch.before], 1).to(memory_format=torch.channels_last)
        # in single precision: on CPUs without AMX autocast to bfloat16 takes two thirds more time a step
        flow = forward(seen, share, encode_texts(tokenizer, batch.words))
        error = (flow - (noise - batch.after)).square()
        loss: torch.Tensor = (error * batch.weights).mean()
        return loss

    def keep() -> None:
        save(run, editor, out)

    run.train(step, keep)
    keep()


def save(run: Run, editor: nn.Module, out: Path) -> None:
    """Write the averaged weights, and leave the ones that learn as they are."""
    assert isinstance(editor, Painter)
    weights = run.average.weights
    for name, part in (("unet", editor.unet), ("text_encoder", editor.text)):
        mine = {
            key.split(".", 1)[1]: value for key, value in weights.items() if key.startswith(f"{name[:4]}.")
        }
        part.save_pretrained(out / name, state_dict=mine)
