"""Reading, checking, deduplicating and splitting examples."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.config.settings import TASKS
from training.data import examples, sources
from training.data.examples import Edit, Example
from training.errors import DataError

FOX = {
    "source_prompt": "a fox",
    "instruction": "make it night",
    "beautified_source_prompt": "a fox in a meadow, soft light",
    "beautified_target_prompt": "a fox in a meadow at night, soft light",
}
EXAMPLE = Example(**FOX)


def written(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "examples.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_json_array_and_json_lines_read_the_same(tmp_path: Path) -> None:
    array = written(tmp_path, json.dumps([FOX, FOX], indent=2))
    assert examples.read(array) == [EXAMPLE, EXAMPLE]
    lines = written(tmp_path, "\n" + json.dumps(FOX) + "\n\n" + json.dumps(FOX) + "\r\n")
    assert examples.read(lines) == [EXAMPLE, EXAMPLE]


def test_a_byte_order_mark_and_unknown_fields_do_no_harm(tmp_path: Path) -> None:
    path = written(tmp_path, b"\xef\xbb\xbf" + json.dumps({**FOX, "id": 7}).encode())
    assert examples.read(path) == [EXAMPLE]


@pytest.mark.parametrize(
    ("value", "said"),
    [("[" * 100_000, "nested too deeply"), ("1" * 5000, "a number has more than 4300 digits")],
    ids=["nesting", "digits"],
)
@pytest.mark.parametrize("form", ["lines", "array"])
def test_what_the_decoder_has_no_room_for_is_named_with_its_line(
    tmp_path: Path, value: str, said: str, form: str
) -> None:
    good, bad = json.dumps(FOX), json.dumps(FOX)[:-1] + f', "id": {value}' + "}"
    text = f"{good}\n{bad}\n" if form == "lines" else f"[{good},\n{bad}]\n"
    with pytest.raises(DataError) as caught:
        examples.read(written(tmp_path, text))
    [problem] = caught.value.problems
    assert problem.startswith("line 2: ")
    assert said in problem


def test_every_problem_comes_with_its_line(tmp_path: Path) -> None:
    bad = [
        json.dumps({**FOX, "instruction": "  "}),
        json.dumps(FOX),
        "{not json}",
        json.dumps({"source_prompt": 3, "instruction": "x", "beautified_source_prompt": "y"}),
        "[]",
        json.dumps({**FOX, "beautified_target_prompt": "word " * 401}),
        json.dumps({**FOX, "source_prompt": "caf\ufffd"}),
    ]
    with pytest.raises(DataError) as caught:
        examples.read(written(tmp_path, "\n".join(bad)))
    assert caught.value.problems == (
        "line 1: the field 'instruction' is empty",
        "line 3: no JSON (Expecting property name enclosed in double quotes at column 2)",
        "line 4: the field 'beautified_target_prompt' is missing",
        "line 4: the field 'source_prompt' must be text, not int",
        "line 5: a record must be an object, not list",
        "line 6: the field 'beautified_target_prompt' has 401 words, more than 400",
        "line 7: the field 'source_prompt' holds characters that were lost in a wrong encoding",
    )
    assert "line 4" in str(caught.value)


def test_lines_of_an_indented_array_are_counted(tmp_path: Path) -> None:
    text = json.dumps([FOX, {**FOX, "instruction": ""}], indent=1)
    line = text[: text.rindex("{")].count("\n") + 1
    with pytest.raises(DataError, match=f"line {line}: the field 'instruction' is empty"):
        examples.read(written(tmp_path, text))
    with pytest.raises(DataError, match="line 1: no JSON"):
        examples.read(written(tmp_path, "[{"))


@pytest.mark.parametrize("text", ["", "\n \n", "[]"])
def test_a_file_without_records_is_an_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(DataError, match="holds no records"):
        examples.read(written(tmp_path, text))


def test_a_wrong_encoding_names_the_line_and_the_byte(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="line 2: byte 0xe9 is not UTF-8"):
        examples.read(written(tmp_path, json.dumps(FOX).encode() + b"\n" + "café".encode("latin-1")))


def test_a_missing_file_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read: No such file"):
        examples.read(tmp_path / "nothing.jsonl")


def test_what_is_written_reads_back(tmp_path: Path) -> None:
    examples.write(tmp_path / "out" / "x.jsonl", [EXAMPLE])
    assert examples.read(tmp_path / "out" / "x.jsonl") == [EXAMPLE]


def test_duplicates_are_told_by_folded_words_and_the_first_stays() -> None:
    shouted = Example(**{**FOX, "source_prompt": "A  FOX"})
    other = Example(**{**FOX, "instruction": "make it day"})
    assert examples.deduplicate([EXAMPLE, shouted, other]) == [EXAMPLE, other]


def test_the_three_tasks_of_an_example() -> None:
    wish = "a fox, make it night"
    assert examples.edits_of(EXAMPLE, TASKS) == [
        Edit("a fox", "", "a fox in a meadow, soft light", "a fox"),
        Edit("a fox in a meadow, soft light", "make it night", FOX["beautified_target_prompt"], wish),
        Edit("a fox", "make it night", FOX["beautified_target_prompt"], wish),
    ]
    known = Example(**FOX, target_prompt="a fox at night")
    assert examples.edits_of(known, ["edit"])[0].intent == "a fox at night"
    assert {edit.measure for edit in examples.edits_of(EXAMPLE, TASKS, "asked")} == {"asked"}


def test_two_files_keep_the_evaluation_out_of_training(tmp_path: Path) -> None:
    other = Example("a cat", "x", "y", "z")
    examples.write(tmp_path / "train.jsonl", [EXAMPLE, other, other])
    examples.write(tmp_path / "test.jsonl", [EXAMPLE])
    found = sources.load(str(tmp_path / "train.jsonl"), str(tmp_path / "test.jsonl"), held_out=0.0)
    assert (found.train, found.test) == ([other], [EXAMPLE])


def test_tinyworld_without_a_count_says_what_to_write() -> None:
    with pytest.raises(DataError, match="tinyworld:20000"):
        sources.load("tinyworld:many")


def test_tinyworld_gives_the_same_edits_for_a_seed_and_holds_some_out() -> None:
    found = sources.load("tinyworld:40", held_out=0.25, seed=3)
    assert found == sources.load("tinyworld:40", held_out=0.25, seed=3)
    train, held = found.train, found.test
    assert sources.load("tinyworld:40", seed=4).train != train
    assert 35 <= len(train) <= 40
    assert 8 <= len(held) <= 10
    prompts = {example.beautified_source_prompt for example in train}
    assert not prompts & {example.beautified_source_prompt for example in held}
    edit = examples.edits_of(train[0], ["edit"])[0]
    assert edit == Edit(
        train[0].beautified_source_prompt, train[0].instruction, train[0].beautified_target_prompt,
        train[0].target_prompt,
    )  # fmt: skip


def test_the_description_counts_and_shows() -> None:
    text = examples.describe([EXAMPLE, EXAMPLE])
    assert "2 examples, 1 after deduplication" in text
    assert "instruction: make it night" in text


@given(st.lists(st.builds(Example, *[st.text(max_size=12)] * 5), max_size=3))
@settings(max_examples=60, deadline=None)
def test_what_is_written_can_be_read_and_nothing_else_is_written(
    tmp_path_factory: pytest.TempPathFactory, given_examples: list[Example]
) -> None:
    path = tmp_path_factory.mktemp("data") / "x.jsonl"
    try:
        examples.write(path, given_examples)
    except DataError:
        assert not path.exists()
        assert not given_examples or any(examples.problems_of(asdict(one)) for one in given_examples)
    else:
        assert [one.key for one in examples.read(path)] == [one.key for one in given_examples]


def test_examples_that_could_not_be_read_back_are_named_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        examples.write(tmp_path / "x.jsonl", [EXAMPLE, Example("a fox", "", "a fox", "a fox")])
    assert caught.value.problems == ("example 2: the field 'instruction' is empty",)
    with pytest.raises(DataError, match="not written"):
        examples.write(tmp_path / "x.jsonl", [])
    assert list(tmp_path.iterdir()) == []
