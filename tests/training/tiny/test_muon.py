"""Muon: updates of matrices are nearly orthogonal, and both halves of the optimizer learn."""

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from training.tiny import muon
from training.tiny.muon import Muon, orthogonal


@pytest.mark.parametrize("units", [True, False], ids=["bfloat16", "float32"])
@pytest.mark.parametrize("shape", [(16, 64), (64, 16), (32, 32)])
def test_singular_values_come_near_one(
    shape: tuple[int, int], units: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(muon, "has_matrix_units", lambda: units)
    torch.manual_seed(0)
    found = orthogonal(torch.randn(shape))
    assert found.dtype == torch.float32
    values = torch.linalg.svdvals(found)
    assert orthogonal(torch.randn(shape)).shape == shape
    assert values.min() > 0.3
    assert values.max() < 1.4


def test_matrices_go_by_muon_and_the_rest_by_adam() -> None:
    module = nn.ModuleDict({"conv_in": nn.Conv2d(3, 4, 3), "hidden": nn.Conv2d(4, 4, 3)})
    matrices, rest = Muon(module.named_parameters(), lr=0.01).param_groups
    assert [p.shape for p in matrices["params"]] == [(4, 4, 3, 3)]
    assert len(rest["params"]) == 3


def test_it_learns_a_small_task() -> None:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(8, 32), nn.Tanh(), nn.Linear(32, 8))
    optimizer = Muon(model.named_parameters(), lr=0.02, weight_decay=0.0)
    x = torch.randn(64, 8)
    losses = []
    for _ in range(150):
        loss = F.mse_loss(model(x), x.flip(1))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0] * 0.2


def test_adam_half_equals_torch_adam() -> None:
    torch.manual_seed(0)
    ours, theirs = nn.Parameter(torch.ones(5)), nn.Parameter(torch.ones(5))
    one = Muon([("bias", ours)], lr=0.1, betas=(0.9, 0.99))
    two = torch.optim.Adam([theirs], lr=0.1, betas=(0.9, 0.99))
    for number in range(5):
        grad = torch.arange(5.0) - number
        ours.grad, theirs.grad = grad.clone(), grad.clone()
        one.step()
        two.step()
    assert torch.allclose(ours, theirs, atol=1e-5)
