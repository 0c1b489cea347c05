"""Means, intervals and win rates."""

import numpy as np
import pytest

from training.core.statistics import Estimate, estimate, win_rate


def test_a_constant_has_no_width_and_nothing_is_an_error() -> None:
    assert estimate([[2.0] * 5]) == Estimate(2.0, 2.0, 2.0)
    with pytest.raises(ValueError, match="at least one"):
        estimate([[]])


def test_the_interval_is_about_two_standard_errors() -> None:
    values = np.random.default_rng(1).normal(5, 2, 400)
    found = estimate([values.tolist()])
    assert found.mean == pytest.approx(values.mean())
    assert found.high - found.low == pytest.approx(2 * 1.96 * values.std() / 20, rel=0.15)
    assert found == estimate([values.tolist()])


def test_seeds_that_differ_widen_it() -> None:
    rng = np.random.default_rng(1)
    alike = [rng.normal(0, 1, 200).tolist() for _ in range(3)]
    apart = [(np.array(row) + shift).tolist() for row, shift in zip(alike, (-1, 0, 1), strict=True)]
    assert estimate(apart).high - estimate(apart).low > 2 * (estimate(alike).high - estimate(alike).low)


def test_win_rates_by_hand() -> None:
    assert win_rate([[3.0, 1.0, 2.0, 5.0]], [[1.0, 2.0, 2.0, 4.0]]).mean == (1 + 0 + 0.5 + 1) / 4
    assert win_rate([[1.0], [3.0]], [[2.0]]).mean == 0.5
    assert win_rate([[1.0, 2.0]], [[1.0, 2.0]]) == Estimate(0.5, 0.5, 0.5)


def test_intervals_apart() -> None:
    assert Estimate(1, 0, 2).apart(Estimate(4, 3, 5))
    assert Estimate(4, 3, 5).apart(Estimate(1, 0, 2))
    assert not Estimate(1, 0, 3).apart(Estimate(4, 3, 5))
