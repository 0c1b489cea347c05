"""Sampling in which every request of a batch has its own temperature and its own random numbers.

Greedy decoding over `logits / T + Gumbel noise` draws exactly from `softmax(logits / T)` (the Gumbel-max
trick), so one batched greedy pass serves greedy and sampled requests together, and a seed gives the same
text whatever else is in the batch.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from transformers import LogitsProcessor

TOP_P = 0.95


@dataclass(frozen=True, slots=True)
class Sampling:
    """How one text is drawn: `temperature` 0 is greedy."""

    temperature: float
    seed: int


class Drawing:
    """The random numbers of one text, token after token."""

    def __init__(self, how: Sampling) -> None:
        self.temperature = how.temperature
        self._generator = torch.Generator("cpu").manual_seed(how.seed)

    def scores(self, scores: torch.Tensor) -> torch.Tensor:
        """`scores` (vocabulary,) whose highest is a draw from their nucleus (Gumbel-max trick)."""
        kept = nucleus(scores.float() / self.temperature, TOP_P)
        uniform = torch.rand(kept.shape, generator=self._generator).clamp_(1e-10, 1 - 1e-7)
        return (kept - torch.log(-torch.log(uniform)).to(kept.device)).to(scores.dtype)

    def token(self, scores: torch.Tensor) -> int:
        """The token drawn by `scores` (vocabulary,)."""
        return int(self.scores(scores.float()).argmax())


class SeededSampling(LogitsProcessor):  # type: ignore[misc]  # the base class is untyped
    """Draws in the rows that sample, for `generate`; scores are (rows, vocabulary)."""

    def __init__(self, rows: Sequence[Sampling]) -> None:
        self._drawings = [Drawing(row) for row in rows]
        self._broken: torch.Tensor | None = None

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        """`scores` [B, V] whose highest of each sampled row is a draw from its nucleus."""
        broken = (scores.isnan() | scores.isposinf()).any(-1)  # stays on the device until it is asked for
        self._broken = broken if self._broken is None else self._broken | broken
        scores = scores.clone()
        for index, drawing in enumerate(self._drawings):
            if drawing.temperature > 0:
                scores[index] = drawing.scores(scores[index])
        return scores

    def broken(self) -> set[int]:
        """The rows whose scores were no numbers at some step, as where half precision overflows."""
        found = [] if self._broken is None else self._broken.tolist()
        return {row for row, is_broken in enumerate(found) if is_broken}


def nucleus(logits: torch.Tensor, top_p: float) -> torch.Tensor:
    """`logits` (vocabulary,) with everything outside the smallest set of probability `top_p` at -inf."""
    ordered, order = logits.sort(descending=True)
    probabilities = ordered.softmax(-1)
    outside = probabilities.cumsum(-1) - probabilities >= top_p
    return logits.masked_fill(torch.zeros_like(outside).scatter(0, order, outside), float("-inf"))
