"""PPO's arithmetic against numbers worked out by hand."""

import math
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from training.core import tensors
from training.core.tensors import RunningMoments
from training.rl import losses
from training.rl.losses import AdaptiveKL


def close(actual: torch.Tensor, expected: list) -> None:
    torch.testing.assert_close(actual, torch.tensor(expected, dtype=actual.dtype), atol=1e-6, rtol=1e-5)


def test_masked_means_ignore_padding_even_when_it_is_nan() -> None:
    x = torch.tensor([[1.0, 3.0, math.nan], [5.0, math.inf, 7.0]])
    mask = torch.tensor([[1, 1, 0], [1, 0, 0]])
    assert tensors.masked_sum(x, mask).item() == 9.0
    assert tensors.masked_mean(x, mask).item() == 3.0
    assert tensors.masked_mean(x, torch.zeros_like(mask)).item() == 0.0


def test_whitening_uses_the_real_actions_of_the_whole_batch() -> None:
    x = torch.tensor([[1.0, 2.0, 99.0], [3.0, 99.0, 99.0]])
    mask = torch.tensor([[1, 1, 0], [1, 0, 0]])
    scale = 1 / math.sqrt(2 / 3)  # mean 2, population variance 2/3
    close(tensors.whiten(x, mask), [[-scale, 0.0, 0.0], [scale, 0.0, 0.0]])


def test_whitening_halves_with_joined_moments_equals_whitening_the_whole() -> None:
    x, mask = torch.randn(6, 5), (torch.rand(6, 5) > 0.3).long()
    first, second = (tensors.moments(part, m) for part, m in zip(x.chunk(2), mask.chunk(2), strict=True))
    halves = [
        tensors.whiten(part, m, of=first + second) for part, m in zip(x.chunk(2), mask.chunk(2), strict=True)
    ]
    torch.testing.assert_close(torch.cat(halves), tensors.whiten(x, mask))


def test_whitening_a_constant_gives_zeros() -> None:
    assert tensors.whiten(torch.full((2, 2), 4.0), torch.ones(2, 2)).abs().max().item() == 0.0


def test_token_logprobs_divide_by_the_temperature() -> None:
    logits = torch.tensor([[[0.0, math.log(3.0)]]])
    close(tensors.token_logprobs(logits, torch.tensor([[1]]), 1.0), [[math.log(0.75)]])
    close(tensors.token_logprobs(logits, torch.tensor([[1]]), 0.5), [[math.log(0.9)]])


def test_entropy_of_a_fair_and_of_a_loaded_coin() -> None:
    logits = torch.tensor([[[0.0, 0.0], [0.0, math.log(3.0)]]])
    close(
        tensors.entropy(tensors.word_logprobs(logits, 1.0)),
        [[math.log(2), -(0.25 * math.log(0.25) + 0.75 * math.log(0.75))]],
    )


def test_kl_estimates() -> None:
    policy, reference = torch.tensor([[math.log(0.5), 30.0]]), torch.tensor([[math.log(0.25), 0.0]])
    close(losses.log_ratio(policy, reference), [[math.log(2), 10.0]])
    close(losses.kl_k3(policy, reference)[:, :1], [[0.5 - 1 + math.log(2)]])


def test_the_score_lands_on_the_last_real_action() -> None:
    mask = torch.tensor([[1, 1, 0], [1, 1, 1]])
    ratios = torch.tensor([[0.5, 1.0, 9.0], [0.0, 0.0, 2.0]])
    rewards = losses.token_rewards(torch.tensor([10.0, 20.0]), ratios, mask, beta=0.1)
    close(rewards, [[-0.05, 9.9, 0.0], [0.0, 0.0, 19.8]])


def test_gae_by_hand() -> None:
    rewards = torch.tensor([[0.0, 1.0, 0.0]])
    values = torch.tensor([[0.5, 0.25, 7.0]])  # the third is padding
    mask = torch.tensor([[1, 1, 0]])
    advantages, returns = losses.gae(rewards, values, mask, gamma=0.9, lam=0.5)
    # δ1 = 1 − 0.25 = 0.75 ; δ0 = 0 + 0.9·0.25 − 0.5 = −0.275 ; A0 = δ0 + 0.45·0.75 = 0.0625
    close(advantages, [[0.0625, 0.75, 0.0]])
    close(returns, [[0.5625, 1.0, 0.0]])


def test_gae_with_lambda_one_and_gamma_one_returns_the_rewards_to_go() -> None:
    rewards, mask = torch.tensor([[1.0, 2.0, 3.0]]), torch.ones(1, 3)
    _, returns = losses.gae(rewards, torch.randn(1, 3), mask, gamma=1.0, lam=1.0)
    close(returns, [[6.0, 5.0, 3.0]])


def test_importance_ratios_are_one_on_policy_and_stay_finite() -> None:
    policy = torch.tensor([[-1.0, -1.0, -5.0, -1.0]])
    behaviour = torch.tensor([[-1.0, -99.0, 0.0, -1.0]])
    ratios = losses.importance_ratios(policy, behaviour, torch.tensor([[1, 1, 1, 0]]))
    close(ratios, [[1.0, math.exp(10), math.exp(-5), 0.0]])


def test_vtrace_by_hand() -> None:
    rewards = torch.tensor([[0.0, 1.0, 0.0]])
    values = torch.tensor([[0.5, 0.25, 7.0]])  # the third is padding
    ratios, mask = torch.tensor([[0.5, 2.0, 9.0]]), torch.tensor([[1, 1, 0]])
    advantages, returns = losses.vtrace(
        rewards, values, ratios, mask, gamma=0.9, lam=1.0, rho_cap=1.5, trace_cap=1.0
    )
    # ρ = 0.5, 1.5 ; c = 0.5, 1 ; δ1 = 1 − 0.25 = 0.75 ; v1 = 0.25 + 1.5·0.75 = 1.375
    # δ0 = 0.9·0.25 − 0.5 = −0.275 ; v0 = 0.5 + 0.5·(−0.275) + 0.9·0.5·(1.375 − 0.25) = 0.86875
    close(returns, [[0.86875, 1.375, 0.0]])
    # r + γ·v(s') − V: 0.9·1.375 − 0.5 = 0.7375 ; 1 − 0.25 = 0.75
    close(advantages, [[0.7375, 0.75, 0.0]])


NUMBERS = st.floats(-3, 3, width=32)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=6), st.floats(0, 1), st.integers(0, 3))
def test_vtrace_on_policy_is_gae(steps: list[tuple[float, float]], lam: float, padding: int) -> None:
    rewards, values = (torch.tensor([[*column, *[9.0] * padding]]) for column in zip(*steps, strict=True))
    mask = torch.tensor([[1] * len(steps) + [0] * padding])
    rewards = rewards * mask
    ratios = torch.ones_like(values)
    traced = losses.vtrace(rewards, values, ratios, mask, gamma=0.9, lam=lam, rho_cap=1.0, trace_cap=1.0)
    torch.testing.assert_close(
        traced[1], losses.gae(rewards, values, mask, 0.9, lam)[1], atol=1e-4, rtol=1e-4
    )
    whole = losses.vtrace(rewards, values, ratios, mask, gamma=0.9, lam=1.0, rho_cap=1.0, trace_cap=1.0)
    # with λ 1 v is the n-step return, whatever the values, and the advantage that less V
    n_step = torch.zeros(1)
    for t in reversed(range(len(steps))):
        n_step = rewards[:, t] + 0.9 * n_step
        torch.testing.assert_close(whole[1][:, t], n_step, atol=1e-4, rtol=1e-4)
        torch.testing.assert_close(whole[0][:, t], n_step - values[:, t], atol=1e-4, rtol=1e-4)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=2, max_size=6), st.integers(0, 5), NUMBERS)
def test_nothing_behind_a_forced_action_reaches_the_ones_before_it(
    steps: list[tuple[float, float]], forced: int, other: float
) -> None:
    rewards, values = (torch.tensor([column]) for column in zip(*steps, strict=True))
    forced = min(forced, len(steps) - 1)
    ratios = torch.ones_like(values)
    ratios[0, forced] = 0.0  # what π would never take

    def traced(changed: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        mask = torch.ones_like(values)
        return losses.vtrace(changed, values, ratios, mask, gamma=1.0, lam=0.95, rho_cap=1.0, trace_cap=1.0)

    changed = rewards.clone()
    changed[0, -1] += other
    for before, after in zip(traced(rewards), traced(changed), strict=True):
        assert torch.equal(before[0, :forced], after[0, :forced])
    torch.testing.assert_close(
        traced(changed)[0][0, -1], traced(rewards)[0][0, -1] + other, atol=1e-4, rtol=0
    )


def test_the_surrogate_clips_only_what_would_gain() -> None:
    ratio, advantages = torch.tensor([1.5, 0.5, 1.5, 0.5]), torch.tensor([1.0, 1.0, -1.0, -1.0])
    close(losses.clipped_surrogate(ratio, advantages, 0.2), [-1.2, -0.5, 1.5, 0.8])


def test_value_loss_takes_the_worse_of_clipped_and_unclipped() -> None:
    values, old, returns = torch.tensor([[1.0, 0.1]]), torch.tensor([[0.0, 0.0]]), torch.tensor([[1.0, 1.0]])
    # first: clipped to 0.2, error 0.8 counts although the value is right; second: inside the clip range
    close(losses.value_loss(values, old, returns, 0.2), [[0.5 * 0.64, 0.5 * 0.81]])


def test_explained_variance() -> None:
    target, mask = torch.tensor([[1.0, 3.0, 99.0]]), torch.tensor([[1, 1, 0]])
    assert losses.explained_variance(target, target, mask) == 1.0
    assert losses.explained_variance(torch.zeros(1, 3), target, mask) == 0.0
    assert losses.explained_variance(-target, target, mask) == -3.0
    assert losses.explained_variance(target, torch.ones(1, 3), mask) == 0.0


@pytest.mark.parametrize(
    ("kl", "expected"), [(6.0, 0.05), (60.0, 0.05 * 1.002), (0.0, 0.05 * 0.998), (6.6, 0.05 * 1.001)]
)
def test_adaptive_kl_moves_by_the_cut_relative_error(kl: float, expected: float) -> None:
    controller = AdaptiveKL(beta=0.05, target=6.0, horizon=10_000)
    controller.update(kl, sequences=100)
    assert controller.beta == pytest.approx(expected)
    state: dict[str, Any] = dict(controller.state())
    assert AdaptiveKL(**state) == controller


def test_without_a_target_beta_stays() -> None:
    controller = AdaptiveKL(beta=0.05)
    controller.update(100.0, sequences=10_000)
    assert controller.beta == 0.05


@given(st.lists(st.lists(st.floats(-100, 100), max_size=8), min_size=1, max_size=6))
def test_running_moments_equal_those_of_all_numbers_at_once(batches: list[list[float]]) -> None:
    running = RunningMoments()
    for batch in batches:
        running.update(torch.tensor(batch))
    everything = torch.tensor([x for batch in batches for x in batch], dtype=torch.float32).double()
    if everything.numel() and everything.std(correction=0) > 1e-3:
        assert running.mean == pytest.approx(everything.mean().item(), abs=1e-6)
        assert running.std == pytest.approx(everything.std(correction=0).item(), rel=1e-6)
    assert RunningMoments(**running.state()) == running
