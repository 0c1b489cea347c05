"""The simulation of intervals: three seeds cover too little by the bootstrap, and enough by what is used."""

import json
from pathlib import Path

import pytest

from training.__main__ import main
from training.evaluation import intervals


def without_the_slow_one(monkeypatch: pytest.MonkeyPatch) -> None:
    # Not `delitem`: it puts the entry back at the end, and tables have the kinds in their order
    slow = "BCa bootstrap over seeds"
    monkeypatch.setattr(intervals, "KINDS", {k: v for k, v in intervals.KINDS.items() if k != slow})


def test_the_interval_in_use_covers_what_it_claims_and_the_bootstrap_over_seeds_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without_the_slow_one(monkeypatch)
    rows = intervals.simulate(150, 0, sizes=(3,), edits=60)["rows"]
    held = {(row["scatter"], row["kind"]): row["held"] for row in rows}
    for scatter in intervals.SCATTER:
        assert held[scatter, "t over seeds and edits (used)"] > 0.9
        assert held[scatter, "percentile bootstrap over seeds"] < 0.88


def test_the_command_keeps_the_raw_result_that_its_table_is_made_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    without_the_slow_one(monkeypatch)
    file = tmp_path / "intervals.json"
    assert main(["intervals", "--trials", "2", "--out", str(file)]) == 0
    table = intervals.table_of(json.loads(file.read_text()))
    assert table in capsys.readouterr().out
    assert main(["tables", str(file)]) == 0
    assert table in capsys.readouterr().out
