"""Numbers of a run: what each means, and writing them to `metrics.jsonl` and to trackers.

`SFT_METRICS` and `RL_METRICS` are the complete lists: a run that logs another name fails, and a test holds
them against `docs/training.md`.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    from accelerate.tracking import GeneralTracker

EVALUATION_METRICS = {
    "eval/integrity": "content integrity of greedy targets on held-out edits, mean in [0, 1]",
    "eval/f1": "F1 of the content words of greedy targets against the reference's, mean in [0, 1]",
    "eval/exact": "share of greedy targets equal to the reference, case and spaces folded",
    "eval/usable": "share of held-out edits for which serving would get a usable prompt",
    "eval/words": "mean number of words of the usable targets",
}
SFT_METRICS = {
    "sft/loss": "mean cross-entropy per target token of the optimizer batch, in nats",
    "sft/lr": "learning rate of the step",
    "sft/grad_norm": "length of the gradient before clipping",
    "sft/tokens": "target tokens in the optimizer batch",
    "eval/loss": "mean cross-entropy per target token on held-out edits, in nats",
    **EVALUATION_METRICS,
}
RL_METRICS = {
    "reward/total": "mean reward of plain rollouts before the KL price: what PPO is to raise",
    "reward/all": "the same over all rollouts, modified ones included",
    "reward/return": "in conversations: mean return to go of plain rollouts, what a turn is learned from",
    "reward/std": "standard deviation of the reward over all rollouts",
    "reward/integrity": "mean content integrity of plain rollouts, in [0, 1]",
    "reward/aesthetic": "mean raw aesthetic score of plain rollouts' pictures",
    "reward/preference": "mean raw preference score of plain rollouts' pictures against the short intent",
    "reward/fit": "mean raw CLIPScore of plain rollouts' pictures against the short intent",
    "reward/text": "mean score that the text-only reward model gives plain rollouts",
    "adm/positive": "share of rollouts sampled as positive",
    "adm/hard_negative": "share of rollouts sampled as hard negative",
    "adm/positive_reward": "mean reward of positive rollouts: above reward/total if ADM helps",
    "adm/hard_negative_reward": "mean reward of hard negatives: below reward/total if they are wrong",
    "adm/positive_integrity": "mean content integrity of positive rollouts, near 1",
    "adm/hard_negative_integrity": "mean content integrity of hard negatives, below the plain ones'",
    "adm/weight": "mean importance weight min(ρ̄, π_old/μ) over actions of modified rollouts",
    "adm/prefix_advantage": "mean advantage of modified rollouts' actions before the first changed one",
    "adm/hard_negative_prefix": "the same of hard negatives alone: far below 0, innocent tokens are punished",
    "adm/positive_loss": "the loss that adm.positive_loss adds, per rollout of the optimizer batch",
    "rollout/tokens": "mean number of tokens written, the end included",
    "rollout/ended": "share of rollouts that came to an end within the length allowed",
    "rollout/unusable": "share of plain rollouts that serving would refuse (empty, run-on, going in circles)",
    "rollout/blacked_out": "share of plain rollouts all of whose pictures a safety checker blacked out",
    "rollout/mismatch": "mean |log π| gap between generation and teacher forcing on plain rollouts; near 0",
    "kl/reference": "mean KL(policy ‖ reference) per sequence of plain rollouts in nats (k1 estimate)",
    "kl/k3": "the same by the k3 estimate, never negative",
    "kl/beta": "price of one nat of KL, moved by the adaptive controller",
    "policy/loss": "clipped loss, per action (PPO) or completion (RLOO; GRPO, with the price of the KL)",
    "policy/entropy": "mean entropy of the next token in nats",
    "policy/clipped": "share of actions (RLOO: completions) whose ratio left [1 − ε, 1 + ε]",
    "policy/kl_old": "mean KL from the policy before this step's updates, per action (k3)",
    "policy/first_ratio": "largest |π_new/π_old − 1| of one scored micro-batch before any update; near 0",
    "policy/grad_norm": "length of the gradient before clipping",
    "policy/lr": "learning rate of the step",
    "value/loss": "clipped value loss per action",
    "value/explained": "share of the returns' variance that the critic explains; 1 is perfect",
    "value/mean": "mean predicted value",
    "time/generate": "seconds spent sampling",
    "time/reward": "seconds spent painting and scoring",
    "time/score": "seconds for old and reference log-probabilities and values",
    "time/learn": "seconds for the updates",
    "eval/reward": "mean reward of greedy targets on held-out edits (refused, blacked out: reward.unusable)",
    "eval/chained_reward": "in conversations: mean reward of greedy turns on the policy's own prompts",
    "eval/last_exact": "in conversations: share of last turns whose scene is exact, from the true prompts",
    "eval/last_chained": "in conversations: the same on the policy's own prompts: the picture they end with",
    "eval/talk_painted": "in conversations with talk: share of messages that ask for no picture and get one",
    **EVALUATION_METRICS,
}


class MetricsLog:
    """Writes the numbers of each step to `folder`, one JSON line a step, and to the trackers.

    A `known` list guards against numbers nobody can look up. Custom rewards log as "reward/<name>" too.
    Closes the trackers at the end.
    """

    def __init__(
        self,
        folder: Path,
        known: Mapping[str, str],
        trackers: Sequence[GeneralTracker] = (),
        *,
        enabled: bool = True,
    ) -> None:
        self._known, self._folder, self._enabled = known, folder, enabled
        self._trackers = trackers

    def __enter__(self) -> MetricsLog:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for tracker in self._trackers:
            tracker.finish()

    def write(self, step: int, numbers: Mapping[str, float]) -> None:
        """Log the numbers of a step; infinite and missing ones are left out of the JSON line."""
        unknown = [name for name in numbers if name not in self._known and not name.startswith("reward/")]
        if unknown:
            raise KeyError(
                f"no such metric: {', '.join(unknown)}; explain it in training/core/metrics.py first"
            )
        if not self._enabled:
            return
        for tracker in self._trackers:
            tracker.log(dict(numbers), step=step)
        finite = {name: round(number, 6) for name, number in numbers.items() if math.isfinite(number)}
        with (self._folder / "metrics.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps({"step": step, **finite}) + "\n")


def read_metrics(folder: Path) -> list[dict[str, Any]]:
    """The lines of a run's `metrics.jsonl`; where a resumed run repeats a step, the later line counts."""
    path = folder / "metrics.jsonl"
    if not path.exists():
        return []
    lines: dict[tuple[int, bool], dict[str, Any]] = {}
    for text in path.read_text(encoding="utf-8").splitlines():
        line = json.loads(text)
        lines[line["step"], any(name.startswith("eval/") for name in line)] = line
    return sorted(lines.values(), key=lambda line: line["step"])
