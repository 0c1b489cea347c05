"""What held-out votes prove: exact bounds, the rate of wrong promotions, power, and how many are missing."""

import random
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binomtest

from training.config.preference_settings import EvidenceSettings
from training.preferences import evidence, gate, gate_table
from training.preferences.evidence import Evidence

BETTER = EvidenceSettings()
NO_WORSE = EvidenceSettings(evidence="no-worse", votes_margin=0.1)


@pytest.mark.parametrize(("wins", "comparisons"), [(0, 6), (5, 8), (14, 20), (6, 6)])
def test_bounds_are_those_of_clopper_and_pearson(wins: int, comparisons: int) -> None:
    expected = binomtest(wins, comparisons).proportion_ci(0.9, "exact")
    found = Evidence(wins, comparisons, BETTER)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))


def test_what_is_preferred_in_forty_per_cent_hardly_ever_passes() -> None:
    for comparisons in range(1, 200):
        assert evidence.power(comparisons, 0.4, BETTER) <= 0.011
        assert evidence.power(comparisons, 0.5, BETTER) <= 0.05
        assert evidence.power(comparisons, 0.4, NO_WORSE) <= 0.05


def test_nothing_compared_proves_nothing() -> None:
    assert not evidence.counted([], BETTER).passes
    assert not evidence.counted([0.5] * 50, NO_WORSE).passes


def test_no_worse_takes_a_margin_and_better_does_not() -> None:
    assert [Evidence(50, 100, s).passes for s in (BETTER, NO_WORSE)] == [False, True]
    assert [Evidence(38, 100, s).passes for s in (BETTER, NO_WORSE)] == [False, False]
    assert [Evidence(60, 100, s).passes for s in (BETTER, NO_WORSE)] == [True, True]


def test_what_is_missing_is_what_its_power_lacks() -> None:
    found = Evidence(7, 10, BETTER)
    assert found.missing == 27
    assert evidence.power(37, 0.7, BETTER) >= 0.8 > evidence.power(36, 0.7, BETTER)
    assert "7 of 10 comparisons won; not proven better" in found.said()
    assert "27 more comparisons are needed" in found.said()
    assert "needed" not in Evidence(40, 50, BETTER).said()


def test_the_power_is_the_share_of_drawn_gates_that_pass() -> None:
    rng = random.Random(0)

    def passes() -> bool:
        rows = [
            {
                "prompt": "w",
                "target_prompt": f"{liked} {n}",
                "label": liked,
                "gain": rng.gauss(0.7 * liked, 1),
            }
            for n in range(30)
            for liked in (True, False)
        ]
        won = [float(good["gain"] > bad["gain"]) for good, bad in gate.opposites(rows)]
        return evidence.counted(won, BETTER).passes

    # P(N(0.7, 1) > N(0, 1)) = Φ(0.7 / √2) = 0.690
    assert sum(passes() for _ in range(400)) / 400 == pytest.approx(
        evidence.power(30, 0.690, BETTER), abs=0.08
    )


def test_comparisons_that_agree_promote_wrongly_more_often() -> None:
    found = gate_table.clustered(0.5, 80, BETTER, np.random.default_rng(0))
    assert evidence.power(80, 0.5, BETTER) < found < 0.15


def test_the_table_in_the_documents_is_what_the_command_prints() -> None:
    text = gate_table.write(0.1, 0.05, seed=0)
    assert text in Path("docs/feedback.md").read_text(encoding="utf-8")
