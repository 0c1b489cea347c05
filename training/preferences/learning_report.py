"""What a round learnt, as parts of its report: the scorer, the gate's numbers, before and after."""

from __future__ import annotations

import json
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from training.preferences import gate, registry, scorer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

GATE = "gate"
VERDICTS = "verdicts.json"
_EXPLAINED = {
    "integrity": "of what a refinement asks for",
    "aesthetic": "rating of refined pictures",
    "wishes integrity": "of a new wish's own words",
    "wishes aesthetic": "rating of pictures of new wishes",
    "distinct words": "share of words that no answer says twice",
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


def learnt(output: Path) -> dict[str, Any]:
    """What the page says of scorer, gate and pictures; each empty where a round did not get so far."""
    return {
        "scorer": _scorer(output),
        "verdicts": [_verdict(number) for number in _read(output / GATE / VERDICTS, [])],
        "promoted": _promoted(output),
        "pairs": _before_after(output / GATE),
    }


def _scorer(output: Path) -> dict[str, str]:
    """The scorer's numbers, by name."""
    values: Mapping[str, Any] = _read(output / "scorer" / scorer.NUMBERS, {})
    return {
        name.replace("_", " "): f"{value:.3f}" if isinstance(value, float) else str(value)
        for name, value in values.items()
    }


def _verdict(number: Mapping[str, Any]) -> dict[str, Any]:
    """One number measured of this round's adapter, promoted or not, beside the present one's."""
    d = number["difference"]
    return {
        "name": number["name"],
        "explained": _EXPLAINED.get(number["name"], ""),
        "present": f"{number['present']:.3f}",
        "new": f"{number['new']:.3f}",
        "difference": f"{d['mean']:+.3f} ({d['low']:+.3f} to {d['high']:+.3f})",
        "tolerated": f"{-number['tolerance']:.2f}",
        "refused": ("not proven" if number["proof"] else "worse") if number["refused"] else "",
        "note": number["note"],
    }


def _promoted(output: Path) -> str:
    """The parent of what this round promoted; empty where it did not."""
    return str(_read(output / GATE / registry.LINEAGE, {}).get("parent", ""))


def _before_after(folder: Path) -> list[dict[str, Any]]:
    """The gate's pictures of the frozen set, before and after, where they were kept."""
    words = [_read(folder / f"{name}.json", []) for name in ("before", "after")]
    pairs = []
    for index in range(gate.SHOWN):
        files = [folder / f"{index}-{name}.png" for name in ("before", "after")]
        if all(file.is_file() for file in files):
            pair: dict[str, Any] = {
                "files": [f"{GATE}/{file.name}" for file in files],
                "asked": "",
                "change": [],
            }
            if all(len(one) > index for one in words):
                before, after = (one[index] for one in words)
                pair |= {"asked": _asked(before), "change": _change(before["prompt"], after["prompt"])}
            pairs.append(pair)
    return pairs


def _asked(words: Mapping[str, str]) -> str:
    return words["source_prompt"] + (f" + “{words['instruction']}”" if words["instruction"] else "")


def _change(before: str, after: str) -> list[tuple[str, str]]:
    """How an answer changed, part by part: "same", "del" or "ins", and the words."""
    old, new = before.split(", "), after.split(", ")
    parts = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(("same", ", ".join(old[i:j])))
        else:
            parts += [("del", part) for part in old[i:j]] + [("ins", part) for part in new[k:m]]
    return parts


def _read(path: Path, otherwise: Any) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else otherwise
