"""Exact pairs for the editor: a picture, what somebody asks for, and the picture after it.

Scene i is drawn once as it is and once for each of its `EDITS` edits, with the edit-aware layout of
`model.tiny.composition`, so that before and after differ only in what was asked. The instructions are half
those of the grammar (`model.tiny.edits`) and half people's own words in English and German
(`training.tiny.wishes`). One edit in thirty asks for nothing and changes nothing.

Folder layout: `latents.npy` float16 (n, 1 + EDITS, c, 16, 16), the pictures as the shipped encoder has them,
and `pairs.jsonl` (line i: the scenes, the kinds and the instructions of row i). Rows from `data.HELD_OUT` on
are for evaluation alone.
"""

from __future__ import annotations

import json
import multiprocessing
import random
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import torch

from model.tiny.composition import Composition
from model.tiny.drafts import draft, scene_of
from model.tiny.edits import edit_of
from model.tiny.render import PICTURE
from model.tiny.world import MAX_KINDS, Scene
from training.core.progress import Progress
from training.tiny.data import scene_from_dict
from training.tiny.wishes.draw import random_wish

if TYPE_CHECKING:
    from pathlib import Path

    from model.tiny.drafts import Draft
    from training.tiny.basis import Basis
    from training.tiny.wishes.voice import Part

EDITS = 3
LATENTS, PAIRS = "latents.npy", "pairs.jsonl"
_KINDS = {
    "recolour": 5, "add": 4, "remove": 3, "replace": 4, "resize": 2, "count": 2, "time": 2, "weather": 2,
    "place": 2, "style": 2, "quality": 1, "negation": 1, "nothing": 1, "combined": 2,
}  # fmt: skip
_GERMAN = 0.45  # of the wishes in people's own words
_MOST = 5  # objects: more stand on top of each other


@dataclass(frozen=True, slots=True)
class Asked:
    """One edit of a scene: its kind, what was typed, and the scene after it."""

    kind: str
    instruction: str
    after: Scene


@dataclass(frozen=True, slots=True)
class Row:
    """A scene, the seed of its layout, and its edits."""

    before: Scene
    seed: int
    edits: tuple[Asked, ...]

    def compositions(self) -> list[Composition]:
        """The picture before and those after each edit."""
        first = Composition.of(self.before, self.seed)
        return [first, *(first.edited(edit.after) for edit in self.edits)]


def asked(source: Draft, rng: random.Random, part: Part = "train") -> Asked | None:
    """An edit of this draft that a picture can show; None where what was drawn does not suit."""
    before = scene_of(source)
    if rng.random() < 0.5:
        wish = random_wish(rng, source, "de" if rng.random() < _GERMAN else "en", part=part)
        if wish is None:
            return None
        found = Asked(wish.kind, wish.instruction, scene_of(wish.after))
    else:
        kind = rng.choices(list(_KINDS), list(_KINDS.values()))[0]
        edit = edit_of(source, rng, kind)
        if edit is None:
            return None
        found = Asked(kind, edit.instruction, edit.after)
    same = found.after == before
    if same != (found.kind == "nothing") or len(found.after.things) > MAX_KINDS or found.after.total > _MOST:
        return None
    return found


def row(seed: int, index: int, part: Part = "train", edits: int = EDITS) -> Row:
    """The row of this number; the same everywhere, whatever was drawn before."""
    rng = random.Random(f"edits {seed} {index}")
    while True:
        source = draft(Scene.random(rng), rng)
        before = scene_of(source)
        if before.total > _MOST:
            continue
        found: list[Asked] = []
        for _ in range(12 * edits):
            edit = _asked(source, rng, part)
            if edit is not None:
                found.append(edit)
            if len(found) == edits:
                return Row(before, index, tuple(found))


def _asked(source: Draft, rng: random.Random, part: Part) -> Asked | None:
    try:
        return asked(source, rng, part)
    except ValueError:
        # a wish for a thing that this world does not know has no picture
        return None


def _draw(job: tuple[int, int]) -> tuple[npt.NDArray[np.uint8], str]:
    made = row(*job)
    pictures = np.stack([np.asarray(c.draw(), np.uint8) for c in made.compositions()])
    return pictures, json.dumps(asdict(made), ensure_ascii=False)


def make(folder: Path, basis: Basis, count: int, seed: int, processes: int) -> None:
    """Draw and encode `count` rows into the folder; a complete folder of the same size is left as it is."""
    if (folder / PAIRS).exists() and len(np.load(folder / LATENTS, mmap_mode="r")) == count:
        return
    folder.mkdir(parents=True, exist_ok=True)
    shape = (count, 1 + EDITS, len(basis.offset), PICTURE // 8, PICTURE // 8)
    latents = np.lib.format.open_memmap(folder / LATENTS, mode="w+", dtype=np.float16, shape=shape)
    progress, lines = Progress("pairs", count), []
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        drawn = pool.imap(_draw, [(seed, index) for index in range(count)], chunksize=16)
        for index, (made, line) in enumerate(drawn):
            pixels = torch.from_numpy(made).permute(0, 3, 1, 2).float() / 127.5 - 1
            latents[index] = basis.encode(pixels).half().numpy()
            lines.append(line)
            progress.show(index + 1)
    latents.flush()
    (folder / PAIRS).write_text("\n".join(lines) + "\n", encoding="utf-8")


@dataclass(frozen=True)
class Pairs:
    """The drawn rows, index by index."""

    latents: npt.NDArray[np.float16]
    rows: list[Row]

    @classmethod
    def load(cls, folder: Path) -> Pairs:
        """Open what `make` wrote. Raises FileNotFoundError that says which command makes it."""
        if not (folder / PAIRS).exists():
            raise FileNotFoundError(f"no pairs in {folder}: run `python -m training tiny pairs` first")
        lines = (folder / PAIRS).read_text(encoding="utf-8").splitlines()
        return cls(np.load(folder / LATENTS), [_row(line) for line in lines])

    def __len__(self) -> int:
        return len(self.rows)


def _row(line: str) -> Row:
    fields = json.loads(line)
    edits = tuple(Asked(e["kind"], e["instruction"], scene_from_dict(e["after"])) for e in fields["edits"])
    return Row(scene_from_dict(fields["before"]), fields["seed"], edits)
