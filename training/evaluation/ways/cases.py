"""What the ways are tried on: a picture, a wish, and what is known of what should come of it.

A folder of edits holds `edits.jsonl`, a line for each: `image` (a file beside it), `instruction`, and where
they are known `target` (what the finished picture shows), `source` (what it shows now), `mask` (a file, white
where it may change), `words` (what names that place) and `kind`. `benchmarks.py` makes one of I2EBench or
GEdit. A target that is not known is made by the preset's own models (`prompts.py`).
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt
from PIL import Image

from model.errors import EditError
from training.errors import DataError, in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Say = Callable[[str, Image.Image, str, str], tuple[str, str]]
    """(name, picture, source or "", instruction) to the prompts before and after."""

log = logging.getLogger(__name__)

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Step:
    """One wish: its kind, what is typed, the prompt after it, the words that name the place (or ""), and the
    place where the picture may differ from the one before (None where that is unknown or everywhere)."""

    kind: str
    instruction: str
    target: str
    words: str = ""
    mask: Mask | None = None


@dataclass(frozen=True)
class Case:
    """A picture with what it shows, the seed that painted it (or will), and one wish or a chain of them."""

    name: str
    source: str
    picture: Image.Image
    seed: int
    steps: tuple[Step, ...]

    @property
    def chain(self) -> bool:
        """Whether it is about drift."""
        return len(self.steps) > 1


class Judge(Protocol):
    """Says of a finished picture whether the change is there and whether the rest stayed, each 0 to 1."""

    def __call__(self, case: Case, step: int, picture: Image.Image) -> tuple[float, float]:
        """(done, kept) of the picture after `case.steps[step]`."""
        ...


def from_folder(folder: Path, count: int, say: Say) -> Iterator[Case]:
    """The first `count` edits of a folder; `say` makes a target that it does not have. A wish that it makes
    no prompt of is logged and left out.

    Raises DataError that names file and line for what is wrong.
    """
    file = folder / "edits.jsonl"
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise DataError(f"{folder} holds no edits.jsonl: {in_words(error)}.", []) from error
    for number, line in enumerate(lines[:count], 1):
        try:
            case = _case(folder, json.loads(line), number)
        except (KeyError, ValueError, OSError) as error:
            raise DataError(f"{file}, line {number}: {in_words(error)}.", []) from error
        step = case.steps[0]
        if not step.target:
            try:
                source, target = say(case.name, case.picture, case.source, step.instruction)
            except EditError as error:
                log.warning("%s, line %d is left out: %s", file, number, error)
                continue
            case = replace(case, source=source, steps=(replace(step, target=target),))
        yield case


def _case(folder: Path, fields: dict[str, str], number: int) -> Case:
    picture = Image.open(folder / fields["image"]).convert("RGB")
    mask = None
    if fields.get("mask"):
        drawn = Image.open(folder / fields["mask"]).convert("L")
        if drawn.size != picture.size:
            raise ValueError(f"the mask has {drawn.size} pixels, the picture {picture.size}")
        mask = np.asarray(drawn) >= 128
    step = Step(
        fields.get("kind", "edit"),
        fields["instruction"],
        fields.get("target", ""),
        fields.get("words", ""),
        mask,
    )
    return Case(f"{number:05d}", fields.get("source", ""), picture, number, (step,))
