"""Measures the exported editor on held-out drawn pictures, by the classifier and by pixels.

Rows from `data.HELD_OUT` on, with wishes in words that no training has seen. What the autoencoder alone does
to the same pictures stands beside it: no editor of latents can leave the rest of a picture nearer than that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from diffusers import StableDiffusionInstructPix2PixPipeline, StableDiffusionPipeline

from training.tiny.classifier import read
from training.tiny.data import HELD_OUT
from training.tiny.editing.export import SHARED
from training.tiny.editing.pairs import row
from training.tiny.ways import Known, done, facts, kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from PIL import Image

    from model.tiny.composition import Composition
    from training.tiny.classifier import Classifier

_AT_ONCE = 16


@dataclass(frozen=True)
class Numbers:
    """How an edit is sampled: steps, guidance by the text, guidance by the picture."""

    steps: int
    guidance: float
    by_picture: float


@dataclass(frozen=True)
class Tried:
    """One held-out edit: the pictures' compositions, its kind and its words."""

    before: Composition
    after: Composition
    kind: str
    instruction: str


@dataclass(frozen=True)
class Score:
    """Shares of edits that are done, whose rest is kept, and both; mean absolute difference outside, 0 to
    255."""

    done: float
    kept: float
    both: float
    outside: float


def held_out(count: int, seed: int = 0) -> list[Tried]:
    """The first `count` held-out edits whose result the classifier can read."""
    found = (_tried(seed, HELD_OUT + number) for number in range(20 * count))
    return [tried for tried in found if tried is not None][:count]


def _tried(seed: int, index: int) -> Tried | None:
    made = row(seed, index, "selection", 1)
    if not made.before.things or facts(made.before) == facts(made.edits[0].after):
        return None
    before, after = made.compositions()
    return Tried(before, after, made.edits[0].kind, made.edits[0].instruction)


def editor(folder: Path) -> StableDiffusionInstructPix2PixPipeline:
    """The exported editor with the painter's parts, in single precision."""
    painter = StableDiffusionPipeline.from_pretrained(folder / "sd", torch_dtype=torch.float32)
    shared = {name: getattr(painter, name) for name in SHARED}
    pipe = StableDiffusionInstructPix2PixPipeline.from_pretrained(
        folder / "edit", torch_dtype=torch.float32, **shared
    )
    pipe.set_progress_bar_config(disable=True)
    return pipe


def edited(
    pipe: StableDiffusionInstructPix2PixPipeline, edits: Sequence[Tried], numbers: Numbers
) -> Iterator[Image.Image]:
    """What becomes of each, seed i for edit i."""
    for start in range(0, len(edits), _AT_ONCE):
        part = edits[start : start + _AT_ONCE]
        yield from pipe(
            [tried.instruction for tried in part],
            image=[tried.before.draw() for tried in part],
            generator=[torch.Generator().manual_seed(start + i) for i in range(len(part))],
            num_inference_steps=numbers.steps,
            guidance_scale=numbers.guidance,
            image_guidance_scale=numbers.by_picture,
        ).images


def score(classifier: Classifier, edits: Sequence[Tried], pictures: Sequence[Image.Image]) -> Score:
    """What the classifier and the pixels say of finished pictures."""
    first = read(classifier, [tried.before.draw() for tried in edits])
    seen = read(classifier, pictures)
    rows = []
    for tried, before, after, picture in zip(edits, first, seen, pictures, strict=True):
        scenes = (tried.before.scene, tried.after.scene)
        right, rest = done(after, *scenes), kept(after, Known(scenes, before), 0)
        mask = tried.before.region(tried.after)
        one, other = (np.asarray(image, np.float64) for image in (tried.before.draw(), picture))
        moved = float("nan") if mask.all() else float(np.abs(one - other)[~mask].mean())
        rows.append((right, rest, right and rest, moved))
    return Score(*(float(value) for value in np.nanmean(np.array(rows, np.float64), axis=0)))


@torch.no_grad()
def autoencoded(
    pipe: StableDiffusionInstructPix2PixPipeline, pictures: Sequence[Image.Image]
) -> list[Image.Image]:
    """The pictures after the autoencoder alone."""
    latents = pipe.vae.encode(pipe.image_processor.preprocess(list(pictures))).latent_dist.mode()
    made: list[Image.Image] = pipe.image_processor.postprocess(pipe.vae.decode(latents).sample)
    return made
