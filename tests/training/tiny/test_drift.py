"""Checkpoints are compared turn by turn on the same conversations; the files say what was counted."""

import json
import re
from pathlib import Path

import pytest

from tests.training.tiny.test_chat_eval import lazy
from training.errors import TrainingError
from training.evaluation import drift as report
from training.evaluation.tables import tables_of
from training.tiny import drift
from training.tiny.chat_eval import held_out_chats
from training.tiny.lm import CHECKPOINT


def lines(drawn: str) -> list[str]:
    return re.findall(r'<polyline points="([^"]*)"', drawn)


def test_one_that_takes_all_for_talk_leaves_the_first_prompt() -> None:
    chats = held_out_chats(3, messages=3)
    rows = drift.turns(lazy, chats)
    assert [row["chained"][1] for row in rows] == [3, 3, 3]
    assert [row["true"][1] for row in rows] == [3, 3, 3]
    assert sum(row["true"][0] for row in rows) == sum(
        message.answer.kind == "chat" for chat in chats for message in chat.messages
    )


def test_the_shipped_model_is_measured_and_drawn(tmp_path: Path) -> None:
    told = drift.write([f"shipped={CHECKPOINT}"], 2, "selection", tmp_path)
    raw = json.loads((tmp_path / "drift.json").read_text(encoding="utf-8"))
    assert len(raw["models"]["shipped"]) == 8
    assert raw["models"]["shipped"][0]["true"][0] >= 1, "an easy first message of two is right"
    assert tables_of(tmp_path / "drift.json").strip() == told.strip()
    assert len(lines((tmp_path / "drift.svg").read_text(encoding="utf-8"))) == 2


def test_a_share_is_drawn_at_its_height() -> None:
    rows = [{"turn": 1, "true": [0, 9], "chained": [9, 9]}, {"turn": 3, "true": [9, 9], "chained": [0, 9]}]
    raw = {"models": {"m": rows}}
    assert lines(report.drawing(raw)) == ["46.0,16.0 404.0,254.0", "46.0,254.0 404.0,16.0"]


def test_a_model_without_name_or_folder_is_refused(tmp_path: Path) -> None:
    for wrong in ("before", f"={tmp_path}", f"x={tmp_path}/nothing"):
        with pytest.raises(TrainingError, match="NAME=FOLDER"):
            drift.write([wrong], 1, "test", tmp_path)
    with pytest.raises(TrainingError, match="a name of its own"):
        drift.write([f"x={tmp_path}", f"x={CHECKPOINT}"], 1, "test", tmp_path)
