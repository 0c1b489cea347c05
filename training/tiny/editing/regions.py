"""Trains what finds a region by words: a small CLIPSeg (Lueddecke and Ecker 2022, arXiv 2112.10003).

It is transformers' class with towers of its own, learnt together with the decoder: the shipped CLIP is three
times as large, and was never taught where things are. The pictures are drawn, the masks exact
(`model.tiny.composition`); half of the pictures are blurred and made noisy, since painted ones are softer
than drawn ones.
"""

from __future__ import annotations

import multiprocessing
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from transformers import (
    CLIPSegConfig,
    CLIPSegForImageSegmentation,
    CLIPSegProcessor,
    CLIPTokenizer,
    ViTImageProcessor,
)

from model.errors import BadRequest
from model.pictures.regions import Regions
from model.settings import ImageSettings
from model.tiny.composition import Composition
from model.tiny.render import PICTURE
from training.core.progress import Progress
from training.tiny.classifier import held_out_scenes
from training.tiny.data import scene_of
from training.tiny.editing.phrases import query
from training.tiny.export import DESTINATION
from training.tiny.loop import Run

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

CONTEXT = 64
"""Tokens of a query, as many as the shipped tokenizer gives."""


@dataclass(frozen=True)
class RegionRecipe:
    """Sizes and rates; the card says how far the shipped file was trained."""

    pictures: int = 4000
    batch: int = 32
    steps: int = 3000
    minutes: float = 0.0
    lr: float = 1.5e-3
    seed: int = 0


def build(vocabulary: int) -> CLIPSegForImageSegmentation:
    """A fresh model for pictures of 128 px in patches of 16; the decoder draws the edge within a patch."""
    heads = {"num_attention_heads": 4, "hidden_act": "quick_gelu"}
    ends = {"bos_token_id": vocabulary - 2, "eos_token_id": vocabulary - 1, "pad_token_id": vocabulary - 1}
    config = CLIPSegConfig(
        text_config={
            **heads, **ends, "vocab_size": vocabulary, "hidden_size": 96, "intermediate_size": 192,
            "num_hidden_layers": 2, "max_position_embeddings": CONTEXT,
        },
        vision_config={
            **heads, "hidden_size": 160, "intermediate_size": 320, "num_hidden_layers": 3,
            "image_size": PICTURE, "patch_size": 16,
        },
        projection_dim=96, reduce_dim=96, extract_layers=[0, 1, 2], decoder_num_attention_heads=4,
        decoder_intermediate_size=192, conditional_layer=0,
    )  # fmt: skip
    return CLIPSegForImageSegmentation(config)


class Finder(nn.Module):
    """The whole of a CLIPSeg as something that learns; its own `forward` has no gradients for its towers."""

    def __init__(self, model: CLIPSegForImageSegmentation) -> None:
        super().__init__()
        self.model = model
        # the contrastive half of CLIP is no part of what finds regions
        for part in (model.clip.visual_projection, model.clip.vision_model.post_layernorm):
            part.requires_grad_(False)
        model.clip.logit_scale.requires_grad_(False)

    def forward(self, pictures: torch.Tensor, tokens: torch.Tensor) -> torch.Tensor:
        """Logits (n, 128, 128) for pictures (n, 3, 128, 128) in [-1, 1] and queries as token ids."""
        clip, layers = self.model.clip, self.model.config.extract_layers
        seen = clip.vision_model(pictures, output_hidden_states=True).hidden_states
        words = clip.get_text_features(tokens).pooler_output
        logits: torch.Tensor = self.model.decoder([seen[i + 1] for i in layers], words).logits
        return logits


def _draw(job: tuple[int, int]) -> npt.NDArray[np.uint8]:
    seed, index = job
    return np.asarray(Composition.of(scene_of(seed, index), index).draw(), np.uint8)


def drawn(recipe: RegionRecipe, path: Path, processes: int) -> npt.NDArray[np.uint8]:
    """Pictures of scenes 0, 1, ... of the seed, (n, 128, 128, 3); made once and kept."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        progress, pictures = Progress("render", recipe.pictures), []
        with multiprocessing.get_context("spawn").Pool(processes) as pool:
            jobs = [(recipe.seed, index) for index in range(recipe.pictures)]
            for number, picture in enumerate(pool.imap(_draw, jobs, chunksize=16)):
                pictures.append(picture)
                progress.show(number + 1)
        np.save(path, np.stack(pictures))
    return np.load(path, mmap_mode="r")  # type: ignore[no-any-return]


def softened(pictures: torch.Tensor, rng: np.random.Generator) -> torch.Tensor:
    """Half of the pictures blurred by reducing, with noise and another brightness."""
    small = F.interpolate(pictures, scale_factor=float(rng.uniform(0.4, 0.9)), mode="area")
    blurred = F.interpolate(small, size=pictures.shape[-2:], mode="bilinear", align_corners=False)
    share = torch.from_numpy(rng.random((len(pictures), 1, 1, 1)).astype(np.float32) * 2 - 1).clamp(min=0)
    noise = torch.from_numpy(rng.standard_normal(pictures.shape, np.float32)) * float(rng.uniform(0, 0.1))
    light = torch.from_numpy(rng.uniform(0.9, 1.1, (len(pictures), 1, 1, 1)).astype(np.float32))
    return (torch.lerp(pictures, blurred, share) + noise) * light


def loss_of(logits: torch.Tensor, masks: torch.Tensor) -> torch.Tensor:
    """Cross-entropy of each pixel, and the Dice loss of each mask that is not empty."""
    flat, wanted = logits.sigmoid().flatten(1), masks.flatten(1)
    overlap = (2 * (flat * wanted).sum(1) + 1) / (flat.sum(1) + wanted.sum(1) + 1)
    some = (wanted.sum(1) > 0).float()
    dice = ((1 - overlap) * some).sum() / some.sum().clamp(min=1)
    return F.binary_cross_entropy_with_logits(logits, masks) + 0.3 * dice


def tokens_of(tokenizer: CLIPTokenizer, texts: list[str]) -> torch.Tensor:
    """Token ids (n, longest); a query ends with the end mark, after which nothing is looked at."""
    found = tokenizer(texts, padding="longest", max_length=CONTEXT, truncation=True, return_tensors="pt")
    return torch.as_tensor(found.input_ids)


def train(out: Path, recipe: RegionRecipe, processes: int = 2) -> None:
    """Train or go on; writes the averaged model in half precision to `out/region`."""
    pictures = drawn(recipe, out / "region-pictures.npy", processes)
    compositions = [Composition.of(scene_of(recipe.seed, i), i) for i in range(len(pictures))]
    tokenizer = CLIPTokenizer.from_pretrained(DESTINATION / "sd" / "tokenizer")
    torch.manual_seed(recipe.seed)
    finder = Finder(build(len(tokenizer)))
    limits = (recipe.steps, recipe.lr, recipe.seed, recipe.minutes)
    run = Run("region", finder, out, *limits, warmup=100, decay=0.998, muon=True)
    run.resume()

    def step(number: int, rng: np.random.Generator) -> torch.Tensor:
        rows = rng.integers(0, len(pictures), recipe.batch)
        asked = [query(compositions[row], random.Random(int(rng.integers(2**31)))) for row in rows]
        masks = torch.from_numpy(np.stack([mask for _, mask in asked])).float()
        seen = torch.from_numpy(np.ascontiguousarray(pictures[rows])).permute(0, 3, 1, 2).float() / 127.5 - 1
        if rng.random() < 0.5:
            seen, masks = seen.flip(-1), masks.flip(-1)
            asked = [(other_side(words), mask) for words, mask in asked]
        logits = finder(softened(seen, rng), tokens_of(tokenizer, [words for words, _ in asked]))
        return loss_of(logits, masks)

    def keep() -> None:
        save(run.average.weights, tokenizer, out / "region")

    run.train(step, keep)
    keep()


def other_side(words: str) -> str:
    """The words for the picture in the mirror."""
    for one, other in (("left", "right"), ("link", "recht")):
        if one in words.lower():
            return words.replace(one, other).replace(one.title(), other.title())
        if other in words.lower():
            return words.replace(other, one).replace(other.title(), one.title())
    return words


def save(weights: dict[str, torch.Tensor], tokenizer: CLIPTokenizer, folder: Path) -> None:
    """Write the model and its processor as transformers loads them, in half precision."""
    model = build(len(tokenizer))
    model.load_state_dict({name.removeprefix("model."): value for name, value in weights.items()})
    model.half().save_pretrained(folder)
    images = ViTImageProcessor(size={"height": PICTURE, "width": PICTURE})
    CLIPSegProcessor(image_processor=images, tokenizer=tokenizer).save_pretrained(folder)


@dataclass(frozen=True)
class Found:
    """How well regions are found: the mean overlap (intersection over union) with the true mask, the share of
    queries whose overlap is above a half, and the share of queries for absent things that find nothing."""

    overlap: float
    well: float
    nothing: float


def check(folder: Path, count: int = 200, seed: int = 0) -> Found:
    """What the exported model finds in drawn pictures of `count` held-out scenes, by the engine's code."""
    settings = ImageSettings(
        model="tiny", steps=1, guidance=1, width=PICTURE, height=PICTURE, regions=str(folder), device="cpu"
    )
    regions = Regions.load(settings)
    shares: list[float] = []
    absent: list[bool] = []
    for number, scene in enumerate(held_out_scenes(count, seed)):
        composition = Composition.of(scene, number)
        words, mask = query(composition, random.Random(number))
        try:
            found = np.asarray(regions.find(composition.draw(), words)) > 0
        except BadRequest:
            found = np.zeros_like(mask)
        if mask.any():
            shares.append(float((found & mask).sum() / (found | mask).sum()))
        else:
            absent.append(not found.any())
    return Found(float(np.mean(shares)), float(np.mean(np.array(shares) > 0.5)), float(np.mean(absent)))
