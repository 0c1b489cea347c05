"""Runs the benchmarks and prints their figures as one table; without names all but the long ones.

Each runs in a process of its own: what one leaves behind (threads of PyTorch, a cluster, memory) would be in
the figures of the next. A benchmark is a module beside this one with a coroutine `run` that gives `Figure`s.
"""

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

from tests.benchmarks.figures import Figure, table
from tests.benchmarks.measuring import measure

# seconds on two cores without a GPU, with what else the benchmark imports; together at most `LIMIT`
BENCHMARKS = {
    "demo": 34,
    "pauses": 2,
    "loop": 28,
    "load": 104,
    "start": 18,
    "dispatch": 76,
    "store": 12,
    "engine": 52,
    "together": 62,
    "pictures_parts": 64,
    "overlap": 80,
    "adapter": 10,
    "prefix": 16,
    "lookup": 42,
    "arrivals": 18,
    "limit": 12,
    "ppo": 14,
    "trl": 128,
    "ray_serve": 50,
}
LIMIT = 900
LONG = {"store_long": 300}  # run by name alone


def main() -> None:
    every = BENCHMARKS | LONG
    told = ", ".join(f"{name} ({seconds} s)" for name, seconds in every.items())
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {told}; all but {', '.join(LONG)}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE too")
    given = parser.parse_args()
    if unknown := set(given.names) - set(every):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    machine = _machine()
    print(machine)
    began, rows, broken = time.monotonic(), dict[str, Sequence[Figure]](), dict[str, str]()
    for name in given.names or BENCHMARKS:
        with ProcessPoolExecutor(1, get_context("spawn")) as process:
            try:
                rows[name] = process.submit(measure, name).result()
            except Exception as error:  # noqa: BLE001  # the others' figures are wanted all the same
                broken[name] = f"{type(error).__name__}: {error}"
                print(f"  broken: {broken[name]}", flush=True)
    seconds = time.monotonic() - began
    print(f"\n{table(rows)}\n\n{machine}; {seconds:.0f} s")
    if given.json:
        written = {name: [figure.as_json() for figure in figures] for name, figures in rows.items()}
        whole = {"machine": machine, "seconds": round(seconds), "figures": written, "broken": broken}
        given.json.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if broken:
        sys.exit(f"broken: {', '.join(broken)}")


def _machine() -> str:
    load = os.getloadavg()[0]
    versions = f"Python {platform.python_version()}, torch {version('torch')}"
    return f"{platform.machine()}, {os.cpu_count()} cores, {versions}, load {load:.1f} at the start"


if __name__ == "__main__":
    main()
