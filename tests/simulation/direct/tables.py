"""The tables of `docs/results.md` from the rounds' measurements."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from tests.simulation.direct.tastes import GROUPS

Row = dict[str, Any]


def read(path: Path) -> list[Row]:
    """The lines of a file of rounds."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write(rows: Sequence[Row]) -> str:
    """All tables as Markdown; means over seeds, with their number where an arm has fewer than others."""
    return "\n\n".join(
        [
            _by_round("Like-rate of the honest on unseen wishes", rows, lambda row: row["like"]),
            _by_round("Share of words that an answer says again", rows, lambda row: row["repeated"]),
            _by_round(
                "Regret: like-rate short of the oracle's", rows, lambda row: row["short of the oracle"]
            ),
            *(
                _by_round(f"Like-rate of '{group}'", rows, lambda row, g=group: row["groups"][g])  # type: ignore[misc]
                for group in GROUPS
            ),
            _personal(rows),
            _gate(rows),
        ]
    )


def _by_round(title: str, rows: Sequence[Row], value: Callable[[Row], float]) -> str:
    numbers = sorted({row["round"] for row in rows})
    lines = [
        f"{title}:", "",
        "| | before | " + " | ".join(f"round {n}" for n in numbers[1:]) + " |",
        "|" + "---|" * (len(numbers) + 1),
    ]  # fmt: skip
    for arm in _arms(rows):
        of_round = [[row for row in rows if (row["arm"], row["round"]) == (arm, n)] for n in numbers]
        cells = [_mean([value(row) for row in found]) + _fewer(found, rows) for found in of_round]
        lines.append(f"| {arm} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _personal(rows: Sequence[Row]) -> str:
    """After the last round of each arm."""
    lines = [
        "Own wishes liked by their maker, without -> with the maker's preferences, after the last round:",
        "",
        f"| | {' | '.join(GROUPS)} |",
        "|" + "---|" * (len(GROUPS) + 1),
    ]  # fmt: skip
    for arm in _arms(rows):
        last = max(row["round"] for row in rows if row["arm"] == arm)
        last_rows = [row for row in rows if (row["arm"], row["round"]) == (arm, last)]
        found, fewer = [row["personal"] for row in last_rows], _fewer(last_rows, rows)
        cells = [
            f"{_mean([p['off'][g] for p in found])} -> {_mean([p['on'][g] for p in found])}{fewer}"
            for g in GROUPS
        ]
        lines.append(f"| {arm} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _gate(rows: Sequence[Row]) -> str:
    """What the gate did, round by round, and whom the check for brigades suspected."""
    lines = [
        "The gate and the check for brigades:", "",
        "| | promoted | refused for | brigaders found | others suspected |",
        "|---|---|---|---|---|",
    ]  # fmt: skip
    for arm in _arms(rows):
        own = [row for row in rows if row["arm"] == arm and row["round"]]
        judged = [row for row in own if row["gate"]]
        refused: dict[str, int] = {}
        for verdict in (v for row in judged for v in row["gate"] if v["refused"]):
            refused[verdict["name"]] = refused.get(verdict["name"], 0) + 1
        why = ", ".join(f"{name} ({count})" for name, count in refused.items())
        promoted = f"{sum(row['promoted'] for row in judged)} of {len(judged)}" if judged else ""
        found, wrong = (" ".join(str(row[name]) for row in own) for name in ("brigade", "wrongly"))
        lines.append(f"| {arm} | {promoted} | {why} | {found} | {wrong} |")
    return "\n".join(lines)


def _arms(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(row["arm"] for row in rows))


def _fewer(found: Sequence[Row], rows: Sequence[Row]) -> str:
    """ " (1 of 2)" where what was found is of fewer seeds than there are."""
    seeds = {row["seed"] for row in rows}
    return f" ({len(found)} of {len(seeds)})" if 0 < len(found) < len(seeds) else ""


def _mean(values: Sequence[float]) -> str:
    return f"{fmean(values):.3f}" if values else ""
