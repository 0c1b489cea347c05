"""A round as people read it: one HTML page, with the pictures it shows beside it.

It loads nothing from anywhere and needs no script; everything that people or models wrote is escaped.
"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Mapping, Sequence
from html import escape
from itertools import combinations
from pathlib import Path
from typing import Any

from training import preference, promote
from training.votes import Cleaned, Judged

_SHOWN = 8
_LEAST_SHARED = 5
_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem }
table { border-collapse: collapse }
td, th { border-bottom: 1px solid #ddd; padding: .3rem .6rem; text-align: left }
.grid { display: flex; flex-wrap: wrap; gap: 1rem } figure { margin: 0; width: 160px; font-size: 12px }
figure img { width: 160px; height: 160px; object-fit: contain; background: #f4f4f4 }
"""


def write(cleaned: Cleaned, pictures: Path, output: Path) -> Path:
    """Write `report.html` and its pictures into `output`; returns the page."""
    judged = [one for one in cleaned.judged() if one.ballots]
    body = [
        f"<h1>{len(cleaned.acts)} votes of {len({act.person for act in cleaned.acts})} people</h1>",
        _dropped(cleaned),
        f"<h2>Votes over time</h2>{_over_time(cleaned)}",
        f"<h2>Agreement</h2><p>{escape(agreement(cleaned))}</p>",
        _gallery("Liked most", sorted(judged, key=lambda j: -j.score), pictures, output),
        _gallery("Liked least", sorted(judged, key=lambda j: j.score), pictures, output),
        _numbers("Preference scorer", output / "scorer" / preference.NUMBERS),
        _adapters(output),
        _before_after(output),
    ]
    head = f"<meta charset='utf-8'><title>Reactions</title><style>{_STYLE}</style>"
    path = output / "report.html"
    path.write_text(
        f"<!doctype html><html lang='en'><head>{head}</head><body>{''.join(body)}</body></html>\n",
        encoding="utf-8",
    )
    return path


def agreement(cleaned: Cleaned) -> str:
    """How often two people who judged the same picture say the same, beside what chance would give."""
    same = total = 0
    for judged in cleaned.judged():
        values = list(judged.ballots.values())
        total += len(values) * (len(values) - 1) // 2
        same += sum(a == b for a, b in combinations(values, 2))
    if total < _LEAST_SHARED:
        return "Too few pictures were judged by two people to say how far they agree."
    likes = [value > 0 for judged in cleaned.judged() for value in judged.ballots.values()]
    share = sum(likes) / len(likes)
    chance, found = share**2 + (1 - share) ** 2, same / total
    beyond = (found - chance) / (1 - chance) if chance < 1 else 0.0
    return (
        f"Two people say the same about a picture in {found:.0%} of {total} cases; by chance it would be "
        f"{chance:.0%}. Beyond chance: {beyond:.2f} (0 is none, 1 is all)."
    )


def _dropped(cleaned: Cleaned) -> str:
    rows = "".join(f"<tr><td>{escape(why)}<td>{count}" for why, count in cleaned.dropped.items())
    notes = "".join(f"<p>{escape(note)}</p>" for note in cleaned.notes)
    return f"<h2>Not counted</h2><table>{rows or '<tr><td>nothing'}</table>{notes}"


def _over_time(cleaned: Cleaned) -> str:
    """A bar a day as SVG: likes above the line, dislikes below."""
    days: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for act in cleaned.acts:
        days[act.at.date().isoformat()][act.value < 0] += 1
    most = max(max(pair) for pair in days.values())
    bars = []
    for index, (day, (up, down)) in enumerate(sorted(days.items())):
        bars.append(
            f"<g><title>{day}: {up} for, {down} against</title>"
            f'<rect x="{index * 12}" y="{60 - 60 * up / most:.1f}" width="10" height="{60 * up / most:.1f}" '
            f'fill="#00b25d"/><rect x="{index * 12}" y="60" width="10" height="{60 * down / most:.1f}" '
            f'fill="#b51d14"/></g>'
        )
    first, last = min(days), max(days)
    return f'<svg width="{12 * len(days)}" height="120">{"".join(bars)}</svg><p>{first} to {last}</p>'


def _gallery(title: str, judged: Sequence[Judged], pictures: Path, output: Path) -> str:
    """The first few, no prompt twice; pictures that are gone are said to be."""
    shown: dict[str, Judged] = {}
    for one in judged:
        shown.setdefault(one.record.target_prompt, one)
    figures = []
    for one in list(shown.values())[:_SHOWN]:
        likes = sum(value > 0 for value in one.ballots.values())
        words = f"{escape(one.record.target_prompt)} ({likes} of {len(one.ballots)} for)"
        figures.append(f"<figure>{_image(pictures / one.picture, output)}<figcaption>{words}</figure>")
    return f'<h2>{escape(title)}</h2><div class="grid">{"".join(figures)}</div>'


def _image(file: Path, output: Path) -> str:
    if not file.is_file():
        return "<p>deleted since</p>"
    folder = output / "report-pictures"
    folder.mkdir(exist_ok=True)
    shutil.copy(file, folder / file.name)
    return f'<img src="report-pictures/{escape(file.name)}" alt="">'


def _numbers(title: str, path: Path) -> str:
    if not path.is_file():
        return ""
    values: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    rows = "".join(f"<tr><td>{escape(name.replace('_', ' '))}<td>{value}" for name, value in values.items())
    return f"<h2>{escape(title)}</h2><table>{rows}</table>"


def _adapters(output: Path) -> str:
    """The gate's numbers for what this round promoted, where it did."""
    path = output / "gate" / promote.LINEAGE
    if not path.is_file():
        return ""
    lineage = json.loads(path.read_text(encoding="utf-8"))
    rows = "".join(
        f"<tr><td>{escape(n['name'])}<td>{n['present']:.3f}<td>{n['new']:.3f}" for n in lineage["numbers"]
    )
    return f"<h2>Promoted</h2><table><tr><th>on the frozen set<th>before<th>after</tr>{rows}</table>"


def _before_after(output: Path) -> str:
    """The gate's pictures of the frozen set, before and after, where they were kept."""
    folder = output / "gate"
    pairs = [(folder / f"{n}-before.png", folder / f"{n}-after.png") for n in range(_SHOWN)]
    rows = "".join(
        "<tr>" + "".join(f'<td><img width="160" src="gate/{file.name}" alt="">' for file in pair)
        for pair in pairs
        if all(file.is_file() for file in pair)
    )
    return f"<h2>Before and after</h2><table>{rows}</table>" if rows else ""
