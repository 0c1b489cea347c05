"""The interface of rewards: what one is given, and what it returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.data.examples import Edit
    from training.data.integrity import Requirements


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished prompt to judge: the text, the edit it answers, and what that edit requires."""

    prompt: str
    edit: Edit
    requirements: Requirements


class Reward(Protocol):
    """Scores finished prompts, one finite number each, higher is better."""

    @property
    def name(self) -> str:
        """The name under which its weight and its metrics stand."""

    def __call__(self, finished: Sequence[Finished], /) -> list[float]:
        """One score for each prompt, in the same order."""
