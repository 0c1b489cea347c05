"""What every benchmark gives back: figures beside a named baseline, their goals, and the one table of them.

Ways of doing the same are compared in rounds in which they take turns (`take_turns`), so that what else a
machine does meets all of them. The ratio of two ways is taken round by round; its median is reported with the
interval of the order statistics around it (`Ratio.of`), which assumes nothing about how times are spread.
"""

import inspect
import math
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import psutil

MIB = 2**20
CONFIDENCE = 0.95

Way = Callable[[], object] | Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times as much, or as quick, as the baseline: the median and the interval around it."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Ratio":
        """Of the ratios of single rounds; at least one.

        The narrowest pair of order statistics that holds the true median with `CONFIDENCE`. Fewer than six
        rounds cannot reach it: then it is the lowest and the highest (94 % with five, 75 % with three).
        """
        ordered = sorted(values)
        count, outside = len(ordered), 0.0
        skipped = 0
        # below the k-th lowest lies the median with the chance of fewer than k heads among `count` coins
        for heads in range(count // 2):
            outside += math.comb(count, heads) / 2**count
            if 1 - 2 * outside < CONFIDENCE:
                break
            skipped = heads
        return cls(median(ordered), ordered[skipped], ordered[count - 1 - skipped])

    def __str__(self) -> str:
        if self.low == self.high:
            return f"{self.median:.2f} x"
        return f"{self.median:.2f} x ({self.low:.2f} to {self.high:.2f})"


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure, or its ratio to the baseline, is to be at least or at most."""

    bound: float
    least: bool
    of_ratio: bool

    def met(self, value: float) -> bool:
        """Whether `value` is on the right side."""
        return value >= self.bound if self.least else value <= self.bound


def at_least(bound: float) -> Goal:
    """The figure itself, in its own unit."""
    return Goal(bound, least=True, of_ratio=False)


def at_most(bound: float) -> Goal:
    """The figure itself, in its own unit."""
    return Goal(bound, least=False, of_ratio=False)


def ratio_at_least(bound: float) -> Goal:
    """The median of the ratio to the baseline."""
    return Goal(bound, least=True, of_ratio=True)


def ratio_at_most(bound: float) -> Goal:
    """The median of the ratio to the baseline."""
    return Goal(bound, least=False, of_ratio=True)


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table.

    `baseline` names what `ratio` compares with; a goal of a ratio needs one. A plain number as `ratio` was
    measured once, and has no interval.
    """

    what: str
    value: float
    unit: str = ""
    baseline: str = ""
    ratio: Ratio | float | None = None
    goal: Goal | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the goal is met, judged by the median; None without one."""
        if self.goal is None:
            return None
        if not self.goal.of_ratio:
            return self.goal.met(self.value)
        if self.ratio is None:
            raise ValueError(f"{self.what}: the goal is of a ratio, and there is none")
        return self.goal.met(self.ratio.median if isinstance(self.ratio, Ratio) else self.ratio)

    def cells(self) -> tuple[str, ...]:
        """As the table shows it: what, figure, baseline, ratio, goal, whether it is met."""
        what = f"{self.what} ({self.note})" if self.note else self.what
        ratio = f"{self.ratio:.2f} x" if isinstance(self.ratio, float) else str(self.ratio or "")
        met = {None: "", True: "yes", False: "**no**"}[self.met]
        return (what, f"{shown(self.value)} {self.unit}".strip(), self.baseline, ratio, self._goal(), met)

    def _goal(self) -> str:
        if self.goal is None:
            return ""
        sign = "≥" if self.goal.least else "≤"
        return f"{sign} {self.goal.bound:g} {'x' if self.goal.of_ratio else self.unit}".strip()

    def as_json(self) -> dict[str, Any]:
        """Everything of it, with whether the goal is met."""
        return {**asdict(self), "met": self.met}


HEAD = ("what", "figure", "baseline", "ratio", "goal", "met")


def table(rows: Mapping[str, Sequence[Figure]]) -> str:
    """Markdown: the figures of every benchmark, by its name."""
    lines: list[tuple[str, ...]] = [
        ("benchmark", *HEAD),
        ("---", "---", "---:", "---", "---:", "---:", "---"),
    ]
    for name, figures in rows.items():
        lines += [(name, *figure.cells()) for figure in figures]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def show(figures: Sequence[Figure]) -> None:
    """The figures of one benchmark, a line each."""
    for figure in figures:
        what, value, baseline, ratio, goal, met = figure.cells()
        compared = f"{ratio} {baseline}" if ratio else baseline
        asked = f"goal {goal}: {met}" if goal else ""
        print(f"  {what:<52} {value:>14}  {compared}  {asked}".rstrip(), flush=True)


def shown(value: float) -> str:
    """Three digits that count, and none lost before the point."""
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    decimals = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:,.{min(decimals, 4)}f}"


@dataclass(frozen=True, slots=True)
class Rounds:
    """Seconds of every way in every round."""

    spent: dict[str, list[float]]

    def seconds(self, way: str) -> float:
        """The median of a way."""
        return median(self.spent[way])

    def quicker(self, way: str, than: str, work: float = 1.0) -> Ratio:
        """How many times as quick `way` is as `than`; `work` where it does so many times as much."""
        pairs = zip(self.spent[way], self.spent[than], strict=True)
        return Ratio.of([work * other / own for own, other in pairs])


async def take_turns(ways: Mapping[str, Way], rounds: int, *, before: int = 1) -> Rounds:
    """Time every way once a round, forwards and backwards in turn; `before` rounds are not counted.

    A way may be a coroutine function. Forwards and backwards, since the first of a round may find the
    caches and the clock of the processor otherwise than the last.
    """
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for number, name in turns(ways, rounds, before=before):
        began = time.perf_counter()
        result = ways[name]()
        if inspect.isawaitable(result):
            await result
        if number >= 0:
            spent[name].append(time.perf_counter() - began)
    return Rounds(spent)


def turns(names: Iterable[str], rounds: int, *, before: int = 0) -> Iterator[tuple[int, str]]:
    """The number of a round and whose turn it is, forwards and backwards; numbers below 0 are not counted."""
    ahead = list(names)
    for number in range(-before, rounds):
        for name in ahead if number % 2 == 0 else ahead[::-1]:
            yield number, name


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(values: Sequence[float]) -> float:
    return percentile(values, 0.5)


def row(what: str, figure: str, ratio: str = "") -> None:
    """One line of a program that is no part of the table: what was measured, the figure, its ratio."""
    print(f"  {what:<46} {figure:>14}  {ratio}", flush=True)


def memory_mib(pid: int) -> float:
    """Memory of a process and all below it, shared pages counted once (PSS), in MiB."""
    root = psutil.Process(pid)
    return sum(process.memory_full_info().pss for process in [root, *root.children(recursive=True)]) / MIB
