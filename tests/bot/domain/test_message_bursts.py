"""What belongs to a burst, in which order bursts are taken, and how they read as one instruction."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.message_bursts import Burst, Bursts, Said

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
PLACE = 5


def said(number: int, text: str = "make it night", at: float = 0.0, **fields: Any) -> Said[None]:
    """A message of person 1 to conversation 3, `at` seconds after noon."""
    known = {"place_id": PLACE, "author_id": 1, "conversation_id": 3, "parent_turn_id": None, "message": None}
    return Said(number, text=text, at=NOON + timedelta(seconds=at), **(known | fields))


@pytest.fixture
def bursts() -> Bursts[None]:
    return Bursts(timedelta(seconds=2), longest=60)


def held(bursts: Bursts[None]) -> list[int]:
    burst = bursts.take(PLACE)
    return [part.id for part in burst.parts] if burst else []


def test_words_in_quick_succession_are_one_burst(bursts: Bursts[None]) -> None:
    assert bursts.add(said(1)) is None
    assert bursts.add(said(2, "add a lantern", at=2)) is None
    burst = bursts.take(PLACE)
    assert burst is not None
    assert (burst.first.id, burst.last.id, burst.text) == (1, 2, "make it night, add a lantern")
    assert bursts.take(PLACE) is None


@pytest.mark.parametrize(
    "other",
    [
        said(2, at=2.1),
        said(2, author_id=9),
        said(2, conversation_id=4),
        said(2, parent_turn_id=8),
        said(2, text="x" * 60),
    ],
    ids=["after a pause", "by somebody else", "in another conversation", "to another picture", "too long"],
)
def test_what_does_not_belong_is_taken_after_what_came_before(
    bursts: Bursts[None], other: Said[None]
) -> None:
    bursts.add(said(1))
    before = bursts.add(other)
    assert before is not None
    assert [part.id for part in before.parts] == [1]
    assert held(bursts) == [2]


def test_words_after_a_reply_go_on_with_its_picture(bursts: Bursts[None]) -> None:
    bursts.add(said(1, parent_turn_id=8))
    assert bursts.add(said(2, parent_turn_id=8)) is None
    assert bursts.add(said(3)) is None
    assert held(bursts) == [1, 2, 3]


def test_places_do_not_mix(bursts: Bursts[None]) -> None:
    bursts.add(said(1))
    assert bursts.add(said(2, place_id=6)) is None
    assert bursts.places() == [PLACE, 6]
    assert held(bursts) == [1]


def test_a_message_delivered_twice_counts_once(bursts: Bursts[None]) -> None:
    bursts.add(said(1))
    bursts.add(said(1))
    assert held(bursts) == [1]
    bursts.add(said(1))
    assert held(bursts) == [], "also after it was taken"


def test_a_held_message_can_be_changed_and_taken_out(bursts: Bursts[None]) -> None:
    bursts.add(said(1, "make it nihgt"))
    bursts.add(said(2, "add a lantern"))
    assert bursts.change(PLACE, 1, "make it night")
    assert bursts.change(PLACE, 2, None)
    assert not bursts.change(PLACE, 2, "too late")
    assert not bursts.change(6, 1, "elsewhere")
    burst = bursts.take(PLACE)
    assert burst is not None
    assert burst.text == "make it night"
    bursts.add(said(3))
    assert bursts.change(PLACE, 3, None)
    assert bursts.places() == []


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (["night", "and snow"], "night, and snow"),
        (["make it night.", "add snow"], "make it night. add snow"),
        (["night,", " snow! ", "rain"], "night, snow! rain"),
        (["", "snow"], "snow"),
        (["snow", "  "], "snow"),
    ],
)
def test_parts_read_as_one_instruction(parts: list[str], text: str) -> None:
    assert Burst(tuple(said(number, part) for number, part in enumerate(parts))).text == text


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 2), st.floats(0, 4)), max_size=30))
def test_nothing_is_lost_or_taken_twice_and_a_place_keeps_its_order(
    talk: list[tuple[int, int, float]],
) -> None:
    bursts: Bursts[None] = Bursts(timedelta(seconds=2), longest=60)
    taken: dict[int, list[int]] = {1: [], 2: []}
    at = 0.0
    for number, (author, place, pause) in enumerate(talk):
        at += pause
        burst = bursts.add(said(number, author_id=author, place_id=place, at=at))
        taken[place] += [part.id for part in burst.parts] if burst else []
    for place in bursts.places():
        burst = bursts.take(place)
        taken[place] += [part.id for part in burst.parts] if burst else []
    assert taken == {
        place: [number for number, (_, where, _) in enumerate(talk) if where == place] for place in taken
    }
