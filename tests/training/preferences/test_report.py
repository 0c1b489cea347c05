"""The round's page: what it says of votes and of what was learnt, and that nobody's words become markup."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.training.reacting import START, likes, record, signal, snapshot
from training.config.preference_settings import CleaningSettings
from training.core.statistics import Estimate
from training.preferences import learning_report, registry, report
from training.preferences.registry import Verdict
from training.preferences.snapshot import Record
from training.preferences.votes import clean


def page(folder: Path, *records: Record) -> str:
    cleaned = clean(snapshot(*records), CleaningSettings())
    return report.write(cleaned, folder / "pictures", folder).read_text(encoding="utf-8")


def test_words_of_people_and_models_are_shown_as_words(tmp_path: Path) -> None:
    text = page(tmp_path, record(1, likes(ann=1, ben=-1), target="a fox <script>alert(1)</script> & co"))
    assert "<script>" not in text
    assert "a fox &lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in text
    assert "<b>1 of 2</b> for" in text
    assert "deleted since" in text


def test_it_counts_where_chosen_pictures_stood(tmp_path: Path) -> None:
    picks = [
        record(n, *([signal("author", "pick")] if place == n % 3 else [] for place in range(3)))
        for n in range(1, 6)
    ]
    assert "Of 5 chosen pictures stood 1 in place 1, 2 in place 2, 2 in place 3." in page(tmp_path, *picks)


@pytest.mark.parametrize(
    ("apart", "step"), [(0.1, "minute"), (1, "hour"), (30, "hour"), (16 * 60, "day"), (24 * 60, "month")]
)
def test_votes_over_time_are_few_bars_however_long_it_took(tmp_path: Path, apart: float, step: str) -> None:
    records = [record(n, likes(ann=1, ben=-1)) for n in range(1, 41)]
    cleaned = clean(snapshot(*records), CleaningSettings())
    acts = tuple(replace(act, at=START + timedelta(minutes=apart * n)) for n, act in enumerate(cleaned.acts))
    text = report.write(replace(cleaned, acts=acts), tmp_path, tmp_path).read_text(encoding="utf-8")
    assert f"By {step}" in text
    assert 1 < text.count("<rect") / 2 <= 60


def learnt(folder: Path, *, worse: bool) -> None:
    """A round that got as far as the gate."""
    gate = folder / learning_report.GATE
    gate.mkdir(parents=True, exist_ok=True)
    low = -0.3 if worse else -0.01
    verdict = Verdict("wishes integrity", 1.0, 1.0 + low, Estimate(low, low - 0.1, low + 0.1), 0.02)
    (gate / learning_report.VERDICTS).write_text(json.dumps([verdict.as_json()]))
    if not worse:
        (gate / registry.LINEAGE).write_text(json.dumps({"parent": "0000-base", "numbers": []}))
    for name, prompt in (("before", "a fox, flat"), ("after", "a fox, <b>neon")):
        (gate / f"0-{name}.png").write_bytes(b"")
        words = {"source_prompt": "a fox", "instruction": "glow", "prompt": prompt}
        (gate / f"{name}.json").write_text(json.dumps([words]))


def test_it_says_what_the_gate_found_and_what_changed(tmp_path: Path) -> None:
    learnt(tmp_path, worse=False)
    text = page(tmp_path, record(1, likes(ann=1, ben=-1)))
    assert "Promoted</span>, after 0000-base" in text
    assert "<td>-0.010 (-0.110 to +0.090)" in text
    assert "a fox, <del>flat</del>, <ins>&lt;b&gt;neon</ins>" in text


def test_a_refusal_is_told_with_the_number_that_was_worse(tmp_path: Path) -> None:
    learnt(tmp_path, worse=True)
    text = page(tmp_path, record(1, likes(ann=1, ben=-1)))
    assert "Not promoted" in text
    assert "refused" in text
    assert '<span class="no">worse</span>' in text
