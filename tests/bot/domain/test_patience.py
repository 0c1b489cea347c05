"""How long the bot waits for more words: short by itself, long where there is a sign of more."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.patience import SHORT_S, TYPING, Patience, breaks_off

LONGEST, ADA, GRACE, HERE, THERE = 1.5, 1, 2, 10, 11
START = datetime(2026, 1, 1, tzinfo=UTC)


def patience(*, hears_typing: bool = True) -> Patience:
    return Patience(LONGEST, hears_typing=hears_typing)


def said(
    by: Patience, seconds: float, text: str = "make it night", person: int = ADA, place: int = HERE
) -> float:
    return by.after(person, place, text, START + timedelta(seconds=seconds))


def test_a_lone_finished_message_waits_a_short_while() -> None:
    assert said(patience(), 0) == SHORT_S


def test_without_typing_events_there_is_one_wait() -> None:
    assert said(patience(hears_typing=False), 0) == LONGEST
    assert patience(hears_typing=False).most == LONGEST


def test_who_types_is_waited_for_longer() -> None:
    assert patience().while_typing == TYPING * LONGEST == patience().most


@pytest.mark.parametrize(
    "text",
    ["make it night,", "make it night and", "add a lantern with ", "a fox…", "a fox...", "two things:",
     "mach es nachts und", "füge eine", "put it into the"],
)  # fmt: skip
def test_words_that_break_off_wait_longest(text: str) -> None:
    assert breaks_off(text)
    assert said(patience(), 0, text) == LONGEST


@pytest.mark.parametrize(
    "text", ["make it night", "bigger!", "blue?", "more trees.", "the sand", "mach es blau", ""]
)
def test_whole_sentences_do_not(text: str) -> None:
    assert not breaks_off(text)


def test_who_goes_on_after_a_while_is_given_that_while_the_next_time() -> None:
    by = patience()
    said(by, 0)
    assert said(by, 1.0) == 1.25
    assert said(by, 60) == 1.25
    for n in range(8):
        last = said(by, 120 + 60 * n)
    assert last == SHORT_S, "somebody who no longer goes on is not waited for"


def test_a_rhythm_is_a_persons_own_and_of_one_place() -> None:
    by = patience()
    said(by, 0)
    assert said(by, 1, person=GRACE) == SHORT_S
    assert said(by, 1, place=THERE) == SHORT_S


@given(st.lists(st.tuples(st.floats(0.01, 100), st.text(max_size=20), st.integers(1, 3), st.booleans())))
def test_every_wait_lies_between_the_shortest_and_the_longest(
    messages: list[tuple[float, str, int, bool]],
) -> None:
    by, now = patience(), 0.0
    for gap, text, person, here in messages:
        now += gap
        assert SHORT_S <= said(by, now, text, person, HERE if here else THERE) <= LONGEST


def test_a_longest_wait_below_the_short_one_counts() -> None:
    assert Patience(0.1, hears_typing=True).after(ADA, HERE, "blue", START) == 0.1
