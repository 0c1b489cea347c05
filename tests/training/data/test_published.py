"""Downloading and converting published data, from a server on loopback."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from training.__main__ import main
from training.config.settings import DataSettings
from training.data import download, examples, published
from training.data.download import fetch
from training.data.sources import load_edits
from training.errors import DataError
from training.recipes.beautify import read_triples

PAIR = {"raw_prompt": "a fox", "prompt": "a fox in a meadow, soft light"}
EDIT = {"input": "a fox", "edit": "make it night", "output": "a fox at night"}
EXAMPLE = {
    "source_prompt": "a fox", "instruction": "make it night", "beautified_source_prompt": "a fox, soft light",
    "beautified_target_prompt": "a fox at night, soft light",
}  # fmt: skip


def test_a_cut_download_goes_on_in_the_same_command(server: Any, tmp_path: Path) -> None:
    server.cut = [100]
    body = json.dumps([PAIR] * 20).encode()
    fetched = fetch(server.url("/x.json", body), tmp_path / "x.json", [0.0])
    assert (tmp_path / "x.json").read_bytes() == body
    assert fetched.bytes == len(body)
    assert server.asked == [None, "bytes=100-"]


def test_a_cut_download_goes_on_in_the_next_command(server: Any, tmp_path: Path) -> None:
    server.cut = [100]
    body = json.dumps([PAIR] * 20).encode()
    address, path = server.url("/x.json", body), tmp_path / "x.json"
    with pytest.raises(DataError, match="The 100 bytes that came are kept"):
        fetch(address, path, [])
    assert not path.exists()
    fetch(address, path, [])
    assert path.read_bytes() == body
    assert [file.name for file in tmp_path.iterdir()] == ["x.json"]


def test_a_file_that_changed_meanwhile_is_taken_anew(server: Any, tmp_path: Path) -> None:
    server.cut = [100]
    address, path = server.url("/x.json", [PAIR] * 20), tmp_path / "x.json"
    with pytest.raises(DataError):
        fetch(address, path, [])
    server.etag = '"two"'
    new = json.dumps([EDIT] * 20).encode()
    fetch(server.url("/x.json", new), path, [])
    assert path.read_bytes() == new


def test_what_is_there_is_not_downloaded_again(server: Any, tmp_path: Path) -> None:
    address = server.url("/x.json", [PAIR])
    assert fetch(address, tmp_path / "x.json", []) == fetch(address, tmp_path / "x.json", [])
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        ("text/html; charset=utf-8", b"<html>moved</html>", "answers with text/html"),
        ("image/png", b"[]", "answers with image/png"),
        ("application/json", b"<!DOCTYPE html><p>not here", "no JSON but '<!DOCTYPE html>"),
        ("text/plain", b"", "no JSON but 'nothing'"),
    ],
)
def test_what_is_no_data_is_refused_and_not_kept(
    server: Any, tmp_path: Path, kind: str, body: bytes, said: str
) -> None:
    server.kind = kind
    with pytest.raises(DataError, match=re.escape(said)):
        fetch(server.url("/x.json", body), tmp_path / "x.json", [])
    assert list(tmp_path.iterdir()) == []


def test_a_missing_file_an_address_without_a_server_and_no_address(server: Any, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"answers 404 Not Found.*--url"):
        fetch(server.url("/x", b"").replace("/x", "/y"), tmp_path / "x.json", [])
    with pytest.raises(DataError, match="cannot be downloaded"):
        fetch("http://127.0.0.1:1/x.json", tmp_path / "x.json", [])
    with pytest.raises(DataError, match="cannot be downloaded"):
        fetch("nowhere", tmp_path / "x.json", [])


def test_a_file_without_end_stops(server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "MOST_BYTES", 50)
    with pytest.raises(DataError, match="sends more than 50 bytes"):
        fetch(server.url("/x.json", [PAIR] * 20), tmp_path / "x.json", [])


def test_instructpe_becomes_examples(
    server: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    train = server.url("/train.json", [*[EXAMPLE] * 20, {**EXAMPLE, "instruction": ""}])
    test = server.url("/test.json", [{**EXAMPLE, "id": 3}])
    assert main(["data", "instructpe", "--output", str(tmp_path), "--url", train, test]) == 0
    assert len(examples.read(tmp_path / "train.jsonl")) == 20
    assert len(examples.read(tmp_path / "test.jsonl")) == 1
    assert "line 1: the field 'instruction' is empty" in caplog.text
    assert "20 records, 1 left out" in capsys.readouterr().out
    noted = json.loads((tmp_path / published.SOURCE).read_text())
    assert [(one["records"], one["left_out"], one["address"]) for one in noted] == [
        (20, 1, train),
        (1, 0, test),
    ]
    assert len(noted[0]["sha256"]) == 64


def test_beautifulprompts_pairs_teach_the_beautifier(server: Any, tmp_path: Path) -> None:
    url = server.url("/data.json", [{**PAIR, "raw_prompt": f"a fox {n}"} for n in range(9)])
    published.get("beautifulprompt", tmp_path, [url])
    path = tmp_path / "pairs.jsonl"
    settings = DataSettings(train=str(path), held_out=0.0, tasks=("beautify", "edit", "direct"))
    edits, _ = load_edits(settings)
    assert [edit.instruction for edit in edits] == [""] * 9, "no edit without an instruction"
    assert edits[0].target_prompt == PAIR["prompt"]
    examples.write(tmp_path / "again.jsonl", examples.read(path))
    assert examples.read(tmp_path / "again.jsonl") == examples.read(path)


def test_caption_edits_become_triples(server: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    lines = [json.dumps(EDIT)] * 20 + [json.dumps({"input": "a", "edit": " "}), '"text"']
    url = server.url("/x.jsonl", "\n".join(lines).encode())
    published.get("instructpix2pix", tmp_path, [url])
    assert len(read_triples(tmp_path / "triples.jsonl")) == 20
    assert "line 21: the field 'target' is missing or no text" in caplog.text
    assert "line 22: a record must be an object, not str" in caplog.text


def test_too_many_bad_records_and_a_wrong_number_of_addresses(server: Any, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="2 of 2 records are bad"):
        published.get("beautifulprompt", tmp_path, [server.url("/x.json", [EDIT] * 2)])
    with pytest.raises(DataError, match="instructpe has 2 files, and --url names 1"):
        published.get("instructpe", tmp_path, ["http://127.0.0.1:1/"])
