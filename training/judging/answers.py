"""What judges answered, in a JSON-lines file that grows by one line an answer and survives a kill."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal, get_args

from training.errors import ResultsError

if TYPE_CHECKING:
    from pathlib import Path

Verdict = Literal["left", "right", "tie", "bad"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True)
class Answer:
    """One answer. `left` and `right` are the methods as they were shown; `seconds` what it took, by the page.

    `taken_back` is a line that undoes the same judge's answer to the same question.
    """

    judge: str
    question: str
    comparison: str
    left: str
    right: str
    verdict: Verdict
    repeat: bool
    seconds: float
    at: str
    taken_back: bool = False


class AnswerFile:
    """The answers of one judging, in `path`. Opening it reads what is there; one process has it at a time."""

    def __init__(self, path: Path) -> None:
        """Raises ResultsError when the file is held by another process or has a line that is no answer."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._file = path.open("a+b")
        self._lock()
        self._answers: dict[tuple[str, str], Answer] = {}
        self._read()

    def close(self) -> None:
        """Give the file back."""
        self._file.close()

    def all(self) -> list[Answer]:
        """The answers that stand, oldest first."""
        return list(self._answers.values())

    def of(self, judge: str) -> list[Answer]:
        """The answers of one judge that stand, oldest first."""
        return [answer for answer in self._answers.values() if answer.judge == judge]

    def add(self, answer: Answer) -> None:
        """Store an answer, or take one back. It is on the disk when this returns."""
        self._file.write(json.dumps(asdict(answer), ensure_ascii=False).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())
        self._apply(answer)

    def _apply(self, answer: Answer) -> None:
        key = (answer.judge, answer.question)
        if answer.taken_back:
            self._answers.pop(key, None)
        else:
            self._answers[key] = answer

    def _lock(self) -> None:
        try:
            import fcntl
        except (
            ModuleNotFoundError
        ):  # Windows opens no lock of this kind; there one process is up to the person
            return
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            raise ResultsError(
                f"{self._path} is open in another `training judge`: use that page, or stop it."
            ) from None

    def _read(self) -> None:
        self._file.seek(0)
        written = self._file.read()
        whole, _, torn = written.rpartition(b"\n")
        if torn:  # a kill in the middle of a line: that answer was never confirmed to its judge
            self._file.truncate(len(written) - len(torn))
        for number, line in enumerate(whole.splitlines(), 1):
            try:
                self._apply(Answer(**json.loads(line)))
            except (ValueError, TypeError) as error:
                self._file.close()
                raise ResultsError(f"{self._path}, line {number}: not an answer ({error}).") from error
