"""Rollouts: prompts that the policy wrote, what they earned, and the numbers that describe them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import torch

from training.core import tensors
from training.core.encoding import Batch, collate
from training.data.integrity import integrity, requirements_of
from training.rl import losses
from training.rl.adm import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from training.data.examples import Edit

_BY_ACTION = ("mask", "behaviour", "sampled", "features", "old", "reference", "values")


@dataclass
class Rollouts:
    """N finished samples. Tensors are [N, T] over actions unless said otherwise, 0 where `mask` is 0.

    `prompts` and `completions` are token lists, completions with their end token if they have one. `texts`
    are target prompts as serving would give them, None where it would refuse. `scores` [N] are the totals of
    the judge; `returns` [N] are returns to go in their place, where the samples are turns of conversations
    (`training.rl.conversing`), and `earned` is what counts.

    `behaviour` and `sampled` are log-probabilities while sampling: of what was sampled from, and
    of the policy alone; `old`, `reference` and `values` [N, T], `features` [N, T, F] are by teacher forcing.
    """

    edits: list[Edit]
    kinds: list[Kind]
    prompts: list[list[int]]
    completions: list[list[int]]
    texts: list[str | None]
    raw: dict[str, list[float]]
    scores: Tensor
    mask: Tensor
    behaviour: Tensor
    sampled: Tensor
    features: Tensor
    old: Tensor
    reference: Tensor
    values: Tensor
    end: int
    missed: dict[int, int] = field(default_factory=dict)
    forced: Tensor = field(default_factory=lambda: torch.zeros(0))
    returns: Tensor | None = None
    seconds: dict[str, float] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.edits)

    @property
    def earned(self) -> Tensor:
        """What each sample is learned from: its return to go in a conversation, else its score; [N]."""
        return self.scores if self.returns is None else self.returns

    def batch(self, rows: Sequence[int], pad: int) -> Batch:
        """Some of the samples as a padded batch, as wide as the longest of them."""
        return collate([(self.prompts[row], self.completions[row]) for row in rows], pad)

    def by_length(self, rows: Sequence[int]) -> list[int]:
        """The rows in order of length, so that the micro-batches cut from them hold little padding."""
        return sorted(rows, key=lambda row: len(self.prompts[row]) + len(self.completions[row]))

    def scored_together(self, size: int) -> list[list[int]]:
        """All rows, `size` at a time, as they are scored: in order of length."""
        order = self.by_length(range(len(self)))
        return [order[start : start + size] for start in range(0, len(order), size)]

    def of_kind(self, kind: Kind) -> list[int]:
        """Indices of the samples of a kind."""
        return [row for row, own in enumerate(self.kinds) if own is kind]

    @property
    def plain(self) -> list[int]:
        """The samples that show the policy as it is: plain ones, or all where there are none."""
        return self.of_kind(Kind.PLAIN) or list(range(len(self)))


def joined(parts: Sequence[Rollouts]) -> Rollouts:
    """The samples of all parts one after another, padded to the longest; numbers of rows are shifted."""
    starts = [sum(map(len, parts[:place])) for place in range(len(parts))]
    width = max(part.mask.shape[1] for part in parts)

    def together(name: str) -> Tensor:
        return torch.cat([_padded(getattr(part, name), width) for part in parts])

    # A part without any usable text has no raw scores
    names = dict.fromkeys(name for part in parts for name in part.raw)
    answered = any(part.missed for part in parts)
    return Rollouts(
        edits=[edit for part in parts for edit in part.edits],
        kinds=[kind for part in parts for kind in part.kinds],
        prompts=[ids for part in parts for ids in part.prompts],
        completions=[ids for part in parts for ids in part.completions],
        texts=[text for part in parts for text in part.texts],
        raw={name: [score for part in parts for score in _raw(part, name)] for name in names},
        scores=torch.cat([part.scores for part in parts]),
        end=parts[0].end,
        missed={
            start + row: start + other
            for start, part in zip(starts, parts, strict=True)
            for row, other in part.missed.items()
        },
        forced=torch.cat(
            [_padded(part.forced if part.missed else torch.zeros_like(part.mask), width) for part in parts]
        )
        if answered
        else torch.zeros(0),
        seconds={name: sum(part.seconds[name] for part in parts) for name in parts[0].seconds},
        **{name: together(name) for name in _BY_ACTION},
    )


def _raw(part: Rollouts, name: str) -> list[float]:
    """The raw scores of a part's samples; NaN for those that were not judged."""
    return part.raw.get(name, [float("nan")] * len(part))


def _padded(x: Tensor, width: int) -> Tensor:
    """`x` [n, T, ...] with zeros up to `width` actions."""
    more = x.new_zeros(x.shape[0], width - x.shape[1], *x.shape[2:])
    return torch.cat([x, more], dim=1)


def rollout_metrics(rollouts: Rollouts) -> dict[str, float]:
    """The "reward/", "adm/" and "rollout/" numbers of `metrics.RL_METRICS`, and "kl/reference", "kl/k3"."""
    plain, mask, scores = rollouts.plain, rollouts.mask, rollouts.scores
    numbers = {
        "reward/total": scores[plain].mean().item(),
        "reward/all": scores.mean().item(),
        "reward/std": scores.std(correction=0).item(),
        "rollout/tokens": mask.sum(dim=1).float().mean().item(),
        "rollout/ended": _mean([float(ids[-1] == rollouts.end) for ids in rollouts.completions]),
        "rollout/unusable": _mean([float(rollouts.texts[row] is None) for row in plain]),
        "rollout/blacked_out": len(_blacked_out(rollouts)) / len(plain),
    }
    if rollouts.returns is not None:
        numbers["reward/return"] = rollouts.returns[plain].mean().item()
    judged = _judged(rollouts)
    for name, column in rollouts.raw.items():
        numbers[f"reward/{name}"] = _mean([column[row] for row in judged])
    ratios = losses.log_ratio(rollouts.old, rollouts.reference)[plain]
    numbers["kl/reference"] = (ratios * mask[plain]).sum(dim=1).mean().item()
    numbers["kl/k3"] = (losses.kl_k3(rollouts.old, rollouts.reference) * mask)[plain].sum(dim=1).mean().item()
    gap = (rollouts.sampled - rollouts.old).abs()
    numbers["rollout/mismatch"] = tensors.masked_mean(gap[plain], mask[plain]).item()
    for kind in (Kind.POSITIVE, Kind.HARD_NEGATIVE):
        numbers |= _kind_metrics(rollouts, kind)
    return numbers


def _judged(rollouts: Rollouts) -> list[int]:
    """The plain samples that rewards were asked about."""
    return [
        row
        for row in rollouts.plain
        if rollouts.texts[row] is not None and rollouts.edits[row].kind == "edit"
    ]


def _blacked_out(rollouts: Rollouts) -> list[int]:
    """Those of them that have no score of some kind: a safety checker blacked out all of their pictures."""
    columns = rollouts.raw.values()
    return [row for row in _judged(rollouts) if any(math.isnan(column[row]) for column in columns)]


def _kind_metrics(rollouts: Rollouts, kind: Kind) -> dict[str, float]:
    rows = rollouts.of_kind(kind)
    numbers = {f"adm/{kind}": len(rows) / len(rollouts)}
    if rows:
        carried = [integrity(rollouts.texts[row] or "", requirements_of(rollouts.edits[row])) for row in rows]
        numbers |= {
            f"adm/{kind}_reward": rollouts.scores[rows].mean().item(),
            f"adm/{kind}_integrity": _mean(carried),
        }
    return numbers


def _mean(numbers: Sequence[float]) -> float:
    """The mean without NaN, which has no score; NaN where all are, 0 of nothing."""
    shown = [number for number in numbers if not math.isnan(number)]
    if numbers and not shown:
        return math.nan
    return sum(shown) / len(shown) if shown else 0.0
