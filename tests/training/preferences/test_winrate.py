"""Two adapters side by side: what one observation is, the win rate, a test one may look at daily."""

import numpy as np
import pytest

from tests.training.reacting import likes, record, snapshot
from training.config.preference_settings import CleaningSettings
from training.errors import NothingToLearn
from training.preferences.snapshot import Record
from training.preferences.votes import clean
from training.preferences.winrate import decide, sequence, values, winrate

PLAIN = CleaningSettings(burst_votes=10_000, cap=10_000)


def talk(
    turn: int, model: str, *, up: int, down: int, conversation: str | None = None, arm: str = ""
) -> Record:
    cast = {f"u{turn}-{n}": 1 for n in range(up)} | {f"d{turn}-{n}": -1 for n in range(down)}
    where = conversation or f"c{turn}"
    return record(turn, likes(**cast), llm=model, conversation=where, source=f"w{turn}", arm=arm)


def test_a_conversation_is_one_observation_and_a_mixed_one_is_none() -> None:
    cleaned = clean(
        snapshot(
            talk(1, "A", up=1, down=1, conversation="one"),
            talk(2, "A", up=2, down=0, conversation="one"),
            talk(3, "B", up=0, down=1),
            talk(4, "A", up=1, down=0, conversation="both"),
            talk(5, "B", up=1, down=0, conversation="both"),
            talk(6, "B", up=0, down=0),
            talk(7, "other", up=1, down=0),
        ),
        PLAIN,
    )
    assert values(cleaned, "A", "B") == [("a", 0.75), ("b", 0.0)]


def test_picture_models_are_told_apart_by_their_arm() -> None:
    cleaned = clean(
        snapshot(
            talk(1, "llm", up=1, down=1, arm="painters:a"),
            talk(2, "llm", up=2, down=0, arm="painters:b"),
            talk(3, "llm", up=0, down=1),  # somebody who named the model
            talk(4, "llm", up=0, down=1, arm="another:b"),
        ),
        PLAIN,
    )
    assert values(cleaned, "painters:a", "painters:b") == [("a", 0.5), ("b", 1.0)]
    with pytest.raises(NothingToLearn, match="another:b, llm, painters:a, painters:b"):
        winrate(cleaned, "painters:a", "painters:c")


def test_rates_wins_and_verdict() -> None:
    better = [
        talk(n, "B" if n % 2 else "A", up=3 if n % 2 else n % 3, down=n % 2 or 3) for n in range(1, 121)
    ]
    result = winrate(clean(snapshot(*better), PLAIN), "A", "B")
    assert result.conversations == (60, 60)
    assert result.rates[1].low > result.rates[0].high
    assert result.wins.low > 0.9
    assert result.verdict == "B"
    assert winrate(clean(snapshot(*better), PLAIN), "B", "A").verdict == "A"
    assert winrate(clean(snapshot(*better[:12]), PLAIN), "A", "B").verdict == "continue"


def test_without_conversations_of_both_it_says_which_models_there_are() -> None:
    cleaned = clean(snapshot(talk(1, "tiny+0001", up=1, down=1)), PLAIN)
    with pytest.raises(
        NothingToLearn, match=r"1 judged .* 0 with B.*Models and arms in this snapshot: tiny\+0001"
    ):
        winrate(cleaned, "tiny+0001", "B")


@pytest.mark.parametrize(("low", "high", "fewest", "verdict"), [
    (0.1, 0.2, 20, "B"), (-0.2, -0.1, 20, "A"), (-0.1, 0.1, 99, "continue"), (0.1, 0.2, 19, "continue"),
])  # fmt: skip
def test_a_verdict_needs_an_interval_off_nought_and_conversations_enough(
    low: float, high: float, fewest: int, verdict: str
) -> None:
    assert decide(low, high, fewest, 20) == verdict


def ends(p_a: float, p_b: float, seed: int, conversations: int = 240) -> str:
    """The first verdict of somebody who looks after every twelfth conversation."""
    rng, seen = np.random.default_rng(seed), []
    for number in range(conversations):
        arm = "ab"[rng.integers(2)]
        seen.append((arm, float(rng.binomial(3, p_b if arm == "b" else p_a) / 3)))
        if number % 12 == 11:
            count = sum(which == "b" for which, _ in seen)
            found = decide(*sequence(seen, 0.05), min(count, len(seen) - count), 20)
            if found != "continue":
                return found
    return "continue"


def test_looking_often_does_not_make_chance_a_winner_and_a_true_one_is_found() -> None:
    """Fixed seeds: of 200 experiments without a difference at most 5 % end in a winner."""
    assert sum(ends(0.5, 0.5, seed) != "continue" for seed in range(200)) <= 10
    assert [ends(0.35, 0.65, seed) for seed in range(30)] == ["B"] * 30
    assert [ends(0.65, 0.35, seed) for seed in range(30)] == ["A"] * 30


def test_one_sided_data_say_nothing() -> None:
    assert sequence([("a", 1.0)], 0.05) == (-1.0, 1.0)
