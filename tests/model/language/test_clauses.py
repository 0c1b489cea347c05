"""Messages read clause by clause: where they are divided, and what two opinions come to."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.engine import EditRequest, Step
from model.errors import EditError
from model.language.clauses import MOST, divisions, looked_at_again
from model.language.conversation import Answer

SOURCE = "a red house"
BOTH = "make it night and add a lantern"
NIGHT, LANTERN = "a red house at night", "a red house at night, a lantern"
KNOWN = {
    (SOURCE, "make it night"): Answer("edit", NIGHT, 0.9),
    (NIGHT, "add a lantern"): Answer("edit", LANTERN, 0.8),
    (SOURCE, "add a lantern"): Answer("edit", "a red house, a lantern", 0.8),
    (SOURCE, "thanks a lot"): Answer("chat", ""),
    (SOURCE, "undo that"): Answer("undo", ""),
    (SOURCE, "the house stays"): Answer("edit", "the red house", 0.9),
    (SOURCE, "make it odd"): Answer("edit", "an odd house", 0.1),
    ("an odd house", "add a lantern"): Answer("edit", "an odd house, a lantern", 0.2),
    (NIGHT, "back to day"): Answer("edit", SOURCE, 0.9),
}
Asked = list[EditRequest]


class Model:
    """Answers what it knows; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []

    def __call__(self, requests: Asked) -> Sequence[Answer | EditError | None]:
        self.asked.append(requests)
        return [
            KNOWN.get((one.source_prompt, one.instruction), EditError("no such wish")) for one in requests
        ]


def again(instruction: str, answer: Answer, model: Model | None = None) -> Answer | EditError | None:
    (found,) = looked_at_again([EditRequest(SOURCE, instruction)], [answer], model or Model())
    return found


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (BOTH, [("make it night", "add a lantern")]),
        ("make it night, and then add a lantern", [("make it night", "add a lantern")]),
        ("mach es Nacht und dann setz eine Laterne dazu", [("mach es Nacht", "setz eine Laterne dazu")]),
        ("make it night\nadd a lantern", [("make it night", "add a lantern")]),
        ("add a small, red lantern", [("add a small", "red lantern")]),
        ("remove the cat and the dog", []),
        ("a cat and a black dog.", []),
        ("make it  night\t and   add a lantern", [("make it night", "add a lantern")]),
        ("undo, and, and make it night then add a dog", [("undo, and, and make it night", "add a dog")]),
        ("make it night and add a lantern" + " more" * 100, []),
        ("make it night", []),
        ("black and white", []),
        ("3.5 lanterns more", []),
        ("", []),
    ],
)
def test_a_message_is_divided_at_its_joints(text: str, parts: list[tuple[str, str]]) -> None:
    assert divisions(text) == parts


@given(st.lists(st.sampled_from(["make it", "night", "and", ",", "und", "add a", "cat.", "\n", "then"])))
def test_nothing_but_joints_is_lost_and_both_parts_have_words(pieces: list[str]) -> None:
    text = " ".join(pieces)
    words = text.replace(".", "").split()
    found = divisions(text)
    assert len(found) <= MOST
    for first, second in found:
        before, after = (half.replace(".", "").split() for half in (first, second))
        assert before == words[: len(before)]
        assert after == words[len(words) - len(after) :]
        assert min(len(before), len(after)) >= 2


def says(said: Answer | EditError | None) -> tuple[str, float, str]:
    """The prompt, the confidence to two places, and the second reading."""
    assert isinstance(said, Answer)
    return said.text, round(said.confidence or 0.0, 2), said.second


def test_where_both_opinions_agree_the_confidence_is_their_mean() -> None:
    other_words = "a red house, with a lantern, at night"
    said = again(BOTH, Answer("edit", other_words, 0.4, second="a red house"))
    assert says(said) == (other_words, 0.56, "a red house")


def test_where_they_do_not_the_likelier_is_given_and_the_other_is_the_second_reading() -> None:
    assert says(again(BOTH, Answer("edit", NIGHT, 0.4))) == (LANTERN, round(0.72**2 / 1.12, 2), NIGHT)
    assert says(again(BOTH, Answer("edit", NIGHT, 0.8))) == (NIGHT, round(0.8**2 / 1.52, 2), LANTERN)


def test_an_improbable_division_says_little() -> None:
    said = again("make it odd and add a lantern", Answer("edit", NIGHT, 0.85, second="a house"))
    assert says(said) == (NIGHT, 0.83, "a house")


def test_no_second_reading_is_the_prompt_as_it_was_or_hardly_probable() -> None:
    assert says(again(BOTH, Answer("edit", "the red house", 0.4)))[2] == ""
    assert says(again(BOTH, Answer("edit", NIGHT, 0.01)))[2] == ""


@pytest.mark.parametrize(
    "instruction",
    [
        "undo that and add a lantern",  # a command is none of two wishes
        "the house stays, add a lantern",  # an edit that changes nothing was not understood
        "thanks a lot, add a lantern",  # talk is no wish
        "add a lantern and whatever comes",  # the second part has no answer
        "make it night, no, back to day",  # nothing is left of it
        "make it night",
    ],
)
def test_a_division_that_does_not_hold_leaves_the_answer(instruction: str) -> None:
    answer = Answer("edit", NIGHT, 0.3)
    assert again(instruction, answer) == answer


@pytest.mark.parametrize("answer", [Answer("edit", NIGHT, 0.95), Answer("chat", ""), Answer("edit", NIGHT)])
def test_what_is_certain_or_not_weighed_is_not_asked_again(answer: Answer) -> None:
    model = Model()
    assert again(BOTH, answer, model) == answer
    assert model.asked == []


def test_what_was_drawn_is_not_asked_again() -> None:
    model, answer = Model(), Answer("edit", NIGHT, 0.3)
    request = EditRequest(SOURCE, BOTH, temperature=0.7)
    assert looked_at_again([request, request], [answer, None], model) == [answer, None]
    assert model.asked == []


def test_in_a_conversation_the_first_part_is_a_step_of_it() -> None:
    model, before = Model(), (Step("a house", "make it red"),)
    request = EditRequest(SOURCE, BOTH, history=before)
    looked_at_again([request], [Answer("edit", NIGHT, 0.3)], model)
    first = replace(request, instruction="make it night")
    second = EditRequest(NIGHT, "add a lantern", history=(*before, Step(SOURCE, "make it night")))
    assert model.asked == [[first], [second]]


def test_all_that_are_unsure_are_asked_together() -> None:
    model = Model()
    answers = [Answer("edit", NIGHT, 0.3), Answer("edit", NIGHT, 0.95), Answer("edit", NIGHT, 0.3)]
    found = looked_at_again([EditRequest(SOURCE, BOTH)] * 3, answers, model)
    assert [len(asked) for asked in model.asked] == [2, 2]
    assert [one.text if isinstance(one, Answer) else "" for one in found] == [LANTERN, NIGHT, LANTERN]
