"""Reinforcement learning on a real small model that was taught a few edits first."""

import math
import random
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import torch

from model.language.stems import content_stems
from tests.training.rl.making import EDITS, collected, trainer_of, weights_of
from training.config.settings import RewardSettings
from training.core import checkpoint
from training.core.metrics import RL_METRICS, read_metrics
from training.data.integrity import FEATURES, integrity, prefix_features, requirements_of
from training.errors import Collapsed, DataError, RewardError
from training.rewards.judge import PictureReward
from training.rewards.types import Finished
from training.rl.adm import Kind, Modification, hard_negative, positive
from training.rl.collector import draw_plans
from training.rl.edit_order import edits_of_step
from training.rl.rollout import rollout_metrics

GROUP_METHODS: list[dict[str, Any]] = [{"algorithm": name, "group": 4} for name in ("rloo", "grpo")]


class Brevity:
    name = "brevity"

    def __call__(self, items: Sequence[Finished]) -> list[float]:
        return [-float(len(item.prompt.split())) for item in items]


def test_rollouts_hold_what_independent_passes_give(configure: Callable) -> None:
    trainer = trainer_of(configure(temperature=0.9))
    wanted = requirements_of(EDITS[1])
    plans = [Modification(), positive(wanted), *[Modification()] * 6]
    torch.manual_seed(3)
    rollouts = collected(trainer, plans)
    assert rollouts.kinds[1] is Kind.POSITIVE
    assert rollouts.features.shape == (*rollouts.mask.shape, len(FEATURES))
    for row, (prompt, completion) in enumerate(zip(rollouts.prompts, rollouts.completions, strict=True)):
        with torch.no_grad():
            logits = trainer.policy.model(torch.tensor([prompt + completion])).logits[0, len(prompt) - 1 : -1]
        logprobs = torch.log_softmax(logits / 0.9, -1).gather(1, torch.tensor(completion)[:, None])[:, 0]
        real = rollouts.mask[row].bool()
        assert real.sum() == len(completion)
        torch.testing.assert_close(rollouts.old[row][real], logprobs, atol=1e-4, rtol=1e-4)
        torch.testing.assert_close(rollouts.sampled[row][real], logprobs, atol=1e-4, rtol=1e-4)
        torch.testing.assert_close(rollouts.reference[row][real], logprobs, atol=1e-4, rtol=1e-4)
        texts = [trainer.policy.tokenizer.decode(completion[:end]) for end in range(len(completion))]
        expected = torch.tensor(prefix_features(texts, requirements_of(EDITS[row])))
        torch.testing.assert_close(rollouts.features[row][real][:, :3], expected[:, :3])
    assert rollouts.values.abs().max() == 0
    assert set(wanted.stems) <= set(content_stems(rollouts.texts[1] or ""))
    gap = (rollouts.behaviour - rollouts.old)[0] * rollouts.mask[0]
    assert gap.abs().max() < 1e-4, "a plain row is sampled from the policy itself"


def test_running_deviations_are_those_of_plain_rollouts(configure: Callable) -> None:
    trainer = trainer_of(configure())
    broken = [hard_negative(requirements_of(edit), random.Random(0)) for edit in EDITS[:4]]
    torch.manual_seed(3)
    rollouts = collected(trainer, [*broken, *[Modification()] * 4])
    plain = [integrity(rollouts.texts[row] or "", requirements_of(EDITS[row])) for row in range(4, 8)]
    seen = trainer.judge.moments["integrity"]
    assert seen.count == sum(rollouts.texts[row] is not None for row in range(4, 8)) > 0
    assert seen.mean == pytest.approx(
        sum(plain[i] for i in range(4) if rollouts.texts[4 + i] is not None) / seen.count
    )


@pytest.mark.parametrize("changes", [{}, *GROUP_METHODS], ids=lambda changes: changes.get("algorithm", "ppo"))
def test_accumulation_equals_the_large_batch(configure: Callable, changes: dict[str, Any]) -> None:
    results = []
    for micro_batch in (1, 3, 4):
        trainer = trainer_of(configure(f"m{micro_batch}", micro_batch=micro_batch, **changes))
        torch.manual_seed(5)
        rollouts = collected(trainer)
        numbers = trainer.learner.learn(
            rollouts, trainer.algorithm.targets(rollouts, trainer.kl.beta), random.Random(0)
        )
        results.append((weights_of(trainer), numbers))
    for weights, numbers in results[1:]:
        torch.testing.assert_close(weights, results[0][0], atol=5e-5, rtol=1e-3)
        for name in {"policy/loss", "value/loss", "policy/entropy", "policy/kl_old"} & set(numbers):
            assert numbers[name] == pytest.approx(results[0][1][name], abs=1e-4)


def test_rows_are_taken_by_length_and_only_for_the_padding(configure: Callable) -> None:
    trainer = trainer_of(configure(temperature=1.5))
    torch.manual_seed(4)
    rollouts = collected(trainer)
    order = rollouts.by_length([5, 0, 7, 2])
    lengths = [len(rollouts.prompts[row]) + len(rollouts.completions[row]) for row in order]
    assert sorted(order) == [0, 2, 5, 7]
    assert lengths == sorted(lengths)
    assert len({len(ids) for ids in rollouts.completions}) > 1
    in_turn = (rollouts.old.clone(), rollouts.reference.clone(), rollouts.values.clone())
    rollouts.by_length = list  # type: ignore[method-assign, assignment]  # rows as they come
    with torch.no_grad():
        trainer.collector.score(rollouts)
    for once, again in zip(in_turn, (rollouts.old, rollouts.reference, rollouts.values), strict=True):
        torch.testing.assert_close(once, again, atol=1e-5, rtol=1e-4)


def test_a_step_reports_known_numbers_and_starts_on_policy(configure: Callable) -> None:
    trainer = trainer_of(
        configure(rollouts=16, batch=16, adm={"positive": 0.4, "hard_negative": 0.4, "positives": "anywhere"})
    )
    numbers = trainer.step() | trainer.evaluate()
    assert set(numbers) <= set(RL_METRICS)
    skipped = {f"reward/{name}" for name in ("aesthetic", "preference", "fit", "text")} | {
        "adm/positive_loss", "reward/return", "eval/chained_reward", "eval/last_exact", "eval/last_chained",
        "eval/talk_painted",
    }  # fmt: skip  # the last five are of conversations
    assert set(RL_METRICS) - set(numbers) == skipped
    assert all(math.isfinite(number) for number in numbers.values())
    assert numbers["policy/first_ratio"] < 1e-3
    assert numbers["rollout/mismatch"] < 1e-3
    assert numbers["kl/reference"] == pytest.approx(0.0, abs=1e-3)
    assert numbers["adm/positive_integrity"] == 1.0
    assert numbers["adm/hard_negative_integrity"] < 1.0
    assert 0 < numbers["adm/weight"] < 1


@pytest.mark.parametrize("changes", GROUP_METHODS, ids=lambda changes: changes["algorithm"])
def test_group_methods_report_known_numbers_and_have_no_critic(
    configure: Callable, changes: dict[str, Any]
) -> None:
    trainer = trainer_of(configure(**changes))
    numbers = trainer.step()
    assert set(numbers) <= set(RL_METRICS)
    assert not [name for name in numbers if name.startswith("value/")]
    assert numbers["policy/first_ratio"] < 1e-3
    assert numbers["adm/positive"] == numbers["adm/hard_negative"] == 0
    assert trainer.algorithm.head is None
    assert len(trainer.stepper.optimizer.param_groups) == 1


def test_all_actions_of_a_completion_have_the_advantage_of_its_group(configure: Callable) -> None:
    for changes in GROUP_METHODS:
        trainer = trainer_of(configure(changes["algorithm"], kl={"beta": 0}, **changes))
        rollouts = trainer.collector.collect([EDITS[0]] * 4 + [EDITS[1]] * 4, [Modification()] * 8)
        rollouts.scores = torch.tensor([1.0, 2.0, 3.0, 6.0, 5.0, 5.0, 5.0, 5.0])
        targets = trainer.algorithm.targets(rollouts, 0.0)
        # leave one out: 6 − 2; GRPO: 6 − 3 over √(14/3)
        best = 4.0 if changes["algorithm"] == "rloo" else 3 / ((14 / 3) ** 0.5 + 1e-4)
        expected = rollouts.mask[3] * best
        torch.testing.assert_close(targets.advantages[3], expected, atol=1e-4, rtol=1e-4)
        assert targets.advantages[4:].abs().max() == 0


@pytest.mark.parametrize("method", ["full", "lora", "rloo", "grpo"])
def test_it_raises_what_it_is_paid_for_and_stays_near_the_reference(
    configure: Callable, taught: Path, method: str
) -> None:
    own = {changes["algorithm"]: changes for changes in GROUP_METHODS}.get(
        method, {"adm": {"positive": 0, "hard_negative": 0}}
    )
    method = "lora" if method == "lora" else "full"
    settings = configure(
        method, steps=8, rollouts=24, batch=12, micro_batch=12, chunk=24, save_every=50, evaluate_every=50,
        policy={"model": str(taught), "method": method} | ({"lora_rank": 8} if method == "lora" else {}),
        **own,
        optimizer={"lr": 3e-3 if method == "lora" else 5e-4, "warmup": 0, "schedule": "constant"},
        kl={"beta": 0.01, "target": 0},
    )  # fmt: skip
    trainer = trainer_of(settings, [Brevity()])
    before = trainer.policy.reference_logits(collected(trainer).batch([0], 0)).clone()
    words = [trainer.step()["reward/brevity"] for _ in range(8)]
    assert sum(words[-3:]) / 3 > sum(words[:2]) / 2 + 0.4, words
    assert trainer.step()["kl/reference"] > 0.05
    batch = collected(trainer).batch([0], 0)
    assert trainer.policy.reference_logits(batch).shape[-1] == before.shape[-1]


@pytest.mark.parametrize("changes", [{}, *GROUP_METHODS], ids=lambda changes: changes.get("algorithm", "ppo"))
def test_a_resumed_run_equals_one_that_never_stopped(
    configure: Callable, tmp_path: Path, changes: dict[str, Any]
) -> None:
    whole = trainer_of(configure("whole", **changes))
    whole.run()
    parts = trainer_of(configure("parts", **changes))
    parts.run()
    for folder in checkpoint.existing(tmp_path / "parts")[1:]:
        shutil.rmtree(folder)  # as if it had been killed in step 2
    torch.manual_seed(77)
    second = trainer_of(configure("parts", **changes))
    second.run()
    assert torch.equal(weights_of(whole), weights_of(second))
    assert second.kl == whole.kl
    assert second.judge.state() == whole.judge.state()
    ours, theirs = (read_metrics(tmp_path / name) for name in ("whole", "parts"))
    for one, other in zip(ours, theirs, strict=True):
        assert {k: v for k, v in one.items() if "time/" not in k} == {
            k: v for k, v in other.items() if "time/" not in k
        }
    assert (tmp_path / "whole" / "best" / "diffchat.json").exists()


def test_a_reward_that_breaks_loses_nothing(configure: Callable, tmp_path: Path) -> None:
    class BreaksLater(Brevity):
        calls = 0

        def __call__(self, items: Sequence[Finished]) -> list[float]:
            self.calls += 1
            return [math.nan if self.calls > 1 else 1.0 for _ in items]

    trainer = trainer_of(configure(), [BreaksLater()])
    with pytest.raises(RewardError, match='"brevity" gave nan'):
        trainer.run()
    assert [path.name for path in checkpoint.existing(tmp_path / "run")] == ["step-00000001"]
    checkpoint.load(tmp_path / "run" / "step-00000001")


def test_blacked_out_pictures_are_counted_and_left_out_of_means(configure: Callable) -> None:
    class Blacked(PictureReward):
        """No pictures of foxes are shown."""

        def __call__(self, items: Sequence[Finished]) -> list[float]:
            return [math.nan if "fox" in item.edit.source_prompt else 5.0 for item in items]

    nobody: Any = None
    trainer = trainer_of(configure(), [Blacked("aesthetic", nobody)])
    rollouts = collected(trainer)
    foxes = [row for row, edit in enumerate(rollouts.edits) if "fox" in edit.source_prompt]
    hidden = [row for row in foxes if rollouts.texts[row] is not None]
    assert hidden
    numbers = rollout_metrics(rollouts)
    assert numbers["rollout/blacked_out"] == len(hidden) / len(rollouts)
    assert numbers["reward/aesthetic"] == 5.0
    assert rollouts.scores[hidden].tolist() == [trainer.settings.reward.unusable] * len(hidden)
    assert math.isfinite(trainer.step()["policy/grad_norm"])


def test_a_collapsed_policy_stops_the_run_and_says_why(configure: Callable) -> None:
    trainer = trainer_of(configure(steps=9, collapse={"min_entropy": 99, "patience": 2}))
    with pytest.raises(Collapsed, match=r"entropy is .* 2 steps running"):
        trainer.run()
    assert trainer.done == 2


def test_edits_are_walked_through_epoch_by_epoch() -> None:
    drawn = [edit for step in range(6) for edit in edits_of_step(EDITS, step, 16, 0)]
    for epoch in range(4):
        assert sorted(drawn[epoch * 24 : (epoch + 1) * 24], key=str) == sorted(EDITS, key=str)
    assert drawn[:24] != drawn[24:48]


def test_plans_are_the_same_for_the_same_step(configure: Callable) -> None:
    settings = configure()
    one, other = (draw_plans(EDITS, settings, random.Random("7-3")) for _ in range(2))
    assert one == other


def test_edits_that_leave_no_room_are_refused(configure: Callable) -> None:
    settings = configure(max_new_tokens=250)
    with pytest.raises(DataError, match="leaves room"):
        trainer_of(settings)


def test_rewards_of_a_config_without_pictures_need_no_picture_model(configure: Callable) -> None:
    settings = RewardSettings(weights={"integrity": 1.0})
    assert integrity(EDITS[0].target_prompt, requirements_of(EDITS[0])) == 1.0
    assert configure().reward.weights == settings.weights
