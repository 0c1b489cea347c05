"""Examples to learn from: one typed record, its readers, checks and deduplication.

An `Example` is one record of InstructPE: a raw source prompt, an instruction, and the beautified source and
target. It gives up to three `Edit`s, the (source, instruction) -> target pairs that SFT and PPO train on:

- "beautify":  source prompt, no instruction      -> beautified source
- "edit":      beautified source, instruction     -> beautified target (a refinement in a conversation)
- "direct":    source prompt, instruction         -> beautified target

Files are UTF-8: a JSON array of objects (both of InstructPE's files) or JSON lines, told apart by the first
character. Every problem of a file is reported at once, each with its line.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

from training.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from training.config.settings import Task

REQUIRED_FIELDS = ("source_prompt", "instruction", "beautified_source_prompt", "beautified_target_prompt")
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
    would hide what was asked for). `key` names the edit for seeds and caches.
    """

    source_prompt: str
    instruction: str
    target_prompt: str
    intent: str

    @property
    def key(self) -> str:
        """What identifies the edit: its source prompt and instruction."""
        return "\n".join((self.source_prompt, self.instruction))


def fold(text: str) -> str:
    """`text` in small letters with single spaces: how records are compared."""
    return " ".join(text.casefold().split())


def edits_of(example: Example, tasks: Sequence[Task]) -> list[Edit]:
    """The edits an example gives for the wished tasks, in that order."""
    wish = example.target_prompt or f"{example.source_prompt}, {example.instruction}"
    target = example.beautified_target_prompt
    made = {
        "beautify": Edit(example.source_prompt, "", example.beautified_source_prompt, example.source_prompt),
        "edit": Edit(example.beautified_source_prompt, example.instruction, target, wish),
        "direct": Edit(example.source_prompt, example.instruction, target, wish),
    }
    return [made[task] for task in tasks]


def read(path: Path) -> list[Example]:
    """All examples of a JSON or JSON-lines file, in order.

    Raises DataError naming every record that cannot be used, with the line it starts on.
    """
    examples, problems = [], []
    for line, record in read_records(path):
        found = [record] if isinstance(record, str) else problems_of(record)
        problems += [f"line {line}: {problem}" for problem in found]
        if not found:
            examples.append(Example(**{field: " ".join(record[field].split()) for field in _known(record)}))
    if not examples and not problems:
        problems = ["line 1: the file holds no records"]
    if problems:
        raise DataError(f"{path} cannot be used as it is ({len(problems)} problems):", problems)
    return examples


def read_records(path: Path) -> Iterator[tuple[int, Any]]:
    """(line number, decoded record) of a JSON array or of JSON lines; a str says why a record is no JSON.

    Raises DataError when the file cannot be read or is not UTF-8.
    """
    text = _decode(path)
    return _array(text) if text.lstrip().startswith("[") else _lines(text)


def write(path: Path, examples: Iterable[Example]) -> None:
    """Write examples as JSON lines.

    Raises DataError for what `read` would refuse, naming each; then nothing is written.
    """
    records = [asdict(example) for example in examples]
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
    problems = [f"the field {name!r} is missing" for name in REQUIRED_FIELDS if name not in record]
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


def _decode(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}.", []) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problem = f"line {line}: byte 0x{raw[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise DataError(f"{path} has a wrong encoding:", [problem]) from error


def _lines(text: str) -> Iterator[tuple[int, Any]]:
    """(line number, record) of JSON lines; a line that is no JSON gives the problem's words as a str."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError) as error:
                yield number, _why_no_json(error)


def _array(text: str) -> Iterator[tuple[int, Any]]:
    """(line number, record) of one JSON array; after a syntax error nothing more can be read."""
    decoder, at, line, counted = json.JSONDecoder(), text.index("[") + 1, 1, 0
    while True:
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        line, counted = line + text.count("\n", counted, at), at
        if text[at : at + 1] == "]":
            return
        try:
            record, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            yield getattr(error, "lineno", line), _why_no_json(error)
            return
        yield line, record


def _why_no_json(error: ValueError | RecursionError) -> str:
    """Python's decoder has limits of its own: on nesting, and on the digits of a whole number."""
    if isinstance(error, json.JSONDecodeError):
        return f"no JSON ({error.msg} at column {error.colno})"
    if isinstance(error, RecursionError):
        return "the values are nested too deeply"
    return f"a number has more than {sys.get_int_max_str_digits()} digits"


def _known(record: dict[str, Any]) -> list[str]:
    return [field.name for field in fields(Example) if field.name in record]
