"""At which confidence TinyWorld's language model is to say that it is not sure, and where not to act at all.

`python -m training tiny lm --calibrate --checkpoint FOLDER` asks it the wishes of the selection part, half in
English and half in German, in words that no training wish is made of: half of them by lines, which are as
different from each other as people's messages are. The share of right answers is fitted
as a function of the confidence that never falls (isotonic regression), and the thresholds are the lowest
confidences at which it reaches `SURE` and `WORTH_A_TRY`. They go into the checkpoint's `diffchat.json`
(`model.language.confidence`).
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import isotonic_regression

from model.errors import LoadError
from model.language import adapter
from model.language.confidence import Thresholds
from training.data.tinyworld import same
from training.errors import TrainingError
from training.tiny import chat_eval
from training.tiny.lm_eval import asker

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from training.tiny.chat_eval import Ask

SURE = 0.85
"""A picture that is wrong and says nothing is as bad as six right ones that are called doubtful: a doubt is
one line under the picture, with a button for what else the words may mean."""
WORTH_A_TRY = 0.1
"""Below this share of right answers a picture is not painted: undoing nine in vain is worse than saying it in
other words."""
LEAST = 100
"""Fewer answers say nothing."""

Measured = tuple[float, bool]
"""The confidence of one answer, and whether it was right."""


def calibrate(folder: Path, count: int) -> str:
    """Measure a checkpoint on `count` wishes in each language and write its thresholds; gives a table.

    Raises LoadError for a folder that is no DiffChat checkpoint, and TrainingError, with the marker as it
    was, where too few answers are edits to tell anything.
    """
    if adapter.prompt_version(str(folder)) is None:
        raise LoadError(f"{folder} has no {adapter.MARKER}: it is no DiffChat checkpoint.")
    found = measured(asker(folder), count)
    if len(found) < LEAST:
        raise TrainingError(
            f"Of {2 * count} wishes {len(found)} were answered by an edit, and {LEAST} are needed to tell "
            "when the model is sure: ask for more (--chats)."
        )
    thresholds = thresholds_of(found)
    adapter.set_thresholds(folder, thresholds)
    return table(found, thresholds)


def measured(ask: Ask, count: int) -> list[Measured]:
    """Confidence and rightness of the edits that a model answers to held-out wishes; those that it does not
    take for edits, or that leave the prompt as it was, are no risk and left out."""
    found: list[Measured] = []
    for language in ("en", "de"):
        wishes = chat_eval.held_out_wishes(count - count // 2, language, "selection", seed=2)
        wishes += chat_eval.held_out_wishes(count // 2, language, "selection", seed=2, bank=True)
        results = chat_eval.wishes_asked(ask, wishes)
        for (source, wish), result in zip(wishes, results, strict=True):
            if result is None or result.confidence is None or same(result.target_prompt, source):
                continue
            found.append((result.confidence, same(result.target_prompt, str(wish.after))))
    return found


def thresholds_of(found: Sequence[Measured]) -> Thresholds:
    """The lowest confidences at which so many answers are right, rounded down to two digits; 1 where none
    reaches it."""
    by_confidence: dict[float, list[bool]] = defaultdict(list)
    for confidence, right in found:
        by_confidence[confidence].append(right)
    confidences = sorted(by_confidence)
    if not confidences:
        return Thresholds()
    shares = [sum(by_confidence[one]) / len(by_confidence[one]) for one in confidences]
    numbers = [len(by_confidence[one]) for one in confidences]
    fitted = isotonic_regression(shares, weights=numbers).x

    def lowest(wanted: float) -> float:
        place = int(np.searchsorted(fitted, wanted))
        if place == len(confidences):
            return 1.0
        # the first of all needs no threshold: none below it was seen to be wrong
        return 0.0 if place == 0 else math.floor(confidences[place] * 100) / 100

    return Thresholds(lowest(SURE), lowest(WORTH_A_TRY))


def table(found: Sequence[Measured], thresholds: Thresholds) -> str:
    """How many answers lie below, between and above the thresholds, and how many of these are right."""
    rows = ["| confidence | answers | right |", "|---|---|---|"]
    bounds = (0.0, thresholds.unclear, thresholds.doubtful, 1.01)
    names = ("unclear", "doubtful", "sure")
    for name, low, high in zip(names, bounds, bounds[1:], strict=False):
        inside = [right for confidence, right in found if low <= confidence < high]
        share = f"{sum(inside) / len(inside):.0%}" if inside else "–"
        rows.append(f"| {name}: {low:.2f} to {min(high, 1.0):.2f} | {len(inside)} | {share} |")
    return "\n".join(rows)
