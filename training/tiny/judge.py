"""TinyWorld's independent judge: how much of a wish a picture shows, read by the classifier of pictures.

The classifier learnt from renders alone and shares nothing with CLIP, the aesthetic head or the words'
integrity, so a policy that pleases those without painting what was asked gains nothing here. It is never a
reward.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.tiny.grammar import parse
from training.rewards.cache import weights_stamp
from training.tiny.classifier import FOLDER, SETTING, Reading, load, read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

    from model.tiny.world import Scene


class TinyWorldJudge:
    """The share of a wish's facts that are seen in the picture, in [0, 1]."""

    def __init__(self) -> None:
        self._classifier = load()
        self.key = f"tinyworld {weights_stamp(str(FOLDER))}"

    def __call__(self, images: Sequence[Image.Image], intents: Sequence[str]) -> list[float]:
        """One share for each picture."""
        readings = read(self._classifier, images)
        return [shown(reading, parse(intent)) for reading, intent in zip(readings, intents, strict=True)]


def shown(reading: Reading, scene: Scene) -> float:
    """The share of a scene's facts (each thing, its colour, place, time, weather, style) that were read.

    As many nouns are looked for as the scene has; the colour of a thing that is not there counts as wrong.
    """
    seen = reading.nouns(len(scene.things))
    facts: list[bool] = [getattr(reading, name) == getattr(scene, name) for name in SETTING]
    for thing in scene.things:
        there = thing.noun in seen
        facts += [there, there and reading.colours[thing.noun] == thing.colour]
    return sum(facts) / len(facts)
