"""What was expected before the runs, and what the runs say: confirmed, not confirmed, or refuted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from training.core.statistics import Estimate, estimate
from training.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pydantic import BaseModel

    from training.config.ablation_settings import EffectSettings, HypothesisSettings
    from training.evaluation.results import Results

EXPECTED = {"more": "above 0", "less": "below 0", "no less": "above -{margin:g}"}


def differences(
    values: Mapping[str, Sequence[float]], effect: EffectSettings, seeds: Sequence[int]
) -> list[list[float]]:
    """[seeds][edits]: a variant that has the part less the one that lacks only it, the mean over such pairs.

    `values[method]` is a number an edit; pairs are of the same seed and the same edit.
    """
    pairs = list(zip(effect.has, effect.lacks, strict=True))
    table = []
    for seed in seeds:
        columns = [(_of_seed(values, has, seed), _of_seed(values, lacks, seed)) for has, lacks in pairs]
        rows = [[a - b for a, b in zip(ours, theirs, strict=True)] for ours, theirs in columns]
        table.append([sum(of_edit) / len(rows) for of_edit in zip(*rows, strict=True)])
    return table


def verdict(found: Estimate, direction: str, margin: float = 0.0) -> str:
    """What a 95 % interval says of a hypothesis.

    "confirmed" when all of the interval is where it was expected, "refuted" when none of it is, else "not
    confirmed".
    """
    low, high = (-found.high, -found.low) if direction == "less" else (found.low, found.high)
    limit = -margin if direction == "no less" else 0.0
    if low > limit:
        return "confirmed"
    return "refuted" if high < limit else "not confirmed"


def table_of(
    results: Results,
    effects: Mapping[str, EffectSettings],
    hypotheses: Mapping[str, HypothesisSettings],
    seeds: Sequence[int],
) -> str:
    """All hypotheses as a Markdown table; empty without any."""
    if not hypotheses:
        return ""
    lines = [
        "### hypotheses, written before the runs\n",
        "| hypothesis | measured on | expected | found | verdict |",
    ]
    lines.append("|---" * 5 + "|")
    for name, one in hypotheses.items():
        values = results.by_edit(one.painter, one.metric)
        found = estimate(differences(values, effects[one.effect], seeds))
        expected = EXPECTED[one.direction].format(margin=one.margin)
        where = f"{one.effect}: {one.metric}, {one.painter}, {one.seeds} seeds"
        said = verdict(found, one.direction, one.margin) + _once(results, effects[one.effect])
        if len(seeds) < one.seeds:
            said = f"open: {len(seeds)} of {one.seeds} seeds"
        lines.append(f"| {name} | {where} | {expected} | {cell(found)} | {said} |")
    return "\n".join(lines) + "\n"


def cell(found: Estimate) -> str:
    """An estimate as it stands in a table."""
    return f"{found.mean:.3f} ({found.low:.3f} to {found.high:.3f})"


def keep(hypotheses: Mapping[str, BaseModel], folder: Path) -> None:
    """Write the hypotheses down before the first run; raises ConfigError if they were others when it
    began."""
    file = folder / "hypotheses.json"
    if file.exists():
        check(hypotheses, json.loads(file.read_text(encoding="utf-8")), file)
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(written(hypotheses), indent=1) + "\n", encoding="utf-8")


def written(hypotheses: Mapping[str, BaseModel]) -> dict[str, Any]:
    """The hypotheses for JSON."""
    return {name: one.model_dump(mode="json") for name, one in hypotheses.items()}


def check(hypotheses: Mapping[str, BaseModel], began: Mapping[str, Any], file: Path) -> None:
    """Raises ConfigError unless the hypotheses are those of when the runs `began`, as the file has them."""
    if began != written(hypotheses):
        problem = f"hypotheses: they were others when the runs began ({file}); take another place for these"
        raise ConfigError("The comparison cannot go on:", [problem])


def _once(results: Results, effect: EffectSettings) -> str:
    """What a verdict holds for alone: the one run of a method that was trained and has no seeds of its own.

    Its chance is in no interval: all seeds are compared with the same run.
    """
    single = [name for name in dict.fromkeys((*effect.has, *effect.lacks)) if name in results.began]
    return f", over this one run of {' and '.join(single)}" if single else ""


def _of_seed(values: Mapping[str, Sequence[float]], name: str, seed: int) -> Sequence[float]:
    """A variant's numbers with a seed, or those of a method that has none."""
    return values.get(f"{name}@{seed}") or values[name]
