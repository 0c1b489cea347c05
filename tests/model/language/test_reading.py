"""What answers to messages are read as: marks, prompts, and what is refused."""

import pytest

from model.engine import EditRequest, Step
from model.errors import EditError
from model.language.conversation import Answer
from model.language.reading import EditReader, MessageReader, answer_of, reader_of, result_of

HISTORY = (
    Step("a red house", "make it night"),
    Step("a red house at night", "add a fox"),
    Step("a red house and a fox at night", "paint it as a glibberwock"),
)
REQUEST = EditRequest(
    "a red house and a fox at night, oil painting", "back to the frumious one", history=HISTORY
)
SOURCE = REQUEST.source_prompt


def read(raw: str, request: EditRequest = REQUEST) -> Answer:
    return MessageReader.of(request).read(raw)


@pytest.mark.parametrize(
    ("raw", "kind", "text"),
    [
        (" !undo", "undo", ""),
        (" !redo\n", "redo", ""),
        ("!restart.", "restart", ""),
        ("Certainly! Here is the target prompt:\n`!again`", "again", ""),
        ("<think>they thank me</think>!chat", "chat", ""),
        ("Target: !question\n\nThey ask what it is.", "question", ""),
        ("!choose 2", "choose", "2"),
        ("!choose #12.", "choose", "12"),
        ("!unclear frumious", "unclear", "frumious"),
        ("!unclear you are a wonderful person", "unclear", ""),
        ("!back A red house, at night", "back", "a red house at night"),
        (f"!back {SOURCE}", "back", SOURCE),
        ("!back a blue house at night", "edit", "a blue house at night"),
        (" a red house at noon", "edit", "a red house at noon"),
    ],
)
def test_what_an_answer_asks_for(raw: str, kind: str, text: str) -> None:
    assert read(raw) == Answer(kind, text)  # type: ignore[arg-type]  # the kinds are literals


@pytest.mark.parametrize(
    "raw",
    [
        "!undo the lantern", "!chat You are welcome!", "!restart a red house", "!question what is it",
        "!choose", "!choose the second", "!choose 0", "!choose 2 and 3", "!back", "!back !undo",
        "!remove the fox", "!", "", "!unclear snorblish",
        "!back portrait of a wizard with a long beard, oil painting, sharp focus",
    ],
)  # fmt: skip
def test_marks_that_do_not_fit_are_refused(raw: str) -> None:
    with pytest.raises(EditError):
        read(raw)


def test_with_nothing_said_only_a_prompt_will_do() -> None:
    beautify = EditRequest("a red house", "")
    with pytest.raises(EditError, match="mark instead of a prompt"):
        read("!chat", beautify)
    assert read("a red house, oil painting", beautify).kind == "edit"


def test_a_mark_ends_with_its_line_and_is_not_hopeless() -> None:
    reader = MessageReader.of(REQUEST)
    assert not reader.is_complete("!undo")
    assert reader.is_complete("!undo\n")
    long = "a fox, " + ", ".join(f"object number {n}" for n in range(100))
    there = MessageReader.of(EditRequest("a fox", "take the first", history=(Step(long, "only the fox"),)))
    assert not there.is_hopeless(f"!back {long}")
    assert EditReader("a fox").is_hopeless(f"!back {long}")


def test_models_of_single_edits_write_no_marks() -> None:
    assert reader_of(REQUEST, marks=False).read("!undo") == Answer("edit", "!undo")


@pytest.mark.parametrize(
    ("answer", "target", "detail"),
    [
        (Answer("edit", "a fox"), "a fox", ""),
        (Answer("back", "a red house"), "a red house", ""),
        (Answer("undo", ""), SOURCE, ""),
        (Answer("choose", "2"), SOURCE, "2"),
        (Answer("unclear", "frumious"), SOURCE, "frumious"),
    ],
)
def test_only_an_edit_and_going_back_have_another_prompt(answer: Answer, target: str, detail: str) -> None:
    result = result_of(answer, REQUEST, "m", 1.0)
    assert (result.kind, result.target_prompt, result.detail) == (answer.kind, target, detail)
    assert answer_of(result) == answer
