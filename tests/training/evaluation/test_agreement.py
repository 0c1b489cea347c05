"""How far integrity agrees with a reader: counted by hand on three edits, and the shipped labels' form."""

import json
from pathlib import Path
from typing import Any

import pytest

from training.__main__ import main
from training.errors import DataError
from training.evaluation import agreement
from training.evaluation.agreement import Counts

BOAT = ("red boat, Pinterest", "make it magenta", "magenta boat, Pinterest")
WALK = ("a walk", "at night", "a walk at night")


def label(texts: tuple[str, str, str], **others: Any) -> dict[str, Any]:
    return {"edit": agreement.name_of(*texts), "gone": [], **others}


BOAT_LABEL = label(
    BOAT, there=[[["source", [1]]], [["instruction", [2]], ["target", [0]]]], gone=[[["source", [0]]]],
    own=[True, True, True], altered={"kind": "unchanged", "changes": [], "verdicts": [True, False, False]},
)  # fmt: skip
WALK_LABEL = label(
    WALK, there=[[["source", [1]]], [["instruction", [1]]]], own=[True, True],
    altered={"kind": "paraphrased", "changes": [[1, 2, "evening stroll"]], "verdicts": [True, True]},
)  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """The edits, and the labels of both."""
    edits, labels = tmp_path / "edits.jsonl", tmp_path / "labels.jsonl"
    records = [dict(zip(("source", "instruction", "target"), texts, strict=True)) for texts in (BOAT, WALK)]
    edits.write_text("".join(json.dumps(record) + "\n" for record in records))
    labels.write_text("".join(json.dumps(one) + "\n" for one in (BOAT_LABEL, WALK_LABEL)))
    return edits, labels


def test_labels_give_back_the_targets_and_the_words_of_requirements(files: tuple[Path, Path]) -> None:
    boat, walk = agreement.read_labels(*files).values()
    assert [target.text for target in boat.targets] == [BOAT[2], BOAT[0]]
    assert [target.text for target in walk.targets] == [WALK[2], "a evening stroll at night"]
    assert [(set(one.stems), one.gone) for one in boat.requirements] == [
        ({"boat"}, False), ({"magenta"}, False), ({"red"}, True),
    ]  # fmt: skip


def test_agreement_by_hand(files: tuple[Path, Path]) -> None:
    boat, walk = agreement.read_labels(*files).values()
    # "stems" also wants "pinterest"; the unchanged source breaks two of three, and both are noticed
    assert agreement.agreement(boat, "stems") == {
        "requirements": Counts(3, 4, 3, 3), "faults": Counts(2, 2, 2, 2), "targets": Counts(1, 1, 1, 1),
    }  # fmt: skip
    assert agreement.agreement(boat, "asked")["requirements"] == Counts(3, 3, 3, 3)
    # A stroll is no walk by stems: a fault that is none
    assert agreement.agreement(walk, "stems")["faults"] == Counts(0, 1, 0, 0)
    assert agreement.agreement(walk, "meaning")["faults"] == Counts(0, 0, 0, 0)


def test_the_raw_result_counts_targets_by_how_they_were_made(files: tuple[Path, Path]) -> None:
    raw = agreement.measure_all(*files)
    made = {kind: found for half in raw["faulty"].values() for kind, found in half.items()}
    assert made["unchanged"] == {"targets": 1, "reader": 1, "stems": 1, "asked": 1, "meaning": 1}
    assert made["paraphrased"] == {"targets": 1, "reader": 0, "stems": 1, "asked": 1, "meaning": 0}


def test_the_command_keeps_the_raw_result_that_its_table_is_made_from(
    files: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Two edits of each half
    records = [json.loads(line) for line in files[0].read_text().splitlines()]
    labels = [json.loads(line) for line in files[1].read_text().splitlines()]
    for number in range(12):
        texts = (f"a walk {number}", *WALK[1:])
        records.append(dict(zip(("source", "instruction", "target"), texts, strict=True)))
        labels.append({**WALK_LABEL, "edit": agreement.name_of(*texts)})
    files[0].write_text("\n".join(map(json.dumps, records)))
    files[1].write_text("\n".join(map(json.dumps, labels)))
    whole = agreement.measure_all
    monkeypatch.setattr(agreement, "measure_all", lambda edits: whole(edits, files[1]))
    out = tmp_path / "raw.json"
    assert main(["integrity", "--edits", str(files[0]), "--out", str(out)]) == 0
    table = agreement.table_of(json.loads(out.read_text()))
    assert table in capsys.readouterr().out
    assert main(["tables", str(out)]) == 0
    assert table in capsys.readouterr().out


def test_edits_that_are_not_the_labelled_ones_are_refused(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(DataError, match="lacks 100 of the 100 labelled edits"):
        agreement.read_labels(files[0])
    assert main(["integrity", "--edits", str(files[0])]) == 2
    assert "labelled edits" in capsys.readouterr().err


def test_the_shipped_labels_judge_every_requirement_of_two_hundred_targets() -> None:
    records = [json.loads(line) for line in agreement.LABELS.read_text(encoding="utf-8").splitlines()]
    assert len(records) == len({record["edit"] for record in records}) == 100
    for record in records:
        count = len(record["there"]) + len(record["gone"])
        assert count == len(record["own"]) == len(record["altered"]["verdicts"]) > 0
    halves = [agreement.half_of(record["edit"]) for record in records]
    assert min(halves.count(half) for half in agreement.HALVES) > 40
