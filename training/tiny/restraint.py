"""A reward of TinyWorld's own: an edit leaves alone what its instruction does not name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.language.stems import content_stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.rewards.types import Finished


class Restraint:
    """Minus the number of content words in a refined prompt that its reference has not; 0 for a new wish.

    Aesthetics pay for every word of quality. Where somebody asks for a lantern only, such a word would change
    the picture they liked. Named in a config as "training.tiny.restraint:Restraint".
    """

    name = "restraint"

    def __call__(self, finished: Sequence[Finished]) -> list[float]:
        """Minus the number of content words that are not in the target prompt; 0 without an instruction."""
        return [
            -float(len(content_stems(item.prompt) - content_stems(item.edit.target_prompt)))
            if item.edit.instruction
            else 0.0
            for item in finished
        ]
