"""The judge of painted pictures: a small network that learnt from renders alone what a picture holds.

It has nothing in common with the painter but the world: no latents, no text, no CLIP. It reads which things
are there, the colour and number of each, place, time, weather and style. Renders are shifted, blurred and
made noisy while it learns, so that a soft picture is no other world to it; it never sees a painted one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from model.settings import CHECKPOINTS
from model.tiny.world import COLOURS, COUNTS, NOUNS, PLACES, STYLES, TIMES, WEATHERS, Scene
from training.tiny.data import HELD_OUT, Pictures, scene_of
from training.tiny.loop import Run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FOLDER = CHECKPOINTS / "classifier"
SETTING = {"place": PLACES, "time": TIMES, "weather": WEATHERS, "style": STYLES}


@dataclass(frozen=True)
class ClassifierRecipe:
    """Sizes and rates; the defaults made the shipped file."""

    channels: tuple[int, ...] = (32, 64, 96, 128)
    batch: int = 64
    steps: int = 1500
    minutes: float = 0.0
    lr: float = 2e-3
    seed: int = 0


class _Block(nn.Module):
    """Half the size, then a residual convolution."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.down = nn.Conv2d(inputs, outputs, 3, stride=2, padding=1)
        self.norm = nn.GroupNorm(8, outputs)
        self.more = nn.Conv2d(outputs, outputs, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        x = F.silu(self.norm(self.down(x)))
        return x + F.silu(self.more(x))


class Classifier(nn.Module):
    """Pictures (n, 3, 128, 128) in [-1, 1] to logits by name.

    "nouns" (n, 12); "colours" (n, 12, 10) and "counts" (n, 12, 3), of each noun if it is there; and one
    entry of `SETTING` each, (n, values). A noun is looked for everywhere and read where it was found:
    "places" (n, 12, places) has the share of each place of the picture, row by row.
    """

    def __init__(self, recipe: ClassifierRecipe = ClassifierRecipe()) -> None:
        super().__init__()
        widths = (3, *recipe.channels)
        self.body = nn.Sequential(*map(_Block, widths[:-1], widths[1:]))
        width = widths[-1]
        self.nouns = nn.Conv2d(width, len(NOUNS), 1)
        self.colours = nn.Conv2d(width, len(NOUNS) * len(COLOURS), 1)
        self.counts = nn.Linear(len(NOUNS) + width, len(NOUNS) * len(COUNTS))
        self.setting = nn.ModuleDict({name: nn.Linear(width, len(v)) for name, v in SETTING.items()})

    def forward(self, pictures: Tensor) -> dict[str, Tensor]:
        """Logits; see the class."""
        seen = self.body(pictures)
        found = self.nouns(seen).flatten(2)  # n, nouns, places
        where = found.softmax(-1)
        colours = self.colours(seen).flatten(2).unflatten(1, (len(NOUNS), len(COLOURS)))
        mean = seen.mean((2, 3))
        counts = self.counts(torch.cat([found.sigmoid().sum(-1), mean], 1)).unflatten(1, (len(NOUNS), -1))
        read = {"nouns": found.amax(-1), "colours": torch.einsum("ncvp,ncp->ncv", colours, where)}
        read |= {"counts": counts, "places": where}
        return read | {name: head(mean) for name, head in self.setting.items()}


@dataclass(frozen=True)
class Reading:
    """What the classifier reads in one picture. `chances` are of nouns; `colours`, `counts` and `centres` of
    each noun, these as (x, y) in pixels of a picture of 128 px."""

    chances: dict[str, float]
    colours: dict[str, str]
    counts: dict[str, int]
    place: str
    time: str
    weather: str
    style: str
    centres: dict[str, tuple[float, float]] = field(default_factory=dict)

    def nouns(self, count: int) -> set[str]:
        """The `count` nouns that are likeliest in the picture."""
        return set(sorted(self.chances, key=self.chances.__getitem__, reverse=True)[:count])

    def shows(self, scene: Scene) -> bool:
        """Whether the picture is of this scene: its things with their colours and its setting.

        Asked are as many nouns as the scene has. Sizes, counts and quality words are not judged.
        """
        right = self.nouns(len(scene.things)) == {thing.noun for thing in scene.things}
        right = right and all(self.colours[thing.noun] == thing.colour for thing in scene.things)
        return right and all(getattr(self, name) == getattr(scene, name) for name in SETTING)


def tensor_of(pictures: Sequence[Image.Image]) -> Tensor:
    """Pictures of any size as (n, 3, 128, 128) in [-1, 1]."""
    sized = [p.convert("RGB").resize((128, 128), Image.Resampling.LANCZOS) for p in pictures]
    return torch.from_numpy(np.stack([np.asarray(p) for p in sized])).permute(0, 3, 1, 2).float() / 127.5 - 1


@torch.no_grad()
def read(classifier: Classifier, pictures: Sequence[Image.Image], batch: int = 64) -> list[Reading]:
    """What each picture shows."""
    readings: list[Reading] = []
    for start in range(0, len(pictures), batch):
        logits = classifier(tensor_of(pictures[start : start + batch]))
        readings += [_reading(logits, row) for row in range(len(logits["nouns"]))]
    return readings


def _reading(logits: dict[str, Tensor], row: int) -> Reading:
    colours, counts = logits["colours"][row].argmax(-1), logits["counts"][row].argmax(-1)
    return Reading(
        chances=dict(zip(NOUNS, logits["nouns"][row].sigmoid().tolist(), strict=True)),
        colours={noun: COLOURS[colours[i]] for i, noun in enumerate(NOUNS)},
        counts={noun: COUNTS[counts[i]] for i, noun in enumerate(NOUNS)},
        centres=dict(zip(NOUNS, _centres(logits["places"][row]), strict=True)),
        **{name: values[int(logits[name][row].argmax())] for name, values in SETTING.items()},
    )


def _centres(places: Tensor) -> list[tuple[float, float]]:
    """The middle of each noun's map [nouns, places] of shares, as (x, y) in pixels of 128."""
    side = round(places.shape[-1] ** 0.5)
    maps = places.unflatten(-1, (side, side))
    middles = (torch.arange(side) + 0.5) * (128 / side)
    return list(zip((maps.sum(-2) @ middles).tolist(), (maps.sum(-1) @ middles).tolist(), strict=True))


@dataclass(frozen=True)
class Truth:
    """What scenes hold, as the indices that `Classifier`'s logits are compared with; -1: nothing to say."""

    nouns: Tensor
    colours: Tensor
    counts: Tensor
    setting: dict[str, Tensor]

    @classmethod
    def of(cls, scenes: Sequence[Scene]) -> Truth:
        """Nouns as 0/1 (n, 12); colours and counts (n, 12); the setting (n,) each."""
        shape = (len(scenes), len(NOUNS))
        colours, counts = torch.full(shape, -1), torch.full(shape, -1)
        for row, scene in enumerate(scenes):
            for thing in scene.things:
                column = NOUNS.index(thing.noun)
                colours[row, column] = COLOURS.index(thing.colour)
                counts[row, column] = COUNTS.index(thing.count)
        setting = {
            name: torch.tensor([values.index(getattr(s, name)) for s in scenes])
            for name, values in SETTING.items()
        }
        return cls((colours >= 0).float(), colours, counts, setting)


def loss_of(logits: dict[str, Tensor], truth: Truth) -> Tensor:
    """Cross-entropy of everything read; colours and counts only of what is there."""
    total = 4 * F.binary_cross_entropy_with_logits(logits["nouns"], truth.nouns)
    for name, wanted, weight in (("colours", truth.colours, 1.0), ("counts", truth.counts, 0.3)):
        total = total + weight * F.cross_entropy(
            logits[name].flatten(0, 1), wanted.flatten(), ignore_index=-1
        )
    parts = [F.cross_entropy(logits[name], wanted) for name, wanted in truth.setting.items()]
    return total + 0.5 * torch.stack(parts).sum()


def spoil(pictures: Tensor, rng: np.random.Generator) -> Tensor:
    """Shifted by up to 6 px, half of them blurred by reducing, with noise and another brightness."""
    dx, dy = rng.integers(-6, 7, 2).tolist()
    shifted = F.pad(pictures, (6, 6, 6, 6), mode="replicate")[..., 6 + dy : 134 + dy, 6 + dx : 134 + dx]
    small = F.interpolate(shifted, scale_factor=float(rng.uniform(0.4, 0.9)), mode="area")
    blurred = F.interpolate(small, size=shifted.shape[-2:], mode="bilinear", align_corners=False)
    share = torch.from_numpy(rng.random((len(pictures), 1, 1, 1)).astype(np.float32) * 2 - 1).clamp(min=0)
    noise = torch.from_numpy(rng.standard_normal(pictures.shape, np.float32)) * float(rng.uniform(0, 0.12))
    light = torch.from_numpy(rng.uniform(0.9, 1.1, (len(pictures), 1, 1, 1)).astype(np.float32))
    return (torch.lerp(shifted, blurred, share) + noise) * light


def train(data: Path, out: Path, recipe: ClassifierRecipe) -> None:
    """Train or go on training; writes the averaged network to `out/classifier`."""
    pictures = Pictures.load(data)
    torch.manual_seed(recipe.seed)
    model = Classifier(recipe).to(memory_format=torch.channels_last)
    limits = (recipe.steps, recipe.lr, recipe.seed, recipe.minutes)
    run = Run("classifier", model, out, *limits, decay=0.99, muon=True)
    run.resume()

    def step(number: int, rng: np.random.Generator) -> Tensor:
        indices = rng.integers(0, len(pictures), recipe.batch)
        shown = spoil(pictures.tensor(indices), rng).to(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(shown)
        truth = Truth.of([pictures.scenes[i] for i in indices])
        return loss_of({name: value.float() for name, value in logits.items()}, truth)

    def keep() -> None:
        (out / "classifier").mkdir(exist_ok=True)
        save_file(
            {name: value.contiguous() for name, value in run.average.weights.items()},
            out / "classifier" / "model.safetensors",
        )

    run.train(step, keep)
    keep()


def load(folder: Path = FOLDER) -> Classifier:
    """The trained network. Raises FileNotFoundError that names the command to make it."""
    path = folder / "model.safetensors"
    if not path.exists():
        raise FileNotFoundError(f"no classifier in {folder}: run `python -m training tiny classifier` first")
    model = Classifier()
    model.load_state_dict({name: value.float() for name, value in load_file(path).items()})
    return model.eval()


def held_out_scenes(count: int, seed: int = 0, *, start: int = 1000) -> list[Scene]:
    """`count` scenes with at least one thing that no training has seen."""
    every = (scene_of(seed, HELD_OUT + start + i) for i in range(20 * count))
    return [scene for scene in every if scene.things][:count]
