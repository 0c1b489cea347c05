"""One benchmark in a process of its own: a function that another process can find by its name."""

import asyncio
import time
from importlib import import_module

from tests.benchmarks.figures import Figure, show


def measure(name: str) -> list[Figure]:
    """Run the benchmark of the module `name` beside this one; its figures are printed and given back."""
    run = import_module(f"tests.benchmarks.{name}").run
    print(f"\n{name}: {run.__doc__}", flush=True)
    began = time.monotonic()
    figures: list[Figure] = asyncio.run(run())
    show(figures)
    print(f"  ({time.monotonic() - began:.0f} s)", flush=True)
    return figures
