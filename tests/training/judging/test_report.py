"""What the report says, by hand."""

from pathlib import Path

import pytest

from training.judging.answers import Answer, Verdict
from training.judging.comparisons import Comparison, Material
from training.judging.markdown import markdown
from training.judging.report import report

NOWHERE = (Path("x"), Path("y"))


def comparison(key: str, methods: tuple[str, str] = ("a", "b"), edit: str = "") -> Comparison:
    return Comparison(key, edit or key, "source", "instruction", methods, NOWHERE)


def answer(
    key: str, verdict: Verdict, judge: str = "ann", *, flipped: bool = False, repeat: bool = False,
    methods: tuple[str, str] = ("a", "b"), seconds: float = 2.0,
) -> Answer:  # fmt: skip
    left, right = reversed(methods) if flipped else methods
    return Answer(judge, key + "-again" * repeat, key, left, right, verdict, repeat, seconds, "")


def test_wins_count_for_the_method_whatever_side_it_was_on() -> None:
    material = Material(tuple(map(comparison, "1234")), ())
    answers = [
        answer("1", "left"), answer("2", "right", flipped=True), answer("3", "right"), answer("4", "tie"),
    ]  # fmt: skip
    made = report(material, answers)
    (pair,) = made.pairs
    assert (pair.first, pair.won, pair.lost, pair.tie, pair.bad) == ("a", 2, 1, 1, 0)
    assert pair.rate.mean == pytest.approx(2.5 / 4)
    assert made.left is not None
    assert made.left.mean == pytest.approx(1 / 3)


def test_many_judges_of_one_picture_are_one_picture() -> None:
    material = Material(tuple(map(comparison, "12")), ())
    answers = [answer("1", "left", judge) for judge in "abcdefgh"] + [answer("2", "right")]
    (pair,) = report(material, answers).pairs
    assert (pair.won, pair.lost) == (8, 1)
    assert pair.rate.mean == pytest.approx(0.5)


def test_same_pictures_count_as_ties_as_far_as_the_pair_was_judged() -> None:
    same = tuple(comparison(f"s{n}") for n in range(4))
    material = Material(tuple(map(comparison, "12")), same)
    (half,) = report(material, [answer("1", "left")]).pairs
    assert half.same == 2
    assert half.rate.mean == pytest.approx((1 + 2 * 0.5) / 3)
    (whole,) = report(material, [answer("1", "left"), answer("2", "left")]).pairs
    assert whole.same == 4
    assert whole.rate.mean == pytest.approx((2 + 4 * 0.5) / 6)


def test_repeats_tell_of_the_judge_and_count_for_no_method() -> None:
    material = Material(tuple(map(comparison, "12")), ())
    answers = [
        answer("1", "left"), answer("1", "right", flipped=True, repeat=True),
        answer("2", "tie"), answer("2", "left", repeat=True, seconds=9.0),
    ]  # fmt: skip
    made = report(material, answers)
    assert made.pairs[0].won + made.pairs[0].lost + made.pairs[0].tie == 2
    (judge,) = made.judges
    assert (judge.answers, judge.alike, judge.repeats, judge.seconds) == (4, 1, 2, 2.0)
    assert "1 of 2" in markdown(made)


def test_strengths_follow_from_all_pairs_together() -> None:
    pairs = (("a", "b"), ("b", "c"))
    material = Material(tuple(comparison(f"{n}{p}", p, str(n)) for p in pairs for n in range(20)), ())
    answers = [answer(f"{n}{p}", "left" if n < 15 else "right", methods=p) for p in pairs for n in range(20)]
    made = report(material, answers).strengths
    # a beats b, and b beats c, in 15 of 20: odds of 3 each, so a logit of ln 3 over the average method, b
    assert made["a"].mean == pytest.approx(0.75, abs=0.01)
    assert made["b"].mean == pytest.approx(0.5, abs=0.01)
    assert made["c"].mean == pytest.approx(0.25, abs=0.01)
    assert made["a"].low > 0.5 > made["c"].high


def test_a_method_that_never_lost_has_a_finite_strength() -> None:
    material = Material(tuple(map(comparison, "12345")), ())
    made = report(material, [answer(key, "left") for key in "12345"]).strengths
    assert 0.5 < made["b"].mean + made["a"].mean < 1.5
    assert 0.5 < made["a"].mean < 1


def test_one_answer_makes_nothing_certain() -> None:
    (pair,) = report(Material((comparison("1"),), ()), [answer("1", "left")]).pairs
    assert pair.rate.mean == 1
    assert pair.rate.low == pytest.approx(1 / (1 + 1.96**2), abs=1e-3)  # Wilson's, for one of one
    assert pair.rate.high == pytest.approx(1)


def test_agreement_is_krippendorffs_alpha() -> None:
    """By hand: alpha = 1 - Do / De, the observed over the expected disagreement."""
    material = Material(tuple(map(comparison, "1234")), ())
    said: tuple[list[Verdict], list[Verdict]] = (
        ["left", "left", "right", "right"], ["right", "right", "left", "right"]
    )  # fmt: skip
    ann = [answer(key, verdict) for key, verdict in zip("1234", said[0], strict=True)]
    ben = [answer(key, verdict, "ben", flipped=True) for key, verdict in zip("1234", said[1], strict=True)]
    # units aa, aa, bb, ba of 8 values, 5 a and 3 b: Do = 2/8, De = 2*5*3 / (8*7); alpha = 1 - (2/8) * 56/30
    assert report(material, ann + ben).agreement == pytest.approx(1 - (2 / 8) * (56 / 30))
    assert report(material, ann).agreement is None
    assert report(material, [*ann, answer("1", "bad", "ben")]).agreement is not None


def test_answers_to_other_results_are_left_out() -> None:
    made = report(Material((comparison("1"),), ()), [answer("1", "left"), answer("gone", "right")])
    assert (made.pairs[0].won, made.pairs[0].lost) == (1, 0)
