"""What modified rollouts aim at: weights, V-trace, whitening, positives, and the critic's control."""

import random
from collections.abc import Callable

import pytest
import torch

from model.language.stems import content_stems
from tests.training.rl.making import EDITS, collected, trainer_of
from training.core import tensors
from training.data.integrity import requirements_of
from training.rl.adm import Kind, Modification, hard_negative, positive
from training.rl.advantages import target_metrics


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
    assert blamed["weights"] < -0.2
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
        lacking = wanted.missing(content_stems(rollouts.texts[answered] or ""))
        assert lacking or wanted.removed & content_stems(rollouts.texts[answered] or "")
        ids = [t for t, mark in zip(rollouts.completions[row], rollouts.forced[row], strict=False) if mark]
        assert lacking <= content_stems(trainer.policy.tokenizer.decode(ids))


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
        trainer.collector.score(rollouts)
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
