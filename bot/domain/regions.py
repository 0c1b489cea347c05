"""Squares of a picture that somebody chooses to have changed: a grid of three by three. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

SIDE = 3
"""Squares in a row and in a column: nine buttons fit a message, and a phone shows them in order."""

Box = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels; the last two lie outside, as Pillow has it."""


@dataclass(frozen=True, slots=True)
class Squares:
    """The chosen squares, numbered from the top left one (0) row by row; bit n of `bits` is square n."""

    bits: int = 0

    @classmethod
    def of(cls, number: int) -> "Squares":
        """The squares of a number that came from outside; bits that no square has are left out."""
        return cls(number & (2 ** (SIDE * SIDE) - 1))

    def __contains__(self, square: int) -> bool:
        return bool(self.bits >> square & 1)

    def toggled(self, square: int) -> "Squares":
        """With this square where it was not chosen, else without it."""
        return Squares(self.bits ^ (1 << square))

    def boxes(self, width: int, height: int) -> Iterator[Box]:
        """Where the chosen squares are in a picture of that size; neighbours touch."""
        for square in range(SIDE * SIDE):
            if square in self:
                row, column = divmod(square, SIDE)
                yield (
                    column * width // SIDE,
                    row * height // SIDE,
                    (column + 1) * width // SIDE,
                    (row + 1) * height // SIDE,
                )
