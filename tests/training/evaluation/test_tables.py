"""The tables in the documents are those of the raw results."""

import re
from pathlib import Path

import pytest

from training.errors import DataError
from training.evaluation import tables
from training.evaluation.tables import renewed

ROOT = Path(__file__).resolve().parents[3]
PAGES = sorted((ROOT / "docs").glob("*.md"))


def test_tables_are_those_of_the_raw_results() -> None:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        assert renewed(text, ROOT) == text, f"{page.name}: .venv/bin/python -m training tables --write"
    shown = {file for page in PAGES for file in re.findall(r"<!-- table: (\S+) -->", page.read_text("utf-8"))}
    kept = {str(file.relative_to(ROOT)) for file in (ROOT / "docs" / "results").glob("*.json")}
    assert shown == kept, "every raw result has its table"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# A page", "holds no raw results: this is no JSON, line 1: Expecting value."),
        ("[]", 'holds no raw results: its "kind" is none of evaluation, ablation, '),
        ('{"kind": []}', 'holds no raw results: its "kind" is none of evaluation, ablation, '),
        (None, "cannot be read: no such file or directory."),
    ],
)
def test_what_is_no_result_is_said_in_words(tmp_path: Path, text: str | None, said: str) -> None:
    file = tmp_path / "raw.json"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        tables.tables_of(file)
    assert str(caught.value).startswith(f"{file} {said}")
