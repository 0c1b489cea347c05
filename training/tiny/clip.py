"""Trains the small CLIP: first its text tower on prompts alone, then its picture tower against it.

The text tower learns from pairs of prompts that say the same scene in other words (contrastive), and must
name what the scene holds (linear heads, thrown away afterwards). It is then locked, and the picture tower
learns to meet it on (picture, prompt) pairs: the U-Net needs the text tower only, and can start early.
Batches are hard: a dozen scenes at a time share place, time and style, so that only objects, colours and
finish tell them apart. Last, an aesthetic head is fitted on the picture embeddings.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import open_clip
import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from torch import nn
from transformers import CLIPTokenizer

from model.tiny.world import (
    COLOURS,
    COUNTS,
    NOUNS,
    PLACES,
    QUALITIES,
    SIZES,
    STYLES,
    TIMES,
    WEATHERS,
    Scene,
    rating,
)
from training.tiny.data import Pictures, prompt_for
from training.tiny.loop import Run
from training.tiny.tokenizer import CONTEXT, train_tokenizer

if TYPE_CHECKING:
    from pathlib import Path

MEAN, STD = (0.5, 0.5, 0.5), (0.5, 0.5, 0.5)


@dataclass(frozen=True)
class ClipRecipe:
    """Sizes and rates; the defaults made the shipped file."""

    embed: int = 256
    image_size: int = 96
    patch: int = 12
    image_width: int = 192
    image_layers: int = 4
    text_width: int = 192
    text_layers: int = 3
    text_heads: int = 3
    batch: int = 64
    group: int = 8
    text_steps: int = 841
    text_minutes: float = 0.0
    image_steps: int = 410
    image_minutes: float = 0.0
    lr: float = 1e-3
    naming: float = 10.0
    seed: int = 0


def config(recipe: ClipRecipe, vocabulary: int) -> dict[str, Any]:
    """The open_clip model configuration (`model_cfg`)."""
    return {
        "embed_dim": recipe.embed,
        "vision_cfg": {
            "image_size": recipe.image_size,
            "layers": recipe.image_layers,
            "width": recipe.image_width,
            "head_width": 64,
            "patch_size": recipe.patch,
        },
        "text_cfg": {
            "context_length": CONTEXT,
            "vocab_size": vocabulary,
            "width": recipe.text_width,
            "heads": recipe.text_heads,
            "layers": recipe.text_layers,
            "hf_tokenizer_name": "clip",
        },
    }


def targets(scenes: list[Scene]) -> torch.Tensor:
    """What each scene holds as yes/no values (n, names): setting, quality; per noun colour, size, count."""
    return torch.tensor([_target(scene) for scene in scenes])


def _target(scene: Scene) -> list[float]:
    setting = [scene.place == p for p in PLACES] + [scene.time == t for t in TIMES]
    setting += [scene.weather == w for w in WEATHERS] + [scene.style == s for s in STYLES]
    setting += [q in scene.quality for q in QUALITIES]
    facts = {(t.noun, v) for t in scene.things for v in ("", t.colour, t.size, t.count)}
    return [float(x) for x in setting] + [
        float((n, v) in facts) for n in NOUNS for v in ("", *COLOURS, *SIZES, *COUNTS)
    ]


class Learner(nn.Module):
    """The CLIP with the heads that only training needs."""

    def __init__(self, recipe: ClipRecipe, vocabulary: int) -> None:
        super().__init__()
        settings = config(recipe, vocabulary)
        self.clip = open_clip.CLIP(settings["embed_dim"], settings["vision_cfg"], settings["text_cfg"])
        names = len(_target(Scene()))
        self.name_image, self.name_text = nn.Linear(recipe.embed, names), nn.Linear(recipe.embed, names)

    def text_loss(
        self, tokens: torch.Tensor, others: torch.Tensor, named: torch.Tensor, weight: float
    ) -> torch.Tensor:
        """Two wordings of each scene, (n, length) ids: they must meet, and name the scene."""
        one, two = embed_tokens(self.clip, tokens), embed_tokens(self.clip, others)
        naming = F.binary_cross_entropy_with_logits(self.name_text(one), named)
        naming = naming + F.binary_cross_entropy_with_logits(self.name_text(two), named)
        return contrastive(one, two, self.clip.logit_scale) + weight * naming

    def image_loss(
        self, images: torch.Tensor, tokens: torch.Tensor, named: torch.Tensor, weight: float
    ) -> torch.Tensor:
        """Pictures meet their prompts in the locked text tower, and name the scene."""
        image = self.clip.encode_image(images).float()
        with torch.no_grad():
            text = embed_tokens(self.clip, tokens)
        naming = F.binary_cross_entropy_with_logits(self.name_image(image), named)
        return contrastive(image, text, self.clip.logit_scale) + weight * naming


def embed_tokens(clip: open_clip.CLIP, tokens: torch.Tensor) -> torch.Tensor:
    """What `clip.encode_text` gives, (n, embed), also for token ids cut shorter than the context."""
    length = tokens.shape[1]
    hidden = clip.token_embedding(tokens) + clip.positional_embedding[:length]
    hidden = clip.ln_final(clip.transformer(hidden, attn_mask=clip.attn_mask[:length, :length]))
    ends = hidden[torch.arange(len(tokens)), tokens.argmax(-1)]
    embedded: torch.Tensor = (ends @ clip.text_projection).float()
    return embedded


def contrastive(one: torch.Tensor, two: torch.Tensor, logit_scale: torch.Tensor) -> torch.Tensor:
    """CLIP's loss: cross-entropy both ways over scaled cosines of (n, d) embeddings; row i meets row i."""
    logits = logit_scale.exp().clamp(max=100) * F.normalize(one, dim=-1) @ F.normalize(two, dim=-1).T
    labels = torch.arange(len(logits))
    return (F.cross_entropy(logits, labels) + F.cross_entropy(logits.T, labels)) / 2


class HardBatches:
    """Draws batches of groups that share place, time and style."""

    def __init__(self, scenes: list[Scene], recipe: ClipRecipe) -> None:
        groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for index, scene in enumerate(scenes):
            groups[scene.place, scene.time, scene.style].append(index)
        self.groups = [np.array(group) for group in groups.values()]
        self.recipe = recipe

    def draw(self, rng: np.random.Generator) -> np.ndarray:
        """Indices of one batch."""
        chosen = rng.integers(0, len(self.groups), self.recipe.batch // self.recipe.group)
        return np.concatenate([rng.choice(self.groups[g], self.recipe.group) for g in chosen])


def encode_texts(tokenizer: CLIPTokenizer, texts: list[str], *, longest: bool = False) -> torch.Tensor:
    """Token ids (n, CONTEXT), or up to the longest text only; texts too long are cut."""
    padding = "longest" if longest else "max_length"
    ids = tokenizer(
        texts, padding=padding, max_length=CONTEXT, truncation=True, return_tensors="pt"
    ).input_ids
    return torch.as_tensor(ids)


def prepare(images: torch.Tensor, size: int) -> torch.Tensor:
    """Pictures (n, 3, 128, 128) in [-1, 1] as the image tower wants them: `size` px, the same range."""
    return F.interpolate(images, size=(size, size), mode="bilinear", antialias=True, align_corners=False)


def train_text(data: Path, out: Path, recipe: ClipRecipe) -> None:
    """Train or go on training the text tower; writes tokenizer and CLIP (its picture tower untrained)."""
    scenes = Pictures.load(data).scenes
    tokenizer = train_tokenizer(recipe.seed)
    tokenizer.save_pretrained(out / "tokenizer")
    torch.manual_seed(recipe.seed)
    learner = Learner(recipe, len(tokenizer))
    learner.clip.visual.requires_grad_(False)
    run = Run(
        "clip-text", learner, out, recipe.text_steps, recipe.lr, recipe.seed, recipe.text_minutes, decay=0.99
    )
    run.resume()
    batches = HardBatches(scenes, recipe)

    def step(number: int, rng: np.random.Generator) -> torch.Tensor:
        words = random.Random(int(rng.integers(2**31)))
        chosen = [scenes[i] for i in batches.draw(rng)]
        one, two = (
            encode_texts(tokenizer, [prompt_for(s, words) for s in chosen], longest=True) for _ in range(2)
        )
        with torch.autocast("cpu", torch.bfloat16):
            return learner.text_loss(one, two, targets(chosen), recipe.naming)

    run.train(step)
    save(run, recipe, tokenizer, out)


def train_image(data: Path, out: Path, recipe: ClipRecipe) -> None:
    """Train or go on training the picture tower against the locked text tower; fit the aesthetic head."""
    pictures = Pictures.load(data)
    tokenizer = CLIPTokenizer.from_pretrained(out / "tokenizer")
    torch.manual_seed(recipe.seed + 1)
    learner = Learner(recipe, len(tokenizer))
    _take_weights(learner.clip, out)
    learner.clip.requires_grad_(False)
    learner.clip.visual.requires_grad_(True)
    learner.clip.logit_scale.requires_grad_(True)
    run = Run(
        "clip-image",
        learner,
        out,
        recipe.image_steps,
        recipe.lr,
        recipe.seed,
        recipe.image_minutes,
        decay=0.99,
        muon=True,
    )
    run.resume()
    batches = HardBatches(pictures.scenes, recipe)

    def step(number: int, rng: np.random.Generator) -> torch.Tensor:
        indices = batches.draw(rng)
        words = random.Random(int(rng.integers(2**31)))
        scenes = [pictures.scenes[i] for i in indices]
        tokens = encode_texts(tokenizer, [prompt_for(scene, words) for scene in scenes], longest=True)
        images = prepare(pictures.tensor(indices), recipe.image_size)
        with torch.autocast("cpu", torch.bfloat16):
            return learner.image_loss(images, tokens, targets(scenes), recipe.naming)

    run.train(step)
    save(run, recipe, tokenizer, out)
    fit_aesthetic(out / "clip", pictures, recipe)


def _take_weights(clip: open_clip.CLIP, out: Path) -> None:
    """The trained text tower; in a restored folder (see `restore.py`) also the picture tower as it was."""
    if (out / "restored.json").exists():
        weights = load_file(out / "clip" / "open_clip_model.safetensors")
    else:
        weights = load_file(out / "clip-text" / "open_clip_model.safetensors")
        weights = {name: value for name, value in weights.items() if not name.startswith("visual.")}
    clip.load_state_dict({name: value.float() for name, value in weights.items()}, strict=False)


def save(run: Run, recipe: ClipRecipe, tokenizer: CLIPTokenizer, out: Path) -> None:
    """Write the averaged CLIP as open_clip loads it with `local-dir:`, with its tokenizer."""
    folder = out / ("clip-text" if run.name == "clip-text" else "clip")
    folder.mkdir(parents=True, exist_ok=True)
    weights = {
        k.removeprefix("clip."): v.contiguous()
        for k, v in run.average.weights.items()
        if k.startswith("clip.")
    }
    save_file(weights, folder / "open_clip_model.safetensors")
    preprocess = {"mean": MEAN, "std": STD, "interpolation": "bilinear", "resize_mode": "squash"}
    settings = {"model_cfg": config(recipe, len(tokenizer)), "preprocess_cfg": preprocess}
    (folder / "open_clip_config.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
    tokenizer.save_pretrained(folder)


def load(folder: Path) -> open_clip.CLIP:
    """The trained CLIP, ready to use."""
    return open_clip.create_model(f"local-dir:{folder}", precision="fp32").eval()


@torch.no_grad()
def embed_pictures(clip: open_clip.CLIP, pictures: Pictures, indices: np.ndarray, size: int) -> torch.Tensor:
    """Normalised picture embeddings (n, embed)."""
    parts = [
        prepare(pictures.tensor(part), size) for part in np.array_split(indices, max(1, len(indices) // 64))
    ]
    return torch.cat([clip.encode_image(part, normalize=True) for part in parts])


def fit_aesthetic(
    folder: Path, pictures: Pictures, recipe: ClipRecipe, count: int = 4000, ridge: float = 1e-3
) -> None:
    """Fit the LAION form, a linear head on normalised embeddings, to the known rating by ridge regression.

    Writes `aesthetic.safetensors` with `weight` (1, embed) and `bias` (1,).
    """
    indices = np.arange(min(count, len(pictures)))
    features = embed_pictures(load(folder), pictures, indices, recipe.image_size).double()
    wanted = torch.tensor([rating(pictures.scenes[i]) for i in indices], dtype=torch.float64)
    centre, mean = features.mean(0), wanted.mean()
    centred = features - centre
    gram = centred.T @ centred / len(indices) + ridge * centred.var() * torch.eye(features.shape[1])
    weight = torch.linalg.solve(gram, centred.T @ (wanted - mean) / len(indices))
    head = {"weight": weight[None].float(), "bias": (mean - centre @ weight)[None].float()}
    save_file(head, folder / "aesthetic.safetensors")
