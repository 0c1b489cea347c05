"""The tables in the documents are those of the raw results."""

import re
from pathlib import Path

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
