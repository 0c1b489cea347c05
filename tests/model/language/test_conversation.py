"""The conversation's template and the marks of answers."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.engine import MessageKind, Step
from model.language.conversation import Answer, fitted, format_answer, format_conversation, read_mark
from model.language.prompt import format_edit, one_line

KINDS: tuple[MessageKind, ...] = get_args(MessageKind)
STEPS = [Step(f"a fox number {n}", f"wish {n}") for n in range(4)]


def test_without_history_it_is_the_single_edit() -> None:
    assert format_conversation("a fox", "make it night") == format_edit("a fox", "make it night")


def test_steps_left_out_follow_the_first() -> None:
    text = format_conversation("a fox now", "more", STEPS, left_out=2)
    assert text.startswith("Source: a fox number 0\nInstruction: wish 0\nTarget: a fox number 1\n...\n")
    assert text.endswith(
        "Target: a fox number 3\nInstruction: wish 3\nTarget: a fox now\nInstruction: more\nTarget:"
    )
    with pytest.raises(ValueError, match="4 of 4"):
        format_conversation("a fox now", "more", STEPS, left_out=4)


def test_the_fewest_steps_that_must_are_left_out() -> None:
    steps = 7

    def ids(left_out: int | None) -> list[int]:
        return [0] * (10 if left_out is None else 10 + 3 * (steps - left_out))

    assert [len(fitted(ids, steps, room)) for room in (40, 31, 30, 27, 15, 13, 12, 5)] == [
        31, 31, 28, 25, 13, 13, 10, 10,
    ]  # fmt: skip
    assert len(fitted(ids, 0, 5)) == 31  # without history there is nothing to leave out


@given(st.sampled_from([kind for kind in KINDS if kind != "edit"]), st.text().map(one_line))
def test_marks_are_read_as_they_are_written(kind: MessageKind, words: str) -> None:
    assert read_mark(format_answer(Answer(kind, words))) == Answer(kind, words)


@pytest.mark.parametrize("prompt", ["!wow, a fox", "a fox !undo", "undo"])
def test_a_prompt_is_no_mark(prompt: str) -> None:
    assert read_mark(f" {prompt}") == Answer("edit", prompt)
