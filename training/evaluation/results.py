"""The results of an evaluation, and how they are written."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from model.language.llm import DiffChatLLM
from model.settings import LLMSettings
from training.core.targets import served_targets
from training.rewards.judge import PICTURE_REWARDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from training.config.settings import EvaluateConfig, MethodSettings
    from training.core.statistics import Estimate
    from training.data.examples import Edit

TEXT_COLUMNS = ("integrity", "scene", "words", "usable")


COLUMNS = ("total", "win rate", *PICTURE_REWARDS, *TEXT_COLUMNS)


@dataclass(frozen=True)
class Written:
    """What one run of a method wrote: a target for each edit, and where it was refused by serving."""

    targets: list[str]
    usable: list[bool]


@dataclass
class Results:
    """Everything a report shows.

    `table[painter][group][column]` are estimates; `totals[painter][method]` the total of every edit;
    `targets[method]` the texts; `pictures[painter][method]` files of the first edits, relative to the output
    folder.
    """

    edits: list[Edit]
    baseline: str
    table: dict[str, dict[str, dict[str, Estimate]]] = field(default_factory=dict)
    totals: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    targets: dict[str, list[str]] = field(default_factory=dict)
    pictures: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def write(self, path: Path) -> None:
        """Write all of it as JSON."""
        path.write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def group_of(method: str) -> str:
    """The line a method belongs to: "ppo" for "ppo@2"."""
    return method.partition("@")[0]


def write(method: MethodSettings, edits: Sequence[Edit], settings: EvaluateConfig) -> Written:
    """The targets a method gives."""
    simple: dict[str, Callable[[Edit], str]] = {
        "source": lambda edit: edit.source_prompt,
        "joined": lambda edit: ", ".join(filter(None, (edit.source_prompt, edit.instruction))),
    }
    if method.kind in simple:
        return Written([simple[method.kind](edit) for edit in edits], [True] * len(edits))
    named = LLMSettings(
        model=method.model, adapter=method.adapter, max_new_tokens=settings.max_new_tokens, device="auto"
    )
    answers = served_targets(DiffChatLLM.load(named), edits)
    targets = [edit.source_prompt if a is None else a for edit, a in zip(edits, answers, strict=True)]
    return Written(targets, [answer is not None for answer in answers])
