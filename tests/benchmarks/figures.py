"""Small things the benchmarks share: percentiles, a row of figures, the memory of a process tree."""

from collections.abc import Sequence

import psutil

MIB = 2**20


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(values: Sequence[float]) -> float:
    return percentile(values, 0.5)


def row(what: str, figure: str, ratio: str = "") -> None:
    """One line: what was measured, the figure, and its ratio to the baseline."""
    print(f"  {what:<46} {figure:>14}  {ratio}", flush=True)


def memory_mib(pid: int) -> float:
    """Memory of a process and all below it, shared pages counted once (PSS), in MiB."""
    root = psutil.Process(pid)
    return sum(process.memory_full_info().pss for process in [root, *root.children(recursive=True)]) / MIB
