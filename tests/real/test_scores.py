"""What is measured on people's edits, without any model."""

import json
from pathlib import Path

import pytest

from model.language.prompt import chat_messages
from tests.real.__main__ import main
from tests.real.edits import Answer, digest, half_of, kept, read_half
from tests.real.scores import MEASURES, attempts_row, borrowed, differences, report
from tests.real.versions import POOL, VERSIONS, Version, kind
from training.tiny.lm_eval import HumanEdit

EDIT = HumanEdit("a red boat", "make it blue", "a blue boat")
PLAIN = Version("plain", lambda _: (("an old mill", "at night", "an old mill at night"),))


def measure(name: str, target: str) -> float:
    return MEASURES[name](EDIT, target)


def test_the_measures_by_hand() -> None:
    assert (measure("F1", "a blue boat"), measure("F1", "a red boat")) == (1.0, 0.5)
    assert measure("integrity", "a blue boat") == 1.0
    assert (measure("added", "a blue boat with a mill"), measure("added", "a red boat")) == (1, 0)
    assert (measure("exact", "A blue  boat"), measure("exact", "a boat")) == (1.0, 0.0)
    assert (measure("unchanged", "a red boat"), measure("F1", "")) == (1.0, 0.0)


def test_a_word_is_borrowed_where_only_an_example_has_it() -> None:
    assert borrowed(EDIT, "a blue boat beside a mill", PLAIN)
    assert not borrowed(EDIT, "a blue boat on the sea", PLAIN)


def test_attempts_are_counted() -> None:
    def answer(target: str, *attempts: str) -> Answer:
        return Answer(EDIT.source, EDIT.instruction, "", target, list(attempts), 0.0)

    found = [answer("a blue boat", ""), answer("an old mill", "empty", ""), answer("", "empty", "empty")]
    found.append(answer("", "empty", "never ended"))
    assert attempts_row([EDIT] * 4, found, PLAIN) == ["3", "1", "1", "1"]


def test_a_difference_is_paired_by_edit() -> None:
    edits = [EDIT, HumanEdit("a cat", "add a hat", "a cat with a hat")]
    rows = differences(edits, {"a": [e.target for e in edits], "b": [e.source for e in edits]}, "b")
    assert rows[0][0] == "a − b"
    assert rows[0][1].startswith("+0.417 (+0.333 to +0.500)")
    table = report(edits, {}, "unchanged")
    assert "| joined |" in table


def test_edits_of_one_source_stay_in_one_half_and_both_halves_make_the_whole(tmp_path: Path) -> None:
    file = tmp_path / "edits.jsonl"
    edits = [{"source": f"Source {i}", "instruction": "x", "target": "y"} for i in range(20)]
    file.write_text("\n".join(map(json.dumps, edits)), "utf-8")
    halves = [read_half(file, half) for half in ("train", "aside")]
    assert sum(map(len, halves)) == 20
    assert all(halves)
    assert half_of("A  Red boat ") == half_of("a red boat")


def test_an_answer_to_another_wording_is_not_taken_for_this_one(tmp_path: Path) -> None:
    other = Version("plain", lambda _: ())
    assert digest(PLAIN, EDIT) != digest(other, EDIT)
    assert kept(tmp_path / "none.jsonl") == {}


@pytest.mark.parametrize("version", VERSIONS.values(), ids=list(VERSIONS))
def test_every_version_ends_with_the_request_and_asks_for_the_beautified_form_as_the_product(
    version: Version,
) -> None:
    *_, last = version.messages("a red boat", "make it blue")
    assert last["role"] == "user"
    assert {"a red boat", "make it blue"} <= {line.partition(": ")[2] for line in last["content"].split("\n")}
    assert version.messages("a red boat", " ") == chat_messages("a red boat", " ")


def test_the_examples_kinds_are_those_that_instructions_are_told_by() -> None:
    for name, examples in POOL.items():
        told = [kind(instruction) for _, instruction, _ in examples]
        assert told.count(name) >= 2, (name, told)


def test_without_the_file_of_edits_it_says_what_to_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DIFFCHAT_EDITS", raising=False)
    monkeypatch.setattr("tests.real.__main__.prepare", lambda: None)
    assert main(["edits"]) == 1
    assert "DIFFCHAT_EDITS" in capsys.readouterr().err
