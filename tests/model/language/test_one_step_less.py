"""A prompt without one of the steps that led to it: what else changed stays, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from model.engine import Step
from model.language.conversation import GAP
from model.language.one_step_less import without_each


def test_each_step_is_taken_out_and_later_ones_stay() -> None:
    steps = [
        Step("a fox in the snow", "add a tree"),
        Step("a fox and a tree in the snow", "make the fox red"),
        Step("a red fox and a tree in the snow", "at night, please"),
    ]
    assert without_each("a red fox and a tree in the snow at night", steps) == [
        "a red fox in the snow at night",
        "a fox and a tree in the snow at night",
        "a red fox and a tree in the snow",
    ]


def test_a_step_that_a_later_one_went_over_has_none() -> None:
    steps = [Step("a fox", "make it red"), Step("a red fox", "make it blue")]
    assert without_each("a blue fox", steps) == ["a red fox"]


def test_a_step_that_changed_nothing_has_none() -> None:
    steps = [Step("a fox", "thanks"), Step("a fox", "make it red")]
    assert without_each("a red fox", steps) == ["a fox"]


def test_what_went_comes_back_in_its_place() -> None:
    steps = [Step("a fox next to a cat, watercolor", "no cat"), Step("a fox, watercolor", "a red fox")]
    assert without_each("a red fox, watercolor", steps)[0] == "a red fox next to a cat, watercolor"


def test_where_two_things_would_stand_in_one_place_there_is_no_telling_in_which_order() -> None:
    steps = [Step("a fox, a cat, watercolor", "no cat"), Step("a fox, watercolor", "make it night")]
    assert without_each("a fox, at night, watercolor", steps) == ["a fox, watercolor"]


def test_what_no_step_changed_stays_to_the_letter() -> None:
    tail = "(red hat:1.2), [blur]  8k,photo - “it's”, #1; 狐と木"
    steps = [Step(f"a fox {tail}", "a tree"), Step(f"a fox and a tree {tail}", "red")]
    assert without_each(f"a red fox and a tree {tail}", steps) == [
        f"a red fox {tail}",
        f"a fox and a tree {tail}",
    ]


def test_what_stood_first_does_not_run_into_what_is_put_before_it() -> None:
    steps = [Step("two big foxes", "less of it"), Step("foxes", "at night")]
    assert without_each("foxes at night", steps)[0] == "two big foxes at night"
    steps = [Step("red (fox:1.2)", "not red"), Step("(fox:1.2)", "at night")]
    assert without_each("(fox:1.2), at night", steps)[0] == "red (fox:1.2), at night"
    steps = [Step("foxes", "two big ones"), Step("two big foxes", "at night")]
    assert without_each("two big foxes at night", steps)[0] == "foxes at night"


def test_steps_that_were_left_out_are_not_taken_back_as_one() -> None:
    steps = [Step("a fox", GAP), Step("a fox and a tree and a dog", "at night")]
    assert without_each("a fox and a tree and a dog at night", steps) == ["a fox and a tree and a dog"]


def test_without_history_there_is_none() -> None:
    assert without_each("a fox", []) == []


words = st.lists(st.sampled_from(["a", "fox", "red", "tree", "and", ",", "at night"]), max_size=7).map(
    " ".join
)


@given(words, words, words)
def test_without_the_last_step_it_is_the_prompt_before(first: str, second: str, third: str) -> None:
    found = without_each(third, [Step(first, "one"), Step(second, "two")])
    if third.split() != second.split() and second.split():
        assert found[-1].replace(",", " , ").split() == second.replace(",", " , ").split()


@given(words, st.sampled_from(["red", "blue"]), st.sampled_from(["at night", "by day"]))
def test_changes_of_other_places_can_be_taken_back_in_any_order(middle: str, colour: str, time: str) -> None:
    first = f"start {middle} end"
    steps = [Step(first, "colour"), Step(f"{colour} {first}", "time")]
    assert without_each(f"{colour} {first} {time}", steps) == [f"{first} {time}", f"{colour} {first}"]
