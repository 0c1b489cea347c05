"""Several processes that train one model divide Muon's work, and come to what one alone comes to."""

import os
from pathlib import Path

import pytest
import torch
from torch import nn
from torch.multiprocessing.spawn import spawn

from training.tiny import together
from training.tiny.muon import Muon

PROCESSES = 2


def learnt() -> dict[str, torch.Tensor]:
    """A model after some steps on the same examples."""
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(8, 32), nn.Tanh(), nn.Linear(32, 16), nn.Tanh(), nn.Linear(16, 8))
    optimizer = Muon(model.named_parameters(), lr=0.02, rest=("4.",))
    x = torch.randn(64, 8)
    for _ in range(5):
        optimizer.zero_grad()
        (model(x) - x.flip(1)).square().mean().backward()
        optimizer.step()
    return model.state_dict()


def _learn(rank: int, folder: Path) -> None:
    os.environ["RANK"] = str(rank)
    torch.set_num_threads(1)
    together.join()
    torch.save(learnt(), folder / f"{rank}.pt")


def test_processes_that_divide_the_work_learn_what_one_learns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int
) -> None:
    monkeypatch.setenv("MASTER_ADDR", "127.0.0.1")
    monkeypatch.setenv("MASTER_PORT", str(unused_tcp_port))
    monkeypatch.setenv("WORLD_SIZE", str(PROCESSES))
    spawn(_learn, (tmp_path,), nprocs=PROCESSES)
    alone = learnt()
    for rank in range(PROCESSES):
        for name, weights in torch.load(tmp_path / f"{rank}.pt", weights_only=True).items():
            torch.testing.assert_close(weights, alone[name], msg=name)
