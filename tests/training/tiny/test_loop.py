"""The shared loop: a run that stops and goes on takes the very same steps as one that never stopped."""

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from training.tiny.loop import Average, Run


def new_run(folder: Path, steps: int = 12) -> Run:
    torch.manual_seed(0)
    return Run("line", nn.Linear(3, 1), folder, steps, lr=0.05, warmup=2)


def step_for(run: Run, stop_at: int | None = None):
    def step(number: int, rng: np.random.Generator) -> torch.Tensor:
        if number == stop_at:
            raise KeyboardInterrupt
        x = torch.from_numpy(rng.standard_normal((8, 3), np.float32))
        return (run.module(x)[:, 0] - x.sum(1)).square().mean()

    return step


def test_a_resumed_run_equals_one_that_never_stopped(tmp_path: Path) -> None:
    straight = new_run(tmp_path / "a")
    straight.train(step_for(straight))
    broken = new_run(tmp_path / "b")
    with pytest.raises(KeyboardInterrupt):
        broken.train(step_for(broken, stop_at=5))
    again = new_run(tmp_path / "b")
    assert again.resume()
    assert again.done == 5
    again.train(step_for(again))
    for name, value in straight.module.state_dict().items():
        assert torch.equal(value, again.module.state_dict()[name])
        assert torch.equal(straight.average.weights[name], again.average.weights[name])


def test_training_lowers_the_loss(tmp_path: Path) -> None:
    run = new_run(tmp_path, steps=200)
    step = step_for(run)
    before = step(0, np.random.default_rng(0)).item()
    run.train(step)
    assert step(0, np.random.default_rng(0)).item() < before / 10


def test_nothing_to_resume_is_told(tmp_path: Path) -> None:
    assert not new_run(tmp_path).resume()


def test_minutes_end_a_run_before_its_steps(tmp_path: Path) -> None:
    run = Run("line", nn.Linear(3, 1), tmp_path, steps=10**9, lr=0.01, minutes=0.002)
    run.train(step_for(run))
    assert 0 < run.done < 10**9
    assert run.part == pytest.approx(1.0, abs=0.2)


def test_the_rate_warms_up_and_falls(tmp_path: Path) -> None:
    run = new_run(tmp_path, steps=100)
    rates = []
    for run.done in range(100):
        rates.append(run._rate())
    assert rates[0] < rates[1] == max(rates)
    assert rates[-1] < rates[0] * 0.2


def test_the_average_follows_the_weights() -> None:
    layer = nn.Linear(2, 2)
    average = Average(layer, decay=0.5)
    old = average.weights["weight"].clone()
    with torch.no_grad():
        layer.weight += 1
    average.update(layer, step=1000)
    assert torch.allclose(average.weights["weight"], old + 0.5)
