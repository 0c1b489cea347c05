"""How far content integrity agrees with a reader: `python -m training integrity --edits FILE`.

`integrity_labels.jsonl` has the reader's judgements of a hundred edits that people wrote (of the half that
prompts are tried on, `tests/real/edits.py`), two targets each: the person's own, and one that the reader
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

Half of the edits, by their hash, are to improve the measure on, the other half to report. One reader judged
all of them before the measure was changed, and then changed it: the halves keep single edits apart, not what
the reader knew of both when choosing what counts as an ornament.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from scipy import stats

from model.language.stems import STOP_WORDS, content_stems, stem, words
from training.config.settings import MEASURES
from training.core.statistics import Table
from training.data.examples import Edit
from training.data.integrity import integrity, requirements_of
from training.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from training.config.settings import Measure
    from training.data.integrity import Requirements

LABELS = Path(__file__).with_name("integrity_labels.jsonl")
COMMAND = ".venv/bin/python -m training integrity --edits FILE"
Half = Literal["improve", "report"]
HALVES: tuple[Half, ...] = ("report", "improve")
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
    wanted = requirements_of(replace(labelled.edit, measure=measure))
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


def _faults(requirements: Sequence[Requirement], target: Target, wanted: Requirements) -> tuple[int, int]:
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


def measure_all(edits: Path, labels: Path = LABELS) -> dict[str, Any]:
    """The raw result. Raises DataError as `read_labels` does.

    `counts` has for each half, measure and agreement the counts of every edit, in the labels' order; `faulty`
    for each half and way that targets were made how many there are, how many of them the reader finds faulty,
    and how many each measure.
    """
    known = read_labels(edits, labels)
    halves = {half: [one for name, one in known.items() if half_of(name) == half] for half in HALVES}
    return {
        "kind": "agreement",
        "made_by": COMMAND,
        "counts": {
            half: {measure: _counted(some, measure) for measure in MEASURES} for half, some in halves.items()
        },
        "faulty": {half: _faulty(some) for half, some in halves.items()},
    }


def _counted(labelled: Sequence[Labelled], measure: Measure) -> dict[str, list[list[int]]]:
    found = [agreement(one, measure) for one in labelled]
    return {name: [list(vars(one[name]).values()) for one in found] for name in AGREEMENTS}


def _faulty(labelled: Sequence[Labelled]) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = {}
    for one in labelled:
        wanted = {measure: requirements_of(replace(one.edit, measure=measure)) for measure in MEASURES}
        for target in one.targets:
            found = counts.setdefault(target.made, Counter(targets=0, reader=0, **dict.fromkeys(MEASURES, 0)))
            found["targets"] += 1
            found["reader"] += not all(target.fulfils)
            for measure, requirements in wanted.items():
                found[measure] += integrity(target.text, requirements) < 1
    return {made: dict(found) for made, found in counts.items()}


def table_of(raw: dict[str, Any]) -> str:
    """The result as Markdown: what is reported first, then the half to improve on."""
    lines = [f"Made by `{raw['made_by']}`."]
    for half in HALVES:
        lines += ["", *_table(half, raw["counts"][half])]
    lines += ["", *_faulty_table(raw["faulty"][HALVES[0]])]
    return "\n".join(lines)


def _faulty_table(faulty: dict[str, dict[str, int]]) -> Iterator[str]:
    yield f"| {HALVES[0]} half, targets called faulty | " + " | ".join(faulty) + " |"
    yield "|---" * (len(faulty) + 1) + "|"
    for who in ("reader", *MEASURES):
        cells = [f"{found[who]} of {found['targets']}" for found in faulty.values()]
        yield f"| {who} | " + " | ".join(cells) + " |"


def _table(half: str, measures: dict[str, dict[str, list[list[int]]]]) -> Iterator[str]:
    heads = [f"{name}: {what}" for name in AGREEMENTS for what in ("precision", "recall")]
    edits = len(next(iter(measures.values()))["targets"])
    yield f"| {half} half, {edits} edits | " + " | ".join(heads) + " |"
    yield "|---" * (len(heads) + 1) + "|"
    first, *others = measures
    shares = {measure: _columns(agreed) for measure, agreed in measures.items()}
    for measure, columns in shares.items():
        yield f"| {measure} | " + " | ".join(_share(*column) for column in columns) + " |"
    for measure in others:
        both = zip(shares[measure], shares[first], strict=True)
        yield f"| {measure} less {first} | " + " | ".join(_share(*one, *two) for one, two in both) + " |"


def _columns(agreed: dict[str, list[list[int]]]) -> list[tuple[Table, Table]]:
    """The parts and wholes by edit of each share, in the order of the heads."""
    tables = [np.array(agreed[name], dtype=np.float64) for name in AGREEMENTS]
    return [(table[:, at], table[:, at + 1]) for table in tables for at in (0, 2)]


def _share(*columns: Table) -> str:
    """A share over all edits (part, whole), or the difference of two, with its 95 % interval.

    The percentile bootstrap over edits: both targets of an edit stay together, since they stand or fall with
    the same requirements, and so do two measures of it.
    """
    if not columns[1].sum():
        return "–"
    found = stats.bootstrap(
        columns, _ratio, paired=True, vectorized=True, n_resamples=_DRAWS, method="percentile",
        rng=np.random.default_rng(0), batch=500,
    ).confidence_interval  # fmt: skip
    sign = "+" if len(columns) > 2 else ""
    return f"{_ratio(*columns):{sign}.3f} ({found.low:{sign}.3f} to {found.high:{sign}.3f})"


def _ratio(*columns: Table, axis: int = -1) -> Table:
    part, whole, *less = (column.sum(axis) for column in columns)
    # A resample without a single case has no share; it is rare and counts as 0
    share: Table = part / np.maximum(whole, 1)
    return share - less[0] / np.maximum(less[1], 1) if less else share
