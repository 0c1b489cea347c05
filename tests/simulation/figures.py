"""Tables and pictures of some runs, as `docs/results.md` shows them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from model.tiny.grammar import parse
from model.tiny.render import render
from tests.simulation.rounds import COMPARED, State
from training.core.statistics import Estimate, estimate

SHOWN = 6
SIDE, HEADING = 128, 16


def write(out: Path, states: Sequence[State]) -> str:
    """Write `results.md`, `figures.json`, `rounds.webp` and `brigade.webp` into `out`; returns the tables."""
    text = "\n\n".join(
        ["Over the rounds:", over_rounds(states), "Learnt from the first round's votes:", brigade(states)]
    )
    (out / "results.md").write_text(text + "\n", encoding="utf-8")
    plain = [{k: v for k, v in state.items() if not k.startswith(("talked", "learnt"))} for state in states]
    (out / "figures.json").write_text(json.dumps(plain) + "\n", encoding="utf-8")
    rounds = [name for name in states[0] if name.startswith("measured")]
    grid(states[0], rounds, [name.replace("measured", "round") for name in rounds], out / "rounds.webp")
    grid(states[0], [f"brigade {name}" for name in COMPARED], list(COMPARED), out / "brigade.webp")
    return text


def over_rounds(states: Sequence[State]) -> str:
    """Before, and after each round."""
    rows = [
        "| | like-rate | words of the wish kept | scorer on held-out votes | untrained |",
        "|" + "---|" * 5,
    ]
    for number in range(sum(name.startswith("measured") for name in states[0])):
        measured = [state[f"measured {number}"] for state in states]
        scored = [state[f"scorer {number}"] for state in states] if number else []
        rates = [_rate([one[name] for one in measured]) for name in ("likes", "kept")]
        scores = [_runs(scored, name) for name in ("accuracy", "untrained")]
        rows.append(f"| {' | '.join(['round ' + str(number), *rates, *scores])} |")
    return "\n".join(rows)


def brigade(states: Sequence[State]) -> str:
    """With and without cleaning, and without a brigade."""
    rows = [
        "| | like-rate | scorer on honest held-out votes | untrained | pairs right / wrong / equal |",
        "|" + "---|" * 5,
        f"| nothing learnt | {_rate([state['measured 0']['likes'] for state in states])} | | | |",
    ]
    for name in COMPARED:
        found = [state[f"brigade {name}"] for state in states]
        pairs = " / ".join(str(sum(f["pairs"][kind] for f in found)) for kind in ("right", "wrong", "equal"))
        rows.append(
            f"| {name} | {_rate([f['likes'] for f in found])} | {_runs(found, 'accuracy')} "
            f"| {_runs(found, 'untrained')} | {pairs} |"
        )
    return "\n".join(rows)


def grid(state: State, phases: Sequence[str], titles: Sequence[str], path: Path) -> None:
    """A row of pictures for each phase, a column for each of some wishes, drawn as people saw them."""
    sheet = Image.new("RGB", (SHOWN * (SIDE + 4), len(phases) * (SIDE + HEADING + 4)), "white")
    pen = ImageDraw.Draw(sheet)
    for row, (phase, title) in enumerate(zip(phases, titles, strict=True)):
        top = row * (SIDE + HEADING + 4)
        pen.text((2, top + 2), title, fill="black")
        for column, prompt in enumerate(state[phase]["written"][:SHOWN]):
            sheet.paste(
                render(parse(prompt), column).resize((SIDE, SIDE)), (column * (SIDE + 4), top + HEADING)
            )
    sheet.save(path, "WEBP", quality=85)


def _rate(values: list[list[float]]) -> str:
    return _said(estimate(values))


def _runs(found: Sequence[dict[str, Any]], name: str) -> str:
    """The mean over runs, each over all choices of who is held out; in brackets the 95 % interval."""
    runs = []
    for one in found:
        if total := sum(one["held out"]):
            whole = zip(one[name], one["held out"], strict=True)
            runs.append([sum(value * count for value, count in whole) / total])
    return _said(estimate(runs)) if runs else ""


def _said(found: Estimate) -> str:
    return f"{found.mean:.3f} ({found.low:.3f} to {found.high:.3f})"
