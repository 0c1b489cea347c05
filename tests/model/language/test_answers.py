"""Reading answers: a table of what chat models write, with what is meant, and the reading while they write.

`answers.jsonl` has one answer a line, in the style of real families: `meant` is the prompt in it, or null
where it is to be refused.
"""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import EditError
from model.language.answers import is_complete, is_hopeless, parse_target
from model.language.examples import EDITS, MESSAGES
from model.language.prompt import one_line

TABLE = Path(__file__).with_name("answers.jsonl")
ANSWERS = [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]
SOURCE = "a red house in a meadow, soft light"


def read(raw: str, source: str = SOURCE) -> str | None:
    try:
        return parse_target(raw, source)
    except EditError:
        return None


@pytest.mark.parametrize("row", ANSWERS, ids=lambda row: row["style"])
def test_what_was_meant_is_read_and_the_rest_refused(row: dict) -> None:
    assert read(row["raw"], row["source"]) == row["meant"]


@pytest.mark.parametrize("row", ANSWERS, ids=lambda row: row["style"])
def test_ending_early_changes_no_outcome(row: dict) -> None:
    """Cut after any character where the reader says that it has all, an answer is read as the whole one."""
    for end in range(len(row["raw"])):
        if is_complete(row["raw"][:end], row["source"]):
            assert read(row["raw"][:end], row["source"]) == row["meant"]
            return


@pytest.mark.parametrize("row", [row for row in ANSWERS if row["meant"]], ids=lambda row: row["style"])
def test_no_good_answer_is_given_up(row: dict) -> None:
    assert not any(is_hopeless(row["raw"][:end], row["source"]) for end in range(len(row["raw"]) + 1))


@pytest.mark.parametrize(
    ("raw", "most"),
    [("a big house " * 50, 60), ("soft light, " * 50, 90), ("word, and more of them " * 100, 200)],
)
def test_going_round_is_given_up_early(raw: str, most: int) -> None:
    assert any(is_hopeless(raw[:end], SOURCE) for end in range(most))


def test_a_thought_is_neither_complete_nor_hopeless() -> None:
    thought = "<think>\nred, red, red, red, red house\nred house, red house, red house, red house,"
    assert not is_complete(thought, SOURCE)
    assert not is_hopeless(thought, SOURCE)
    with pytest.raises(EditError, match="thought without coming to an answer"):
        parse_target(thought, SOURCE)


def test_the_first_line_is_all_that_is_waited_for() -> None:
    assert is_complete("a blue house\n", SOURCE)
    assert not is_complete("a blue house", SOURCE)
    assert not is_complete("Sure!\n\n", SOURCE)
    assert not is_complete("```\na blue house\n", SOURCE)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (" a blue house\n", "a blue house"),
        ('"a blue house"', "a blue house"),
        ("Target: a blue house", "a blue house"),
        ("**Edited prompt:** a blue house", "a blue house"),
        ("Sure, here is the edited prompt: a blue house", "a blue house"),
        ("Here's the target prompt:\n\n“a blue house”", "a blue house"),
        ("<think>\nmake it blue\n</think>\n\na blue house", "a blue house"),
        ("a blue house\nSource: a cat\nInstruction: x", "a blue house"),
        ("a blue house, soft light, soft light", "a blue house, soft light"),
        ("a  blue\u200b house", "a blue house"),
        ("```\na blue house\n```", "a blue house"),
        ("a sign that says \"open\"", "a sign that says \"open\""),
    ],
)  # fmt: skip
def test_small_faults_are_repaired(raw: str, expected: str) -> None:
    assert parse_target(raw, SOURCE) == expected


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "  \n ",
        "...",
        "<think>still thinking",
        "a house Instruction: make it blue Target: a house",
        "word " * 300,
        "a house, soft light, sharp, soft light, crisp, soft light",
        "a house house house house",
        "a big house a big house a big house a big house",
    ],
)
def test_unusable_answers_are_errors(raw: str) -> None:
    with pytest.raises(EditError, match=r"^The language model .*\.$"):
        parse_target(raw, SOURCE)


def test_an_example_of_the_prompt_is_no_answer_to_another_source() -> None:
    shown = [example.answer for example in MESSAGES if not example.answer.startswith("!")]
    results = [example.source for example in MESSAGES if example.history]
    for target in [*(target for *_, target in EDITS), *shown, *results]:
        with pytest.raises(EditError, match="repeated an example"):
            parse_target(f'"{target}"', "a bird on a wire")


def test_a_source_that_has_most_of_an_examples_words_may_come_to_its_target() -> None:
    for source, _, target in EDITS:
        assert parse_target(target, source) == target
    assert parse_target("two cats on a sofa, pencil sketch", "two cats on the sofa")


def test_what_the_source_does_the_target_may_do() -> None:
    loud = "very very very very loud Instruction: poster"
    assert parse_target(loud, loud) == loud
    assert parse_target('"quoted" and "more"', '"quoted" thing') == '"quoted" and "more"'


def test_a_long_source_may_have_a_long_target() -> None:
    long = ", ".join(f"thing{i} of kind{i}" for i in range(120))
    assert parse_target(long, long) == long


@given(st.text(), st.text())
def test_any_text_is_one_line_or_refused(raw: str, source: str) -> None:
    target = read(raw, source)
    assert target is None or (target and target == one_line(target))


def test_few_preambles_are_taken_off_and_a_text_of_nothing_else_is_no_prompt() -> None:
    """The event loop reads answers of servers: time must not grow with the square of dashes and labels."""
    assert read("> - Sure! **Prompt:** a blue house") == "a blue house"
    assert read("- - " * 5000) is None


@pytest.mark.parametrize(
    ("answer", "source"),
    [
        ("Okay, computer album cover, in red", "okay computer album cover"),
        ("okay, hand gesture in red", "okay hand gesture"),
        ("Yes, we can, a poster at night", "a poster that says: Yes, we can"),
        ("okay, so be it, neon sign at night", "neon sign: okay, so be it"),
    ],
)
def test_a_word_of_assent_that_the_source_has_belongs_to_the_prompt(answer: str, source: str) -> None:
    assert parse_target(answer, source) == answer


def test_a_word_of_assent_before_another_word_is_still_taken_off() -> None:
    assert parse_target("Okay, a cat at night", "a cat, okay") == "a cat at night"
