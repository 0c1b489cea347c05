"""What the methods write for the edits of a comparison, kept line by line so that a stopped one goes on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from model.language.llm import DiffChatLLM
from model.settings import LLMSettings
from training.core.targets import served_targets
from training.rewards.cache import weights_stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from training.config.settings import EvaluateConfig, MethodSettings
    from training.data.examples import Edit

_AT_ONCE = 32


@dataclass(frozen=True)
class Written:
    """What one run of a method wrote: a target for each edit, and where it was refused by serving."""

    targets: list[str]
    usable: list[bool]


def write(method: MethodSettings, edits: Sequence[Edit], settings: EvaluateConfig, file: Path) -> Written:
    """The targets a method gives. Those of models are kept in `file` as they come, and taken from there again
    as long as model, settings and edits are the same."""
    simple: dict[str, Callable[[Edit], str]] = {
        "source": lambda edit: edit.source_prompt,
        "joined": lambda edit: ", ".join(filter(None, (edit.source_prompt, edit.instruction))),
    }
    if method.kind in simple:
        return Written([simple[method.kind](edit) for edit in edits], [True] * len(edits))
    answers = _answers(method, edits, settings, file)
    targets = [edit.source_prompt if a is None else a for edit, a in zip(edits, answers, strict=True)]
    return Written(targets, [answer is not None for answer in answers])


def _answers(
    method: MethodSettings, edits: Sequence[Edit], settings: EvaluateConfig, file: Path
) -> list[str | None]:
    asked = _fingerprint(method, edits, settings)
    answers = _read(file, asked)
    if len(answers) == len(edits):
        return answers
    named = LLMSettings(
        model=method.model, adapter=method.adapter, max_new_tokens=settings.max_new_tokens, device="auto"
    )
    served = DiffChatLLM.load(named)  # in bfloat16 where the hardware has it
    file.parent.mkdir(parents=True, exist_ok=True)
    # Rewritten first, as the last line of a run that was killed may be half a line
    lines = [json.dumps({"asked": asked}), *map(_line, answers)]
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    with file.open("a", encoding="utf-8") as kept:
        for start in range(len(answers), len(edits), _AT_ONCE):
            part = served_targets(served, edits[start : start + _AT_ONCE])
            kept.writelines(f"{_line(answer)}\n" for answer in part)
            kept.flush()
            answers += part
    return answers


def _line(answer: str | None) -> str:
    return json.dumps({"target": answer}, ensure_ascii=False)


def _read(file: Path, asked: str) -> list[str | None]:
    """The answers kept so far to just these questions."""
    lines = file.read_text(encoding="utf-8").split("\n") if file.exists() else []
    # What follows the last line end was not written to its end
    records: list[dict[str, Any]] = [json.loads(line) for line in lines[:-1]]
    if not records or records[0] != {"asked": asked}:
        return []
    return [record["target"] for record in records[1:]]


def _fingerprint(method: MethodSettings, edits: Sequence[Edit], settings: EvaluateConfig) -> str:
    parts = [
        method.model_dump_json(), weights_stamp(method.model), weights_stamp(method.adapter),
        str(settings.max_new_tokens), *(edit.key for edit in edits),
    ]  # fmt: skip
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
