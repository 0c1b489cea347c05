"""Models of template version 2: the conversation that they are given, and the marks that they write."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from model.engine import EditRequest, EditResult, Step
from model.errors import EditError, LoadError
from model.language.adapter import write_marker
from model.language.conversation import (
    CONVERSATION_VERSION,
    Answer,
    format_answer,
    format_conversation,
)
from model.language.llm import DiffChatLLM
from model.settings import LLMSettings
from tests.model.conftest import build_llm, learn_rows

STEPS = (Step("a red house", "make it night"), Step("a red house at night", "add a dog"))
SOURCE = "a red house and a dog at night"
TALK = (
    ((), "make it night", Answer("edit", "a red house at night")),
    (STEPS, "undo that", Answer("undo", "")),
    (STEPS, "the first one", Answer("back", "a red house")),
    (STEPS, "take two", Answer("choose", "2")),
)
"""What the model knows by heart: history, instruction, answer."""


def asked(history: tuple[Step, ...], instruction: str) -> EditRequest:
    return EditRequest(SOURCE if history else "a red house", instruction, history=history)


@pytest.fixture(scope="module")
def folder(models: Path, tokenizer: Any) -> Path:
    """A Llama of version 2 that knows `TALK`, with a context of 256 tokens."""
    folder = models / "talker"
    model = build_llm("llama", len(tokenizer))
    model.config.max_position_embeddings = 256
    rows = []
    for history, instruction, answer in TALK:
        request = asked(history, instruction)
        prompt = tokenizer(format_conversation(request.source_prompt, instruction, history))["input_ids"]
        rows.append((prompt, [*tokenizer(format_answer(answer))["input_ids"], tokenizer.eos_token_id]))
    learn_rows(model, rows, most_steps=300)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    write_marker(folder, CONVERSATION_VERSION)
    return folder


@pytest.fixture(scope="module")
def llm(folder: Path) -> DiffChatLLM:
    return DiffChatLLM.load(LLMSettings(model=str(folder), device="cpu", max_new_tokens=48))


def test_kinds_are_told_alone_and_in_a_batch(llm: DiffChatLLM) -> None:
    requests = [asked(history, instruction) for history, instruction, _ in TALK]
    expected = [
        ("edit", "a red house at night", ""), ("undo", SOURCE, ""), ("back", "a red house", ""),
        ("choose", SOURCE, "2"),
    ]  # fmt: skip
    assert [_said(result) for result in llm.edit(requests)] == expected
    alone = [llm.edit([request])[0] for request in requests]
    assert [_said(result) for result in alone] == expected
    assert {result.prompt_version for result in alone} == {2}


def _said(result: EditResult) -> tuple[str, str, str]:
    return result.kind, result.target_prompt, result.detail


def test_a_long_history_is_trimmed_from_the_middle_and_leaves_room(llm: DiffChatLLM) -> None:
    steps = (Step("a boat", "begin"), *(Step(f"a boat {n}", f"wish {n}") for n in range(60)))
    text = llm._tokenizer.decode(llm._encode(EditRequest("a boat now", "more", history=steps)))
    assert text.startswith("Source: a boat\nInstruction: begin\nTarget: a boat 0\n...\n")
    assert text.endswith("Instruction: wish 59\nTarget: a boat now\nInstruction: more\nTarget:")
    assert len(llm._tokenizer(text)["input_ids"]) <= 256 - 48
    long = EditRequest("wine " * 60, "more", history=(Step("wine " * 60, "less"),))
    assert llm._encode(long) == llm._encode(replace(long, history=()))


def test_a_bad_mark_is_asked_for_once_more_and_then_refused(
    llm: DiffChatLLM, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(llm, "_decode", lambda _: " !undo the house")
    (outcome,) = llm.try_edit([asked(STEPS, "undo that")])
    assert isinstance(outcome, EditError)
    assert "behind a mark" in str(outcome)


def test_models_of_version_1_do_not_see_the_history(trained_llm: Path) -> None:
    llm = DiffChatLLM.load(LLMSettings(model=str(trained_llm), device="cpu"))
    plain = EditRequest("a red house", "make it night")
    assert llm._encode(replace(plain, history=STEPS)) == llm._encode(plain)


def test_an_unknown_version_is_refused_with_those_that_are_known(folder: Path, tmp_path: Path) -> None:
    new = shutil.copytree(folder, tmp_path / "new")
    write_marker(new, 3)
    with pytest.raises(LoadError, match=r"version 3 .* versions 1 and 2"):
        DiffChatLLM.load(LLMSettings(model=str(new), device="cpu"))
