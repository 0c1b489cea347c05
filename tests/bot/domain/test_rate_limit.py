"""The sliding window: so many within the span, and when the next one is allowed."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.rate_limit import SlidingWindow


def test_beyond_the_most_it_says_when_the_oldest_leaves_the_span() -> None:
    window = SlidingWindow(2, 60.0)
    assert [window.take(1, at) for at in (0.0, 10.0, 20.0, 59.0)] == [None, None, 60.0, 60.0]
    assert window.take(2, 20.0) is None, "others have their own"
    assert [window.take(1, at) for at in (60.0, 61.0, 70.0)] == [None, 70.0, None]


@given(st.lists(st.integers(0, 20), max_size=60), st.integers(1, 4))
def test_no_span_ever_holds_more(steps: list[int], most: int) -> None:
    window, now, taken = SlidingWindow(most, 10.0), 0.0, []
    for step in steps:
        now += step
        if window.take(1, now) is None:
            taken.append(now)
    assert all(sum(at - 10.0 < other <= at for other in taken) <= most for at in taken)


def test_people_who_have_been_quiet_are_forgotten() -> None:
    window = SlidingWindow(1, 10.0)
    for person in range(5000):
        window.take(person, float(person))
    assert len(window._times) < 1200
