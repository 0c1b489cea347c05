"""TinyWorld's objects for GenEval's rules, found by the classifier of pictures.

The classifier says where a noun is by where its map is hottest; the box is one step of that map around it.
It reads one colour and one number for each noun, so several of a kind share box and colour. Its confidence of
the number is not asked: a noun that is there is there as often as was read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.evaluation.benchmarks.geneval import Seen
from training.rewards.cache import weights_stamp
from training.tiny.classifier import FOLDER, Reading, load, read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

_STEP = 16
"""Pixels of one side of a place in the classifier's maps, at 128 px."""


class TinyWorldDetector:
    """Nouns of the world with their boxes, at the size of 128 px."""

    def __init__(self) -> None:
        self._classifier = load()
        self.key = f"tinyworld {weights_stamp(str(FOLDER))}"

    def __call__(self, images: Sequence[Image.Image]) -> list[dict[str, list[Seen]]]:
        """The objects of each picture by noun; those that are unlikely have a low confidence."""
        return [seen(reading) for reading in read(self._classifier, images)]


def seen(reading: Reading) -> dict[str, list[Seen]]:
    """All nouns of a reading."""
    found = {}
    for noun, chance in reading.chances.items():
        x, y = reading.centres[noun]
        box = (x - _STEP / 2, y - _STEP / 2, x + _STEP / 2, y + _STEP / 2)
        found[noun] = [Seen(box, reading.colours[noun], chance)] * reading.counts[noun]
    return found
