"""The cost model of docs/scaling.md: `python -m tests.benchmarks.scaling --help` lists every assumption.

Prints the page's tables as Markdown. Nothing is measured: the arithmetic of a picture is counted
(`tests.benchmarks.arithmetic`), everything else is assumed and can be given as an option.
"""

import argparse
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace

from tests.benchmarks.arithmetic import picture_tflop

PRESETS = ("sd15", "sdxl-turbo", "sdxl", "sd35")
MEMBERS = (1_000, 10_000, 100_000, 1_000_000)
HOURS_A_MONTH = 730


@dataclass(frozen=True, slots=True)
class Gpu:
    """A GPU: dense FP16 tensor teraflop per second by its maker's data sheet, and an assumed price."""

    name: str
    tflops: float
    dollars: float  # an hour, rented


GPUS = (
    Gpu("RTX 4090", 165, 0.45),
    Gpu("L4", 121, 0.70),
    Gpu("A100", 312, 1.80),
    Gpu("H100 SXM", 989, 3.00),
)


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What is assumed of people and machines; each field is an option of the command."""

    active: float = 0.01  # share of the members who ask for pictures on a day
    pictures: float = 8.0  # instructions of each of them on that day, one picture each
    peak: float = 4.0  # the busiest hour against the day's mean
    utilisation: float = 0.35  # share of the data sheet's arithmetic that a pipeline reaches
    load: float = 0.7  # share of the peak hour that a replica works, so that lines stay short
    words_seconds: float = 0.3  # of a GPU for one prompt, written in batches

    def mean_rate(self, members: int) -> float:
        """Pictures per second over a day."""
        return members * self.active * self.pictures / 86_400

    def peak_rate(self, members: int) -> float:
        """Pictures per second in the busiest hour."""
        return self.mean_rate(members) * self.peak

    def seconds(self, tflop: float, gpu: Gpu) -> float:
        """GPU seconds of a picture with so much arithmetic."""
        return tflop / (gpu.tflops * self.utilisation)

    def replicas(self, rate: float, seconds: float) -> int:
        """How many replicas so many requests per second take; at least one."""
        return max(1, math.ceil(rate * seconds / self.load))

    def gpus(self, rate: float, seconds: float) -> tuple[int, int]:
        """GPUs for pictures and for words; none of their own where one GPU does for both."""
        if rate * (seconds + self.words_seconds) <= self.load:
            return 0, 0
        return self.replicas(rate, seconds), self.replicas(rate, self.words_seconds)


def month(assumed: Assumptions, members: int, tflop: float, gpu: Gpu) -> tuple[int, int, float, float]:
    """Replicas for pictures and for words at the peak, and dollars a month: all the time, and scaled.

    Scaled means replicas that follow the load without delay, which is the least that autoscaling can reach.
    Zero and zero replicas: both kinds share one GPU.
    """
    peak, mean = assumed.peak_rate(members), assumed.mean_rate(members)
    seconds = assumed.seconds(tflop, gpu)
    painting, writing = assumed.gpus(peak, seconds)
    dollars = gpu.dollars * HOURS_A_MONTH
    always = max(1, painting + writing) * dollars
    return painting, writing, always, max(1, sum(assumed.gpus(mean, seconds))) * dollars


def tables(assumed: Assumptions, arithmetic: Callable[[str], float] = picture_tflop) -> str:
    """The page's tables."""
    tflop = {preset: arithmetic(preset) for preset in PRESETS}
    requests = [
        (f"{members:,}", f"{members * assumed.active:,.0f}",
         f"{members * assumed.active * assumed.pictures:,.0f}",
         f"{assumed.mean_rate(members):.3f}", f"{assumed.peak_rate(members):.3f}")
        for members in MEMBERS
    ]  # fmt: skip
    seconds = [
        (preset, f"{tflop[preset]:.0f}", *(f"{assumed.seconds(tflop[preset], gpu):.2f}" for gpu in GPUS))
        for preset in PRESETS
    ]
    return "\n\n".join(
        [
            _table(("members", "active a day", "pictures a day", "mean per s", "peak per s"), requests),
            _table(("preset", "TFLOP", *(gpu.name for gpu in GPUS)), seconds),
            *(_costs(assumed, tflop, gpu) for gpu in GPUS),
        ]
    )


def _costs(assumed: Assumptions, tflop: dict[str, float], gpu: Gpu) -> str:
    rows = []
    for preset in PRESETS:
        cells = []
        for members in MEMBERS:
            painting, writing, always, scaled = month(assumed, members, tflop[preset], gpu)
            count = f"{painting} + {writing}" if painting else "shared"
            cells.append(f"{count}: ${always:,.0f}" + ("" if scaled == always else f" (${scaled:,.0f})"))
        rows.append((preset, *cells))
    return _table((f"{gpu.name}, ${gpu.dollars:.2f}/h", *(f"{members:,}" for members in MEMBERS)), rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.scaling", description=__doc__)
    usual = Assumptions()
    for field in fields(Assumptions):
        option = f"--{field.name.replace('_', '-')}"
        parser.add_argument(option, type=float, default=getattr(usual, field.name), help="%(default)s")
    print(tables(replace(usual, **vars(parser.parse_args(arguments)))))


if __name__ == "__main__":
    main()
