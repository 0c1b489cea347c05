"""How language models drift over the turns of held-out conversations, one beside the other.

    python -m training tiny lm --drift before=FOLDER after=FOLDER --chats 100 --results docs/results

writes `drift.json` and `drift.svg` into the folder. Every model gets the same conversations of eight
messages: from the true prompts, and on the prompts that it wrote itself.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.language.stems import words
from training.data.tinyworld import same
from training.errors import TrainingError
from training.evaluation import drift as report
from training.evaluation.ways.compare import machine
from training.tiny.chat_eval import answered, chained, held_out_chats, right
from training.tiny.lm_eval import asker

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from training.data.splits import Part
    from training.tiny.chat_eval import Ask
    from training.tiny.conversations.state import Chat

SEED = 1


def write(models: Sequence[str], chats: int, part: Part, folder: Path) -> str:
    """Measure each NAME=FOLDER, write the raw counts and the drawing, and give the table.

    Raises TrainingError for a model without a name or of a folder that is not there, and for a name twice.
    """
    named = dict(_named(model) for model in models)
    if len(named) < len(models):
        raise TrainingError(f"Each model needs a name of its own: {', '.join(models)}.")
    raw = {
        "kind": "drift", "chats": chats, "part": part, "seed": SEED, "machine": machine(),
        "models": measured(named, held_out_chats(chats, part, SEED)),
    }  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "drift.json").write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")
    (folder / "drift.svg").write_text(report.drawing(raw), encoding="utf-8")
    return report.table_of(raw)


def _named(model: str) -> tuple[str, Path]:
    name, equals, folder = model.partition("=")
    if not name or not equals or not Path(folder).is_dir():
        raise TrainingError(f"{model!r} is no NAME=FOLDER of a checkpoint that is there.")
    return name, Path(folder)


def measured(models: Mapping[str, Path], chats: Sequence[Chat]) -> dict[str, list[dict[str, Any]]]:
    """By model and turn: how many are right of how many (`true`, `chained`), and how many words the chained
    prompts have for each of the true ones (`length`)."""
    return {name: turns(asker(folder), chats) for name, folder in models.items()}


def turns(ask: Ask, chats: Sequence[Chat]) -> list[dict[str, Any]]:
    """The counts of one model, turn by turn."""
    true: dict[int, list[bool]] = defaultdict(list)
    for (chat, turn, message), result in zip(*answered(ask, chats), strict=True):
        true[turn].append(right(chat, message, result))
    exact: dict[int, list[bool]] = defaultdict(list)
    lengths: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for turn, shown, wanted in chained(ask, chats):
        exact[turn].append(same(shown, wanted))
        lengths[turn][0] += len(words(shown))
        lengths[turn][1] += len(words(wanted))
    return [
        {
            "turn": turn,
            "true": [sum(true[turn]), len(true[turn])],
            "chained": [sum(exact[turn]), len(exact[turn])],
            "length": round(lengths[turn][0] / max(1, lengths[turn][1]), 3),
        }
        for turn in sorted(exact)
    ]
