"""Runs of tokens out of a text's own words."""

import pytest

from model.language.lookup import LONGEST, Lookup, longest_run


def test_what_followed_the_last_two_tokens_or_else_the_last_one() -> None:
    assert Lookup([1, 2, 3, 4, 9, 3, 5, 6, 2, 3]).run(3) == [4, 9, 3]
    assert Lookup([1, 2, 3, 4, 7, 3]).run(2) == [4, 7]
    assert Lookup([1, 2, 3]).run(5) == []
    assert Lookup([]).run(5) == []


def test_the_first_place_counts_and_what_is_written_is_searched_too() -> None:
    lookup = Lookup([1, 2, 3, 1, 2, 4])
    lookup.extend([1, 2])
    assert lookup.run(1) == [3]
    lookup.extend([8, 9, 8])
    assert lookup.run(1) == [9]


def test_examples_before_the_request_are_not_copied() -> None:
    assert Lookup([1, 2, 3, 4, 1, 2, 5, 1, 2], start=4).run(2) == [5, 1]


def test_runs_in_vain_make_it_careful_until_one_is_of_use() -> None:
    lookup = Lookup([1, 2, 3, 4, 5, 6, 1, 2])
    for _ in range(2):
        lookup.tried([3, 4], 0)
    assert lookup.run(4) == [3, 4]  # two of a pair that is known
    assert Lookup([7, 2, 3, 9, 2]).run(2) == [3, 9]
    lookup.extend([9, 5])
    assert lookup.run(4) == []  # and none of a single token
    lookup.tried([6], 1)
    assert lookup.run(4) == [6, 1, 2, 9]


@pytest.mark.parametrize(("rows", "most"), [(1, LONGEST), (4, 8), (8, 4), (16, 2), (17, 0), (256, 0)])
def test_the_more_rows_the_shorter_their_runs(rows: int, most: int) -> None:
    assert longest_run(rows) == most
