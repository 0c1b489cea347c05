"""A round as people read it: one HTML page, with the pictures it shows beside it.

It loads nothing from anywhere and needs no script; everything that people or models wrote is escaped. What
was learnt from the votes (scorer, gate, before and after) is in `training.preferences.learning_report`.
"""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from html import escape
from itertools import combinations
from pathlib import Path

from training.preferences import learning_report
from training.preferences.votes import Act, Cleaned, Judged

PICTURES = "report-pictures"
_SHOWN = 8
_LEAST_SHARED = 5
_MOST_BARS = 60
_STEPS = (("%Y-%m-%d %H:%M", "minute"), ("%Y-%m-%d %H:00", "hour"), ("%Y-%m-%d", "day"), ("%Y-%m", "month"))
_WIDTH, _HEIGHT = 900, 200
_SAID = {
    "reaction": "a reaction",
    "pick": "chosen among several",
    "base": "refined further",
    "reroll": "another one was asked for",
    "undo": "gone back from",
}
_STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --up: #00a356; --down: #d2463c }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 58rem; padding: 0 1rem }
h2 { margin: 2.5rem 0 .5rem; font-size: 1.25rem } .help { opacity: .75; margin: .2rem 0 .8rem }
table { border-collapse: collapse } svg { max-width: 100%; height: auto }
td, th { border-bottom: 1px solid var(--line); padding: .3rem .8rem .3rem 0; text-align: left }
.tiles { display: flex; flex-wrap: wrap; gap: .8rem }
.tiles div { background: var(--soft); border-radius: .5rem; padding: .6rem 1rem; min-width: 6.5rem }
.tiles b { display: block; font-size: 1.5rem }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(190px, 1fr)); gap: 1.2rem }
figure { margin: 0; font-size: 12px; line-height: 1.4 }
figcaption { margin-top: .3rem; overflow-wrap: anywhere }
figure img { width: 100%; aspect-ratio: 1; object-fit: contain; border-radius: .3rem }
figure img { background: var(--soft) }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: .3rem }
.grid.wide { grid-template-columns: repeat(auto-fill, minmax(400px, 1fr)) }
.gone { background: var(--soft); aspect-ratio: 1; display: grid; place-items: center; border-radius: .3rem }
.share { height: 5px; background: var(--down); border-radius: 3px; margin-top: .3rem; overflow: hidden }
.share i { display: block; height: 100%; background: var(--up) }
.up { fill: var(--up) } .down { fill: var(--down) } text { font-size: 12px; fill: currentColor }
ins { color: var(--up); text-decoration: none } del { color: var(--down) }
.no { color: var(--down); font-weight: 600 } .yes { color: var(--up); font-weight: 600 }
"""


def write(cleaned: Cleaned, pictures: Path, output: Path) -> Path:
    """Write `report.html` and its pictures into `output`; returns the page."""
    judged = [one for one in cleaned.judged() if one.ballots]
    body = [
        "<h1>A round of reactions</h1>",
        _tiles({**_counts(cleaned, judged), **learning_report.tiles(output)}),
        f"<h2>Votes over time</h2>{_over_time(cleaned.acts)}",
        f"<h2>Agreement</h2><p>{escape(agreement(cleaned))}</p>",
        f"<h2>What people did</h2>{_kinds(cleaned)}",
        _gallery("Liked most", sorted(judged, key=lambda j: -j.score), pictures, output),
        _gallery("Liked least", sorted(judged, key=lambda j: j.score), pictures, output),
        *learning_report.sections(output),
        _dropped(cleaned),
    ]
    head = (
        "<meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
        f"<title>Reactions</title><style>{_STYLE}</style>"
    )
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


def _counts(cleaned: Cleaned, judged: Sequence[Judged]) -> dict[str, str]:
    return {
        "votes": f"{len(cleaned.acts)}",
        "people": f"{len({act.person for act in cleaned.acts})}",
        "pictures judged": f"{len(judged)}",
        "liked on average": f"{cleaned.prior:.0%}",
    }


def _tiles(values: Mapping[str, str]) -> str:
    tiles = "".join(f"<div><b>{escape(value)}</b>{escape(name)}</div>" for name, value in values.items())
    return f'<div class="tiles">{tiles}</div>'


def _dropped(cleaned: Cleaned) -> str:
    rows = "".join(f"<tr><td>{escape(why)}<td>{count}" for why, count in cleaned.dropped.items())
    notes = "".join(f"<p>{escape(note)}</p>" for note in cleaned.notes)
    return f"<h2>Not counted</h2><table>{rows or '<tr><td>nothing'}</table>{notes}"


def _over_time(acts: Sequence[Act]) -> str:
    """Bars as SVG, of the shortest time that makes them few: likes above the line, dislikes below."""
    form, step = next(
        ((f, s) for f, s in _STEPS if len({act.at.strftime(f) for act in acts}) <= _MOST_BARS), _STEPS[-1]
    )
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for act in acts:
        counts[act.at.strftime(form)][act.value < 0] += 1
    most, half, wide = max(max(pair) for pair in counts.values()), _HEIGHT / 2, _WIDTH / len(counts)
    bars = []
    for index, (when, (up, down)) in enumerate(sorted(counts.items())):
        x, width = index * wide, max(1.0, min(wide - 2, 60))
        bars.append(
            f"<g><title>{when}: {up} for, {down} against</title>"
            f'<rect class="up" x="{x:.1f}" y="{half - half * up / most:.1f}" width="{width:.1f}" '
            f'height="{half * up / most:.1f}"/><rect class="down" x="{x:.1f}" y="{half}" '
            f'width="{width:.1f}" height="{half * down / most:.1f}"/></g>'
        )
    return (
        f'<p class="help">By {step}: for above the line, against below; the longest bar is {most} votes.</p>'
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT + 20}" role="img">{"".join(bars)}'
        f'<text x="0" y="{_HEIGHT + 15}">{min(counts)}</text><text x="{_WIDTH}" y="{_HEIGHT + 15}" '
        f'text-anchor="end">{max(counts)} UTC</text></svg>'
    )


def _kinds(cleaned: Cleaned) -> str:
    kinds = Counter(act.kind for act in cleaned.acts)
    rows = "".join(f"<tr><td>{_SAID.get(kind, escape(kind))}<td>{n}" for kind, n in kinds.most_common())
    return f"<table>{rows}</table>{_places(cleaned)}"


def _places(cleaned: Cleaned) -> str:
    """Where in a grid the chosen pictures stood: a place that wins by itself would say nothing of taste."""
    place = {c.image: c.position for record in cleaned.records for c in record.candidates}
    chosen = Counter(place[act.image] + 1 for act in cleaned.acts if act.kind == "pick")
    if not chosen:
        return ""
    said = ", ".join(f"{chosen[number]} in place {number}" for number in range(1, max(chosen) + 1))
    return (
        f'<p class="help">Of {chosen.total()} chosen pictures stood {said}. Which picture stands where is '
        "chance, so these should be about as many.</p>"
    )


def _gallery(title: str, judged: Sequence[Judged], pictures: Path, output: Path) -> str:
    """The first few, no prompt twice; pictures that are gone are said to be."""
    shown: dict[str, Judged] = {}
    for one in judged:
        shown.setdefault(one.record.target_prompt, one)
    figures = []
    for one in list(shown.values())[:_SHOWN]:
        likes, everybody = sum(value > 0 for value in one.ballots.values()), len(one.ballots)
        bar = f'<div class="share"><i style="width:{likes / everybody:.0%}"></i></div>'
        words = f"<b>{likes} of {everybody}</b> for: {escape(one.record.target_prompt)}"
        image = _image(pictures / one.picture, output)
        figures.append(f"<figure>{image}{bar}<figcaption>{words}</figcaption></figure>")
    return f'<h2>{escape(title)}</h2><div class="grid">{"".join(figures)}</div>'


def _image(file: Path, output: Path) -> str:
    if not file.is_file():
        return '<div class="gone">deleted since</div>'
    folder = output / PICTURES
    folder.mkdir(exist_ok=True)
    shutil.copy(file, folder / file.name)
    return f'<img src="{PICTURES}/{escape(file.name)}" alt="">'
