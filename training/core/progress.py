"""How far a long piece of work is, in one line that people watch."""

from __future__ import annotations

import sys
import time


class Progress:
    """One moving line: step n of m, a few numbers, pace, time left. In a log file it comes every 15 seconds.

    `done` steps lie behind already, so a resumed run's pace is its own. `enabled` False keeps it silent.
    """

    def __init__(self, name: str, total: int, done: int = 0, *, enabled: bool = True) -> None:
        self._name, self._total, self._first = name, total, done
        self._began, self._shown = time.monotonic(), 0.0
        self._every = 0.5 if sys.stderr.isatty() else 15.0
        self._enabled = enabled

    def show(self, done: int, note: str = "", *, left: float | None = None) -> None:
        """Tell that `done` steps are finished; `left` overrides the seconds still to go."""
        now = time.monotonic()
        if not self._enabled or (now - self._shown < self._every and done < self._total):
            return
        self._shown = now
        pace = (now - self._began) / max(1, done - self._first)
        left = pace * (self._total - done) if left is None else left
        end = "\r" if sys.stderr.isatty() and done < self._total else "\n"
        line = f"{self._name} {done}/{self._total}  {note}  {pace:.3f} s/step, {left / 60:.1f} min left"
        print(line, end=end, file=sys.stderr, flush=True)  # noqa: T201  a progress line is for the terminal
