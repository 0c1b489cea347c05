"""What a comparison's page shows beside its numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from training.data.examples import Edit


@dataclass(frozen=True)
class Shown:
    """What the page shows beside numbers: the edits, `targets[method]`, and `pictures[painter][method]`."""

    edits: Sequence[Edit]
    targets: Mapping[str, Sequence[str]]
    pictures: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
