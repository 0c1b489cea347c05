"""Preference data as files: TRL's DPO and KTO formats, and PickScore's form for pictures.

Rows are JSON lines. DPO: `prompt`, `chosen`, `rejected`; KTO: `prompt`, `completion`, `label`; the texts are
exactly what serving writes and reads (`model.language.prompt`), and `source_prompt`, `instruction` and the
targets stand beside them. Pictures: `caption`, `image_0`, `image_1`, `label_0`, `label_1` (a tie is 0.5 and
0.5), `num_example_per_prompt` and `weight`, with the names that Pick-a-Pic's public files use; `image_0` and
`image_1` are files, from the picture folder, in random order.
"""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

from model.language.prompt import format_edit, format_target
from training.data.records import read_records, usable
from training.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from training.preferences.pairs import Item, Label, Pair

Row = dict[str, Any]
PICTURE_FIELDS: Mapping[str, type] = {
    "caption": str,
    "image_0": str,
    "image_1": str,
    "label_0": float,
    "label_1": float,
}


def dpo_rows(pairs: Iterable[Pair]) -> list[Row]:
    """One row a pair of prompts that is no tie."""
    return [
        {
            **_asked(pair.better),
            "chosen": format_target(pair.better.key),
            "rejected": format_target(pair.worse.key),
            "chosen_prompt": pair.better.key,
            "rejected_prompt": pair.worse.key,
            "agreement": round(pair.label, 4),
            "why": pair.why,
        }
        for pair in pairs
        if pair.label > 0.5
    ]


def kto_rows(labels: Iterable[Label]) -> list[Row]:
    """One row a prompt."""
    return [
        {
            **_asked(label.item),
            "completion": format_target(label.item.key),
            "target_prompt": label.item.key,
            "label": label.liked,
            "score": round(label.item.score, 4),
        }
        for label in labels
    ]


def picture_rows(pairs: Iterable[Pair], seed: int = 0) -> list[Row]:
    """One row a pair of pictures, each first as often as second."""
    rows = []
    for pair in pairs:
        turned = random.Random(f"{seed} {pair.better.key} {pair.worse.key}").random() < 0.5
        first, second = (pair.worse, pair.better) if turned else (pair.better, pair.worse)
        label = 1 - pair.label if turned else pair.label
        rows.append(
            {
                "caption": pair.better.record.intent,
                "image_0": _file(first),
                "image_1": _file(second),
                "label_0": round(label, 4),
                "label_1": round(1 - label, 4),
                "num_example_per_prompt": pair.of,
                "weight": round(1 / pair.of, 4),
                "why": pair.why,
            }
        )
    return rows


def write(path: Path, rows: Iterable[Row]) -> None:
    """Write rows as JSON lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text("".join(lines), encoding="utf-8")


def read(path: Path) -> list[Row]:
    """Rows that `write` wrote, which may be none. Raises DataError as `records.usable` does."""
    found = list(read_records(path))
    return usable(path, found, _no_object) if found else []


def read_public(path: Path) -> list[Row]:
    """A preference file of PickScore form, its picture names taken from its own folder.

    Bad rows are logged with their lines and left out. Raises DataError as `records.usable` does.
    """
    rows = []
    for record in usable(path, read_records(path), lambda record: _problems(record, path.parent)):
        files = {name: str((path.parent / record[name]).resolve()) for name in ("image_0", "image_1")}
        rows.append({"num_example_per_prompt": 1, "weight": 1.0, **record, **files, "why": "public"})
    return rows


def mixed(own: Sequence[Row], public: Sequence[Row], share: float, seed: int = 0) -> list[Row]:
    """All own rows and as many public ones, drawn at random, as make up `share` of the whole."""
    wanted = round(len(own) * share / (1 - share))
    if wanted > len(public):
        raise DataError(
            f"The public file has {len(public)} rows, and pairs.public_share = {share} of a mix with "
            f"{len(own)} of your own takes {wanted}: lower the share.",
            [],
        )
    return [*own, *random.Random(seed).sample(list(public), wanted)]


def _asked(item: Item) -> Row:
    record = item.record
    return {
        "prompt": format_edit(record.source_prompt, record.instruction),
        "source_prompt": record.source_prompt,
        "instruction": record.instruction,
    }


def _file(item: Item) -> str:
    """The file of a picture item."""
    return next(c.picture for c in item.record.candidates if str(c.image) == item.key)


def _no_object(record: Any) -> list[str]:
    return [] if isinstance(record, dict) else [f"a record must be an object, not {type(record).__name__}"]


def _problems(record: Any, folder: Path) -> list[str]:
    if no_object := _no_object(record):
        return no_object
    problems = []
    for name, kind in PICTURE_FIELDS.items():
        if not isinstance(record.get(name), (int, float) if kind is float else kind):
            problems.append(f"the field {name!r} is missing or no {kind.__name__}")
    if not problems and abs(record["label_0"] + record["label_1"] - 1) > 1e-3:
        problems.append("label_0 and label_1 must add up to 1")
    if not problems:
        missing = [record[n] for n in ("image_0", "image_1") if not (folder / record[n]).is_file()]
        problems += [f"there is no picture {name}" for name in missing]
    return problems
