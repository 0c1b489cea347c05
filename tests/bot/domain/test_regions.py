"""The squares of a picture: chosen, taken back, and covering it without a gap."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.regions import SIDE, Squares

ALL = Squares.of(2**9 - 1)
sides = st.integers(3, 400)


def test_a_square_is_chosen_and_taken_back() -> None:
    chosen = Squares().toggled(4)
    assert [square for square in range(9) if square in chosen] == [4]
    assert chosen.toggled(4) == Squares()


def test_bits_of_no_square_are_left_out() -> None:
    assert Squares.of(512 + 1) == Squares(1)


def test_the_middle_square_of_a_picture() -> None:
    assert list(Squares(1 << 4).boxes(90, 60)) == [(30, 20, 60, 40)]


@given(sides, sides)
def test_all_squares_cover_the_picture_once(width: int, height: int) -> None:
    boxes = list(ALL.boxes(width, height))
    assert len(boxes) == SIDE * SIDE
    assert sum((right - left) * (low - top) for left, top, right, low in boxes) == width * height
    assert boxes[-1][2:] == (width, height)
