"""Scores kept on disk, so that no picture is painted twice to be judged by the same scorer.

A score depends on (prompt, seed, pipeline, scorer, text it is judged against) and nothing else; that tuple is
the key. One SQLite file; several processes may use it at once. A damaged or foreign file is an error, never
silently replaced.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from training.errors import RewardError

if TYPE_CHECKING:
    from types import TracebackType


def score_key(prompt: str, seed: int, pipeline: str, scorer: str, text: str) -> str:
    """The cache key of one score."""
    parts = (prompt, str(seed), pipeline, scorer, text)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def weights_stamp(name: str) -> str:
    """What changes when the weights in a local folder (or file) change; the name itself for anything else."""
    path = Path(name).expanduser()
    files = sorted(path.rglob("*.safetensors")) if path.is_dir() else [path] if path.is_file() else []
    stamps = [f"{file.name}-{file.stat().st_size}-{file.stat().st_mtime_ns}" for file in files]
    return hashlib.sha256("|".join([path.name, *stamps]).encode()).hexdigest()[:16] if stamps else name


class ScoreCache:
    """Key -> score, in the file `path`, or in memory alone when it is empty."""

    def __init__(self, path: str = "") -> None:
        if path:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        try:
            self._database = sqlite3.connect(path or ":memory:", timeout=60, isolation_level=None)
            self._database.execute("PRAGMA journal_mode=WAL")
            self._database.execute("PRAGMA synchronous=NORMAL")
            self._database.execute(
                "CREATE TABLE IF NOT EXISTS scores (key TEXT PRIMARY KEY, score REAL) STRICT"
            )
        except sqlite3.DatabaseError as error:
            raise RewardError(f"The score cache {path} cannot be opened ({error}): remove it.") from error
        self._path = path
        self.hits = 0
        self.misses = 0

    def __enter__(self) -> ScoreCache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def get(self, keys: Sequence[str]) -> dict[str, float | None]:
        """The scores that are known among `keys`; None for a picture that was blacked out and has none.

        Raises RewardError when the file cannot be read.
        """
        found: dict[str, float | None] = {}
        with self._said():
            for start in range(0, len(keys), 500):  # SQLite before 3.32 takes at most 999 parameters
                part = keys[start : start + 500]
                marks = ",".join("?" * len(part))
                query = f"SELECT key, score FROM scores WHERE key IN ({marks})"  # noqa: S608  nothing but marks
                rows = self._database.execute(query, part)
                found.update(rows.fetchall())
        self.hits += len(found)
        self.misses += len(set(keys)) - len(found)
        return found

    def put(self, scores: Mapping[str, float | None] | Iterable[tuple[str, float | None]]) -> None:
        """Keep scores, all or none; a key that is there already keeps its own.

        Raises RewardError when they cannot be written, as on a full disk.
        """
        rows = scores.items() if isinstance(scores, Mapping) else scores
        with self._said(), self._database:  # which commits, or takes all back
            # Takes the write lock now: a deferred transaction that has to wait for it later fails instead, as
            # SQLite's page on transactions says
            self._database.execute("BEGIN IMMEDIATE")
            self._database.executemany("INSERT OR IGNORE INTO scores VALUES (?, ?)", rows)

    @contextmanager
    def _said(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise RewardError(
                f"The score cache {self._path or 'in memory'} cannot be used ({error}): make room on the "
                "disk, or remove the file if it is damaged. The last checkpoint is good."
            ) from error
