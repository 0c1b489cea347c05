"""What the ways came to: a compact raw file, its tables, a sheet of pictures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageDraw

from training.core.statistics import Estimate, estimate
from training.evaluation.hypotheses import EXPECTED, verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from training.config.ways_settings import WaysConfig

MEASURES = ("done", "kept", "both", "outside", "psnr", "clip", "reward", "seconds")
_DIGITS = {"psnr": 1, "outside": 2, "seconds": 2}
_ROUNDED = {"outside": 3, "psnr": 2, "clip": 5, "seconds": 2}


def raw_of(settings: WaysConfig, lines: Sequence[dict[str, Any]], machine: str) -> dict[str, Any]:
    """All that the tables are made from, arm by arm, as columns."""
    arms: dict[str, dict[str, list[Any]]] = {}
    for name in settings.arms:
        mine = [line for line in lines if line["arm"] == name]
        # a reward is there only where EditReward was set up
        measures = [m for m in MEASURES if m != "reward" or settings.edit_reward]
        columns = ("case", "step", "kind", *measures)
        arms[name] = {column: [_number(line, column) for line in mine] for column in columns}
    hypotheses = {name: one.model_dump() for name, one in settings.hypotheses.items()}
    asked = {
        "edits": settings.edits,
        "chains": settings.chains,
        "seed": settings.seed,
        "preset": settings.preset,
    }
    return {"kind": "ways", "machine": machine, "asked": asked, "hypotheses": hypotheses, "arms": arms}


def _number(line: dict[str, Any], column: str) -> Any:
    value = line.get(column)
    if isinstance(value, float):
        # NaN is no JSON
        return None if np.isnan(value) else round(value, _ROUNDED.get(column, 3))
    return value


def write_raw(raw: dict[str, Any], file: Path) -> None:
    """A line for each arm: small, and a change of one arm shows as one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        json.dumps(raw, separators=(",", ":")).replace('"case"', '\n"case"') + "\n", encoding="utf-8"
    )


Row = dict[str, Any]


def rows_of(raw: dict[str, Any], arm: str, keep: Callable[[Row], bool]) -> list[Row]:
    """The lines of an arm that are to be kept."""
    columns = raw["arms"][arm]
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    return [row for row in rows if keep(row)]


def single(row: Row) -> bool:
    """Whether a line is of an edit by itself."""
    return not row["case"].startswith("chain")


def values_of(rows: Sequence[Row], measure: str) -> list[float]:
    """A measure's numbers, where it has any."""
    return [row[measure] for row in rows if row[measure] is not None]


def _cell(values: Sequence[float], digits: int = 3) -> str:
    if not values:
        return "-"
    found = estimate([values])
    return f"{found.mean:.{digits}f} ({found.low:.{digits}f} to {found.high:.{digits}f})"


def tables_of(raw: dict[str, Any]) -> str:
    """Markdown: edits of one thing, edits of the setting, chains, and the hypotheses."""
    asked = raw["asked"]
    made = f"Preset {asked['preset']}, seed {asked['seed']}; {raw['machine']}."
    parts = [f"{made} In brackets 95 % intervals over edits."]
    parts.append(_singles(raw, "one thing", lambda row: row["outside"] is not None))
    parts.append(_singles(raw, "the setting", lambda row: row["outside"] is None))
    parts.append(_chains(raw))
    parts.append(_hypotheses(raw))
    return "\n\n".join(filter(None, parts)) + "\n"


def _singles(raw: dict[str, Any], what: str, keep: Callable[[Row], bool]) -> str:
    local = what == "one thing"
    columns = next(iter(raw["arms"].values()))
    measures = [m for m in MEASURES if m in columns and (local or m not in ("outside", "psnr", "clip"))]
    lines = []
    for arm in raw["arms"]:
        rows = rows_of(raw, arm, lambda row: single(row) and keep(row))
        if rows:
            cells = [
                _cell(values_of(rows, m), {"psnr": 1, "outside": 2, "seconds": 2}.get(m, 3)) for m in measures
            ]
            lines.append(f"| {arm} | {len(rows)} | {' | '.join(cells)} |")
    if not lines:
        return ""
    head = f"| edits of {what} | n | {' | '.join(measures)} |\n" + "|---" * (2 + len(measures)) + "|"
    return "\n".join([head, *lines])


def _chains(raw: dict[str, Any]) -> str:
    lines = []
    steps = 0
    for arm in raw["arms"]:
        rows = rows_of(raw, arm, lambda row: not single(row))
        steps = max([steps, *(row["step"] + 1 for row in rows)])
        if rows:
            cells = [_cell(values_of([r for r in rows if r["step"] == at], "both"), 2) for at in range(steps)]
            lines.append(f"| {arm} | {len({row['case'] for row in rows})} | {' | '.join(cells)} |")
    if not lines:
        return ""
    head = f"| both, in chains | n | {' | '.join(f'after {at + 1}' for at in range(steps))} |"
    return "\n".join([head, "|---" * (2 + steps) + "|", *lines])


def _hypotheses(raw: dict[str, Any]) -> str:
    lines = []
    for name, one in raw["hypotheses"].items():
        found, count = _difference(raw, one)
        less = f"{one['share']:g} x {one['than']}" if one["share"] != 1 else one["than"]
        expected = EXPECTED[one["direction"]].format(margin=one["margin"])
        said, cell = "no data", "-"
        if found is not None:
            said = verdict(found, one["direction"], one["margin"])
            cell = f"{found.mean:.3f} ({found.low:.3f} to {found.high:.3f})"
        where = f"{one['measure']}: {one['arm']} less {less} ({count})"
        lines.append(f"| {name} | {where} | {expected} | {cell} | {said} |")
    if not lines:
        return ""
    return "\n".join(
        [
            "| hypothesis, written before the runs | measured on | expected | found | verdict |",
            "|---" * 5 + "|",
            *lines,
        ]
    )


def _difference(raw: dict[str, Any], one: dict[str, Any]) -> tuple[Estimate | None, int]:
    """Arm less share x other, over the cases that both have; of chains the last step."""
    found = []
    for arm in (one["arm"], one["than"]):
        rows = rows_of(raw, arm, lambda row: single(row) != one["chains"])
        found.append({row["case"]: row[one["measure"]] for row in rows if row[one["measure"]] is not None})
    common = [case for case in found[0] if case in found[1]]
    if not common:
        return None, 0
    return estimate([[found[0][case] - one["share"] * found[1][case] for case in common]]), len(common)


def sheet(output: Path, lines: Sequence[dict[str, Any]], arms: Sequence[str], count: int, file: Path) -> None:
    """The first `count` single cases as rows: the picture before, and what each arm made of it."""
    tried = {(line["case"], line["arm"]) for line in lines if not line["chain"]}
    cases = sorted({case for case, _ in tried})[:count]
    side, head = 96, 14
    whole = Image.new("RGB", (side * (1 + len(arms)), head + side * len(cases)), "white")
    draw = ImageDraw.Draw(whole)
    for column, name in enumerate(("before", *arms)):
        draw.text((side * column + 3, 1), name, fill="black")
        for row, case in enumerate(cases):
            if name == "before" or (case, name) in tried:
                picture = Image.open(output / "pictures" / case / f"{name}.webp").resize((side, side))
                whole.paste(picture, (side * column, head + side * row))
    file.parent.mkdir(parents=True, exist_ok=True)
    whole.save(file, quality=82)
