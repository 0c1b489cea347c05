"""GRPO's advantages, by hand."""

import torch

from training.rl.grpo import relative


def test_a_sample_is_as_good_as_it_beats_its_group() -> None:
    rewards = torch.tensor([[1.0, 2.0, 6.0]])
    # mean 3; the sample's standard deviation: √((4 + 1 + 9) / 2) = √7
    expected = torch.tensor([[-2.0, -1.0, 3.0]])
    torch.testing.assert_close(relative(rewards, divide=False), expected)
    torch.testing.assert_close(relative(rewards, divide=True), expected / (7**0.5 + 1e-4))


def test_a_group_whose_samples_earn_the_same_teaches_nothing() -> None:
    assert relative(torch.full((1, 4), 2.5), divide=True).abs().max() == 0
