"""Measures the exported picture checkpoints on held-out scenes: what CLIP reads in them, and CLIP itself.

An attribute is read zero-shot: of the captions that differ in this attribute alone, CLIP must like the right
one best. The same reading of true renders beside it shows how far CLIP can be trusted.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import open_clip
import torch
from diffusers import StableDiffusionPipeline
from PIL import Image
from safetensors.torch import load_file
from torchvision import transforms

from model.tiny.grammar import beautified, caption
from model.tiny.render import render
from model.tiny.world import COLOURS, NOUNS, PLACES, STYLES, TIMES, Scene, rating
from training.tiny.data import HELD_OUT, scene_of

Change = Callable[[Scene, str], Scene]
STEPS, GUIDANCE = 10, 2.5


def _first_thing(scene: Scene, **changes: str) -> Scene:
    return replace(scene, things=(replace(scene.things[0], **changes), *scene.things[1:]))


ATTRIBUTES: dict[str, tuple[tuple[str, ...], Callable[[Scene], str], Change]] = {
    "place": (PLACES, lambda s: s.place, lambda s, v: replace(s, place=v)),
    "time": (TIMES, lambda s: s.time, lambda s, v: replace(s, time=v)),
    "style": (STYLES, lambda s: s.style, lambda s, v: replace(s, style=v)),
    "object": (NOUNS, lambda s: s.things[0].noun, lambda s, v: _first_thing(s, noun=v)),
    "colour": (COLOURS, lambda s: s.things[0].colour, lambda s, v: _first_thing(s, colour=v)),
}


class Reader:
    """The exported CLIP with its aesthetic head."""

    def __init__(self, folder: Path) -> None:
        name = f"local-dir:{folder}"
        self.clip = open_clip.create_model(name, precision="fp32").eval()
        self.tokenize = open_clip.get_tokenizer(name)
        size = self.clip.visual.image_size[0]
        self.prepare = transforms.Compose(
            [
                transforms.Resize((size, size)),
                transforms.ToTensor(),
                transforms.Normalize([0.5] * 3, [0.5] * 3),
            ]
        )
        self.head = load_file(folder / "aesthetic.safetensors")

    @torch.no_grad()
    def pictures(self, images: list[Image.Image]) -> torch.Tensor:
        """Normalised embeddings (n, d)."""
        return self.clip.encode_image(torch.stack([self.prepare(image) for image in images]), normalize=True)

    @torch.no_grad()
    def texts(self, texts: list[str]) -> torch.Tensor:
        """Normalised embeddings (n, d)."""
        return self.clip.encode_text(self.tokenize(texts), normalize=True)

    def ratings(self, pictures: torch.Tensor) -> np.ndarray:
        """The aesthetic head on picture embeddings, (n,)."""
        return (pictures @ self.head["weight"].T + self.head["bias"])[:, 0].numpy()

    def reads(self, attribute: str, scenes: list[Scene], pictures: torch.Tensor) -> float:
        """Share of pictures in which CLIP reads the attribute right."""
        values, value_of, change = ATTRIBUTES[attribute]
        right = 0
        for scene, picture in zip(scenes, pictures, strict=True):
            texts = self.texts([caption(change(scene, value), random.Random(0)) for value in values])
            right += values[int((texts @ picture).argmax())] == value_of(scene)
        return right / len(scenes)


def paint(folder: Path, prompts: list[str]) -> list[Image.Image]:
    """Pictures of the exported pipeline, one seed each, in batches of sixteen."""
    pipe = StableDiffusionPipeline.from_pretrained(folder, torch_dtype=torch.float32)
    pipe.set_progress_bar_config(disable=True)
    pictures: list[Image.Image] = []
    for start in range(0, len(prompts), 16):
        part = prompts[start : start + 16]
        seeds = [torch.Generator().manual_seed(start + i) for i in range(len(part))]
        pictures += pipe(part, generator=seeds, num_inference_steps=STEPS, guidance_scale=GUIDANCE).images
    return pictures


def _ranks(values: np.ndarray) -> np.ndarray:
    return np.argsort(np.argsort(values)).astype(float)


def check(checkpoints: Path, seed: int = 0, count: int = 128) -> str:
    """A table of figures on `count` held-out scenes with one or two kinds of things, as markdown."""
    every = (scene_of(seed, HELD_OUT + 1000 + i) for i in range(10 * count))
    scenes = [scene for scene in every if scene.things][:count]
    words = random.Random(seed)
    reader = Reader(checkpoints / "clip")
    painted = reader.pictures(paint(checkpoints / "sd", [beautified(s, words) for s in scenes]))
    drawn = reader.pictures([render(scene, i) for i, scene in enumerate(scenes)])
    lines = ["| read by CLIP | painted | true renders |", "|---|---|---|"]
    for name in ATTRIBUTES:
        both = [reader.reads(name, scenes, pictures) for pictures in (painted, drawn)]
        lines.append(f"| {name} | {both[0]:.1%} | {both[1]:.1%} |")
    similar = drawn[:100] @ reader.texts([beautified(s, words) for s in scenes[:100]]).T
    recall = float((similar.argmax(1) == torch.arange(len(similar))).float().mean())
    known = np.array([rating(scene) for scene in scenes])
    for name, pictures in (("true renders", drawn), ("painted", painted)):
        agreement = np.corrcoef(_ranks(reader.ratings(pictures)), _ranks(known))[0, 1]
        lines.append(f"\nAesthetic head, rank correlation with the known rating, {name}: {agreement:.2f}")
    lines.append(f"\nCLIP retrieval on renders, recall@1 among {len(similar)}: {recall:.0%}")
    return "\n".join(lines)
