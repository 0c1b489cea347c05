"""Data sets through `datasets`: folders in the hub's form, addresses on loopback, tables."""

import csv
import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import datasets
import pytest

from training.config.settings import EXAMPLE_FIELDS, DataSettings
from training.data import sources
from training.data.examples import Example
from training.errors import DataError

COLUMNS = {
    "source_prompt": "input", "instruction": "edit", "beautified_source_prompt": "input",
    "beautified_target_prompt": "output",
}  # fmt: skip
ROWS = [{"input": f"a fox {n}", "edit": "make it night", "output": f"a fox {n} at night"} for n in range(12)]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    monkeypatch.setattr(datasets.config, "DOWNLOADED_DATASETS_PATH", tmp_path / "cache" / "downloads")


def lines(rows: list[Any]) -> str:
    return "".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows)


def test_a_data_set_by_name_and_split_with_its_columns_named(tmp_path: Path) -> None:
    folder = tmp_path / "owner-name"
    folder.mkdir()
    (folder / "train.jsonl").write_text(lines(ROWS))
    (folder / "test.jsonl").write_text(lines(ROWS[:2]))
    settings = DataSettings(
        train=f"hub:{folder}", evaluation=f"hub:{folder}:test", columns=COLUMNS, held_out=0.0, tasks=("edit",)
    )
    parts = sources.load_all(settings)
    assert [example.source_prompt for example in parts.test] == ["a fox 0", "a fox 1"]
    assert parts.test[0].beautified_source_prompt == "a fox 0", "one column for two fields"
    found = sources.open_source(f"hub:{folder}", columns=COLUMNS, rows=3)
    assert len(found) == 3
    with pytest.raises(DataError, match="has no column prompt; it has input, edit, output"):
        sources.open_source(f"hub:{folder}", columns={"source_prompt": "prompt"})
    with pytest.raises(DataError, match=r"cannot be read: .*validation"):
        sources.open_source(f"hub:{folder}:validation", columns=COLUMNS)


def test_a_csv_and_a_parquet_file(tmp_path: Path) -> None:
    with (tmp_path / "x.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(ROWS[0]))
        writer.writeheader()
        writer.writerows(ROWS)
    datasets.Dataset.from_list(ROWS).to_parquet(tmp_path / "x.parquet")
    read = [sources.open_source(str(tmp_path / name), columns=COLUMNS) for name in ("x.csv", "x.parquet")]
    assert read[0] == read[1]
    assert len(read[0]) == len(ROWS)


@pytest.mark.parametrize("name", ["/x.jsonl", "/x.json"])
def test_an_address_names_the_lines_of_bad_records(
    server: Any, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    bad = {**ROWS[0], "edit": ""}
    body = lines([*ROWS, bad]) if name == "/x.jsonl" else json.dumps([*ROWS, bad], indent=None)
    found = sources.open_source(server.url(name, body.encode()), columns=COLUMNS)
    assert len(found) == len(ROWS)
    assert f"line {13 if name == '/x.jsonl' else 1}: the field 'instruction' is empty" in caplog.text


def test_columns_and_rows_hold_for_files_too(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text(lines(ROWS))
    assert len(sources.open_source(str(tmp_path / "x.jsonl"), columns=COLUMNS, rows=5)) == 5


def test_without_a_network_a_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> None:
        raise ConnectionError("Couldn't reach 'owner/name' on the Hub")

    monkeypatch.setattr(datasets, "load_dataset", away)
    with pytest.raises(DataError, match=r"hub:owner/name cannot be read: Couldn't reach.*\n.*path of a file"):
        sources.open_source("hub:owner/name")


def test_only_our_fields_can_have_a_column() -> None:
    with pytest.raises(ValueError, match="columns: prompt: our fields are source_prompt"):
        DataSettings(train="x", columns={"prompt": "input"})
    assert [field.name for field in fields(Example)] == list(EXAMPLE_FIELDS)
