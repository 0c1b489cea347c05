"""Examples to learn from: one typed record, its readers, checks and deduplication.

An `Example` is one record of InstructPE: a raw source prompt, an instruction, and the beautified source and
target. It gives up to three `Edit`s, the (source, instruction) -> target pairs that SFT and PPO train on:

- "beautify":  source prompt, no instruction      -> beautified source
- "edit":      beautified source, instruction     -> beautified target (a refinement in a conversation)
- "direct":    source prompt, instruction         -> beautified target

A record without instruction and target is a pair, a short prompt and its beautified form (BeautifulPrompt's
data), and gives "beautify" alone.

Files are UTF-8: a JSON array of objects (both of InstructPE's files) or JSON lines, told apart by the first
character. Records that cannot be used are reported with their lines and left out (`training.data.records`).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from training.data.records import read_records, usable
from training.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from model.engine import MessageKind, Step
    from training.config.settings import Measure, Task

REQUIRED_FIELDS = ("source_prompt", "instruction", "beautified_source_prompt", "beautified_target_prompt")
_OF_THE_EDIT = ("instruction", "beautified_target_prompt")
"""Fields that a pair has not."""
MAX_WORDS = 400
"""Longer texts are no prompts (CLIP reads about 55 words) and would decide the length of a batch."""


@dataclass(frozen=True, slots=True)
class Example:
    """One record. `target_prompt` is the short form of the target where it is known, else empty."""

    source_prompt: str
    instruction: str
    beautified_source_prompt: str
    beautified_target_prompt: str
    target_prompt: str = ""

    @classmethod
    def of(cls, record: dict[str, Any]) -> Example:
        """The example of a record in which `problems_of` finds none; runs of spaces become one."""
        return cls(**{field.name: " ".join(record.get(field.name, "").split()) for field in fields(cls)})

    @property
    def key(self) -> str:
        """What makes two records the same: source, instruction and target, case and spaces folded."""
        return "\n".join(
            fold(text) for text in (self.source_prompt, self.instruction, self.beautified_target_prompt)
        )


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing to learn: `source_prompt` + `instruction` -> `target_prompt`.

    `intent` is the short wish that pictures are judged against (CLIP reads 77 tokens; a beautified prompt
    would hide what was asked for). `key` names the edit for seeds and caches. `measure` is how content
    integrity reads its requirements (`training.data.integrity.requirements_of`).

    `history` are the steps before in a conversation, as `model.engine.EditRequest` has them. There a source
    prompt may be what a model wrote: then `true_source` is what it should have been, else "".

    A message there may be of another `kind` than an edit, as praise: then nothing is to be painted, and
    `target_prompt` is what the prompt should be all the same.
    """

    source_prompt: str
    instruction: str
    target_prompt: str
    intent: str
    measure: Measure = "stems"
    history: tuple[Step, ...] = ()
    true_source: str = ""
    kind: MessageKind = "edit"

    @property
    def key(self) -> str:
        """What identifies the edit: its (true) source prompt and instruction."""
        return "\n".join((self.true_source or self.source_prompt, self.instruction))


def fold(text: str) -> str:
    """`text` in small letters with single spaces: how records are compared."""
    return " ".join(text.casefold().split())


def edits_of(example: Example, tasks: Sequence[Task], measure: Measure = "stems") -> list[Edit]:
    """The edits an example gives for the wished tasks, in that order; a pair gives "beautify" alone."""
    wish = example.target_prompt or f"{example.source_prompt}, {example.instruction}"
    target = example.beautified_target_prompt
    made = {
        "beautify": Edit(example.source_prompt, "", example.beautified_source_prompt, example.source_prompt),
        "edit": Edit(example.beautified_source_prompt, example.instruction, target, wish),
        "direct": Edit(example.source_prompt, example.instruction, target, wish),
    }
    return [replace(made[task], measure=measure) for task in tasks if target or task == "beautify"]


def read(path: Path) -> list[Example]:
    """The usable examples of a JSON or JSON-lines file, in order; bad records are logged and left out.

    Raises DataError as `records.usable` does.
    """
    return examples_of(path, read_records(path))


def examples_of(source: object, numbered: Iterable[tuple[int, Any]], unit: str = "line") -> list[Example]:
    """The usable examples among numbered records of any source. Raises DataError as `records.usable` does."""
    return list(map(Example.of, usable(source, numbered, problems_of, unit)))


def write(path: Path, examples: Iterable[Example]) -> None:
    """Write examples as JSON lines.

    Raises DataError for what `read` would refuse, naming each; then nothing is written.
    """
    records = list(map(_record, examples))
    problems = [f"example {n}: {p}" for n, record in enumerate(records, 1) for p in problems_of(record)]
    if not records:
        problems = ["there are no examples"]
    if problems:
        raise DataError(f"{path} is not written, for it could not be read back:", problems)
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(lines), encoding="utf-8")


def problems_of(record: Any) -> list[str]:
    """What keeps a decoded record from being an example; empty when nothing does."""
    if not isinstance(record, dict):
        return [f"a record must be an object, not {type(record).__name__}"]
    pair = not any(name in record for name in _OF_THE_EDIT)
    needed = [name for name in REQUIRED_FIELDS if not (pair and name in _OF_THE_EDIT)]
    problems = [f"the field {name!r} is missing" for name in needed if name not in record]
    for name in _known(record):
        value = record[name]
        if not isinstance(value, str):
            problems.append(f"the field {name!r} must be text, not {type(value).__name__}")
        elif name != "target_prompt" and not value.strip():
            problems.append(f"the field {name!r} is empty")
        elif len(value.split()) > MAX_WORDS:
            problems.append(f"the field {name!r} has {len(value.split())} words, more than {MAX_WORDS}")
        elif "\ufffd" in value or "\x00" in value:
            problems.append(f"the field {name!r} holds characters that were lost in a wrong encoding")
    return problems


def deduplicate(examples: Sequence[Example]) -> list[Example]:
    """The first of each group of examples with the same key, in order."""
    return list({example.key: example for example in reversed(examples)}.values())[::-1]


def describe(examples: Sequence[Example]) -> str:
    """A few lines for people: counts, duplicates, lengths in words, and three examples."""
    lengths = {
        name: sorted(len(getattr(example, name).split()) for example in examples) for name in REQUIRED_FIELDS
    }
    lines = [f"{len(examples)} examples, {len(deduplicate(examples))} after deduplication"]
    for name, counts in lengths.items():
        half, most = counts[len(counts) // 2], counts[-1]
        lines.append(f"  {name:26} {counts[0]:4} to {most:4} words, median {half}")
    for example in examples[:3]:
        lines += ["", *(f"  {name}: {value}" for name, value in asdict(example).items() if value)]
    return "\n".join(lines)


def _record(example: Example) -> dict[str, str]:
    """What is written of an example: of a pair no empty fields of an edit."""
    record = asdict(example)
    pair = not any(record[name] for name in _OF_THE_EDIT)
    return {name: value for name, value in record.items() if not (pair and name in _OF_THE_EDIT)}


def _known(record: dict[str, Any]) -> list[str]:
    return [field.name for field in fields(Example) if field.name in record]
