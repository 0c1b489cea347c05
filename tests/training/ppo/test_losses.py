"""PPO's arithmetic against numbers worked out by hand."""

import math
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from training.core import tensors
from training.core.tensors import RunningMoments
from training.ppo import losses
from training.ppo.losses import AdaptiveKL


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
    close(tensors.entropy(logits, 1.0), [[math.log(2), -(0.25 * math.log(0.25) + 0.75 * math.log(0.75))]])


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


def test_importance_weights_are_one_on_policy_and_cut_at_the_cap() -> None:
    old = torch.tensor([[-1.0, -1.0, -5.0, -1.0]])
    behaviour = torch.tensor([[-1.0, -9.0, 0.0, -1.0]])
    weights = losses.importance_weights(old, behaviour, torch.tensor([[1, 1, 1, 0]]), cap=2.0)
    close(weights, [[1.0, 2.0, math.exp(-5), 0.0]])


def test_policy_loss_clips_only_what_would_gain() -> None:
    new, old = torch.tensor([[1.5, 0.5, 1.5, 0.5]]).log(), torch.zeros(1, 4)
    advantages, weights = torch.tensor([[1.0, 1.0, -1.0, -1.0]]), torch.tensor([[1.0, 1.0, 1.0, 0.5]])
    close(losses.policy_loss(new, old, advantages, 0.2, weights), [[-1.2, -0.5, 1.5, 0.4]])


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
