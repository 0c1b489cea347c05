"""The measures: exact scenes, F1, integrity, and what perfect and lazy writers score."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from training.data.integrity import f1
from training.data.tinyworld import part_of
from training.tiny.lm_eval import (
    HumanEdit,
    Pair,
    exact,
    held_out_edits,
    human_scores,
    world_scores,
    written,
)


def test_held_out_edits_are_held_out_and_always_the_same() -> None:
    edits = held_out_edits(8)
    assert {part_of(edit.source, edit.instruction) for edit in edits} == {"test"}
    chosen_by = held_out_edits(4, part="selection")
    assert {part_of(edit.source, edit.instruction) for edit in chosen_by} == {"selection"}
    assert edits == held_out_edits(8)


def test_the_known_target_is_exact_and_nothing_else_is_needed() -> None:
    for edit in held_out_edits(12):
        assert exact(edit, edit.target)
        assert not exact(edit, "")


def test_a_perfect_writer_scores_one_and_a_lazy_one_only_where_nothing_was_asked() -> None:
    known = {(edit.source, edit.instruction): edit.target for edit in held_out_edits(12)}
    perfect = world_scores(lambda pairs: [known[pair] for pair in pairs], 12)
    assert perfect["all"] == (1.0, 12)
    lazy = world_scores(lambda pairs: [source for source, _ in pairs], 12)
    assert lazy["all"][0] < 0.5


def test_answers_come_back_in_the_order_of_the_questions() -> None:
    def write(pairs: Sequence[Pair]) -> list[str]:
        return [source.upper() for source, _ in pairs]

    pairs = [("a" * n, "") for n in (5, 1, 90, 3)] * 20
    assert written(write, pairs) == [source.upper() for source, _ in pairs]


def test_f1_counts_content_words_by_stem() -> None:
    assert f1("two red houses", "the red house two") == 1.0
    assert f1("red house", "red car") == pytest.approx(0.5)
    assert f1("", "") == 1.0
    assert f1("house", "") == 0.0


@pytest.mark.parametrize(
    ("instruction", "kind"),
    [("Remove the bridge", "remove"), ("turn the cat into a dog", "replace"), ("as a photo", "style"),
     ("Add a comet", "add"), ("make it taller", "describe"), ("Cubism.", "style"), ("taller", "other")],
)  # fmt: skip
def test_types_of_edits(instruction: str, kind: str) -> None:
    assert HumanEdit("a", instruction, "b").kind == kind


def test_people_s_edits_are_scored_beside_both_baselines(tmp_path: Path) -> None:
    rows = [
        {"source": "red boat", "instruction": "make the boat blue", "target": "blue boat"},
        {"source": "a castle", "instruction": "add a dragon", "target": "a castle with a dragon"},
    ]
    path = tmp_path / "edits.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    answers = {(row["source"], row["instruction"]): row["target"] for row in rows}
    scores = human_scores(lambda pairs: [answers[pair] for pair in pairs], path)
    assert scores["model"]["all"] == (1.0, 1.0, 2)
    assert scores["source"]["all"][0] < scores["model"]["all"][0]
    assert scores["joined"]["all"][1] < 1.0
