"""Which edits a step is about: those that fit the model's context, epoch after epoch in a new order."""

from __future__ import annotations

import logging
import random
from typing import TYPE_CHECKING, TypeVar

from training.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.core.policy import Policy
    from training.data.examples import Edit

log = logging.getLogger(__name__)

Drawn = TypeVar("Drawn")


def fitting(edits: Sequence[Edit], policy: Policy, max_new_tokens: int) -> list[Edit]:
    """The edits whose prompt leaves room for a whole completion; raises DataError when none does."""
    limit = getattr(policy.model.config.get_text_config(), "max_position_embeddings", None) or 10**9
    kept = [edit for edit in edits if len(policy.encode(edit, max_new_tokens)) <= limit - max_new_tokens]
    if not kept:
        raise DataError("No edit leaves room for max_new_tokens in the model's context.", [])
    if len(kept) < len(edits):
        log.warning("%d of %d edits are too long and left out.", len(edits) - len(kept), len(edits))
    return kept


def edits_of_step(edits: Sequence[Drawn], step: int, count: int, seed: int) -> list[Drawn]:
    """The `count` edits, or conversations, of step `step` (from 0); they hang on the arguments alone."""
    drawn: list[Drawn] = []
    for position in range(step * count, (step + 1) * count):
        epoch, place = divmod(position, len(edits))
        if not drawn or place == 0:
            order = list(range(len(edits)))
            random.Random(f"{seed}-epoch-{epoch}").shuffle(order)
        drawn.append(edits[order[place]])
    return drawn
