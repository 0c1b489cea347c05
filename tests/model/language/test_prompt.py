"""The prompt template."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.language.prompt import asked, chat_messages, format_edit, format_target, one_line, read_request


def test_the_template_is_three_lines_and_ends_where_the_target_begins() -> None:
    assert format_edit("a cat", "make it night") == "Source: a cat\nInstruction: make it night\nTarget:"
    assert format_target("a cat at night") == " a cat at night"


def test_an_instruction_shouted_in_capitals_is_asked_in_lower_case() -> None:
    assert asked("MAKE  IT NIGHT!") == "make it night!"
    assert asked("add a UFO over NYC") == "add a UFO over NYC"
    assert (asked("3D"), asked("夜にして"), asked("")) == ("3D", "夜にして", "")
    assert format_edit("A CAT", "ADD A HAT") == "Source: A CAT\nInstruction: add a hat\nTarget:"


@given(st.text(), st.text())
def test_a_request_is_read_back_from_both_forms(source: str, instruction: str) -> None:
    written = one_line(source), asked(instruction)
    assert read_request(format_edit(source, instruction)) == written
    assert read_request(chat_messages(source, instruction)[-1]["content"]) == written


@pytest.mark.parametrize(
    "text",
    ["", "a fox", "Source: a fox", "Source: a\nb\nInstruction: c", "Instruction: a\nSource: b", "Target:"],
)
def test_other_texts_are_no_request(text: str) -> None:
    assert read_request(text) is None


@given(st.text(), st.text())
def test_no_text_can_add_lines_to_the_template(source: str, instruction: str) -> None:
    lines = format_edit(source, instruction).splitlines()
    assert len(lines) == 3
    assert [line.partition(":")[0] for line in lines] == ["Source", "Instruction", "Target"]


def test_zero_width_and_control_characters_vanish() -> None:
    assert one_line("  a\u200b\u202ecat\x00\n\tnight ") == "acat night"


def test_chat_messages_end_with_the_request() -> None:
    messages = chat_messages("a cat", "add a hat")
    assert [message["role"] for message in messages][:2] == ["system", "user"]
    assert messages[-1] == {"role": "user", "content": "Source: a cat\nInstruction: add a hat"}
    assert {message["role"] for message in messages[2::2]} == {"assistant"}
