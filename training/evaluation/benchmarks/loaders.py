"""The prompts of benchmarks, from files in the form in which each is published.

| kind | `path` | categories |
|---|---|---|
| "parti" | PartiPrompts.tsv: `Prompt`, `Category`, `Challenge` | both, a challenge marked as one |
| "geneval" | evaluation_metadata.jsonl: `tag`, `include`, `exclude`, `prompt` | the tag |
| "t2i-compbench" | examples/dataset of T2I-CompBench++: a prompt a line of each `*_val.txt` | the file |
| "genai-bench" | a folder with genai_image.json and genai_skills.json | the skills |

Nothing of them is part of this project. Bad records are named by line and left out
(`training.data.records`).
"""

from __future__ import annotations

import csv
import json
import random
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training.data.examples import MAX_WORDS, Edit
from training.data.records import read_records, usable
from training.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from training.config.settings import BenchmarkSettings

POSITIONS = ("left of", "right of", "above", "below")


@dataclass(frozen=True)
class Item:
    """A prompt, the categories it counts for, and GenEval's rules for its picture."""

    prompt: str
    categories: tuple[str, ...]
    rules: Mapping[str, Any] = field(default_factory=dict)

    @property
    def edit(self) -> Edit:
        """What a method is asked: to beautify the prompt. All that it says is to be kept."""
        return Edit(self.prompt, "", self.prompt, self.prompt)


def load(settings: BenchmarkSettings, seed: int) -> list[Item]:
    """A benchmark's prompts in an order drawn with `seed`, so that the first few are of all categories.

    A prompt that comes twice is asked once, for the categories of both. Raises DataError for what cannot be
    read, and as `records.usable` does.
    """
    readers: dict[str, Callable[[Path], list[Item]]] = {
        "parti": parti, "geneval": geneval, "t2i-compbench": t2i_compbench, "genai-bench": genai_bench,
    }  # fmt: skip
    items: dict[str, Item] = {}
    for item in readers[settings.kind](Path(settings.path)):
        same = items.get(item.prompt)
        if same and same.rules != item.rules:
            raise DataError(f"{settings.path} has two rules for {item.prompt!r}.", [])
        categories = dict.fromkeys((*(same.categories if same else ()), *item.categories))
        items[item.prompt] = Item(item.prompt, tuple(categories), item.rules)
    drawn = list(items.values())
    random.Random(seed).shuffle(drawn)
    return drawn[: settings.examples]


def parti(path: Path) -> list[Item]:
    """PartiPrompts."""
    rows = usable(path, _tsv(path), lambda row: _texts(row, "Prompt", "Category", "Challenge"))
    return [Item(_one(r["Prompt"]), (r["Category"], f"{r['Challenge']} (challenge)")) for r in rows]


def geneval(path: Path) -> list[Item]:
    """GenEval's metadata; the rules are what `geneval.correct` reads."""
    rows = usable(path, read_records(path), _geneval_problems)
    rules = ("tag", "include", "exclude")
    return [
        Item(_one(r["prompt"]), (r["tag"],), {name: r[name] for name in rules if name in r}) for r in rows
    ]


def t2i_compbench(path: Path) -> list[Item]:
    """T2I-CompBench++: `*_val_seen.txt` and the like are parts of `*_val.txt`, and left alone."""
    files = sorted(path.glob("*_val.txt"))
    if not files:
        raise DataError(f"{path} holds no *_val.txt: name T2I-CompBench++'s examples/dataset.", [])
    items = []
    for file in files:
        lines = enumerate(_text(file).splitlines(), 1)
        found = usable(file, ((n, {"prompt": line}) for n, line in lines if line.strip()), _prompt_problems)
        items += [Item(_one(one["prompt"]), (file.stem.removesuffix("_val"),)) for one in found]
    return items


def genai_bench(path: Path) -> list[Item]:
    """GenAI-Bench: prompts by number, and the numbers of each skill."""
    prompts, skills = _object(path / "genai_image.json"), _object(path / "genai_skills.json")
    numbered = ((int(number) if number.isdecimal() else 0, {**one, "number": number})
                if isinstance(one, dict) else (0, one) for number, one in prompts.items())  # fmt: skip
    found = usable(path / "genai_image.json", numbered, _genai_problems, "prompt")
    of: dict[int, list[str]] = defaultdict(list)
    for skill, numbers in skills.items():
        for number in numbers:
            of[int(number)].append(skill)
    return [Item(_one(one["prompt"]), tuple(of[int(one["number"])])) for one in found]


def _geneval_problems(record: Any) -> list[str]:
    if problems := _texts(record, "prompt", "tag"):
        return problems
    include, exclude = record.get("include"), record.get("exclude", [])
    if not isinstance(include, list) or not include or not isinstance(exclude, list):
        return ["'include' must be a list that is not empty, and 'exclude' a list"]
    for clause in (*include, *exclude):
        known = isinstance(clause, dict) and isinstance(clause.get("class"), str)
        if not known or not isinstance(clause.get("count"), int) or clause["count"] < 1:
            return [f"{clause!r} needs a class, and a count of at least 1"]
    for index, clause in enumerate(include):
        match clause.get("position"):
            case None:
                continue
            case [str(where), int(other)] if where in POSITIONS and 0 <= other < index:
                continue
        return [f"{clause['position']!r} must be one of {', '.join(POSITIONS)} and an earlier object"]
    return []


def _genai_problems(record: Any) -> list[str]:
    problems = _prompt_problems(record)
    if not problems and not record["number"].isdecimal():
        problems = [f"{record['number']!r} is no number"]
    return problems


def _prompt_problems(record: Any) -> list[str]:
    return _texts(record, "prompt")


def _texts(record: Any, *names: str) -> list[str]:
    """Which of the fields are no texts, are empty, or too long to be a prompt."""
    if not isinstance(record, dict):
        return [f"a record must be an object, not {type(record).__name__}"]
    values = {name: record.get(name) for name in names}
    problems = [f"the field {n!r} is missing or empty" for n, v in values.items()
                if not isinstance(v, str) or not v.strip()]  # fmt: skip
    return problems or [f"the field {n!r} has more than {MAX_WORDS} words" for n, v in values.items()
                        if len(str(v).split()) > MAX_WORDS]  # fmt: skip


def _tsv(path: Path) -> Iterator[tuple[int, Any]]:
    # Prompts have quotation marks in them, and no field is quoted
    reader = csv.DictReader(_text(path).splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    for row in reader:
        yield reader.line_num, row


def _object(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(_text(path))
    except ValueError as error:
        raise DataError(f"{path} is no JSON: {error}.", []) from error
    if not isinstance(found, dict):
        raise DataError(f"{path} must hold an object, not {type(found).__name__}.", [])
    return found


def _text(path: Path) -> str:
    """A file's text; bytes that are no UTF-8 become U+FFFD."""
    try:
        return path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}.", []) from error


def _one(text: str) -> str:
    """`text` with single spaces."""
    return " ".join(text.split())
