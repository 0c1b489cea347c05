"""Muon: momentum whose matrices are made orthogonal before they are applied; Adam for everything else.

Source: Keller Jordan's Muon (the quintic Newton-Schulz iteration and its coefficients) with the scale of
Moonlight (arXiv 2502.16982), which lets it use Adam's learning rate. On this U-Net it needs far fewer
pictures than Adam does, for about a seventh more time a step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from model.hardware import has_matrix_units
from training.tiny import together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_COEFFICIENTS = (3.4445, -4.7750, 2.0315)


def orthogonal(matrix: torch.Tensor, rounds: int = 5) -> torch.Tensor:
    """The (m, n) matrix with all singular values brought near 1 (0.7 to 1.2).

    In bfloat16, which is enough, where the CPU has AMX, else in the matrix's own precision: there products in
    bfloat16 take longer.
    """
    a, b, c = _COEFFICIENTS
    x: torch.Tensor = matrix.bfloat16() if matrix.device.type == "cpu" and has_matrix_units() else matrix
    # x x^T is the smaller square where x is wide
    tall = x.shape[0] > x.shape[1]
    x = x.T if tall else x
    # The Frobenius norm is at least the largest singular value, so all of them start at most at 1
    x = x / (x.norm() + 1e-7)
    for _ in range(rounds):
        # x <- a x + (b S + c S S) x with S = x x^T; fused products take three quarters of the time
        square = x @ x.T
        x = torch.addmm(x, torch.addmm(square, square, square, beta=b, alpha=c), x, beta=a)
    return (x.T if tall else x).to(matrix.dtype)


class Muon(torch.optim.Optimizer):
    """Takes a module's named parameters; hidden matrices and convolutions go by Muon, the rest by Adam.

    `rest` names the parts (substrings) whose matrices Adam takes too: what reads input and writes output.
    """

    def __init__(
        self,
        parameters: Iterable[tuple[str, nn.Parameter]],
        lr: float,
        weight_decay: float = 0.01,
        momentum: float = 0.95,
        betas: tuple[float, float] = (0.9, 0.99),
        rest: tuple[str, ...] = ("conv_in", "conv_out", "visual.conv1", "embedding", "name_"),
    ) -> None:
        named = [(name, p) for name, p in parameters if p.requires_grad]
        hidden = [p for name, p in named if p.ndim >= 2 and not any(part in name for part in rest)]
        taken = {id(p) for p in hidden}
        others = [p for _, p in named if id(p) not in taken]
        groups = [{"params": hidden, "matrix": True}, {"params": others, "matrix": False}]
        super().__init__(
            groups, {"lr": lr, "weight_decay": weight_decay, "momentum": momentum, "betas": betas}
        )

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> float | None:  # type: ignore[override]
        """Apply one update to every parameter that has a gradient."""
        for group in self.param_groups:
            learnt = [p for p in group["params"] if p.grad is not None]
            if group["matrix"]:
                self._matrices(learnt, group)
            else:
                for parameter in learnt:
                    self._adam(parameter, parameter.grad, self.state[parameter], group)
        return closure() if closure else None

    def _matrices(self, parameters: list[nn.Parameter], group: dict[str, Any]) -> None:
        """Gradients are the same in all processes that train together, so each makes a share orthogonal."""
        ahead = [self._ahead(p, group["momentum"]) for p in parameters]
        for p, matrix in zip(parameters, together.divided(ahead, orthogonal), strict=True):
            # Moonlight, section 2.2: the update then has the root mean square that Adam's usually has
            scale = 0.2 * max(matrix.shape) ** 0.5
            p.mul_(1 - group["lr"] * group["weight_decay"])
            p.add_(matrix.reshape(p.shape), alpha=-group["lr"] * scale)

    def _ahead(self, p: nn.Parameter, momentum: float) -> torch.Tensor:
        """Nesterov's look-ahead; a convolution counts as the matrix (out, in x height x width)."""
        assert p.grad is not None, "it has learnt"
        state = self.state[p]
        if not state:
            state["mean"] = torch.zeros_like(p)
        return p.grad.lerp(state["mean"].lerp_(p.grad, 1 - momentum), momentum).flatten(1)

    @staticmethod
    def _adam(p: nn.Parameter, grad: torch.Tensor, state: dict[str, Any], group: dict[str, Any]) -> None:
        if not state:
            state.update(step=0, mean=torch.zeros_like(p), square=torch.zeros_like(p))
        first, second = group["betas"]
        state["step"] += 1
        mean = state["mean"].lerp_(grad, 1 - first)
        square = state["square"].lerp_(grad * grad, 1 - second)
        rate = group["lr"] / (1 - first ** state["step"])
        root = (square / (1 - second ** state["step"])).sqrt_().add_(1e-8)
        p.addcdiv_(mean, root, value=-rate)
