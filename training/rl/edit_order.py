"""Which edits a PPO step is about: those that fit the model's context, epoch after epoch in a new order."""

from __future__ import annotations

import logging
import random
from typing import TYPE_CHECKING

from training.core.encoding import encode_prompt
from training.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.core.policy import Policy
    from training.data.examples import Edit

log = logging.getLogger(__name__)


def fitting(edits: Sequence[Edit], policy: Policy, max_new_tokens: int) -> list[Edit]:
    """The edits whose prompt leaves room for a whole completion; raises DataError when none does."""
    limit = getattr(policy.model.config.get_text_config(), "max_position_embeddings", None) or 10**9
    room, tokenizer = limit - max_new_tokens, policy.tokenizer
    kept = [e for e in edits if len(encode_prompt(tokenizer, e.source_prompt, e.instruction)) <= room]
    if not kept:
        raise DataError("No edit leaves room for max_new_tokens in the model's context.", [])
    if len(kept) < len(edits):
        log.warning("%d of %d edits are too long and left out.", len(edits) - len(kept), len(edits))
    return kept


def edits_of_step(edits: Sequence[Edit], step: int, count: int, seed: int) -> list[Edit]:
    """The `count` edits of step `step` (from 0), which depend on nothing but the arguments."""
    drawn: list[Edit] = []
    for position in range(step * count, (step + 1) * count):
        epoch, place = divmod(position, len(edits))
        if not drawn or place == 0:
            order = list(range(len(edits)))
            random.Random(f"{seed}-epoch-{epoch}").shuffle(order)
        drawn.append(edits[order[place]])
    return drawn
