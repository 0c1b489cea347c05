"""Conversations as messages, and read back from them."""

import pytest

from model.engine import EditRequest, Step
from model.language.examples import MESSAGES
from model.language.messages import conversation_messages, read_conversation
from model.language.prompt import chat_messages, format_edit
from model.language.reading import MessageReader

STEPS = tuple(Step(f"a fox number {n}", f"wish {n}") for n in range(5))


def said(messages: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(message["role"], message["content"]) for message in messages]


@pytest.mark.parametrize("count", [0, 1, 5])
def test_a_conversation_is_read_back_behind_any_examples(count: int) -> None:
    messages = conversation_messages("a fox now", "more", STEPS[:count])
    assert read_conversation(said(messages)) == ("a fox now", "more", STEPS[:count])
    of_its_own = messages[-2 * count - 1 :]
    assert read_conversation(said(of_its_own)) == ("a fox now", "more", STEPS[:count])


def test_steps_left_out_follow_the_first() -> None:
    messages = conversation_messages("a fox now", "more", STEPS, left_out=3)
    assert read_conversation(said(messages)) == ("a fox now", "more", (STEPS[0], STEPS[4]))
    first_lines = [message["content"].partition("\n")[0] for message in messages[-5::2]]
    assert first_lines == ["Step 1", "Step 5", "Source: a fox now"]


def test_people_and_model_take_turns_and_the_request_stands_as_in_a_single_edit() -> None:
    messages = conversation_messages("a fox now", "MORE TREES", STEPS)
    assert [m["role"] for m in messages[1:]] == ["user", "assistant"] * (len(messages) // 2 - 1) + ["user"]
    assert messages[-1]["content"] + "\nTarget:" == format_edit("a fox now", "MORE TREES")


def test_the_beautified_form_is_asked_for_as_ever() -> None:
    assert conversation_messages("a fox", " ", STEPS) == chat_messages("a fox", " ")


@pytest.mark.parametrize("text", ["a fox", "Step 1\nSource: a\nInstruction: b", ""])
def test_other_messages_are_no_conversation(text: str) -> None:
    assert read_conversation([("user", text)]) is None


def test_every_example_is_an_answer_that_can_be_read() -> None:
    kinds = set()
    for example in MESSAGES:
        request = EditRequest(example.source, example.instruction, history=example.history)
        kinds.add(MessageReader.of(request).read(example.answer).kind)
    assert kinds == {"chat", "question", "undo", "choose", "unclear", "back", "edit"}
    assert not MESSAGES[-1].history
