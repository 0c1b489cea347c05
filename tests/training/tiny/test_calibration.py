"""Thresholds of confidence from answers that were seen to be right or wrong."""

from pathlib import Path

import pytest

from model.engine import EditRequest, EditResult
from model.errors import LoadError
from model.language import adapter
from model.language.confidence import Thresholds
from model.language.second_looks import LOOKS, Look
from training.errors import TrainingError
from training.tiny import calibration, chat_eval, lm_eval
from training.tiny.calibration import measured, table, thresholds_of


def answers(*parts: tuple[float, int, int]) -> list[tuple[float, bool]]:
    """So many right and wrong answers around each confidence."""
    return [(near + i / 1000, i < right) for near, right, wrong in parts for i in range(right + wrong)]


def test_the_thresholds_are_where_answers_begin_to_be_right_often_enough() -> None:
    found = answers((0.05, 0, 20), (0.3, 6, 14), (0.8, 19, 1))
    thresholds = thresholds_of(found)
    assert 0.05 < thresholds.unclear <= 0.3
    assert 0.3 < thresholds.doubtful <= 0.8
    assert table(found, thresholds).splitlines()[2:] == [
        f"| unclear: 0.00 to {thresholds.unclear:.2f} | 20 | 0% |",
        f"| doubtful: {thresholds.unclear:.2f} to {thresholds.doubtful:.2f} | 20 | 30% |",
        f"| sure: {thresholds.doubtful:.2f} to 1.00 | 20 | 95% |",
    ]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], Thresholds()),
        (answers((0.1, 20, 0)), Thresholds()),
        (answers((0.9, 0, 20)), Thresholds(1.0, 1.0)),
    ],
)
def test_what_is_always_right_or_never(found: list[tuple[float, bool]], expected: Thresholds) -> None:
    assert thresholds_of(found) == expected


def test_what_changes_nothing_is_no_risk() -> None:
    def ask(requests: list[EditRequest]) -> list[EditResult]:
        return [EditResult(request.source_prompt, "m", 0.1, confidence=0.5) for request in requests]

    assert measured(ask, 3) == []  # type: ignore[arg-type]  # it takes any sequence


def test_equal_confidences_are_one_and_thresholds_are_rounded_down() -> None:
    assert thresholds_of([(0.5, True)] * 10 + [(0.5, False)] * 90) == Thresholds(1.0, 0.0)
    found = [(0.1, False), (0.7299, True), (0.9, True)]
    assert thresholds_of(found) == Thresholds(0.72, 0.72)


class Model:
    """A model that answers every wish by the same prompt."""

    @staticmethod
    def load(_: object, *, keeps_back: bool, looks: frozenset[Look]) -> "Model":
        assert looks == LOOKS, "thresholds are of what is served"
        assert not keeps_back
        return Model()

    def try_edit(self, requests: list[EditRequest]) -> list[EditResult]:
        return [EditResult("a fox", "m", 0.1, confidence=0.2) for _ in requests]


@pytest.fixture
def checkpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(lm_eval, "DiffChatLLM", Model)
    monkeypatch.setattr(chat_eval, "same", lambda *_: False)
    adapter.write_marker(tmp_path, 2, Thresholds(0.4, 0.3))
    return tmp_path


def test_a_checkpoint_gets_its_thresholds(checkpoint: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibration, "LEAST", 4)
    assert "| sure" in calibration.calibrate(checkpoint, 2)
    assert adapter.thresholds(str(checkpoint)) == Thresholds(1.0, 1.0)


def test_too_few_answers_change_nothing(checkpoint: Path) -> None:
    with pytest.raises(TrainingError, match="ask for more"):
        calibration.calibrate(checkpoint, 2)
    assert adapter.thresholds(str(checkpoint)) == Thresholds(0.4, 0.3)


def test_what_is_broken_off_changes_nothing(checkpoint: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Model, "try_edit", interrupted)
    with pytest.raises(KeyboardInterrupt):
        calibration.calibrate(checkpoint, 2)
    assert adapter.thresholds(str(checkpoint)) == Thresholds(0.4, 0.3)


def test_a_folder_that_is_no_checkpoint_is_told(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="no DiffChat checkpoint"):
        calibration.calibrate(tmp_path, 2)
