"""Which moves follow what, and how often each is tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.tiny.conversations.continuing import CONTINUED
from training.tiny.conversations.moves import EDITS
from training.tiny.conversations.references import REFERRING
from training.tiny.conversations.returning import RETURNED

if TYPE_CHECKING:
    from training.tiny.conversations.deltas import What
    from training.tiny.conversations.steps import Maker

ABOUT_ANYTHING = EDITS
"""Edits by reference in conversations whose things the world does not know."""
REFERENCES = EDITS | CONTINUED | REFERRING | RETURNED
"""Edits by reference to what came before."""
FOLLOWS = {
    "meant": 16, "too": 9, "other_it": 4, "both_it": 0.7, "other_gone": 1.2, "other_swap": 1, "as_done": 1.5,
}  # fmt: skip
"""Those that need a second thing beside the one that was just changed."""
FOLLOWED: dict[What, float] = {
    "colour": 1, "size": 1, "count": 1, "replace": 0.4, "remove": 0.4,
}  # fmt: skip
"""The changes of one of two things that they follow, and how often each of them is taken."""
CONTINUES = {
    "again_it": 3, "again_count": 2, "not_so": 4, "enough": 4, "more": 3, "fewer": 1.5, "instead": 1.5,
    "drop_it": 3, "was_back": 2, "and_slot": 0.6,
}  # fmt: skip
"""Those that go on from any change."""
CONTINUED_FROM: dict[What, float] = {
    "size": 1, "count": 1, "add": 0.7, "slot": 0.4, "colour": 0.5, "replace": 0.4,
}  # fmt: skip
"""The changes that they go on from: those that few wishes make are taken always."""


def weighted(weights: dict[str, float], *, anything: bool) -> dict[str, tuple[Maker, float]]:
    """These moves, each with how often it is tried; in a conversation about `anything` not all of them."""
    table = ABOUT_ANYTHING if anything else REFERENCES
    return {kind: (table[kind][0], weight) for kind, weight in weights.items() if kind in table}
