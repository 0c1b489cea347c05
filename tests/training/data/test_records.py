"""Bad records are named by line and left out; a file with too many of them is refused."""

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from training.data import examples
from training.data.records import read_records, usable
from training.errors import DataError
from training.recipes.beautify import read_triples

GOOD = dict.fromkeys(examples.REQUIRED_FIELDS, "a fox")


def file_of(tmp_path: Path, records: list[Any], name: str = "data.jsonl") -> Path:
    path = tmp_path / name
    lines = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in records]
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


def test_bad_lines_are_logged_and_left_out(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    bad = [b"{cut off", {**GOOD, "instruction": ""}, "caf\u00e9".encode("latin-1")]
    path = file_of(tmp_path, [GOOD, *bad, *[GOOD] * 30])
    with caplog.at_level(logging.WARNING):
        assert len(examples.read(path)) == 31
    assert f"{path}: 3 of 34 records are left out" in caplog.text
    assert "line 2: no JSON" in caplog.text
    assert "line 3: the field 'instruction' is empty" in caplog.text
    assert "line 4: byte 0xe9 is not UTF-8" in caplog.text


def test_a_bad_record_of_an_array_is_left_out_too(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "data.json"
    path.write_text(json.dumps([GOOD, {"source_prompt": 3}, *[GOOD] * 20]))
    assert len(examples.read(path)) == 21
    assert "1 of 22 records" in caplog.text


def test_above_the_ceiling_the_file_is_refused(tmp_path: Path) -> None:
    assert len(examples.read(file_of(tmp_path, [{}, *[GOOD] * 9]))) == 9
    with pytest.raises(DataError, match="1 of 9 records are bad, more than 10%") as caught:
        examples.read(file_of(tmp_path, [{}, *[GOOD] * 8]))
    assert caught.value.problems[0] == "line 1: the field 'source_prompt' is missing"


def test_an_array_that_breaks_off_is_refused_however_much_was_read(tmp_path: Path) -> None:
    path = tmp_path / "data.json"
    path.write_text(json.dumps([GOOD] * 40, indent=0)[:-20])
    with pytest.raises(DataError, match="it breaks off"):
        examples.read(path)


def test_many_problems_are_counted_rather_than_all_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = file_of(tmp_path, [*[b"{"] * 30, *[GOOD] * 270])
    assert len(examples.read(path)) == 270
    assert caplog.text.count("no JSON") == 20
    assert "and 10 more" in caplog.text


def test_text_is_no_record(tmp_path: Path) -> None:
    path = file_of(tmp_path, ["a fox"])
    with pytest.raises(DataError, match="line 1: a record must be an object, not str"):
        usable(path, read_records(path), examples.problems_of)


def test_triples_leave_bad_lines_out(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    good = {"source": "a fox", "instruction": "make it night", "target": "a fox at night"}
    assert len(read_triples(file_of(tmp_path, [*[good] * 10, {"source": "a"}]))) == 10
    assert "line 11: the fields 'instruction', 'target' must be texts" in caplog.text
