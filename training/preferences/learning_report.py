"""What a round learnt, as parts of its report: the scorer, the gate's numbers, before and after."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from html import escape
from pathlib import Path
from typing import Any

from training.preferences import gate, registry, scorer

GATE = "gate"
VERDICTS = "verdicts.json"
_EXPLAINED = {
    "integrity": "of what a refinement asks for",
    "aesthetic": "rating of refined pictures",
    "wishes integrity": "of a new wish's own words",
    "wishes aesthetic": "rating of pictures of new wishes",
    "votes": "held-out likes raised above dislikes; the present one stands at 0.5",
}


def tiles(output: Path) -> dict[str, str]:
    """For the top of the page, as far as a round got: value by name."""
    found = {}
    accuracy = _read(output / "scorer" / scorer.NUMBERS, {}).get("held_out_accuracy")
    if accuracy is not None:
        found["scorer's accuracy"] = f"{accuracy:.0%}"
    if (output / GATE / VERDICTS).is_file():
        found["the gate"] = "promoted" if _promoted(output) else "refused"
    return found


def sections(output: Path) -> list[str]:
    """The parts of the page, empty where a round did not get so far."""
    return [_scorer(output), _gate(output), _before_after(output / GATE)]


def _scorer(output: Path) -> str:
    values: Mapping[str, Any] = _read(output / "scorer" / scorer.NUMBERS, {})
    if not values:
        return ""
    rows = "".join(
        f"<tr><td>{escape(name.replace('_', ' '))}<td>{f'{value:.3f}' if isinstance(value, float) else value}"
        for name, value in values.items()
    )
    return (
        "<h2>Preference scorer</h2><p class='help'>How often it rates the better of two pictures higher, "
        f"on people and prompts it never saw. A coin gives 0.5.</p><table>{rows}</table>"
    )


def _gate(output: Path) -> str:
    """What was measured of this round's adapter, promoted or not."""
    numbers: Sequence[Mapping[str, Any]] = _read(output / GATE / VERDICTS, [])
    if not numbers:
        return ""
    rows = "".join(_verdict(number) for number in numbers)
    said = (
        f'<span class="yes">Promoted</span>, after {escape(_promoted(output))}.'
        if _promoted(output)
        else '<span class="no">Not promoted</span>: the present adapter stays.'
    )
    return (
        f"<h2>The gate</h2><p>{said}</p><table><tr><th>on the frozen set<th>present<th>new<th>difference, "
        f"95&nbsp;% interval<th>tolerated<th></tr>{rows}</table>"
    )


def _verdict(number: Mapping[str, Any]) -> str:
    d = number["difference"]
    worse = '<span class="no">worse</span>' if number["worse"] else ""
    what = _EXPLAINED.get(number["name"], "")
    return (
        f"<tr><td><b>{escape(number['name'])}</b> {escape(what)}<td>{number['present']:.3f}"
        f"<td>{number['new']:.3f}<td>{d['mean']:+.3f} ({d['low']:+.3f} to {d['high']:+.3f})"
        f"<td>{-number['tolerance']:.2f}<td>{worse}"
    )


def _promoted(output: Path) -> str:
    """The parent of what this round promoted; empty where it did not."""
    return str(_read(output / GATE / registry.LINEAGE, {}).get("parent", ""))


def _before_after(folder: Path) -> str:
    """The gate's pictures of the frozen set, before and after, where they were kept."""
    words = [_read(folder / f"{name}.json", []) for name in ("before", "after")]
    figures = []
    for index in range(gate.SHOWN):
        files = [folder / f"{index}-{name}.png" for name in ("before", "after")]
        if all(file.is_file() for file in files):
            images = "".join(f'<img src="{GATE}/{file.name}" alt="">' for file in files)
            said = _change(*(one[index] for one in words)) if all(len(w) > index for w in words) else ""
            figures.append(
                f'<figure><div class="pair">{images}</div><figcaption>{said}</figcaption></figure>'
            )
    if not figures:
        return ""
    return (
        "<h2>Before and after</h2><p class='help'>The same words with the same seeds, written by the present "
        f'adapter (left) and the new one (right).</p><div class="grid wide">{"".join(figures)}</div>'
    )


def _change(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """What was asked, and how the answer changed, part by part."""
    asked = before["source_prompt"] + (f" + “{before['instruction']}”" if before["instruction"] else "")
    old, new = before["prompt"].split(", "), after["prompt"].split(", ")
    parts = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(escape(", ".join(old[i:j])))
        else:
            parts += [f"<del>{escape(part)}</del>" for part in old[i:j]]
            parts += [f"<ins>{escape(part)}</ins>" for part in new[k:m]]
    return f"<b>{escape(asked)}</b><br>{', '.join(parts)}"


def _read(path: Path, otherwise: Any) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else otherwise
