"""Runs in processes of their own, some at a time: what a comparison of many runs is made of."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from training.errors import TrainingError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Process:
    """A run: its name, its folder, and the arguments of `python`, such as ("-m", "training", "ppo")."""

    name: str
    folder: Path
    arguments: tuple[str, ...]


def run_all(runs: Sequence[Process], jobs: int) -> None:
    """Run all of them, `jobs` at a time, which share the cores; what each says goes to its `log.txt`.

    Raises TrainingError that names those that failed, after all of them.
    """
    threads = max(1, cores() // jobs)
    with ThreadPoolExecutor(jobs) as pool:
        codes = list(pool.map(lambda run: _run(run, threads), runs))
    if failed := [run.name for run, code in zip(runs, codes, strict=True) if code]:
        raise TrainingError(
            f"These runs failed: {', '.join(failed)}; `log.txt` in their folders says why. Mend it and give "
            "the same command again: finished runs are kept."
        )


def _run(run: Process, threads: int) -> int:
    run.folder.mkdir(parents=True, exist_ok=True)
    log.info("running %s", run.name)
    with (run.folder / "log.txt").open("a", encoding="utf-8") as file:
        env = {**os.environ, "OMP_NUM_THREADS": str(threads)}
        command = [sys.executable, *run.arguments]
        done = subprocess.run(command, stdout=file, stderr=file, env=env, check=False)  # noqa: S603  our own
    return done.returncode


def cores() -> int:
    """The processors this process may use, which may be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS and Windows
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
