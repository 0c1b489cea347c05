"""The tables of the experiment on conversations, from its raw results (`training.tiny.arms` makes them)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from training.config.arms_settings import MEASURES, ArmHypothesis
from training.core.statistics import Estimate, estimate
from training.evaluation.hypotheses import EXPECTED, cell, verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHOWN = ("true@1", "true@6", "chained@1", "chained@6", "chained@8")
_BESIDE = ("integrity", "unasked", "length", "talk painted", "single edits", "single integrity")


def tables_of(raw: dict[str, Any]) -> str:
    """All tables: arms by measure, the hypotheses and what became of them, chained turn by turn."""
    seeds, planned = len(raw["seeds"]), raw["planned"]
    brackets = ("One seed has no intervals.", "In brackets 95 % intervals (Student's t over seeds).")
    made = (
        f"{seeds} of {planned} seeds, {raw['chats']} conversations and {raw['edits']} edits of the "
        f"{raw['part']} part each; {raw['machine']}. {brackets[seeds > 1]}"
    )
    if not seeds:
        return made + "\n"
    turns = tuple(name for name in MEASURES if name.startswith("chained@"))
    told = [
        made,
        _table(raw, _SHOWN, intervals=seeds > 1),
        _table(raw, _BESIDE, intervals=seeds > 1),
        _hypotheses(raw),
        _table(raw, turns, intervals=False),
    ]
    return "\n\n".join(filter(None, told)) + "\n"


def _table(raw: dict[str, Any], measures: Sequence[str], *, intervals: bool) -> str:
    lines = ["| arm | " + " | ".join(measures) + " |", "|---" * (len(measures) + 1) + "|"]
    for arm, own in raw["values"].items():
        found = [_over_seeds(own[name]) for name in measures]
        cells = [_cell(one, intervals=intervals) for one in found]
        lines.append(f"| {arm} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _hypotheses(raw: dict[str, Any]) -> str:
    """What was expected before the runs, and what they say so far."""
    if not raw["hypotheses"]:
        return ""
    lines = ["| hypothesis, written before the runs | measured on | expected | found | verdict |"]
    lines.append("|---" * 5 + "|")
    for name, own in raw["hypotheses"].items():
        one = ArmHypothesis(**own)
        values = raw["values"][one.arm][one.measure]
        others = raw["values"][one.than][one.measure] if one.than else [one.level or 0.0] * len(values)
        found = _over_seeds([a - b for a, b in zip(values, others, strict=True)])
        where = f"{one.measure}: {one.arm} less {one.than or f'{one.level:g}'}"
        expected = EXPECTED[one.direction].format(margin=one.margin)
        said = verdict(found, one.direction, one.margin)
        if len(values) < raw["planned"]:
            said = f"open: {len(values)} of {raw['planned']} seeds"
        difference = _cell(found, intervals=len(values) > 1)
        lines.append(f"| {name} | {where} | {expected} | {difference} | {said} |")
    return "\n".join(lines)


def _cell(found: Estimate, *, intervals: bool) -> str:
    return cell(found) if intervals else f"{found.mean:.3f}"


def _over_seeds(values: Sequence[float]) -> Estimate:
    return estimate([[value] for value in values])
