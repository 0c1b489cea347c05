"""Runs the benchmarks by name, all of them without one, and prints the machine they ran on."""

import argparse
import asyncio
import os
import platform

import torch

from tests.benchmarks import (
    adapter,
    demo,
    engine,
    load,
    loop,
    pauses,
    ppo,
    prefix,
    ray_serve,
    scaling,
    together,
    trl,
)

BENCHMARKS = {
    "demo": demo.run,
    "pauses": pauses.run,
    "loop": loop.run,
    "load": load.run,
    "engine": engine.run,
    "together": together.run,
    "adapter": adapter.run,
    "prefix": prefix.run,
    "ppo": ppo.run,
    "trl": trl.run,
    "ray": ray_serve.run,
    "scaling": scaling.run,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}; all by default"
    )
    names = parser.parse_args().names or list(BENCHMARKS)
    if unknown := set(names) - set(BENCHMARKS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    versions = f"Python {platform.python_version()}, torch {torch.__version__}"
    print(f"{platform.machine()}, {os.cpu_count()} cores, {versions}")
    for name in names:
        print(f"\n{name}: {BENCHMARKS[name].__doc__}")
        asyncio.run(BENCHMARKS[name]())


if __name__ == "__main__":
    main()
