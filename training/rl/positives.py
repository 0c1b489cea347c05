"""Positive rollouts: where they are drawn, which of their words were missing, and a loss of their own.

With `[adm] positives = "missed"` a step samples its plain rows first. An edit gets a positive row only
where its plain sample lacks a word it must carry or keeps one it must not: elsewhere the policy shows by
itself how it is done. The positive's *forced words* are those that the plain sample lacked. PPO learns
little from them, since a token that the policy would hardly write has a small importance weight. So
`positive_loss` may add, for each row with forced words (mean over tokens, so that long words and long
samples weigh no more than short ones):

- "nll": −log π of the forced words' tokens.
- "dpo": −log σ(β·(forced − missed)) (Rafailov et al. 2023, arXiv 2305.18290), where *forced* is the mean of
  log(π/π_ref) over the forced words and *missed* that over the tokens in which the plain sample goes its own
  way (all after the part that both have in common).

Both are summed over rows and divided by the rows of the whole optimizer batch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

from model.language.stems import content_stems
from training.core import tensors
from training.core.wordtokens import word_in_progress
from training.data.integrity import PrefixStems, requirements_of
from training.rl.adm import Kind, Modification

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from torch import Tensor

    from training.config.rl_settings import AdmSettings
    from training.data.examples import Edit
    from training.data.integrity import Requirements
    from training.rl.rollout import Rollouts

    Scored = Callable[[list[int]], tuple[Tensor, Tensor]]


def has_missed(text: str, wanted: Requirements) -> bool:
    """Whether a finished prompt lacks a word of K or has one of F."""
    present = content_stems(text)
    return bool(wanted.missing(present) or wanted.removed & present)


def assign(
    edits: Sequence[Edit], plans: Sequence[Modification], texts: Mapping[int, str | None]
) -> tuple[list[Edit], list[Modification], dict[int, int]]:
    """Give the positive rows of a plan to edits whose plain sample missed something.

    `texts` are the prompts of the plain rows by row, None where serving would refuse one. Returns the edits
    and plans of all rows, and for each positive row the plain row it answers. Each such sample is answered
    once; positive rows that are left over become plain rows of their own edit.
    """
    missed = [
        row
        for row, text in texts.items()
        if plans[row].kind is Kind.PLAIN
        and edits[row].kind == "edit"
        and text is not None
        and has_missed(text, requirements_of(edits[row]))
    ]
    asked = [row for row, plan in enumerate(plans) if plan.kind is Kind.POSITIVE]
    answers = dict(zip(asked, missed, strict=False))
    edits, plans = list(edits), list(plans)
    for row in asked:
        if row not in answers:
            plans[row] = Modification()
            continue
        edits[row] = edits[answers[row]]
        wanted = requirements_of(edits[row])
        plans[row] = Modification(Kind.POSITIVE, dict(wanted.required), wanted.removed)
    return edits, plans, answers


def forced_words(prefixes: Sequence[str], finished: str, stems: Collection[str]) -> list[bool]:
    """Which actions write one of the words `stems`: those from the word's first letter on until it stands.

    `prefixes[t]` is the text before action t, `finished` that after the last.
    """
    known, forced = PrefixStems(), [False] * len(prefixes)
    waiting = set(stems)
    for position, text in enumerate([*prefixes[1:], finished]):
        written = waiting.intersection(known.update(text))
        if written:
            waiting -= written
            start = _first_action(prefixes[: position + 1], text)
            forced[start : position + 1] = [True] * (position + 1 - start)
    return forced


def _first_action(prefixes: Sequence[str], text: str) -> int:
    """The action that wrote the first letter of the word which the last action, giving `text`, completed."""
    before = prefixes[-1]
    goes_on = text[len(before) : len(before) + 1].isalnum()
    letter = len(before) - (len(word_in_progress(before)) if goes_on else 0)
    return max(position for position, prefix in enumerate(prefixes) if len(prefix) <= letter)


def positive_loss(rollouts: Rollouts, rows: Sequence[int], scored: Scored, settings: AdmSettings) -> Tensor:
    """The loss of `settings.positive_loss`, summed over the positive `rows`, each with forced words.

    `scored(rows)` gives log π with a gradient, and the mask, of some rows: [n, T] each.
    """
    new, mask = scored(list(rows))
    forced = rollouts.forced[list(rows), : mask.shape[1]] * mask
    if settings.positive_loss == "nll":
        return -tensors.mean_of_each(new, forced).sum()
    missed = [rollouts.missed[row] for row in rows]
    theirs, their_mask = scored(missed)
    own_way = torch.stack([
        _from(_common(rollouts.completions[row], rollouts.completions[other]), their_mask[place])
        for place, (row, other) in enumerate(zip(rows, missed, strict=True))
    ])  # fmt: skip
    gained = tensors.mean_of_each(new - rollouts.reference[list(rows), : mask.shape[1]], forced)
    lost = tensors.mean_of_each(theirs - rollouts.reference[missed, : their_mask.shape[1]], own_way)
    return -F.logsigmoid(settings.positive_beta * (gained - lost)).sum()


def _common(one: Sequence[int], other: Sequence[int]) -> int:
    """The number of tokens at the start that both have."""
    same = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        same += 1
    return same


def _from(start: int, mask: Tensor) -> Tensor:
    """`mask` [T] without the actions before `start`."""
    return mask * (torch.arange(mask.shape[0], device=mask.device) >= start)
