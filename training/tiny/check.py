"""Measures the exported picture checkpoints on held-out scenes, with an independent classifier.

The classifier (`classifier.py`) learnt from renders alone and says what a painted picture shows. Its figures
on true renders stand beside: what is missing there is its own error, not the painter's.

- object: of the nouns, the likeliest are exactly the scene's (one for a scene of one, two for one of two)
- colour: every noun of the scene, wherever it is, is read in its colour (means over things)
- place, time, weather, style: the value read is the scene's
- both of two: pictures of two kinds of things in which both nouns are the likeliest two; "with colours":
  and both colours are right as well
- whole scene: object, colour, place, time, weather and style all at once

CLIP is measured on renders: how often it finds the right prompt of 100, and whether the aesthetic head ranks
pictures as the world's known rating does.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import open_clip
import torch
from diffusers import StableDiffusionPipeline
from safetensors.torch import load_file
from torchvision import transforms

from model.tiny.grammar import beautified, caption
from model.tiny.render import render
from model.tiny.world import NOUNS, STYLES, Scene, rating
from training.tiny import classifier
from training.tiny.classifier import Reading, held_out_scenes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PIL import Image

STEPS, GUIDANCE = 10, 2.5
SETTING = ("place", "time", "weather", "style")
MEASURED = ("<!-- measured -->", "<!-- /measured -->")
"""What stands between these lines in a card or page is written by `check --write`."""


class ClipReader:
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
    def pictures(self, images: Sequence[Image.Image]) -> torch.Tensor:
        """Normalised embeddings (n, d)."""
        prepared = torch.stack([self.prepare(image) for image in images])
        embedded: torch.Tensor = self.clip.encode_image(prepared, normalize=True)
        return embedded

    @torch.no_grad()
    def texts(self, texts: list[str]) -> torch.Tensor:
        """Normalised embeddings (n, d)."""
        embedded: torch.Tensor = self.clip.encode_text(self.tokenize(texts), normalize=True)
        return embedded

    def ratings(self, pictures: torch.Tensor) -> np.ndarray:
        """The aesthetic head on picture embeddings, (n,)."""
        rated: np.ndarray = (pictures @ self.head["weight"].T + self.head["bias"])[:, 0].numpy()
        return rated


def paint(
    folder: Path,
    prompts: Sequence[str],
    *,
    steps: int = STEPS,
    guidance: float = GUIDANCE,
    same_seed: bool = False,
) -> list[Image.Image]:
    """Pictures of the exported pipeline in batches of sixteen; seed i for prompt i, or 7 for all."""
    pipe = StableDiffusionPipeline.from_pretrained(folder, torch_dtype=torch.float32)
    pipe.set_progress_bar_config(disable=True)
    pictures: list[Image.Image] = []
    for start in range(0, len(prompts), 16):
        part = list(prompts[start : start + 16])
        seeds = [torch.Generator().manual_seed(7 if same_seed else start + i) for i in range(len(part))]
        with torch.autocast("cpu", torch.bfloat16):
            pictures += pipe(part, generator=seeds, num_inference_steps=steps, guidance_scale=guidance).images
    return pictures


@dataclass(frozen=True)
class Judged:
    """Scenes and what was read in a picture of each."""

    scenes: Sequence[Scene]
    readings: Sequence[Reading]

    def where(self, test: Callable[[Scene], bool]) -> Judged:
        """The part whose scenes pass a test."""
        kept = [pair for pair in zip(self.scenes, self.readings, strict=True) if test(pair[0])]
        return Judged([scene for scene, _ in kept], [reading for _, reading in kept])

    def share(self, right: Callable[[Scene, Reading], bool]) -> float:
        """The share of pictures that are right in some way, in [0, 1]; NaN of none."""
        judged = [right(s, r) for s, r in zip(self.scenes, self.readings, strict=True)]
        return sum(judged) / len(judged) if judged else float("nan")

    def colours(self) -> float:
        """The share of things read in their colour."""
        pairs = [
            r.colours[thing.noun] == thing.colour
            for s, r in zip(self.scenes, self.readings, strict=True)
            for thing in s.things
        ]
        return sum(pairs) / len(pairs) if pairs else float("nan")


def objects_right(scene: Scene, reading: Reading) -> bool:
    """Whether the likeliest nouns are exactly the scene's."""
    return reading.nouns(len(scene.things)) == {thing.noun for thing in scene.things}


def colours_right(scene: Scene, reading: Reading) -> bool:
    """Whether every noun of the scene is read in its colour."""
    return all(reading.colours[thing.noun] == thing.colour for thing in scene.things)


def _agree(name: str, scene: Scene, reading: Reading) -> bool:
    return bool(getattr(scene, name) == getattr(reading, name))


def _has(noun: str, scene: Scene) -> bool:
    return noun in {thing.noun for thing in scene.things}


def _is_in(style: str, scene: Scene) -> bool:
    return scene.style == style


def figures(judged: Judged) -> dict[str, float]:
    """The figures of the module's docstring, in [0, 1]."""
    pairs = judged.where(lambda scene: len(scene.things) == 2)

    def both(scene: Scene, reading: Reading) -> bool:
        return objects_right(scene, reading) and colours_right(scene, reading)

    return {
        "object": judged.share(objects_right),
        "colour": judged.colours(),
        **{name: judged.share(partial(_agree, name)) for name in SETTING},
        "both of two": pairs.share(objects_right),
        "both of two, with colours": pairs.share(both),
        "whole scene": judged.share(lambda s, r: r.shows(s)),
    }


def table(painted: Judged, drawn: Judged) -> str:
    """All figures, and object and colour by noun and by style, as Markdown."""
    ours, theirs = figures(painted), figures(drawn)
    pairs = len(painted.where(lambda scene: len(scene.things) == 2).scenes)
    lines = [
        f"{len(painted.scenes)} held-out scenes, {pairs} of them with two kinds of things.",
        "",
        "| read by the classifier | painted | true renders |",
        "|---|---|---|",
        *(f"| {name} | {ours[name]:.1%} | {theirs[name]:.1%} |" for name in ours),
        "",
        "| by category | n | object | colour |",
        "|---|---|---|---|",
    ]
    parts: dict[str, Judged] = {}
    for noun in NOUNS:
        parts[noun] = painted.where(partial(_has, noun))
    for style in STYLES:
        parts[style] = painted.where(partial(_is_in, style))
    for name, part in parts.items():
        cells = [f"{x:.0%}" if part.scenes else "–" for x in (part.share(objects_right), part.colours())]
        lines.append(f"| {name} | {len(part.scenes)} | {cells[0]} | {cells[1]} |")
    return "\n".join(lines)


def _ranks(values: np.ndarray) -> np.ndarray:
    return np.argsort(np.argsort(values)).astype(float)


def clip_lines(reader: ClipReader, scenes: Sequence[Scene], painted: Sequence[Image.Image]) -> str:
    """CLIP's own figures on renders of the scenes, as Markdown."""
    words = random.Random(0)
    drawn = reader.pictures([render(scene, i) for i, scene in enumerate(scenes)])
    similar = drawn[:100] @ reader.texts([beautified(s, words) for s in scenes[:100]]).T
    short = drawn[:100] @ reader.texts([caption(s, words) for s in scenes[:100]]).T
    known = np.array([rating(scene) for scene in scenes])
    lines = ["| CLIP | |", "|---|---|"]
    for name, scores in (("long prompts", similar), ("captions", short)):
        recall = float((scores.argmax(1) == torch.arange(len(scores))).float().mean())
        lines.append(f"| retrieval on renders, recall@1 among {len(scores)}, {name} | {recall:.0%} |")
    for name, embedded in (("true renders", drawn), ("painted", reader.pictures(painted))):
        agreement = np.corrcoef(_ranks(reader.ratings(embedded)), _ranks(known))[0, 1]
        lines.append(f"| aesthetic head, rank correlation with the known rating, {name} | {agreement:.2f} |")
    return "\n".join(lines)


@dataclass(frozen=True)
class Report:
    """The Markdown for the cards of the painter and of CLIP."""

    pictures: str
    clip: str


def check(
    checkpoints: Path, seed: int = 0, count: int = 500, *, steps: int = STEPS, guidance: float = GUIDANCE
) -> Report:
    """Paint `count` held-out scenes from long prompts, and measure."""
    scenes = held_out_scenes(count, seed)
    words = random.Random(seed)
    judge = classifier.load(checkpoints / "classifier")
    prompts = [beautified(scene, words) for scene in scenes]
    painted = paint(checkpoints / "sd", prompts, steps=steps, guidance=guidance)
    drawn = [render(scene, i) for i, scene in enumerate(scenes)]
    readings = Judged(scenes, classifier.read(judge, painted))
    truth = Judged(scenes, classifier.read(judge, drawn))
    reader = ClipReader(checkpoints / "clip")
    return Report(table(readings, truth), clip_lines(reader, scenes[:128], painted[:128]))


def write_between(path: Path, text: str) -> None:
    """Put text between the `MEASURED` lines of a card or page. Raises ValueError when it has none."""
    before, opening, rest = path.read_text(encoding="utf-8").partition(MEASURED[0])
    _, closing, after = rest.partition(MEASURED[1])
    if not opening or not closing:
        raise ValueError(f"{path} has no place for figures: put {' and '.join(MEASURED)} there")
    path.write_text(f"{before}{opening}\n{text}\n{closing}{after}", encoding="utf-8")
