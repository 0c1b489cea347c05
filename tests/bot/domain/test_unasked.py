"""What an edit took away unasked: the cases that must be told, those that must not, and what always holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.unasked import second_reading, unasked
from model.engine import EditResult
from model.language.stems import words

HOUSE = "a small red house and a green car in a meadow, masterpiece"


@pytest.mark.parametrize(
    ("instruction", "target", "told"),
    [
        ("ad a lantern", "a lantern and a green car in a meadow, masterpiece", ("small", "red", "house")),
        ("add a fox", "a small red house and a fox in a meadow, masterpiece", ("green", "car")),
        ("make the house blue", "a small blue house in a meadow, masterpiece", ("green", "car")),
        ("remove the car", "a red house in a meadow", ("small", "masterpiece")),
        ("and a red balloon", "a red balloon and a green car in a meadow, masterpiece", ("small", "house")),
        ("füge eine Katze hinzu", "a small red cat and a green car in a meadow, masterpiece", ("house",)),
        ("mach das Haus bitte blau", "a small blue house in a meadow, masterpiece", ("green", "car")),
    ],
)
def test_what_nobody_named_is_told(instruction: str, target: str, told: tuple[str, ...]) -> None:
    # "small" stands in the phrase of the house, which is not named there
    assert unasked(HOUSE, instruction, target) == told


@pytest.mark.parametrize(
    ("instruction", "target"),
    [
        ("remove the car", "a small red house in a meadow, masterpiece"),
        ("turn the house blue", "a large blue house and a green car in a meadow, masterpiece"),
        ("make it a fox", "a fox and a green car in a meadow, masterpiece"),
        ("in a desert", "a small red house and a green car in a desert, masterpiece"),
        ("make it night", "a lamp under stars"),
        ("remove everything except the car", "a green car"),
        ("no, I meant the car", "a small red house in a meadow"),
        ("mach das Haus blau", "a small blue house and a green car in a meadow"),
        ("without the vehicle", "a small red house in a meadow, masterpiece"),
        ("mach das Auto unsichtbar", "a small red house in a meadow, masterpiece"),
        ("mach aus dem Auto einen Fuchs", "a small red house and a fox in a meadow, masterpiece"),
        ("haz la casa azul", "a small blue house in a meadow, masterpiece"),
        ("add a fox", f"{HOUSE}, a fox, cinematic light"),
        ("add a fox and remove the house", "a fox and a green car in a meadow, masterpiece"),
        ("add a fox instead of the car", "a small red house and a fox in a meadow, masterpiece"),
        ("add a beach", "a small red house and a green car on a beach, masterpiece"),
    ],
)
def test_what_was_asked_for_is_not_told(instruction: str, target: str) -> None:
    assert unasked(HOUSE, instruction, target) == ()


THINGS = [*HOUSE.split(), "fox", "Haus", "two", ","]
PROMPT = st.lists(st.sampled_from(THINGS)).map(" ".join)
TEXT = st.lists(st.sampled_from([*THINGS, "add", "make"])).map(" ".join)


@given(TEXT, TEXT, TEXT)
def test_only_words_that_went_and_were_not_named_are_told(source: str, asked: str, target: str) -> None:
    told = unasked(source, asked, target)
    assert set(told) <= set(words(source)) - set(words(target)) - set(words(asked))
    assert len(set(told)) == len(told)


@given(TEXT, TEXT, TEXT)
def test_an_edit_that_only_adds_is_never_told(source: str, asked: str, added: str) -> None:
    assert unasked(source, asked, f"{source} {added}") == ()


@given(PROMPT, TEXT, TEXT)
def test_naming_what_went_accounts_for_it(source: str, asked: str, target: str) -> None:
    # named, the "add" of a prompt would be an instruction
    told = unasked(source, asked, target)
    assert unasked(source, f"{asked} {' '.join(told)}", target) == ()


@pytest.mark.parametrize(
    ("instruction", "target", "doubtful", "second", "told"),
    [
        ("a lantrn", "a lamp", True, "a lantern", True),
        ("a lantrn", "a lamp", False, "a lantern", False),  # the first reading is not in doubt
        ("add a lantern", "a lantern", False, HOUSE + ", a lantern", True),  # it took out the house
        ("add a lantern", "a lantern", False, "a green car, a lantern", False),  # and so does the second
        ("a lantrn", "a lamp", True, "", False),
    ],
)
def test_a_second_reading_is_told_where_the_first_is_in_doubt(
    instruction: str, target: str, doubtful: bool, second: str, told: bool
) -> None:
    result = EditResult(target, "m", 0.0, doubtful=doubtful, second=second)
    assert second_reading(HOUSE, instruction, result) == (second if told else "")
