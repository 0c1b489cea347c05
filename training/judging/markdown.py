"""The report on what judges answered, as Markdown for the terminal and for documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from training.core.statistics import Estimate
    from training.judging.report import Judge, Pair, Report


_UNDECIDED = "tie | both bad | same picture"


def markdown(report: Report) -> str:
    """Three short tables and two sentences on how far the answers can be trusted."""
    return "\n".join(
        [
            f"| first | second | first better | second better | {_UNDECIDED} | win rate of the first |",
            "|---|---|---|---|---|---|---|---|",
            *map(_pair, report.pairs),
            "",
            "| method | chance to beat an average one |",
            "|---|---|",
            *(f"| {name} | {interval(value)} |" for name, value in strongest(report)),
            "",
            "| judge | answers | median seconds | repeats answered alike |",
            "|---|---|---|---|",
            *map(_judge, report.judges),
            "",
            *trust(report),
        ]
    )


def trust(report: Report) -> list[str]:
    """How far judges agree, and whether a side was preferred, in sentences."""
    said = [
        "Agreement of the judges: not known, it takes two judges and more than one kind of answer."
        if report.agreement is None
        else f"Agreement of the judges: Krippendorff's alpha {report.agreement:.2f} (1 perfect, 0 chance)."
    ]
    if report.left is not None:
        said.append(f"The left picture was chosen in {interval(report.left)} of the decided answers.")
    return said


def interval(value: Estimate) -> str:
    """A mean with its 95 % interval."""
    return f"{value.mean:.2f} ({value.low:.2f} to {value.high:.2f})"


def strongest(report: Report) -> list[tuple[str, Estimate]]:
    """The methods with their strengths, the best first."""
    return sorted(report.strengths.items(), key=lambda item: -item[1].mean)


def _pair(pair: Pair) -> str:
    counts = " | ".join(map(str, (pair.won, pair.lost, pair.tie, pair.bad, pair.same)))
    return f"| {pair.first} | {pair.second} | {counts} | {interval(pair.rate)} |"


def _judge(judge: Judge) -> str:
    alike = f"{judge.alike} of {judge.repeats}" if judge.repeats else "none asked"
    return f"| {judge.name} | {judge.answers} | {judge.seconds:.1f} | {alike} |"
