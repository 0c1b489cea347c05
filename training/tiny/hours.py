"""How long TinyWorld takes from nothing: a few steps of every stage here, times those of its recipe.

Each stage runs at its recipe's sizes, from fresh weights, in a folder that is thrown away. What a stage does
once (reading, sample sheets, exporting) is not counted: minutes beside hours. The shipped language model went
on from its own checkpoint in more rounds than the recipe's one; those are as long as whoever trains wants.
"""

from __future__ import annotations

import os
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from training.tiny import autoencoder, classifier, clip, data, lm, unet
from training.tiny.editing import regions
from training.tiny.editing import train as editing
from training.tiny.lm_data import Packer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_DRAWN = 192  # pictures and rows of pairs that are drawn to see how long one takes
_PAIRS = 24


@dataclass(frozen=True)
class Stage:
    """A stage of the recipe: how many steps (or pictures), and seconds for one of them here."""

    name: str
    steps: int
    seconds: float

    @property
    def hours(self) -> float:
        """Hours of the whole stage."""
        return self.steps * self.seconds / 3600


def measure(steps: int, pictures: int) -> list[Stage]:
    """Every stage in order, from `steps` (at least 2) of each; `pictures` is how many the run draws."""
    with tempfile.TemporaryDirectory() as made:
        out, cores = Path(made), os.cpu_count() or 1
        world = out / "data"
        stages = [_timed("data", pictures, _DRAWN, lambda: data.make(world, _DRAWN, 0, cores))]
        words, codes, paints = clip.ClipRecipe(), autoencoder.AutoencoderRecipe(), unet.UNetRecipe()
        clip.train_text(world, out, replace(words, text_steps=steps))
        stages.append(Stage("text", words.text_steps, pace(out / "clip-text.pt")))
        autoencoder.train(world, out, replace(codes, steps=steps))
        stages.append(Stage("autoencoder", codes.steps, pace(out / "autoencoder.pt")))
        unet.train(world, out, replace(paints, steps=steps, sheet=1, sampling=1))
        stages.append(Stage("unet", paints.steps, pace(out / "unet.pt")))
        clip.train_image(world, out, replace(words, image_steps=steps))
        stages.append(Stage("clip", words.image_steps, pace(out / "clip-image.pt")))
        judges = classifier.ClassifierRecipe()
        classifier.train(world, out, replace(judges, steps=steps))
        stages.append(Stage("classifier", judges.steps, pace(out / "classifier.pt")))
        return [*stages, _language(out, steps), *_editor(out, steps, cores), *_regions(out, steps, cores)]


def _language(out: Path, steps: int) -> Stage:
    recipe = lm.LmRecipe()
    tokenizer = lm.load_tokenizer(out / "lm-tokenizer", (), recipe, lm.CHECKPOINT)
    run = lm.new_run(replace(recipe, steps=steps), out, len(tokenizer))
    lm.train(run, recipe, Packer(tokenizer, (), recipe.rows), compiled=False)
    return Stage("lm", recipe.steps, pace(run.path))


def _editor(out: Path, steps: int, cores: int) -> list[Stage]:
    recipe, folder = editing.EditorRecipe(), out / "pairs"
    few = replace(recipe, rows=_PAIRS, steps=steps)
    drawn = _timed("pairs", recipe.rows, _PAIRS, lambda: editing.make_pairs(folder, few, cores))
    editing.train(folder, out / "edit", few, editing.new_editor())
    return [drawn, Stage("edit", recipe.steps, pace(out / "edit" / "editor.pt"))]


def _regions(out: Path, steps: int, cores: int) -> list[Stage]:
    recipe = regions.RegionRecipe()
    few = replace(recipe, pictures=_DRAWN, steps=steps)
    path = out / "region-pictures.npy"
    drawn = _timed("region's pictures", recipe.pictures, _DRAWN, lambda: regions.drawn(few, path, cores))
    regions.train(out, few, cores)
    return [drawn, Stage("region", recipe.steps, pace(out / "region.pt"))]


def _timed(name: str, whole: int, part: int, draw: Callable[[], object]) -> Stage:
    """A stage that draws `whole` things, from how long `part` of them take."""
    began = time.monotonic()
    draw()
    return Stage(name, whole, (time.monotonic() - began) / part)


def pace(path: Path) -> float:
    """Seconds a step of the run whose state is kept in `path`; of two steps or more."""
    state = torch.load(path, weights_only=True)
    # A run notes the time when a step begins: the last one is not in it
    return float(state["seconds"]) / (int(state["done"]) - 1)


def table(stages: Sequence[Stage]) -> str:
    """The stages as a Markdown table with their sum."""
    lines = ["| stage | steps | seconds a step | hours |", "|---|---|---|---|"]
    lines += [f"| {one.name} | {one.steps} | {one.seconds:.3f} | {one.hours:.2f} |" for one in stages]
    return "\n".join([*lines, f"| all | | | {sum(one.hours for one in stages):.1f} |"])
