"""RLOO's advantages and loss, by hand."""

import pytest
import torch

from training.rl.rloo import leave_one_out


def test_a_sample_is_compared_with_the_others_of_its_group() -> None:
    rewards = torch.tensor([[1.0, 2.0, 6.0], [4.0, 4.0, 4.0]])
    # 1 − (2 + 6)/2 ; 2 − (1 + 6)/2 ; 6 − (1 + 2)/2
    torch.testing.assert_close(leave_one_out(rewards), torch.tensor([[-3.0, -1.5, 4.5], [0.0, 0.0, 0.0]]))


@pytest.mark.parametrize("size", [2, 5])
def test_the_advantages_of_a_group_add_up_to_nothing(size: int) -> None:
    rewards = torch.randn(3, size)
    torch.testing.assert_close(leave_one_out(rewards).sum(dim=1), torch.zeros(3), atol=1e-5, rtol=0)
    # k/(k − 1) times the distance from the group's mean (the paper's section 3.2)
    centred = rewards - rewards.mean(dim=1, keepdim=True)
    torch.testing.assert_close(leave_one_out(rewards), centred * size / (size - 1), atol=1e-5, rtol=1e-4)
