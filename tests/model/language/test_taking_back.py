"""Unsure answers to wishes that speak of what was before, held against the prompts without one step."""

from collections.abc import Sequence

import pytest

from model.engine import EditRequest, Step
from model.errors import EditError
from model.language.conversation import Answer
from model.language.second_looks import LOOKS, looked_twice
from model.language.taking_back import AGREED, MOST, TAKEN, taken_back

NOW = "a red fox and a tree in the snow"
STEPS = (Step("a fox in the snow", "add a tree"), Step("a fox and a tree in the snow", "make the fox red"))
NO_TREE, NOT_RED = "a red fox in the snow", "a fox and a tree in the snow"
UNDO = "undo the tree, but keep the rest"
Asked = Sequence[tuple[EditRequest, str]]


class Weights:
    """Knows how probable prompts are; remembers what it was asked."""

    def __init__(self, known: dict[str, float]) -> None:
        self.known, self.asked = known, list[str]()

    def __call__(self, asked: Asked) -> list[float]:
        self.asked += [prompt for _, prompt in asked]
        return [self.known.get(prompt, 0.0) for _, prompt in asked]


def looked(
    answer: Answer | EditError | None,
    said: str = UNDO,
    weights: Weights | None = None,
    temperature: float = 0,
) -> Answer | EditError | None:
    request = EditRequest(NOW, said, history=STEPS, temperature=temperature)
    (found,) = taken_back([request], [answer], weights or Weights({}))
    return found


def test_an_answer_that_is_a_prompt_without_a_step_is_the_surer_for_it() -> None:
    weights, surer = Weights({}), (0.4 + AGREED) / 2
    assert looked(Answer("edit", NO_TREE, 0.4), weights=weights) == Answer("edit", NO_TREE, surer)
    assert looked(Answer("edit", "in the snow, a red fox", 0.4)) == Answer(
        "edit", "in the snow, a red fox", surer
    )
    assert not weights.asked


def test_otherwise_the_likeliest_is_taken_and_the_models_own_is_the_second_reading() -> None:
    weights = Weights({NO_TREE: 0.2, NOT_RED: 0.01})
    own = Answer("edit", "a red fox and a red tree in the snow", 0.5, second="a fox")
    assert looked(own, weights=weights) == Answer("edit", NO_TREE, TAKEN, second=own.text)
    assert weights.asked == [NO_TREE, NOT_RED]


def test_an_improbable_answer_is_no_second_reading() -> None:
    found = looked(Answer("edit", "a stone", 0.04), weights=Weights({NO_TREE: 0.03}))
    assert found == Answer("edit", NO_TREE, TAKEN)


@pytest.mark.parametrize(
    ("answer", "said", "temperature"),
    [
        (Answer("edit", "a stone", 0.95), UNDO, 0),
        (Answer("edit", "a stone", None), UNDO, 0),
        (Answer("edit", "a stone", 0.5), "make the tree tiny", 0),
        (Answer("edit", "a stone", 0.5), UNDO, 0.7),
        (Answer("chat", "", 0.5), UNDO, 0),
        (EditError("nothing"), UNDO, 0),
        (None, UNDO, 0),
    ],
)
def test_what_is_certain_drawn_or_no_such_wish_is_left(
    answer: Answer | EditError | None, said: str, temperature: float
) -> None:
    weights = Weights({NO_TREE: 0.9})
    assert looked(answer, said, weights, temperature) is answer
    assert not weights.asked


@pytest.mark.parametrize(
    ("said", "is_one"),
    [
        ("undo the tree but keep the fox", True),
        ("the old colour was better", True),
        ("bring the lantern back", True),
        ("hm no, the fox small again", True),
        ("doch lieber ohne den Baum", True),
        ("die alte Farbe bitte", True),
        ("der Baum soll wieder rein", True),
        ("make the lantern an old one", False),
        ("add an old oak again", False),
        ("put a lamp at the back", False),
        ("give the house a back door", False),
        ("a house without windows", False),
        ("the house was too dark", False),
        ("der Hund soll schlafen", False),
        ("mach die Laterne wieder an", False),
        ("noch ein altes Auto", False),
        ("die alte Burg dahinter", False),
    ],
)
def test_only_words_that_speak_of_what_was_before_are_such_a_wish(said: str, is_one: bool) -> None:
    weights = Weights({NO_TREE: 0.9})
    looked(Answer("edit", "a stone", 0.5), said, weights)
    assert bool(weights.asked) == is_one


def test_a_share_too_small_leaves_the_models_own_answer() -> None:
    own = Answer("edit", "a stone", 0.8)
    assert looked(own, weights=Weights({NO_TREE: 0.07})) is own
    unlikely = Answer("edit", "a stone", 0.0)
    assert looked(unlikely, weights=Weights({})) is unlikely


def test_of_a_long_conversation_the_latest_steps_are_looked_at() -> None:
    colours = [f"colour{number}" for number in range(MOST + 5)]
    prompts = [" ".join(["a fox", *colours[:number]]) for number in range(len(colours) + 1)]
    steps = tuple(Step(prompt, "more") for prompt in prompts[:-1])
    weights = Weights({})
    request = EditRequest(prompts[-1], "the old one was better", history=steps)
    taken_back([request], [Answer("edit", "a stone", 0.5)], weights)
    assert len(weights.asked) == MOST
    assert weights.asked[-1] == prompts[-2]


def test_what_was_taken_back_is_not_read_clause_by_clause() -> None:
    parts: list[str] = []

    def ask(requests: list[EditRequest]) -> list[Answer | None]:
        parts.extend(request.instruction for request in requests)
        return [None for _ in requests]

    requests = [EditRequest(NOW, said, history=STEPS) for said in (UNDO, "make it night and add a lantern")]
    answers = [Answer("edit", "a stone", 0.5), Answer("edit", "a lantern", 0.5)]
    weigh = Weights({NO_TREE: 0.4})
    found = looked_twice(LOOKS, requests, answers, ask, weigh)
    assert found == [Answer("edit", NO_TREE, TAKEN, second="a stone"), answers[1]]
    assert parts == ["make it night"]
    assert looked_twice(frozenset(), requests, answers, ask, weigh) == answers
