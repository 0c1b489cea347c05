"""The file of answers: nothing that was confirmed is lost, and nothing wrong is read."""

from pathlib import Path

import pytest

from training.errors import ResultsError
from training.judging.answers import Answer, AnswerFile


def answer(question: str = "q", judge: str = "ann", **more: object) -> Answer:
    values = {"comparison": question, "left": "a", "right": "b", "verdict": "left", "repeat": False}
    return Answer(judge=judge, question=question, seconds=1.0, at="2026-01-01", **{**values, **more})  # type: ignore[arg-type]  # by name


def test_answers_stand_after_a_restart_and_undo_takes_one_back(tmp_path: Path) -> None:
    path = tmp_path / "new" / "answers.jsonl"
    file = AnswerFile(path)
    for question in ("q1", "q2"):
        file.add(answer(question))
    file.add(answer("q1", judge="ben"))
    file.add(answer("q2", taken_back=True))
    stood = file.all()
    file.close()
    again = AnswerFile(path)
    assert again.all() == stood
    assert [a.question for a in again.of("ann")] == ["q1"]
    again.close()


def test_a_line_torn_by_a_kill_is_dropped_and_the_next_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    file = AnswerFile(path)
    file.add(answer("q1"))
    file.close()
    with path.open("ab") as written:
        written.write(b'{"judge": "ann", "quest')
    file = AnswerFile(path)
    file.add(answer("q2"))
    file.close()
    file = AnswerFile(path)
    assert [a.question for a in file.all()] == ["q1", "q2"]
    file.close()


def test_a_line_that_is_no_answer_is_named(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text('{"judge": "ann"}\n')
    with pytest.raises(ResultsError, match="line 1"):
        AnswerFile(path)


def test_one_process_has_the_file_at_a_time(tmp_path: Path) -> None:
    file = AnswerFile(tmp_path / "answers.jsonl")
    with pytest.raises(ResultsError, match="another `training judge`"):
        AnswerFile(tmp_path / "answers.jsonl")
    file.close()
    AnswerFile(tmp_path / "answers.jsonl").close()
