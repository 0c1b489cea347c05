"""Published data sets: where each is, and how its records become ours. `python -m training data NAME`.

| name | records | becomes |
|---|---|---|
| instructpe | InstructPE, DiffChat's data: two files with our own fields | examples, to train and to test |
| beautifulprompt | `raw_prompt`, `prompt` | pairs for the beautifier |
| instructpix2pix | `input`, `edit`, `output`: caption edits that GPT-3 wrote | triples for the recipe |

The addresses are those that their authors name: of the first two in EasyNLP's `examples/`, of the third in
InstructPix2Pix's `scripts/download_data.sh`. Authors publish no hashes, so the one that was found is noted in
`SOURCE.json` beside the files.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from training.data import examples
from training.data.records import read_records, usable
from training.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

_ALIBABA = "https://atp-modelzoo-sh.oss-cn-shanghai.aliyuncs.com/release/tutorials"
SOURCE = "SOURCE.json"


@dataclass(frozen=True)
class Published:
    """A data set: its `files` (address, name of what is made of it), and the `fields` of ours by theirs."""

    says: str
    files: tuple[tuple[str, str], ...]
    fields: Mapping[str, str]
    problems_of: Callable[[Any], list[str]]


def _triple_problems(record: Any) -> list[str]:
    """What keeps a renamed record from being a triple."""
    if not isinstance(record, dict):
        return [f"a record must be an object, not {type(record).__name__}"]
    wrong = [n for n in ("source", "instruction", "target") if not isinstance(record.get(n), str)]
    empty = [name for name, value in record.items() if isinstance(value, str) and not value.strip()]
    problems = [f"the field {name!r} is missing or no text" for name in wrong]
    return problems + [f"the field {name!r} is empty" for name in empty]


_OUR_FIELDS = {name: name for name in (*examples.REQUIRED_FIELDS, "target_prompt")}
PUBLISHED = {
    "instructpe": Published(
        "InstructPE, DiffChat's examples: train.jsonl and test.jsonl",
        (
            (f"{_ALIBABA}/InstructPE/InstructPE_train.json", "train.jsonl"),
            (f"{_ALIBABA}/InstructPE/InstructPE_test.json", "test.jsonl"),
        ),
        _OUR_FIELDS,
        examples.problems_of,
    ),
    "beautifulprompt": Published(
        "BeautifulPrompt's pairs of short and long prompts: pairs.jsonl",
        ((f"{_ALIBABA}/BeautifulPrompt/data.json", "pairs.jsonl"),),
        {"raw_prompt": "source_prompt", "prompt": "beautified_source_prompt"},
        examples.problems_of,
    ),
    "instructpix2pix": Published(
        "InstructPix2Pix's caption edits (input, edit, output): triples.jsonl",
        (("https://instruct-pix2pix.eecs.berkeley.edu/gpt-generated-prompts.jsonl", "triples.jsonl"),),
        {"input": "source", "edit": "instruction", "output": "target"},
        _triple_problems,
    ),
}


def get(name: str, output: Path, urls: Sequence[str] = ()) -> list[str]:
    """Download and convert a data set into `output`; returns a line for each file made.

    `urls` stand in the place of the documented addresses, in the order of the files. Bad records are logged
    with their lines in the downloaded file and left out. Raises DataError as `download.fetch` and
    `records.usable` do.
    """
    from training.data.download import fetch  # the command line names data sets without a network

    published = PUBLISHED[name]
    if urls and len(urls) != len(published.files):
        raise DataError(f"{name} has {len(published.files)} files, and --url names {len(urls)}.", [])
    notes, said = [], []
    for index, (documented, made) in enumerate(published.files):
        address = urls[index] if urls else documented
        raw = output / "downloaded" / f"{made.removesuffix('.jsonl')}.{documented.rpartition('.')[2]}"
        fetched = fetch(address, raw)
        every = [(line, _renamed(record, published.fields)) for line, record in read_records(raw)]
        good = usable(raw, every, published.problems_of)
        _write(output / made, good)
        notes.append(
            {"file": made, **asdict(fetched), "records": len(good), "left_out": len(every) - len(good)}
        )
        said.append(
            f"{output / made}: {len(good)} records, {len(every) - len(good)} left out; "
            f"{fetched.bytes} bytes from {address}, sha256 {fetched.sha256}"
        )
    (output / SOURCE).write_text(json.dumps(notes, indent=1) + "\n", encoding="utf-8")
    return said


def _renamed(record: Any, fields: Mapping[str, str]) -> Any:
    """A record under our names; fields that we do not know are dropped."""
    if not isinstance(record, dict):
        return record
    return {ours: record[theirs] for theirs, ours in fields.items() if theirs in record}


def _write(path: Path, records: Sequence[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.write_text("".join(lines), encoding="utf-8")
