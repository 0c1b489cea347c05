"""At which confidence TinyWorld's language model is to say that it is not sure, and where not to act at all.

`python -m training tiny lm --calibrate --checkpoint FOLDER` asks it the wishes of the selection part, half in
English and half in German, in words that no training wish is made of. The share of right answers is fitted
as a function of the confidence that never falls (isotonic regression), and the thresholds are the lowest
confidences at which it reaches `SURE` and `WORTH_A_TRY`. They go into the checkpoint's `diffchat.json`
(`model.language.confidence`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import isotonic_regression

from model.engine import EditRequest
from model.language import adapter
from model.language.confidence import Thresholds
from model.language.llm import DiffChatLLM
from model.settings import LLMSettings
from training.tiny import chat_eval

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from training.tiny.chat_eval import Ask

SURE = 2 / 3
"""A picture that is wrong and says nothing counts as twice as bad as a right one that is called doubtful."""
WORTH_A_TRY = 0.1
"""Below this share of right answers a picture is not painted: undoing nine in vain is worse than saying it in
other words."""

Measured = tuple[float, bool]
"""The confidence of one answer, and whether it was right."""


def calibrate(folder: Path, count: int) -> str:
    """Measure a checkpoint on `count` wishes in each language and write its thresholds; gives a table."""
    settings = LLMSettings(model=str(folder), quantization="none", device="cpu")
    version = adapter.prompt_version(str(folder))
    if version is None:
        raise ValueError(f"{folder} has no {adapter.MARKER}: it is no DiffChat checkpoint")
    adapter.write_marker(folder, version)  # so that nothing is kept back while it is measured
    found = measured(DiffChatLLM.load(settings).try_edit, count)
    thresholds = thresholds_of(found)
    adapter.write_marker(folder, version, thresholds)
    return table(found, thresholds)


def measured(ask: Ask, count: int) -> list[Measured]:
    """Confidence and rightness of the edits that a model answers to held-out wishes; those that it does not
    take for edits, or that leave the prompt as it was, are no risk and left out."""
    found: list[Measured] = []
    for language in ("en", "de"):
        wishes = chat_eval.held_out_wishes(count, language, "selection", seed=2)
        requests = [EditRequest(source, wish.instruction) for source, wish in wishes]
        results = chat_eval.asked(ask, requests)
        for (source, wish), result in zip(wishes, results, strict=True):
            if result is None or result.confidence is None or chat_eval.same(result.target_prompt, source):
                continue
            found.append((result.confidence, chat_eval.same(result.target_prompt, str(wish.after))))
    return found


def thresholds_of(found: Sequence[Measured]) -> Thresholds:
    """The lowest confidences at which so many answers are right, to two digits; 1 where none reaches it."""
    ordered = sorted(found)
    if not ordered:
        return Thresholds()
    share = isotonic_regression(np.array([right for _, right in ordered], dtype=float)).x

    def lowest(wanted: float) -> float:
        place = int(np.searchsorted(share, wanted))
        # the first answer of all needs no threshold: none below it was seen to be wrong
        return 0.0 if place == 0 else round(ordered[place][0], 2) if place < len(ordered) else 1.0

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
