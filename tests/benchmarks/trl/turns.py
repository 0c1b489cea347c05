"""Two trainers in processes of their own that take turns: one line asks for an update, one line answers.

Only one of them computes at a time, and a slow minute of the machine meets both.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[3]
_MIB = 2**20


class Other:
    """The side of a trainer: waits for its turn, and answers with what the update took and gave.

    What the trainer prints goes to standard error: standard output belongs to the answers alone.
    """

    def __init__(self) -> None:
        self._out: IO[str] = os.fdopen(os.dup(1), "w")
        os.dup2(2, 1)
        self._began = self._busy = 0.0

    def wait(self) -> bool:
        """Wait for the turn and start the clock; False when there are no more."""
        if sys.stdin.readline() != "go\n":
            return False
        self._began, self._busy = time.perf_counter(), time.process_time()
        return True

    def answer(self, **numbers: float) -> None:
        """The turn is over."""
        seconds, busy = time.perf_counter() - self._began, time.process_time() - self._busy
        own = psutil.Process().memory_info().rss / _MIB
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        answer = {"seconds": seconds, "busy": busy, "mib": own, "most_mib": most, **numbers}
        self._out.write(json.dumps(answer) + "\n")
        self._out.flush()


class Trainer:
    """The benchmark's side: a process of `python` that runs a module of this package. Close it."""

    def __init__(self, python: str, module: str, arguments: Sequence[str], log: Path) -> None:
        self._log = log
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "TRL_EXPERIMENTAL_SILENCE": "1",
            "HF_HUB_OFFLINE": "1",
        }
        with log.open("w") as errors:
            self._process = subprocess.Popen(
                [python, "-m", f"tests.benchmarks.trl.{module}", *arguments],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment,
            )  # fmt: skip

    def update(self) -> dict[str, float]:
        """One update; raises RuntimeError with what the process said last when it has ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"A trainer ended: {self._log.read_text()[-2000:]}")
        answer: dict[str, float] = json.loads(line)
        return answer

    def close(self) -> None:
        """End the process and wait for it."""
        self._process.kill()
        self._process.communicate()
