"""Optimizer steps: learning rate, gradients of several processes, and the guard against NaN.

Losses arrive as sums divided by the token count of the whole optimizer batch, over all micro-batches and
processes. So gradients add up (no mean anywhere), and neither accumulation nor the number of processes
changes an update.
"""

from __future__ import annotations

import logging
import math
from typing import TYPE_CHECKING, Any

import torch
from accelerate import Accelerator
from torch import Tensor

from training.core.checkpoint import Checkpoint, pack_optimizer, unpack_optimizer
from training.errors import Diverged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from training.config.settings import OptimizerSettings

log = logging.getLogger(__name__)

MOST_BAD_STEPS = 3


def make_accelerator() -> Accelerator:
    """This process's place among those of `accelerate launch`."""
    return Accelerator(cpu=not torch.accelerator.is_available())


def learning_rate(settings: OptimizerSettings, step: int, steps: int) -> float:
    """The learning rate of optimizer step `step` (from 0) of `steps`, relative to the peak: in [0, 1]."""
    warmup = math.ceil(settings.warmup * steps)
    if step < warmup:
        return (step + 1) / warmup
    part = (step - warmup) / max(1, steps - warmup)
    if settings.schedule == "cosine":
        return 0.5 * (1 + math.cos(math.pi * min(1.0, part)))
    return 1 - min(1.0, part) if settings.schedule == "linear" else 1.0


class Stepper:
    """AdamW over parameter groups, each with its own peak learning rate; counts its steps.

    A step whose gradient is not finite is skipped and counted; after `MOST_BAD_STEPS` in a row Diverged is
    raised.
    """

    def __init__(
        self,
        groups: Iterable[tuple[Iterable[torch.nn.Parameter], float]],
        settings: OptimizerSettings,
        steps: int,
        accelerator: Accelerator,
    ) -> None:
        made = [(list(parameters), lr) for parameters, lr in groups]
        self._peaks = [lr for _, lr in made]
        self.optimizer = torch.optim.AdamW(
            [{"params": parameters, "lr": lr} for parameters, lr in made],
            betas=settings.betas,
            eps=settings.eps,
            weight_decay=settings.weight_decay,
            fused=True,
        )
        self._parameters = [p for parameters, _ in made for p in parameters]
        self._settings, self._steps, self._accelerator = settings, steps, accelerator
        self.done = 0
        self.bad = 0

    def rate(self) -> float:
        """The first group's learning rate in the coming step."""
        return self._peaks[0] * learning_rate(self._settings, self.done, self._steps)

    def apply(self) -> float:
        """Take a step with the gradients that have been added up; returns their L2 norm before clipping.

        Raises Diverged after `MOST_BAD_STEPS` norms in a row that were not finite.
        """
        # Before the norm is taken: then all processes see the same norm and skip the same steps
        self._add_up_processes()
        norm = torch.nn.utils.clip_grad_norm_(self._parameters, self._settings.max_grad_norm).item()
        # A skipped step keeps Adam's moments clean; one NaN in them would stay for ever
        if math.isfinite(norm):
            for group, peak in zip(self.optimizer.param_groups, self._peaks, strict=True):
                group["lr"] = peak * learning_rate(self._settings, self.done, self._steps)
            self.optimizer.step()
            self.bad = 0
        else:
            self._skip()
        self.optimizer.zero_grad(set_to_none=True)
        self.done += 1
        return norm

    def _skip(self) -> None:
        self.bad += 1
        log.warning("The gradient of step %d is not finite; the step is skipped.", self.done)
        if self.bad >= MOST_BAD_STEPS:
            raise Diverged(
                f"The gradient was not finite in {self.bad} steps running: lower optimizer.lr, or set "
                'mixed_precision = "no"; then resume from the last checkpoint.'
            )

    def _add_up_processes(self) -> None:
        """Sum the gradients over processes, as one flat tensor."""
        if self._accelerator.num_processes == 1:
            return
        # A weight that got no gradient here may have one elsewhere: zeros keep the layout alike everywhere
        grads = [p.grad if p.grad is not None else torch.zeros_like(p) for p in self._parameters]
        total: Tensor = self._accelerator.reduce(torch.cat([g.flatten() for g in grads]), reduction="sum")
        sizes = [p.numel() for p in self._parameters]
        for parameter, grad in zip(self._parameters, total.split(sizes), strict=True):
            parameter.grad = grad.view_as(parameter).clone()

    def pack(self) -> Checkpoint:
        """Its state for a checkpoint."""
        tensors, groups = pack_optimizer(self.optimizer)
        return Checkpoint(tensors, {"groups": groups, "done": self.done, "bad": self.bad})

    def unpack(self, tensors: dict[str, Tensor], state: dict[str, Any]) -> None:
        """Bring back what `pack` gave."""
        unpack_optimizer(self.optimizer, tensors, state["groups"])
        self.done, self.bad = state["done"], state["bad"]
