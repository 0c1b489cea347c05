"""Reinforcement learning on a real small model that was taught a few edits first."""

import math
import random
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import PreTrainedTokenizerFast

from training.config.rl_settings import RlConfig
from training.config.settings import RewardSettings, SftConfig
from training.core import checkpoint, tensors
from training.core.encoding import Batch
from training.core.metrics import RL_METRICS, read_metrics
from training.data.examples import Edit
from training.data.integrity import FEATURES, integrity, prefix_features, requirements_of
from training.errors import Collapsed, DataError, Diverged, RewardError
from training.recipes.sft import SftTrainer
from training.rewards.judge import IntegrityReward, Judge
from training.rewards.types import Finished, Reward
from training.rl.adm import Kind, Modification, hard_negative, positive
from training.rl.advantages import target_metrics
from training.rl.collector import draw_plans
from training.rl.edit_order import edits_of_step
from training.rl.rollout import Rollouts
from training.rl.trainer import RlTrainer

EDITS = [
    Edit(f"a {colour} {noun}", wish, f"a {colour} {noun} at {wish.rpartition(' ')[2]}", "")
    for colour in ("red", "blue", "large")
    for noun in ("fox", "house", "robot", "lantern")
    for wish in ("make it night", "make it sunset")
]


GROUP_METHODS: list[dict[str, Any]] = [{"algorithm": name, "group": 4} for name in ("rloo", "grpo")]


class Brevity:
    name = "brevity"

    def __call__(self, items: Sequence[Finished]) -> list[float]:
        return [-float(len(item.prompt.split())) for item in items]


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory, tokenizer: PreTrainedTokenizerFast) -> Path:
    """A model that writes most of the targets of `EDITS`."""
    from transformers import Qwen3Config, Qwen3ForCausalLM

    folder = tmp_path_factory.mktemp("taught")
    torch.manual_seed(0)
    config = Qwen3Config(
        vocab_size=len(tokenizer), hidden_size=64, intermediate_size=128, num_hidden_layers=2,
        num_attention_heads=2, num_key_value_heads=2, head_dim=32, max_position_embeddings=256,
    )  # fmt: skip
    Qwen3ForCausalLM(config).save_pretrained(folder / "base")
    tokenizer.save_pretrained(folder / "base")
    settings = SftConfig.model_validate({
        "output": str(folder / "sft"), "policy": {"model": str(folder / "base")}, "data": {"train": "unused"},
        "optimizer": {"lr": 5e-3}, "batch": 24, "micro_batch": 24, "epochs": 60, "evaluate_every": 60,
        "save_every": 60,
    })  # fmt: skip
    return SftTrainer(settings, EDITS, []).run()


@pytest.fixture
def configure(tmp_path: Path, taught: Path) -> Callable[..., RlConfig]:
    def make(output: str = "run", **changes: object) -> RlConfig:
        values = {
            "output": str(tmp_path / output), "policy": {"model": str(taught)}, "data": {"train": "unused"},
            "optimizer": {"lr": 1e-3, "warmup": 0, "schedule": "constant"},
            "reward": {"weights": {"integrity": 1.0}, "baseline": False},
            "steps": 3, "rollouts": 8, "chunk": 4, "batch": 4, "micro_batch": 2, "epochs": 2,
            "max_new_tokens": 12, "evaluate_every": 2, "save_every": 1, "keep": 9, "evaluate_examples": 3,
        }  # fmt: skip
        return RlConfig.model_validate(values | changes)

    return make


def trainer_of(settings: RlConfig, rewards: Sequence[Reward] = (IntegrityReward(),)) -> RlTrainer:
    weights = {reward.name: 1.0 for reward in rewards}
    judge = Judge(list(rewards), settings.reward.model_copy(update={"weights": weights}))
    return RlTrainer(settings, EDITS, EDITS[:3], judge)


def collected(trainer: RlTrainer, plans: Sequence[Modification] | None = None) -> Rollouts:
    count = trainer.settings.rollouts
    return trainer.collector.collect(EDITS[:count], plans or [Modification()] * count)


def weights_of(trainer: RlTrainer) -> torch.Tensor:
    head = trainer.algorithm.head
    parts = [*trainer.policy.trainable().values(), *(head.parameters() if head else ())]
    return torch.cat([p.detach().flatten() for p in parts])


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
    assert set(wanted.stems) <= set(integrity_words(rollouts.texts[1] or ""))
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


def integrity_words(text: str) -> frozenset[str]:
    from model.language.stems import content_stems

    return content_stems(text)


def test_weights_of_modified_rollouts_answer_the_change_and_plain_ones_are_one(configure: Callable) -> None:
    trainer = trainer_of(configure())
    edits = EDITS[:8]
    plans = [positive(requirements_of(edit)) if i % 2 else Modification() for i, edit in enumerate(edits)]
    rollouts = collected(trainer, plans)
    weights, mask = trainer.algorithm.targets(rollouts, trainer.kl.beta).weights, rollouts.mask
    assert torch.equal(weights[::2], mask[::2].float())
    assert weights.max() <= 1.0
    expected = (rollouts.sampled - rollouts.behaviour).exp().clamp(max=1.0) * mask
    torch.testing.assert_close(weights[1::2], expected[1::2])
    off = trainer_of(configure(adm={"correction": "none"}))
    assert torch.equal(off.algorithm.targets(rollouts, 0.05).weights, mask.float())


def test_targets_put_the_score_on_the_end_and_whiten_over_all(configure: Callable) -> None:
    trainer = trainer_of(configure(kl={"beta": 0.0}))
    rollouts = collected(trainer)
    targets = trainer.algorithm.targets(rollouts, trainer.kl.beta)
    mask = rollouts.mask
    for row in range(len(rollouts)):  # γ 1, values 0 and no KL: every return is λ-discounted score
        length = int(mask[row].sum())
        steps = torch.arange(length - 1, -1, -1)
        expected = rollouts.scores[row] * 0.95**steps
        torch.testing.assert_close(targets.returns[row, :length], expected, atol=1e-5, rtol=1e-4)
    assert tensors.masked_mean(targets.advantages, mask).abs() < 1e-5
    assert tensors.masked_mean(targets.advantages**2, mask).item() == pytest.approx(1.0, abs=1e-3)


@pytest.mark.parametrize("mean", [0.0, 2.0], ids=["critic-right", "critic-off-by-2"])
def test_tokens_before_a_forced_one_are_not_blamed_for_it(configure: Callable, mean: float) -> None:
    edits = EDITS[:8]
    rng = random.Random(0)
    plans = [hard_negative(requirements_of(e), rng) if i % 2 else Modification() for i, e in enumerate(edits)]
    blamed = {}
    for correction in ("weights", "vtrace"):
        trainer = trainer_of(configure(correction, adm={"correction": correction}, kl={"beta": 0}))
        torch.manual_seed(1)
        rollouts = collected(trainer, plans)
        # The new critic says 0 for all. Plain samples earn `mean` on average, hard negatives far less
        rollouts.scores = torch.tensor([mean + 1, mean - 4, mean - 1, mean - 4] * 2)
        numbers = target_metrics(rollouts, trainer.algorithm.targets(rollouts, 0.0))
        blamed[correction] = numbers["adm/prefix_advantage"]
        assert numbers["adm/hard_negative_prefix"] == numbers["adm/prefix_advantage"]
    assert blamed["weights"] < -0.4
    assert abs(blamed["vtrace"]) < 0.2 * abs(blamed["weights"])


def test_with_vtrace_the_moments_of_whitening_are_those_of_plain_rows(configure: Callable) -> None:
    broken = [hard_negative(requirements_of(edit), random.Random(0)) for edit in EDITS[:4]]
    for correction, rows in (("vtrace", slice(4, 8)), ("weights", slice(0, 8))):
        trainer = trainer_of(configure(correction, adm={"correction": correction}))
        rollouts = collected(trainer, [*broken, *[Modification()] * 4])
        rollouts.scores = torch.linspace(-3, 2, 8)
        advantages, mask = trainer.algorithm.targets(rollouts, 0.05).advantages[rows], rollouts.mask[rows]
        assert tensors.masked_mean(advantages, mask).abs() < 1e-5
        assert tensors.masked_mean(advantages**2, mask).item() == pytest.approx(1.0, abs=1e-3)


def test_positives_answer_the_plain_samples_that_missed_something(configure: Callable) -> None:
    trainer = trainer_of(configure(rollouts=16, temperature=1.6, adm={"positive_loss": "nll"}))
    plans = [Modification()] * 8 + [positive(requirements_of(edit)) for edit in EDITS[8:16]]
    torch.manual_seed(3)
    rollouts = trainer.collector.collect(EDITS[:16], plans, where_missed=True)
    assert rollouts.missed, "hot samples miss something"
    for row in range(8, 16):
        answered = rollouts.missed.get(row)
        assert (rollouts.kinds[row] is Kind.POSITIVE) == (answered is not None)
        if answered is None:
            assert rollouts.edits[row] == EDITS[row]
            continue
        wanted = requirements_of(rollouts.edits[answered])
        assert rollouts.edits[row] == rollouts.edits[answered]
        lacking = wanted.missing(integrity_words(rollouts.texts[answered] or ""))
        assert lacking or wanted.removed & integrity_words(rollouts.texts[answered] or "")
        ids = [t for t, mark in zip(rollouts.completions[row], rollouts.forced[row], strict=False) if mark]
        assert lacking <= integrity_words(trainer.policy.tokenizer.decode(ids))


@pytest.mark.parametrize("loss", ["nll", "dpo"])
def test_a_loss_on_forced_words_makes_them_likelier(configure: Callable, loss: str) -> None:
    adm = {"positive_loss": loss, "positive_coefficient": 3.0}
    trainer = trainer_of(configure(rollouts=16, batch=16, temperature=1.6, epochs=3, adm=adm))
    plans = [Modification()] * 8 + [positive(requirements_of(edit)) for edit in EDITS[8:16]]
    torch.manual_seed(3)
    rollouts = trainer.collector.collect(EDITS[:16], plans, where_missed=True)
    assert rollouts.forced.any()
    rollouts.scores = torch.zeros(16)  # PPO itself has nothing to say
    numbers = trainer.learner.learn(rollouts, trainer.algorithm.targets(rollouts, 0.0), random.Random(0))
    before = rollouts.old.clone()
    assert numbers["adm/positive_loss"] > 0
    with torch.no_grad():
        trainer.collector._score(rollouts)
    assert ((rollouts.old - before) * rollouts.forced).sum() > 0.1


@pytest.mark.parametrize("vci", ["zeros", "random"])
def test_a_control_critic_is_as_large_and_sees_no_integrity(configure: Callable, vci: str) -> None:
    whole, control = trainer_of(configure("whole")), trainer_of(configure("control", vci=vci))
    heads = [trainer.algorithm.head for trainer in (whole, control)]
    sizes = [[p.shape for p in head.parameters()] for head in heads if head is not None]
    assert len(sizes) == 2
    assert sizes[0] == sizes[1]
    seen = []
    for trainer in (whole, control, control):
        torch.manual_seed(3)
        seen.append(collected(trainer))
    assert seen[0].completions == seen[1].completions, "a comparison changes one thing"
    assert torch.equal(seen[1].features, seen[2].features)
    assert not torch.equal(seen[0].features, seen[1].features)
    assert (seen[1].features == 0).all() == (vci == "zeros")


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
        trainer.collector._score(rollouts)
    for once, again in zip(in_turn, (rollouts.old, rollouts.reference, rollouts.values), strict=True):
        torch.testing.assert_close(once, again, atol=1e-5, rtol=1e-4)


def test_a_step_reports_known_numbers_and_starts_on_policy(configure: Callable) -> None:
    trainer = trainer_of(
        configure(rollouts=16, batch=16, adm={"positive": 0.4, "hard_negative": 0.4, "positives": "anywhere"})
    )
    numbers = trainer.step() | trainer.evaluate()
    assert set(numbers) <= set(RL_METRICS)
    skipped = {f"reward/{name}" for name in ("aesthetic", "preference", "fit", "text")} | {
        "adm/positive_loss"
    }
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
        policy={"model": str(taught), "method": method, "lora_rank": 8},
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


def test_a_collapsed_policy_stops_the_run_and_says_why(configure: Callable) -> None:
    trainer = trainer_of(configure(steps=9, collapse={"min_entropy": 99, "patience": 2}))
    with pytest.raises(Collapsed, match=r"entropy is .* 2 steps running"):
        trainer.run()
    assert trainer.done == 2


def test_a_ratio_that_is_not_one_at_first_is_an_error(configure: Callable) -> None:
    trainer = trainer_of(configure())
    rollouts = collected(trainer)
    rollouts.old -= 0.1
    with pytest.raises(Diverged, match="Before any update"):
        trainer.learner.learn(
            rollouts, trainer.algorithm.targets(rollouts, trainer.kl.beta), random.Random(0)
        )


def dropout(trainer: RlTrainer, rollouts: Rollouts) -> None:
    for module in trainer.policy.model.modules():
        if hasattr(module, "attention_dropout"):
            module.attention_dropout = 0.1
    trainer.policy.model.train()


def temperature(trainer: RlTrainer, rollouts: Rollouts) -> None:
    trainer.learner.settings = trainer.settings.model_copy(update={"temperature": 1.05})


def shifted(trainer: RlTrainer, rollouts: Rollouts) -> None:
    rollouts.old = rollouts.old.roll(1, dims=1)


def unmasked(trainer: RlTrainer, rollouts: Rollouts) -> None:
    batch = rollouts.batch

    def whole(rows: Sequence[int], pad: int) -> Batch:
        made = batch(rows, pad)
        return Batch(made.ids, torch.ones_like(made.mask), made.completion_mask)

    rollouts.batch = whole  # type: ignore[method-assign]  # the mistake


@pytest.mark.parametrize("precision", ["no", "bf16"])
def test_the_first_ratio_finds_mistakes_in_either_precision(configure: Callable, precision: str) -> None:
    settings = configure(mixed_precision=precision, micro_batch=8, chunk=8, temperature=1.0)
    for mistake in (dropout, temperature, shifted, unmasked):
        trainer = trainer_of(settings)
        torch.manual_seed(3)
        rollouts = collected(trainer)
        assert trainer.learner.check_ratio(rollouts) < 1e-3
        mistake(trainer, rollouts)
        with pytest.raises(Diverged, match="Before any update"):
            trainer.learner.check_ratio(rollouts)


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
