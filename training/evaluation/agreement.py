"""How far content integrity agrees with a reader: `python -m training integrity --edits FILE`.

`integrity_labels.jsonl` has the reader's judgements of a hundred edits that people wrote (of the half that
prompts are tried on, `training.data.hashing`), two targets each: the person's own, and one that the reader
altered. Of an edit it says what must be there and what must be gone, of each target whether it is so. It has
no text of the edits: an edit is named by a hash, a requirement by the positions of its words
(`model.language.stems.words`) in the source, the instruction or the person's target, an alteration by the
positions of the words between spaces and by what the reader wrote in their place.

What the reader took for required: things, places, people, style and medium that the source names and the
instruction leaves alone, its maker, and what the instruction asks for. Not required are shops, sites, file
names, sizes, ids and words of praise, unless the instruction asks for them. A target fulfils a requirement if
one would expect it in the picture, whatever the words.

Three agreements, each as precision and recall of the measure with the reader taken for right:

- "requirements": a word that the measure requires (or wants gone) is right if the reader's requirements hold
  it; one of theirs is found if the measure has a word of it.
- "faults": of each target, the requirements that the measure says are not fulfilled. Words of one requirement
  count once, words of none count each.
- "targets": the measure finds a fault (integrity below 1), and so does the reader.

Half of the edits, by their hash, are to improve the measure on, the other half to report.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from scipy import stats

from model.language.stems import STOP_WORDS, content_stems, stem, words
from training.config.settings import MEASURES
from training.data.examples import Edit
from training.data.integrity import requirements_of
from training.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from training.config.settings import Measure
    from training.data.integrity import Requirements

LABELS = Path(__file__).with_name("integrity_labels.jsonl")
COMMAND = ".venv/bin/python -m training integrity --edits FILE"
Half = Literal["improve", "report"]
AGREEMENTS = ("requirements", "faults", "targets")
_DRAWS = 2000


@dataclass(frozen=True)
class Requirement:
    """One thing that must be there (or `gone`), as the stems of its words wherever the edit names it."""

    stems: frozenset[str]
    gone: bool


@dataclass(frozen=True)
class Target:
    """One target of an edit: its text, how it was `made`, and whether it fulfils each requirement."""

    text: str
    made: str
    fulfils: tuple[bool, ...]


@dataclass(frozen=True)
class Labelled:
    """An edit with the reader's requirements and two judged targets."""

    edit: Edit
    requirements: tuple[Requirement, ...]
    targets: tuple[Target, ...]


@dataclass
class Counts:
    """What makes precision (`right` of `said`) and recall (`found` of `true`)."""

    right: int = 0
    said: int = 0
    found: int = 0
    true: int = 0


def name_of(source: str, instruction: str, target: str) -> str:
    """What the labels call an edit."""
    return hashlib.sha256(json.dumps([source, instruction, target]).encode()).hexdigest()[:16]


def half_of(name: str) -> Half:
    """Which half of the labels an edit is in."""
    return "improve" if int(name, 16) % 2 else "report"


def read_labels(edits: Path, labels: Path = LABELS) -> dict[str, Labelled]:
    """The labelled edits by name. Raises DataError where the file of edits lacks one that is labelled."""
    known = {}
    for line in edits.read_text(encoding="utf-8").splitlines():
        record = json.loads(line) if line.strip() else {}
        if {"source", "instruction", "target"} <= record.keys():
            texts = {key: str(record[key]) for key in ("source", "instruction", "target")}
            known[name_of(**texts)] = texts
    records = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines()]
    if lacking := [record["edit"] for record in records if record["edit"] not in known]:
        count = f"{len(lacking)} of the {len(records)} labelled edits"
        raise DataError(f"{edits} lacks {count}, among them:", lacking[:3])
    return {record["edit"]: _labelled(record, known[record["edit"]]) for record in records}


def _labelled(record: dict[str, Any], texts: dict[str, str]) -> Labelled:
    def requirement(references: list[tuple[str, list[int]]], gone: bool) -> Requirement:
        named = (words(texts[where])[place] for where, places in references for place in places)
        return Requirement(frozenset(stem(word) for word in named if word not in STOP_WORDS), gone)

    altered = record["altered"]
    return Labelled(
        Edit(texts["source"], texts["instruction"], texts["target"], ""),
        (
            *(requirement(one, gone=False) for one in record["there"]),
            *(requirement(one, gone=True) for one in record["gone"]),
        ),
        (
            Target(texts["target"], "own", tuple(record["own"])),
            Target(_altered(altered, texts), altered["kind"], tuple(altered["verdicts"])),
        ),
    )


def _altered(altered: dict[str, Any], texts: dict[str, str]) -> str:
    if altered["kind"] == "unchanged":
        return texts["source"]
    if altered["kind"] == "joined":
        return f"{texts['source']}, {texts['instruction']}"
    parts = texts["target"].split()
    for start, end, new in sorted(altered["changes"], reverse=True):
        parts[start:end] = new.split()
    return " ".join(parts)


def agreement(labelled: Labelled, measure: Measure) -> dict[str, Counts]:
    """The counts of one edit and its targets, by the names of `AGREEMENTS`."""
    edit = labelled.edit
    wanted = requirements_of(Edit(edit.source_prompt, edit.instruction, edit.target_prompt, "", measure))
    counts = {name: Counts() for name in AGREEMENTS}
    _add(counts["requirements"], *_named(labelled.requirements, wanted))
    for target in labelled.targets:
        faults, others = _faults(labelled.requirements, target, wanted)
        broken = target.fulfils.count(False)
        _add(counts["faults"], faults, faults + others, faults, broken)
        said, true = bool(faults + others), bool(broken)
        _add(counts["targets"], said and true, said, said and true, true)
    return counts


def _add(counts: Counts, right: int, said: int, found: int, true: int) -> None:
    counts.right += right
    counts.said += said
    counts.found += found
    counts.true += true


def _named(requirements: Sequence[Requirement], wanted: Requirements) -> tuple[int, int, int, int]:
    """Words of the measure that the reader has too, of how many; requirements that it names, of how many."""
    words_of = {False: wanted.stems, True: wanted.removed}
    theirs = {gone: _union(r.stems for r in requirements if r.gone == gone) for gone in words_of}
    right = sum(len(mine & theirs[gone]) for gone, mine in words_of.items())
    found = sum(bool(r.stems & words_of[r.gone]) for r in requirements)
    return right, len(wanted.stems) + len(wanted.removed), found, len(requirements)


def _faults(
    requirements: Sequence[Requirement], target: Target, wanted: Requirements
) -> tuple[int, int]:
    """How many broken requirements the measure notices in a target, and how many faults it makes up."""
    present = content_stems(target.text)
    said = [(key, False) for key in wanted.missing(present)]
    said += [(key, True) for key in wanted.removed & present]
    found: set[int] = set()
    made_up: set[int | str] = set()
    for key, gone in said:
        places = [i for i, r in enumerate(requirements) if r.gone == gone and key in r.stems]
        broken = [i for i in places if not target.fulfils[i]]
        found.update(broken)
        if not broken:
            made_up.add(places[0] if places else key)
    return len(found), len(made_up)


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def measure_all(edits: Path) -> dict[str, Any]:
    """The raw result: for each half, measure and agreement the counts of every edit, in the labels' order."""
    labels = read_labels(edits)
    counts = {
        half: {
            measure: {
                name: [list(vars(agreed[name]).values()) for agreed in found] for name in AGREEMENTS
            }
            for measure in MEASURES
            for found in [[agreement(one, measure) for name, one in labels.items() if half_of(name) == half]]
        }
        for half in ("improve", "report")
    }
    made = Counter(target.made for one in labels.values() for target in one.targets)
    return {"kind": "agreement", "made_by": COMMAND, "targets": dict(made), "counts": counts}


def table_of(raw: dict[str, Any], halves: Sequence[str] = ("report",)) -> str:
    """The result as Markdown tables, one for each of `halves`."""
    made = ", ".join(f"{count} {name}" for name, count in raw["targets"].items())
    lines = [f"Targets: {made}. Made by `{raw['made_by']}`."]
    for half in halves:
        lines += ["", *_table(half, raw["counts"][half])]
    return "\n".join(lines)


def _table(half: str, measures: dict[str, dict[str, list[list[int]]]]) -> Iterator[str]:
    heads = [f"{name}: {what}" for name in AGREEMENTS for what in ("precision", "recall")]
    edits = len(next(iter(measures.values()))["targets"])
    yield f"| {half} half, {edits} edits | " + " | ".join(heads) + " |"
    yield "|---" * (len(heads) + 1) + "|"
    for measure, agreed in measures.items():
        cells = []
        for name in AGREEMENTS:
            table = np.array(agreed[name], dtype=np.float64)
            cells += [_share(table[:, 0], table[:, 1]), _share(table[:, 2], table[:, 3])]
        yield f"| {measure} | " + " | ".join(cells) + " |"


def _share(part: np.ndarray[Any, Any], whole: np.ndarray[Any, Any]) -> str:
    """The share over all edits, with its 95 % interval: the percentile bootstrap over edits.

    Both targets of an edit stay together, since they stand or fall with the same requirements.
    """
    if not whole.sum():
        return "–"
    found = stats.bootstrap(
        (part, whole), lambda p, w, axis=-1: p.sum(axis) / np.maximum(w.sum(axis), 1), paired=True,
        vectorized=True, n_resamples=_DRAWS, method="percentile", rng=np.random.default_rng(0), batch=500,
    ).confidence_interval  # fmt: skip
    mean = part.sum() / whole.sum()
    return f"{mean:.3f} ({found.low:.3f} to {found.high:.3f})"
