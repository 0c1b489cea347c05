"""GenEval's rules: whether a picture shows the objects, counts, colours and positions that a prompt names.

Ghosh et al. 2023 (arXiv 2310.11513), after its `evaluation/evaluate_images.py`. Rules and thresholds are
GenEval's; what finds the objects is the detector that the config names:

- "tinyworld": TinyWorld's classifier of pictures (`training.tiny.detector`).
- "mask2former": GenEval's own. It needs mmdet 2 and mmcv-full in an environment of their own, so it is
  refused with what to install.
- "package.module:Class": one of your own, made without arguments.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from training.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PIL import Image

    from training.evaluation.benchmarks.loaders import Item

THRESHOLD = 0.3
COUNTING_THRESHOLD = 0.9
"""Confidences above which an object counts as seen; for prompts that count, surer ones are asked for."""
POSITION_THRESHOLD = 0.1
MAX_OBJECTS = 16
_MASK2FORMER = (
    "detector = 'mask2former': GenEval's detector needs mmdet 2, mmcv-full 1, the checkpoint "
    "mask2former_swin-s-p4-w7-224_lsj_8x2_50e_coco and CLIP ViT-L/14 for colours, in an environment of its "
    "own (github.com/djghosh13/geneval, environment.yml). Install them there, and name a class of yours that "
    'asks it: detector = "package.module:Class".'
)


@dataclass(frozen=True)
class Seen:
    """An object in a picture: its box (left, top, right, bottom) in pixels, colour, confidence in [0, 1]."""

    box: tuple[float, float, float, float]
    colour: str
    confidence: float = 1.0


class Detector(Protocol):
    """Finds objects by class."""

    @property
    def key(self) -> str:
        """What identifies its findings in the score cache: its name and weights."""

    def __call__(self, images: Sequence[Image.Image], /) -> list[dict[str, list[Seen]]]:
        """The objects of each picture by class."""


class GenEvalJudge:
    """1 for a picture that shows what its prompt's rules ask for, else 0: a judge in the place of others."""

    def __init__(self, items: Sequence[Item], detector: Detector) -> None:
        self._rules = {item.prompt: item.rules for item in items}
        self._detector = detector
        stated = json.dumps(sorted(self._rules.items()), default=dict).encode()
        self.key = f"geneval {detector.key} {hashlib.sha256(stated).hexdigest()[:16]}"

    def __call__(self, images: Sequence[Image.Image], intents: Sequence[str]) -> list[float]:
        """1 or 0 for each picture."""
        found = self._detector(images)
        return [float(correct(one, self._rules[intent])) for one, intent in zip(found, intents, strict=True)]


def correct(found: Mapping[str, Sequence[Seen]], rules: Mapping[str, Any]) -> bool:
    """Whether the objects of a picture fulfil a prompt's rules: all of `include`, none of `exclude`.

    Colours and positions are asked of the surest objects, as many as were asked for.
    """
    seen = _kept(found, COUNTING_THRESHOLD if rules.get("tag") == "counting" else THRESHOLD)
    groups: list[Sequence[Seen] | None] = []
    for clause in rules["include"]:
        chosen = seen.get(clause["class"], [])[: clause["count"]]
        matched = len(chosen) == clause["count"] and all(
            one.colour == clause.get("color", one.colour) for one in chosen
        )
        if matched and "position" in clause:
            where, index = clause["position"]
            others = groups[index]
            matched = others is not None and all(
                where in relations(one.box, other.box) for one in chosen for other in others
            )
        groups.append(chosen if matched else None)
    too_many = any(len(seen.get(one["class"], [])) >= one["count"] for one in rules.get("exclude", ()))
    return None not in groups and not too_many


def relations(box: Sequence[float], other: Sequence[float]) -> set[str]:
    """Where the first box lies from the second: none, one or two of left of, right of, above, below.

    The distance of the centres, less a tenth of both sizes together, must be more than half of the whole
    distance in that direction.
    """
    dx, dy = (_offset(box[axis::2], other[axis::2]) for axis in (0, 1))
    if max(abs(dx[1]), abs(dy[1])) < 1e-3:
        return set()
    whole = math.hypot(dx[0], dy[0])
    directions = {"left of": -dx[1], "right of": dx[1], "above": -dy[1], "below": dy[1]}
    return {name for name, distance in directions.items() if distance / whole > 0.5}


def load_detector(name: str) -> Detector:
    """The detector of this name. Raises ConfigError for one that is unknown or cannot be run."""
    if name == "mask2former":
        raise ConfigError("The detector cannot be used:", [_MASK2FORMER])
    # By name, since the networks of TinyWorld stand above the evaluation
    path = "training.tiny.detector:TinyWorldDetector" if name == "tinyworld" else name
    module, colon, kind = path.partition(":")
    try:
        if not colon:
            raise ImportError("known are tinyworld and mask2former")
        detector: Detector = getattr(importlib.import_module(module), kind)()
    except (ImportError, AttributeError) as error:
        raise ConfigError("The detector cannot be used:", [f"detector = {name!r}: {error}"]) from error
    return detector


def _kept(found: Mapping[str, Sequence[Seen]], threshold: float) -> dict[str, list[Seen]]:
    """Objects above the threshold, surest first."""
    kept = {name: [one for one in seen if one.confidence > threshold] for name, seen in found.items()}
    return {
        name: sorted(seen, key=lambda one: one.confidence, reverse=True)[:MAX_OBJECTS]
        for name, seen in kept.items()
    }


def _offset(span: Sequence[float], other: Sequence[float]) -> tuple[float, float]:
    """The distance of two spans' centres along one axis, and what of it is more than their sizes explain."""
    distance = (sum(span) - sum(other)) / 2
    sizes = abs(span[1] - span[0]) + abs(other[1] - other[0])
    return distance, math.copysign(max(abs(distance) - POSITION_THRESHOLD * sizes, 0.0), distance)
