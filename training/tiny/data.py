"""Pre-rendered pictures of TinyWorld: drawn once by several processes, kept as one array beside their scenes.

Folder layout: `pictures.npy` uint8 (n, 128, 128, 3), `scenes.jsonl` (line i describes picture i).
"""

from __future__ import annotations

import json
import multiprocessing
import random
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import torch

from model.tiny.grammar import beautified, caption
from model.tiny.render import PICTURE, render
from model.tiny.world import Scene, Thing
from training.core.progress import Progress

if TYPE_CHECKING:
    from pathlib import Path

PICTURES, SCENES = "pictures.npy", "scenes.jsonl"
HELD_OUT = 10_000_000
"""Scene numbers from here on are for evaluation and are never rendered for training."""


def scene_of(seed: int, index: int) -> Scene:
    """The scene with this number under this seed; the same everywhere, whatever was drawn before."""
    return Scene.random(random.Random(seed * 100_000_000 + index))


def scene_from_dict(fields: dict[str, Any]) -> Scene:
    """Inverse of `dataclasses.asdict` on a scene, as read back from JSON."""
    things = tuple(Thing(**thing) for thing in fields["things"])
    return Scene(**{**fields, "things": things, "quality": tuple(fields["quality"])})


def prompt_for(scene: Scene, rng: random.Random) -> str:
    """A prompt for training: half captions, half beautified ones; some capitals, some British spelling."""
    text = (caption if rng.random() < 0.55 else beautified)(scene, rng)
    if rng.random() < 0.15:
        text = text.replace("color", "colour")
    return text[:1].upper() + text[1:] if rng.random() < 0.2 else text


def _draw(job: tuple[int, int]) -> npt.NDArray[np.uint8]:
    seed, index = job
    return np.asarray(render(scene_of(seed, index), index), np.uint8)


def make(folder: Path, count: int, seed: int, processes: int) -> None:
    """Render `count` pictures into the folder; a complete folder of the same size is left as it is."""
    if (folder / SCENES).exists() and len(np.load(folder / PICTURES, mmap_mode="r")) == count:
        return
    folder.mkdir(parents=True, exist_ok=True)
    shape = (count, PICTURE, PICTURE, 3)
    pictures = np.lib.format.open_memmap(folder / PICTURES, mode="w+", dtype=np.uint8, shape=shape)
    jobs = [(seed, index) for index in range(count)]
    progress = Progress("render", count)
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        for index, picture in enumerate(pool.imap(_draw, jobs, chunksize=64)):
            pictures[index] = picture
            progress.show(index + 1)
    pictures.flush()
    lines = (json.dumps(asdict(scene_of(seed, index))) for index in range(count))
    (folder / SCENES).write_text("\n".join(lines) + "\n", encoding="utf-8")


@dataclass(frozen=True)
class Pictures:
    """The rendered pictures and the scenes they show, index by index."""

    pixels: npt.NDArray[np.uint8]
    scenes: list[Scene]

    @classmethod
    def load(cls, folder: Path) -> Pictures:
        """Open what `make` wrote. Raises FileNotFoundError that says which command makes it."""
        if not (folder / SCENES).exists():
            raise FileNotFoundError(f"no pictures in {folder}: run `python -m training tiny data` first")
        lines = (folder / SCENES).read_text(encoding="utf-8").splitlines()
        scenes = [scene_from_dict(json.loads(line)) for line in lines]
        return cls(np.load(folder / PICTURES, mmap_mode="r"), scenes)

    def __len__(self) -> int:
        return len(self.scenes)

    def tensor(self, indices: npt.NDArray[np.int64]) -> torch.Tensor:
        """The pictures at these indices as float32 (n, 3, 128, 128) in [-1, 1]."""
        pixels = torch.from_numpy(np.ascontiguousarray(self.pixels[np.asarray(indices)]))
        return pixels.permute(0, 3, 1, 2).float() / 127.5 - 1
