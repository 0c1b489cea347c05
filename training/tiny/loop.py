"""What every trainer of the embedded models shares: an averaged copy of the weights, exact resume.

A trainer is a `Run`: it takes steps, shows how it goes, saves every few minutes and when it stops. What a
step draws by chance depends on the seed and the step's number alone, so a resumed run takes the same steps
as one that never stopped.

This is a loop of its own beside `training.core.trainer.Trainer` because the needs differ: networks that are
learnt from nothing rather than a language model's policy, a run that ends by the clock, a learning rate that
follows the clock, an average of the weights as the result, and no evaluation that chooses the best.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import nn

from training.core.progress import Progress
from training.tiny.muon import Muon
from training.tiny.together import agreed, number

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Average:
    """An exponential moving average of a module's weights; early steps count less than `decay` says."""

    def __init__(self, module: nn.Module, decay: float) -> None:
        self.decay = decay
        self.weights = {name: value.detach().clone() for name, value in module.state_dict().items()}

    @torch.no_grad()
    def update(self, module: nn.Module, step: int) -> None:
        """Move towards the module's weights after step `step` (1, 2, ...)."""
        # As TensorFlow's ExponentialMovingAverage with num_updates: the random start is forgotten quickly
        keep = min(self.decay, (1 + step) / (10 + step))
        for name, value in module.state_dict().items():
            if value.is_floating_point():
                self.weights[name].lerp_(value.detach(), 1 - keep)
            else:
                self.weights[name].copy_(value)


@dataclass
class Run:
    """One training run: what to optimise, for how long, and where its state is kept.

    `step(number, generator)` returns the loss to minimise; it draws all chance from the numpy generator.
    `minutes` (0: no limit) ends the run early; the learning rate then follows the clock as well as the steps.
    """

    name: str
    module: nn.Module
    folder: Path
    steps: int
    lr: float
    seed: int = 0
    minutes: float = 0.0
    warmup: int = 100
    weight_decay: float = 0.01
    decay: float = 0.999
    save_every: float = 180.0
    clip: float = 1.0
    muon: bool = False
    average: Average = field(init=False)
    done: int = field(init=False, default=0)
    seconds: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        torch.manual_seed(self.seed)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.average = Average(self.module, self.decay)
        self.optimizer = self._new_optimizer()

    def _new_optimizer(self) -> torch.optim.Optimizer:
        if self.muon:
            return Muon(self.module.named_parameters(), self.lr, self.weight_decay)
        trained = [p for p in self.module.parameters() if p.requires_grad]
        return torch.optim.AdamW(
            trained, lr=self.lr, betas=(0.9, 0.99), weight_decay=self.weight_decay, fused=True
        )

    @property
    def path(self) -> Path:
        """The file that holds all that is needed to go on."""
        return self.folder / f"{self.name}.pt"

    def resume(self) -> bool:
        """Take up the saved state, if there is one."""
        if not self.path.exists():
            return False
        # weights_only reads tensors and plain values and runs no code of the pickle
        state = torch.load(self.path, weights_only=True)
        self.module.load_state_dict(state["module"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.average.weights = state["average"]
        self.done, self.seconds = state["done"], state["seconds"]
        return True

    def save(self) -> None:
        """Write the state to a new file, then put it in place of the old one. Of several one process does."""
        if number() > 0:
            return
        state: dict[str, Any] = {
            "module": self.module.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "average": self.average.weights,
            "done": self.done,
            "seconds": self.seconds,
        }
        fresh = self.path.with_suffix(".new")
        torch.save(state, fresh)
        # rename(2) is atomic: a kill leaves the old file or the new one
        fresh.replace(self.path)

    @property
    def part(self) -> float:
        """How much of the run is over, in [0, 1]: by steps or by the clock, whichever is ahead."""
        by_clock = self.seconds / (self.minutes * 60) if self.minutes else 0.0
        return min(1.0, max(self.done / self.steps, by_clock))

    def _rate(self) -> float:
        """Linear warm-up, then flat, then a cosine down over the last half."""
        fall = 1.0 if self.part < 0.5 else 0.02 + 0.49 * (1 + np.cos(np.pi * (self.part - 0.5) * 2))
        return float(self.lr * fall * min(1.0, (self.done + 1) / self.warmup))

    def _update(self, loss: torch.Tensor) -> None:
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.module.parameters(), self.clip)
        self.optimizer.step()

    def train(
        self,
        step: Callable[[int, np.random.Generator], torch.Tensor],
        on_save: Callable[[], None] | None = None,
    ) -> None:
        """Take steps until all are done or time is up; saves on the way, at the end and on interruption."""
        progress = Progress(self.name, self.steps, self.done)
        began = saved = time.monotonic()
        earlier, smooth = self.seconds, 0.0
        try:
            while self.done < self.steps:
                self.seconds = agreed(earlier + time.monotonic() - began)
                if self.minutes and self.seconds > self.minutes * 60:
                    break
                for group in self.optimizer.param_groups:
                    group["lr"] = self._rate()
                # A generator for each step, so nothing of it needs to be saved for an exact resume
                loss = step(self.done, np.random.default_rng((self.seed, self.done)))
                self._update(loss)
                self.done += 1
                self.average.update(self.module, self.done)
                smooth = loss.item() if smooth == 0.0 else 0.98 * smooth + 0.02 * loss.item()
                left = self.minutes * 60 - self.seconds if self.minutes else None
                progress.show(self.done, f"loss {smooth:.4f}", left=left)
                if time.monotonic() - saved > self.save_every:
                    self.save()
                    saved = time.monotonic()
                    if on_save:
                        on_save()
        finally:
            self.save()
