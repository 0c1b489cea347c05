"""An answer's confidence: what follows from it, and where the thresholds stand."""

import json
from pathlib import Path

import pytest

from model.engine import EditRequest
from model.errors import LoadError
from model.language import adapter
from model.language.confidence import NONE, Thresholds, judged
from model.language.conversation import Answer
from model.language.llm import DiffChatLLM
from model.settings import LLMSettings

ASKED = EditRequest("a red house", "make it night")


@pytest.mark.parametrize(
    ("probability", "kind", "doubtful"), [(0.9, "edit", False), (0.4, "edit", True), (0.05, "unclear", False)]
)
def test_an_edit_is_sure_doubtful_or_not_understood(probability: float, kind: str, doubtful: bool) -> None:
    edit = Answer("edit", "a red house at night", probability, second="a blue house")
    said = judged(edit, Thresholds(0.6, 0.1))
    assert (said.kind, said.doubtful) == (kind, doubtful)
    assert said.text == (edit.text if kind == "edit" else "")
    assert said.confidence == pytest.approx(probability)
    assert said.second == ("a blue house" if kind == "edit" else "")


def test_what_is_no_edit_or_was_not_weighed_is_left_as_it_is() -> None:
    for said in (Answer("undo", ""), Answer("edit", "a red house at night")):
        assert judged(said, Thresholds(0.6, 0.1)) == said


def test_without_thresholds_every_edit_is_given_out() -> None:
    said = judged(Answer("edit", "a", 1e-20), NONE)
    assert (said.kind, said.doubtful) == ("edit", False)


def test_the_marker_carries_the_thresholds(tmp_path: Path) -> None:
    adapter.write_marker(tmp_path, 2, Thresholds(0.6, 0.1))
    assert adapter.prompt_version(str(tmp_path)) == 2
    assert adapter.thresholds(str(tmp_path)) == Thresholds(0.6, 0.1)
    adapter.write_marker(tmp_path, 2)
    assert json.loads((tmp_path / adapter.MARKER).read_text()) == {"prompt_version": 2}
    assert adapter.thresholds(str(tmp_path)) == NONE
    assert adapter.thresholds(str(tmp_path / "none")) == NONE


@pytest.mark.parametrize(
    "wrong",
    [
        '{"prompt_version": 2, "doubtful": 0.1, "unclear": 0.5}',
        '{"prompt_version": 2, "doubtful": 7}',
        '{"prompt_version": 2, "doubtful": "much"}',
        '{"prompt_version": 2, "unclear": 0.1}',
        "[2]",
        '{"prompt_version": Infinity, "doubtful": 0.5}',
        '{"prompt_version": 2, "doubtful": true}',
        "[" * 100_000,
    ],
)
def test_a_marker_that_makes_no_sense_is_told(tmp_path: Path, wrong: str) -> None:
    (tmp_path / adapter.MARKER).write_text(wrong)
    with pytest.raises(LoadError, match="doubtful"):
        adapter.thresholds(str(tmp_path))


def test_a_model_that_is_measured_tells_how_sure_it_is(trained_llm: Path) -> None:
    """A beautified prompt is not weighed, and nothing is where no threshold asks for it."""
    settings = LLMSettings(model=str(trained_llm), device="cpu", max_new_tokens=24)
    known, blank = DiffChatLLM.load(settings, keeps_back=False).try_edit([ASKED, EditRequest("a red house")])
    assert not isinstance(known, Exception)
    assert known.confidence is not None
    assert 0 < known.confidence <= 1
    assert isinstance(blank, Exception) or blank.confidence is None
    (unasked,) = DiffChatLLM.load(settings).edit([ASKED])
    assert (unasked.confidence, unasked.target_prompt) == (None, known.target_prompt)


def test_thresholds_decide_what_is_given_out(trained_llm: Path) -> None:
    settings = LLMSettings(model=str(trained_llm), device="cpu", max_new_tokens=24)
    plain = DiffChatLLM.load(settings, keeps_back=False)
    (result,) = plain.edit([ASKED])
    assert result.confidence is not None
    above = min(1.0, result.confidence * 1.01)
    version = adapter.prompt_version(str(trained_llm))
    assert version is not None

    def asked(thresholds: Thresholds) -> tuple[str, bool, str]:
        llm = DiffChatLLM(plain._model, plain._tokenizer, settings, version=version, thresholds=thresholds)
        (got,) = llm.edit([ASKED])
        return got.kind, got.doubtful, got.target_prompt

    assert asked(Thresholds(result.confidence * 0.99)) == ("edit", False, result.target_prompt)
    assert asked(Thresholds(above)) == ("edit", True, result.target_prompt)
    assert asked(Thresholds(above, above)) == ("unclear", False, ASKED.source_prompt)


def test_thresholds_are_put_into_a_marker_that_keeps_the_rest(tmp_path: Path) -> None:
    (tmp_path / adapter.MARKER).write_text('{"prompt_version": 2, "made": "today"}')
    adapter.set_thresholds(tmp_path, Thresholds(0.5, 0.1))
    held = json.loads((tmp_path / adapter.MARKER).read_text())
    assert held == {"prompt_version": 2, "made": "today", "doubtful": 0.5, "unclear": 0.1}
    with pytest.raises(LoadError, match="no DiffChat checkpoint"):
        adapter.set_thresholds(tmp_path / "none", NONE)
