"""What the answers say: win rates, strengths of all methods together, and how far the judges can be trusted.

- Win rate of a pair: the share of answers for the first method; a tie, and "both bad", count half. Answers of
  several judges to one comparison are averaged, and the interval (Wilson 1927) is over edits, so that ten
  judges of one picture do not count as ten pictures. With ties it is a little wider than it need be.
- Bradley–Terry (1952): P(i beats j) = e^(s_i) / (e^(s_i) + e^(s_j)), fitted by choix (Maystre and
  Grossglauser 2015) over all pairs together; half a win each for a tie. Strengths are shown as the chance to
  beat an average method, which needs no knowledge of logits. Intervals: a bootstrap over edits.
- Agreement: Krippendorff's alpha (nominal) over comparisons that two judges answered: 1 is perfect, 0 chance.
- Repeats are for self-consistency only: they never count twice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

import choix
import krippendorff
import numpy as np

from training.core.statistics import Estimate, wilson

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from training.judging.answers import Answer
    from training.judging.comparisons import Comparison, Material

_DRAWS = 500
_PRIOR = 0.01
"""choix's alpha: a little of an even result between every two; a method that never lost stays finite."""
Outcome = tuple[str, float]
"""(edit, score of the pair's first method from 0 to 1)."""


@dataclass(frozen=True)
class Pair:
    """Two methods: counts of answers, of comparisons nobody had to look at, and the first one's win rate."""

    first: str
    second: str
    won: int
    lost: int
    tie: int
    bad: int
    same: int
    rate: Estimate


@dataclass(frozen=True)
class Judge:
    """One judge: answers, median seconds for each, and repeats answered alike of those that were asked."""

    name: str
    answers: int
    seconds: float
    alike: int
    repeats: int


@dataclass(frozen=True)
class Report:
    """Everything that is shown. `agreement` is None without two judges of one comparison; `left` is the share
    of decided answers that chose the left picture, None without any."""

    pairs: list[Pair]
    strengths: dict[str, Estimate]
    judges: list[Judge]
    agreement: float | None
    left: Estimate | None


def report(material: Material, answers: Sequence[Answer]) -> Report:
    """The report on answers to this material; answers to comparisons that it has not are left out."""
    known = {c.key: c for c in material.different}
    counted = [a for a in answers if a.comparison in known and not a.repeat]
    outcomes = _outcomes(material, counted, known)
    return Report(
        [_pair(names, outcomes[names], material, counted, known) for names in outcomes],
        _strengths(material.methods, outcomes),
        [_judge(name, answers) for name in sorted({a.judge for a in answers})],
        _agreement(counted, known),
        _left(counted),
    )


def _score(answer: Answer, comparison: Comparison) -> float:
    """What the comparison's first method got: 1, 0, or a half."""
    if answer.verdict in ("tie", "bad"):
        return 0.5
    chosen = answer.left if answer.verdict == "left" else answer.right
    return float(chosen == comparison.methods[0])


def _outcomes(
    material: Material, answers: Sequence[Answer], known: dict[str, Comparison]
) -> dict[tuple[str, str], list[Outcome]]:
    """By pair of methods: a score for each comparison that was answered, or that shows one picture twice.

    Of the comparisons with one picture only as large a share counts as of the others was answered: a judge
    who stopped half-way must not turn a pair of methods into one of ties.
    """
    scores: dict[str, list[float]] = defaultdict(list)
    for answer in answers:
        scores[answer.comparison].append(_score(answer, known[answer.comparison]))
    found: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for key, each in scores.items():
        found[known[key].methods].append((known[key].edit, sum(each) / len(each)))
    for names, given in found.items():
        given += [(c.edit, 0.5) for c in _counted_same(material, names, len(given))]
    return dict(found)


def _counted_same(material: Material, names: tuple[str, str], answered: int) -> list[Comparison]:
    different = sum(c.methods == names for c in material.different)
    same = [c for c in material.same if c.methods == names]
    return same[: round(len(same) * answered / different)]


def _pair(
    names: tuple[str, str],
    outcomes: list[Outcome],
    material: Material,
    answers: Sequence[Answer],
    known: dict[str, Comparison],
) -> Pair:
    own = [a for a in answers if known[a.comparison].methods == names]
    scores = [_score(a, known[a.comparison]) for a in own]
    verdicts = Counter(a.verdict for a in own)
    answered = len({a.comparison for a in own})
    return Pair(
        *names, scores.count(1.0), scores.count(0.0), verdicts["tie"], verdicts["bad"],
        len(_counted_same(material, names, answered)), _rate(outcomes),
    )  # fmt: skip


def _rate(outcomes: Sequence[Outcome]) -> Estimate:
    """The mean over edits; the seeds of a method on one edit are averaged first."""
    edits: dict[str, list[float]] = defaultdict(list)
    for edit, score in outcomes:
        edits[edit].append(score)
    return wilson([sum(scores) / len(scores) for scores in edits.values()])


def _strengths(methods: Sequence[str], outcomes: dict[tuple[str, str], list[Outcome]]) -> dict[str, Estimate]:
    """The chance of each method to beat an average one."""
    place = {name: number for number, name in enumerate(methods)}
    edits = sorted({edit for given in outcomes.values() for edit, _ in given})
    if len(methods) < 2 or not edits:
        return {}
    by_edit = np.zeros((len(edits), len(methods), len(methods)))
    row = {edit: number for number, edit in enumerate(edits)}
    for (first, second), given in outcomes.items():
        for edit, score in given:
            by_edit[row[edit], place[first], place[second]] += score
            by_edit[row[edit], place[second], place[first]] += 1 - score
    rng = np.random.default_rng(0)
    drawn = rng.integers(len(edits), size=(_DRAWS, len(edits)))
    draws = np.array([_chances(by_edit[rows].sum(0)) for rows in drawn])
    low, high = np.percentile(draws, [2.5, 97.5], axis=0)
    mean = _chances(by_edit.sum(0))
    return {name: Estimate(float(mean[i]), float(low[i]), float(high[i])) for name, i in place.items()}


def _chances(wins: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Strengths from a table wins[i, j] of i over j. choix centres the logits at 0, the average method's."""
    strengths: npt.NDArray[np.float64] = choix.ilsr_pairwise_dense(wins, alpha=_PRIOR)
    return 1 / (1 + np.exp(-strengths))


def _judge(name: str, answers: Sequence[Answer]) -> Judge:
    own = [a for a in answers if a.judge == name]
    first = {a.comparison: a for a in own if not a.repeat}
    again = [a for a in own if a.repeat and a.comparison in first]
    alike = sum(_chosen(a) == _chosen(first[a.comparison]) for a in again)
    return Judge(name, len(own), median(a.seconds for a in own), alike, len(again))


def _chosen(answer: Answer) -> str:
    """A method, "tie" or "bad"; a method may be called that too, so these two are led by a line break."""
    sides = {"left": answer.left, "right": answer.right}
    return sides.get(answer.verdict, f"\n{answer.verdict}")


def _agreement(answers: Sequence[Answer], known: dict[str, Comparison]) -> float | None:
    """Krippendorff's alpha; None where no comparison has two answers, or all answers are one and the same."""
    columns = {key: n for n, key in enumerate(sorted({a.comparison for a in answers}))}
    rows = {judge: n for n, judge in enumerate(sorted({a.judge for a in answers}))}
    if len(rows) < 2:
        return None
    table = np.full((len(rows), len(columns)), np.nan)
    for answer in answers:
        first = known[answer.comparison].methods[0]
        value = {"\ntie": 2.0, "\nbad": 3.0}.get(_chosen(answer), float(_chosen(answer) == first))
        table[rows[answer.judge], columns[answer.comparison]] = value
    shared = table[:, (~np.isnan(table)).sum(0) > 1]
    if len(np.unique(shared[~np.isnan(shared)])) < 2:
        return None
    return float(krippendorff.alpha(shared, level_of_measurement="nominal"))


def _left(answers: Sequence[Answer]) -> Estimate | None:
    sides = [float(a.verdict == "left") for a in answers if a.verdict in ("left", "right")]
    return wilson(sides) if sides else None
