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


def test_three_seeds_give_the_t_interval_with_two_degrees_of_freedom() -> None:
    means = np.array([0.1, 0.4, 0.2])
    found = estimate([[mean] * 50 for mean in means])  # edits that do not scatter say nothing of their own
    half = 4.302653 * means.std(ddof=1) / 3**0.5
    assert (found.low, found.high) == pytest.approx((means.mean() - half, means.mean() + half), rel=1e-5)
    assert estimate([[mean] for mean in means]).high == pytest.approx(found.high)


def test_edits_count_where_seeds_hardly_differ() -> None:
    rng = np.random.default_rng(2)
    edits = rng.normal(0, 1, 400)
    found = estimate([(edits + rng.normal(0, 0.01, 400)).tolist() for _ in range(3)])
    assert found.high - found.low == pytest.approx(2 * 1.966 * edits.std(ddof=1) / 20, rel=0.02)


def test_one_row_has_the_bca_interval_which_leans_to_the_long_tail() -> None:
    values = np.random.default_rng(3).exponential(1, 60).tolist()
    found = estimate([values])
    assert found.high - found.mean > found.mean - found.low


def test_what_has_no_value_is_left_out_for_all_seeds() -> None:
    nan = float("nan")
    assert estimate([[1.0, nan, 3.0], [1.0, 9.0, 3.0]]).mean == 2.0
    assert win_rate([[1.0, nan]], [[0.0, 5.0]]).mean == 1.0
    with pytest.raises(ValueError, match="at least one"):
        estimate([[nan]])


def test_runs_meet_those_of_their_own_seed() -> None:
    assert win_rate([[1.0], [3.0]], [[2.0], [2.5]]).mean == 0.5
    assert win_rate([[1.0], [3.0]], [[0.0], [5.0]]).mean == 0.5
    assert win_rate([[1.0, 1.0]], [[0.0, 2.0], [2.0, 2.0]]).mean == 0.25, "all of them where there are more"
