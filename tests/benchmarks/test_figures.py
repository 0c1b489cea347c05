"""Medians, their intervals, goals and the table, by hand."""

import asyncio
import json
from pathlib import Path

import pytest

from tests.benchmarks.__main__ import BENCHMARKS, LIMIT, LONG
from tests.benchmarks.figures import (
    Figure,
    Ratio,
    Rounds,
    at_least,
    at_most,
    ratio_at_least,
    ratio_at_most,
    shown,
    table,
    take_turns,
)


@pytest.mark.parametrize(
    ("rounds", "low", "high"),
    [
        (1, 1, 1),
        (5, 1, 5),  # 94 %: less than asked for, and all there is
        (6, 1, 6),  # 97 %
        (8, 1, 8),  # 99 %; without the outermost two it were 93 %
        (9, 2, 8),  # 96 %
        (20, 6, 15),  # 96 %
    ],
)
def test_the_interval_of_a_median(rounds: int, low: float, high: float) -> None:
    ratio = Ratio.of([float(value) for value in range(rounds, 0, -1)])
    assert (ratio.low, ratio.high) == (low, high)
    assert low <= ratio.median <= high


def test_ratios_are_taken_round_by_round() -> None:
    # the second round met a busy machine: the medians' ratio would be 3 / 1, each round's is 2
    rounds = Rounds({"new": [1.0, 30.0, 1.5], "old": [2.0, 60.0, 3.0]})
    assert rounds.quicker("new", "old") == Ratio(2.0, 2.0, 2.0)
    assert rounds.quicker("new", "old", work=8) == Ratio(16.0, 16.0, 16.0)
    assert rounds.seconds("new") == 1.5


def test_ways_take_turns_forwards_and_backwards() -> None:
    done: list[str] = []

    async def second() -> None:
        done.append("b")

    rounds = asyncio.run(take_turns({"a": lambda: done.append("a"), "b": second}, 3))
    assert "".join(done) == "ba" + "ab" + "ba" + "ab"
    assert {name: len(seconds) for name, seconds in rounds.spent.items()} == {"a": 3, "b": 3}


@pytest.mark.parametrize(
    ("figure", "met"),
    [
        (Figure("lag", 20.0, "ms", goal=at_most(20)), True),
        (Figure("lag", 21.0, "ms", goal=at_most(20)), False),
        (Figure("rate", 21.0, "/s", goal=at_least(20)), True),
        (Figure("rate", 1.0, "/s", "plain", Ratio(1.9, 1.5, 2.5), ratio_at_least(2)), False),
        (Figure("time", 1.0, "s", "plain", 0.9, ratio_at_most(1)), True),
        (Figure("time", 1.0, "s"), None),
    ],
)
def test_whether_a_goal_is_met(figure: Figure, met: bool | None) -> None:
    assert figure.met is met
    assert json.loads(json.dumps(figure.as_json()))["met"] is met


def test_a_goal_of_a_ratio_needs_one() -> None:
    with pytest.raises(ValueError, match="rate"):
        _ = Figure("rate", 1.0, goal=ratio_at_least(2)).met


def test_the_table() -> None:
    figures = [
        Figure("eight people", 3.92, "s", "one by one", Ratio(1.37, 1.2, 1.5), ratio_at_least(1.3)),
        Figure("lag", 31.24, "ms", goal=at_most(25), note="p99"),
    ]
    assert table({"together": figures}).splitlines()[2:] == [
        "| together | eight people | 3.92 s | one by one | 1.37 x (1.20 to 1.50) | ≥ 1.3 x | yes |",
        "| together | lag (p99) | 31.2 ms |  |  | ≤ 25 ms | **no** |",
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (0.01234, "0.0123"), (1.0, "1.00"), (31.24, "31.2"), (1234.4, "1,234")],
)
def test_numbers_keep_three_digits(value: float, text: str) -> None:
    assert shown(value) == text


def test_all_together_take_a_quarter_of_an_hour() -> None:
    assert sum(BENCHMARKS.values()) <= LIMIT
    folder = Path(__file__).parent
    there = {path.stem for path in folder.iterdir()}
    assert set(BENCHMARKS | LONG) <= there
