"""Reinforcement learning over conversations, on the shipped model."""

import math
import random
import shutil
from pathlib import Path
from typing import Any

import pytest
import torch

from model.engine import EditRequest, Step
from model.language.adapter import prompt_version
from model.language.conversation import format_conversation
from model.language.llm import DiffChatLLM
from model.settings import LLMSettings
from tests.training.rl.making import weights_of
from training.config.rl_settings import RlConfig
from training.core import checkpoint
from training.core.metrics import RL_METRICS, read_metrics
from training.data.conversations import Conversation, Turn
from training.rewards.judge import IntegrityReward, Judge
from training.rl.adm import Kind
from training.rl.conversing import ConversationTrainer, play, returns_to_go
from training.rl.rollout import rollout_metrics
from training.tiny import drift
from training.tiny.chat_eval import held_out_chats

SHIPPED = "model/tiny/checkpoints/diffchat"


def conversation(source: str, *turns: tuple[str, str]) -> Conversation:
    return Conversation(source, tuple(Turn(said, target, target) for said, target in turns))


CHATS = [
    conversation(
        "a red fox in a meadow",
        ("make it night", "a red fox in a meadow, at night"),
        ("add a lantern", "a red fox and a lantern in a meadow, at night"),
    ),
    conversation(
        "a large robot on a beach",
        ("make the robot blue", "a large blue robot on a beach"),
        ("let it snow", "a large blue robot on a beach, in snow"),
        ("without the snow", "a large blue robot on a beach"),
    ),
    conversation(
        "a green house in a forest",
        ("two houses", "two green houses in a forest"),
        ("as a pencil sketch", "two green houses in a forest, pencil sketch"),
    ),
]


def trainer_of(output: Path, chats: list[Conversation] = CHATS, **changes: Any) -> ConversationTrainer:
    values = {
        "output": str(output), "policy": {"model": SHIPPED}, "data": {"train": "tinyworld-chats:3"},
        "optimizer": {"lr": 1e-4, "warmup": 0, "schedule": "constant"},
        "reward": {"weights": {"integrity": 1.0}, "baseline": False},
        "steps": 2, "rollouts": 4, "chunk": 4, "batch": 4, "micro_batch": 4, "epochs": 1,
        "max_new_tokens": 32, "evaluate_every": 2, "save_every": 1, "keep": 9, "evaluate_examples": 2,
        "tracking": {"with": []},
    }  # fmt: skip
    settings = RlConfig.model_validate(values | changes)
    judge = Judge([IntegrityReward()], settings.reward)
    return ConversationTrainer(settings, chats, CHATS[1:], judge)


@pytest.mark.parametrize(
    ("discount", "modified", "expected"),
    [
        (1.0, [], [3.0, 4.0, 3.0, 0.0]),
        (0.0, [], [0.0, 6.0, 6.0, 0.0]),
        (0.5, [], [4.5 / 1.875, 9 / 1.75, 4.0, 0.0]),
        (1.0, [2], [3.0, 6.0, 3.0, 0.0]),
        (1.0, [0, 3], [4.0, 6.0, 6.0, 0.0]),
    ],
)
def test_returns_to_go_by_hand(discount: float, modified: list[int], expected: list[float]) -> None:
    scores = [0.0, 6.0, 6.0, 0.0]
    found = returns_to_go(scores, [turn in modified for turn in range(4)], discount)
    assert found == pytest.approx(expected)


@pytest.mark.parametrize("temperature", [1.0, 3.0])
def test_the_second_turn_starts_from_the_models_own_words(tmp_path: Path, temperature: float) -> None:
    trainer = trainer_of(tmp_path, algorithm="rloo", group=2, temperature=temperature)
    torch.manual_seed(0)
    chats = [CHATS[0], CHATS[0], CHATS[1], CHATS[1]]
    rollouts = play(trainer.collector, chats, trainer.settings, random.Random(0))
    assert len(rollouts) == 4 + 4 + 2
    if temperature > 1:
        assert None in rollouts.texts[:4], "this hot it writes what serving refuses"
    for row, chat in enumerate(chats):
        edit, said = rollouts.edits[4 + row], chat.turns[0].instruction
        if (written := rollouts.texts[row]) is None:
            assert (edit.source_prompt, edit.history) == (chat.source_prompt, ())
        else:
            assert (edit.source_prompt, edit.history) == (written, (Step(chat.source_prompt, said),))
        assert edit.target_prompt == chat.turns[1].target_prompt
        text = format_conversation(edit.source_prompt, edit.instruction, edit.history)
        tokens = trainer.policy.tokenizer(text, split_special_tokens=True)["input_ids"]
        assert rollouts.prompts[4 + row] == tokens
    assert [edit.instruction for edit in rollouts.edits[8:]] == ["without the snow"] * 2
    score, earned = rollouts.scores.tolist(), rollouts.earned.tolist()
    assert earned[8:] == score[8:]
    assert earned[0] == pytest.approx((score[0] + score[4]) / 2)
    assert earned[3] == pytest.approx((score[3] + score[7] + score[9]) / 3)


def test_talk_earns_nothing_unless_a_picture_is_painted_for_it(tmp_path: Path) -> None:
    adm = {"positive": 0.5, "hard_negative": 0.5, "positives": "anywhere"}
    trainer = trainer_of(tmp_path, temperature=0.01, adm=adm, conversation={"talk": True})
    torch.manual_seed(0)
    source, night = "a red fox in a meadow", "a red fox in a meadow, at night"
    turns = (
        Turn("haha, that is so cute", source, source, "chat"),
        Turn("make it night", source, source, "chat"),  # plainly an edit: it is painted
        Turn("make it night", night, night),
        Turn("thank you so much!!", night, night, "chat"),
    )
    chats = [Conversation(source, turns)]
    rollouts = play(trainer.collector, chats, trainer.settings, random.Random(0))
    told, painted, edited, thanked = range(4)
    assert rollouts.texts[told] == source
    assert "night" in (rollouts.texts[painted] or "")
    assert rollouts.edits[edited].source_prompt == rollouts.texts[painted], "it goes on from what was painted"
    assert [rollouts.kinds[row] for row in (told, painted, thanked)] == [Kind.PLAIN] * 3
    scores, judged = rollouts.scores.tolist(), rollouts.raw["integrity"]
    assert [scores[row] for row in (told, painted, thanked)] == [0.0, trainer.settings.reward.unusable, 0.0]
    assert [row for row, score in enumerate(judged) if not math.isnan(score)] == [edited]
    assert rollout_metrics(rollouts)["reward/integrity"] == pytest.approx(
        judged[edited] if rollouts.kinds[edited] is Kind.PLAIN else 0.0
    )


def test_held_out_talk_is_told_apart_from_edits(tmp_path: Path) -> None:
    prompt = CHATS[0].source_prompt
    said = [Turn(text, prompt, prompt, "chat") for text in ("thanks, looks great", "make it blue")]
    chats = [Conversation(prompt, (*said, *CHATS[0].turns))]
    trainer, plain = trainer_of(tmp_path / "talk"), trainer_of(tmp_path / "edits")
    trainer._watched, plain._watched = chats, [chats[0].without_talk()]
    numbers, edits = trainer.evaluate(), plain.evaluate()
    assert numbers["eval/talk_painted"] == 0.5
    assert "eval/talk_painted" not in edits
    same = ("eval/reward", "eval/exact", "eval/last_exact", "eval/f1")
    assert [numbers[name] for name in same] == [edits[name] for name in same]
    assert numbers["eval/chained_reward"] < edits["eval/chained_reward"]


@pytest.mark.parametrize("algorithm", ["rloo", "grpo"])
def test_a_group_is_one_turn_of_one_conversation(tmp_path: Path, algorithm: str) -> None:
    trainer = trainer_of(tmp_path, algorithm=algorithm, group=2)
    torch.manual_seed(0)
    rollouts = trainer._collected(random.Random(0))
    keys = [edit.key for edit in rollouts.edits]
    assert keys[0::2] == keys[1::2]
    assert len(set(keys)) == len(keys) / 2
    rollouts.returns = torch.arange(len(rollouts), dtype=torch.float32) ** 2
    advantages = trainer.algorithm.targets(rollouts, 0.0).advantages[:, 0]
    if algorithm == "rloo":
        expected = rollouts.returns[0::2] - rollouts.returns[1::2]
        torch.testing.assert_close(advantages[0::2], expected)
    torch.testing.assert_close(advantages[0::2], -advantages[1::2])


def test_a_positive_goes_on_as_a_branch_of_what_it_answers(tmp_path: Path) -> None:
    adm = {"positive": 0.5, "hard_negative": 0.0}
    trainer = trainer_of(tmp_path, adm=adm, rollouts=8)
    torch.manual_seed(1)
    # What is asked is not what counts as right, so that something is missed for certain. Both have two turns:
    # row 8 + i goes on from row i
    fox = conversation(
        "a red fox in a meadow",
        ("make the fox blue", "a red fox in a meadow"),
        ("make it night", "a red fox in a meadow, at night"),
    )
    chats = [fox, CHATS[2]] * 4
    rollouts = play(trainer.collector, chats, trainer.settings, random.Random(0))
    branches = {row: other for row, other in rollouts.missed.items() if row < 8}
    assert branches
    for row, answered in branches.items():
        assert rollouts.kinds[row] is Kind.POSITIVE
        assert rollouts.edits[row] == rollouts.edits[answered]
        if 8 + row not in rollouts.missed:
            assert rollouts.edits[8 + row].source_prompt == (
                rollouts.texts[row] or rollouts.edits[row].source_prompt
            )
            assert rollouts.edits[8 + row].instruction == rollouts.edits[8 + answered].instruction
    earned, score = rollouts.earned, rollouts.scores
    for row in range(8):
        later = [] if rollouts.kinds[8 + row] is not Kind.PLAIN else [score[8 + row].item()]
        assert earned[row].item() == pytest.approx(sum([score[row].item(), *later]) / (1 + len(later)))


@pytest.mark.slow
@pytest.mark.parametrize(
    "changes",
    [{"algorithm": "rloo", "group": 2}, {"adm": {"positive": 0.25, "hard_negative": 0.25}}],
    ids=["rloo", "ppo"],
)
def test_a_resumed_run_equals_one_that_never_stopped_and_the_bot_loads_it(
    tmp_path: Path, changes: dict[str, Any]
) -> None:
    whole = trainer_of(tmp_path / "whole", **changes)
    best = whole.run()
    parts = trainer_of(tmp_path / "parts", **changes)
    parts.run()
    for folder in checkpoint.existing(tmp_path / "parts")[1:]:
        shutil.rmtree(folder)  # as if it had been killed in step 2
    torch.manual_seed(77)
    second = trainer_of(tmp_path / "parts", **changes)
    second.run()
    assert torch.equal(weights_of(whole), weights_of(second))
    assert second.kl == whole.kl
    lines = read_metrics(tmp_path / "whole")
    for one, other in zip(lines, read_metrics(tmp_path / "parts"), strict=True):
        assert {k: v for k, v in one.items() if "time/" not in k} == {
            k: v for k, v in other.items() if "time/" not in k
        }
    for numbers in lines:
        assert set(numbers) <= {"step", *RL_METRICS}
        assert all(math.isfinite(number) for number in numbers.values())
    assert all(line["policy/first_ratio"] < 1e-3 for line in lines if "policy/first_ratio" in line)
    assert {"eval/chained_reward", "eval/last_exact", "eval/last_chained"} <= set(lines[-1])
    assert prompt_version(str(best)) == 2
    served = DiffChatLLM.load(LLMSettings(model=str(best), device="cpu"))
    history = (Step("a red fox", "make it night"),)
    result = served.edit([EditRequest("a red fox at night", "add a lantern", history=history)])[0]
    assert result.prompt_version == 2
    turns = drift.measured({"run": best}, held_out_chats(1, messages=3))["run"]
    assert [row["turn"] for row in turns] == [1, 2, 3]
