"""The comparison as one HTML page: what it says first, then the tables, the pictures, and how it was learnt.

The page is a single file beside its pictures; it loads nothing from anywhere, needs no script, and follows
the reader's light or dark setting. Everything that models or people wrote is escaped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from model.language.stems import content_stems
from training.core import charts
from training.core.metrics import PPO_METRICS, SFT_METRICS
from training.core.statistics import Estimate
from training.data.examples import Edit
from training.data.integrity import requirements_of
from training.evaluation.results import COLUMNS, Results, group_of

_CURVES = (
    "reward/total", "eval/reward", "reward/integrity", "kl/reference", "value/explained", "policy/entropy",
    "sft/loss", "eval/loss",
)  # fmt: skip
_SAYS = {
    "total": "weighed sum of scores and integrity, in standard deviations of the baseline",
    "win rate": "share of edits on which the total beats the baseline's; a tie counts half",
    "aesthetic": "aesthetic score of the pictures",
    "preference": "preference score of the pictures against the short intent",
    "fit": "CLIPScore of the pictures against the short intent",
    "integrity": "share of the words asked for, less those that should be gone, 0 to 1",
    "scene": "share of targets that say exactly the reference's scene (TinyWorld)",
    "words": "words of the target; no aim in itself",
    "usable": "share of edits with a prompt that serving would take",
}
_NO_AIM = ("words",)

_STYLE = """
:root { color-scheme: light dark; --back: #fff; --text: #1c1e21; --soft: #666c75; --rule: #dfe2e6;
  --raised: #f6f7f9; --good: #d9f2e0; --bad: #fbe3e0; --lost: #b3261e;
  --c0: #7a828c; --c1: #0072b2; --c2: #d55e00; --c3: #009e73; --c4: #a6428c; --c5: #b8860b; --c6: #2aa5d8;
  --c7: #8c564b }
@media (prefers-color-scheme: dark) { :root { --back: #15171a; --text: #e6e8eb; --soft: #9aa1ab;
  --rule: #2e3338; --raised: #1d2024; --good: #173a26; --bad: #442120; --lost: #ff8a80;
  --c0: #9aa1ab; --c1: #56a8e0; --c2: #ff8f4a; --c3: #3ecf9c; --c4: #df86c7; --c5: #e3b341; --c6: #7fd0f5;
  --c7: #c99a8b } }
* { box-sizing: border-box }
body { font: 15px/1.55 system-ui, sans-serif; margin: 0 auto; max-width: 78rem; padding: 2rem 1.25rem 4rem;
  background: var(--back); color: var(--text) }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .25rem }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem }
p { max-width: 46rem; margin: .4rem 0 } .soft, small, .tick { color: var(--soft) }
.scroll { overflow-x: auto; border: 1px solid var(--rule); border-radius: 8px; margin: .75rem 0 }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { padding: .45rem .7rem; text-align: right; vertical-align: top; border-top: 1px solid var(--rule) }
tr:first-child > th { border-top: 0; background: var(--raised); font-weight: 600; white-space: nowrap }
th:first-child, td:first-child { text-align: left; position: sticky; left: 0; background: var(--back) }
tr:first-child > th:first-child { background: var(--raised) }
td small { display: block; font-size: 11.5px; white-space: nowrap }
.better { background: var(--good) } .worse { background: var(--bad) } tr.base td { font-style: italic }
.pictures td, .pictures th { text-align: left; font-size: 12.5px; line-height: 1.4; min-width: 146px }
.pictures td:first-child { min-width: 200px; max-width: 230px }
.pictures img { display: block; width: 128px; height: 128px; object-fit: contain; border-radius: 6px;
  background: var(--raised); margin-bottom: .35rem }
.lost { display: block; color: var(--lost); font-weight: 600 }
.charts { display: flex; flex-wrap: wrap; gap: 1rem }
figure { margin: 0; padding: .8rem 1rem; border: 1px solid var(--rule); border-radius: 8px; max-width: 100% }
figcaption { font-weight: 600 } figcaption small { display: block; font-weight: 400; max-width: 25rem }
svg { display: block; max-width: 100%; height: auto; margin-top: .4rem }
svg text { font-size: 12px; fill: var(--text) }
svg .tick { font-size: 11px; fill: var(--soft) } svg .grid { stroke: var(--rule) }
svg .mark { stroke: var(--soft); stroke-dasharray: 3 3 } svg .line { fill: none; stroke-width: 2 }
svg .raw { fill: none; stroke-width: 1; opacity: .25 }
.key { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem }
.key i { display: inline-block; width: .8em; height: .8em; border-radius: 3px; margin-right: .35em }
""" + "".join(
    f"svg .c{i} {{ stroke: var(--c{i}) }} svg .dot.c{i} {{ fill: var(--c{i}) }}"
    f" i.c{i} {{ background: var(--c{i}) }}\n"
    for i in range(charts.COLOURS)
)


def page(results: Results, curves: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """The whole page; `curves` are the metrics of training runs by name, as `metrics.read_metrics` gives."""
    colours = _colours(results, curves)
    body = [_opening(results)]
    for painter, groups in results.table.items():
        body.append(f"<h2>{escape(painter)}</h2>")
        body.append(_summary(groups, results.baseline, colours))
        body.append(_table(groups, results.baseline))
        body.append(_pictures(results, results.pictures.get(painter, {})))
    body.append(_learning(curves, colours))
    head = (
        "<meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
        f"<title>DiffChat evaluation</title><style>{_STYLE}</style>"
    )
    return f"<!doctype html><html lang='en'><head>{head}</head><body>{''.join(body)}</body></html>\n"


def _colours(results: Results, curves: Mapping[str, Any]) -> dict[str, int]:
    """A colour for each method, the same in every chart; runs of one method share theirs."""
    methods = [group for groups in results.table.values() for group in groups]
    groups = list(dict.fromkeys([*methods, *map(group_of, curves)]))
    rest = [group for group in groups if group != results.baseline]
    chosen = {results.baseline: 0}
    chosen |= {group: 1 + i % (charts.COLOURS - 1) for i, group in enumerate(rest)}
    return chosen | {run: chosen[group_of(run)] for run in curves}


def _opening(results: Results) -> str:
    baseline, count = escape(results.baseline), len(results.edits)
    runs: dict[str, int] = {}
    for method in results.targets:
        runs[group_of(method)] = runs.get(group_of(method), 0) + 1
    more = ", ".join(f"{escape(name)} ({n} runs)" for name, n in runs.items() if n > 1)
    several = f" Trained more than once: {more}." if more else ""
    return (
        f"<h1>{len(runs)} methods on {count} held-out edits</h1>"
        f'<p class="soft">Every method answers the same edits; every picture model paints the answers with '
        f"the same seeds. Baseline: <b>{baseline}</b>.{several}</p>"
        "<p>Means with 95&nbsp;% intervals, by the bootstrap over edits and runs. A green cell lies wholly "
        f"above {baseline}'s interval, a red one wholly below.</p>"
    )


def _summary(groups: Mapping[str, Mapping[str, Estimate]], baseline: str, colours: Mapping[str, int]) -> str:
    """Total and win rate of every method at a glance."""
    drawn = []
    for name, mark in (("total", groups[baseline]["total"].mean), ("win rate", 0.5)):
        rows = {group: row[name] for group, row in groups.items() if name == "total" or group != baseline}
        if rows:
            chart = charts.intervals(name, rows, colours, mark)
            drawn.append(_figure(name, _SAYS[name], chart))
    return f'<div class="charts">{"".join(drawn)}</div>'


def _table(groups: Mapping[str, Mapping[str, Estimate]], baseline: str) -> str:
    head = "".join(f'<th title="{escape(_SAYS.get(name, ""))}">{name}</th>' for name in ("method", *COLUMNS))
    rows = []
    for group, row in groups.items():
        cells = "".join(_cell(name, row[name], groups[baseline][name]) for name in COLUMNS)
        kind = ' class="base"' if group == baseline else ""
        rows.append(f"<tr{kind}><td>{escape(group)}</td>{cells}</tr>")
    return f'<div class="scroll"><table><tr>{head}</tr>{"".join(rows)}</table></div>'


def _cell(column: str, value: Estimate, baseline: Estimate) -> str:
    kind = "better" if value.low > baseline.high else "worse" if value.high < baseline.low else ""
    interval = f"{charts.number(value.low)} to {charts.number(value.high)}"
    shade = "" if column in _NO_AIM else kind
    return f'<td class="{shade}">{charts.number(value.mean)}<small>{interval}</small></td>'


def _pictures(results: Results, pictures: Mapping[str, Sequence[str]]) -> str:
    """A row for each edit, a column for each method."""
    shown = max(map(len, pictures.values()), default=0)
    if not shown:
        return ""
    head = "".join(f"<th>{escape(method)}</th>" for method in ("edit", *pictures))
    rows = []
    for index, edit in enumerate(results.edits[:shown]):
        wish = f"<b>{escape(edit.instruction) or '(beautify)'}</b>"
        cells = [f"<td>{wish}<br>{escape(edit.source_prompt)}</td>"]
        for method, files in pictures.items():
            target = results.targets[method][index]
            image = f'<img src="{escape(files[index])}" alt="{escape(target)}" loading="lazy">'
            cells.append(f"<td>{image}{_lost(target, edit)}{escape(target)}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f'<div class="scroll pictures"><table><tr>{head}</tr>{"".join(rows)}</table></div>'


def _lost(target: str, edit: Edit) -> str:
    """Which words of the edit a target lacks, and which it should have dropped."""
    wanted, present = requirements_of(edit), content_stems(target)
    missing = [word for key, word in wanted.required.items() if key not in present]
    said = [f"lacks {', '.join(missing)}"] if missing else []
    kept = sorted(wanted.removed & present)
    said += [f"still has {', '.join(kept)}"] if kept else []
    return f'<span class="lost">{escape("; ".join(said))}</span>' if said else ""


def _learning(curves: Mapping[str, Sequence[Mapping[str, Any]]], colours: Mapping[str, int]) -> str:
    figures = []
    for name in _CURVES:
        lines = {
            run: [(line["step"], line[name]) for line in given if name in line]
            for run, given in curves.items()
        }
        if chart := charts.curve(name, lines, colours):
            figures.append(_figure(name, {**SFT_METRICS, **PPO_METRICS}[name], chart))
    if not figures:
        return ""
    names = dict.fromkeys(map(group_of, curves))
    key = "".join(f'<span><i class="c{colours[name]}"></i>{escape(name)}</span>' for name in names)
    return (
        f'<h2>How they learnt</h2><p class="key">{key}</p><p class="soft">Running means over the steps, the '
        f'values themselves faintly behind.</p><div class="charts">{"".join(figures)}</div>'
    )


def _figure(name: str, says: str, chart: str) -> str:
    return f"<figure><figcaption>{escape(name)}<small>{escape(says)}</small></figcaption>{chart}</figure>"
