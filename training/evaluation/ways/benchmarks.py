"""Public sets of edits as a folder that the comparison of ways reads (`cases.from_folder`).

| name | from | its fields |
|---|---|---|
| i2ebench | a checkout of github.com/cocoshe/I2EBench, with pictures | `image`, `ori_exp` of each kind |
| gedit | `stepfun-ai/GEdit-Bench` of the hub, or a copy | `task_type`, `instruction`, `input_image_raw` |

Of I2EBench the eight kinds are taken that change what a picture shows; the other eight repair it (blur,
haze, noise, ...), which no prompt asks for. Neither set says what its pictures show, before or after: the
comparison has the preset's captioner and language model say it (`prompts.py`), as the bot does for a picture
that somebody brings.
"""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

from PIL import Image, UnidentifiedImageError

from training.data.hub import rows
from training.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

log = logging.getLogger(__name__)

I2EBENCH = (
    "BGReplacement", "ColorAlteration", "Counting", "DirectionPerception", "ObjectRemoval",
    "RegionAccuracy", "Replacement", "StyleAlteration",
)  # fmt: skip
GEDIT = "hub:stepfun-ai/GEdit-Bench"

Edit = tuple[dict[str, str], Image.Image]
"""The fields of a line of edits.jsonl, without `image`, and the picture."""


def i2ebench(checkout: Path) -> Iterator[Edit]:
    """The edits of a checkout, kind by kind. Raises DataError where it holds none; an edit whose picture is
    not there is logged and left out."""
    found = [kind for kind in I2EBENCH if (checkout / "EditData" / kind / f"{kind}.json").is_file()]
    if not found:
        raise DataError(f"{checkout} holds no EditData/{I2EBENCH[0]}/{I2EBENCH[0]}.json.", [])
    for kind in found:
        folder = checkout / "EditData" / kind
        pictures = {path.name: path for path in sorted(folder.rglob("*")) if path.suffix != ".json"}
        for number, one in _records(folder / f"{kind}.json").items():
            try:
                with Image.open(pictures[one["image"]]) as picture:
                    yield {"instruction": one["ori_exp"], "kind": kind}, picture.convert("RGB")
            except (KeyError, TypeError, OSError, UnidentifiedImageError) as error:
                log.warning("%s.json, edit %s is left out: %r", kind, number, error)


def gedit(source: str = GEDIT, language: str = "en") -> Iterator[Edit]:
    """The edits whose instruction is in `language`, "en" or "cn". Raises as `hub.rows` does."""
    columns = ("task_type", "instruction", "instruction_language", "input_image_raw")
    for _, row in rows(source, columns):
        if row["instruction_language"] == language:
            fields = {"instruction": row["instruction"], "kind": row["task_type"]}
            yield fields, row["input_image_raw"].convert("RGB")


def write(edits: Iterable[Edit], output: Path) -> int:
    """Write a folder that `cases.from_folder` reads, and return how many edits it has. Raises DataError for
    none."""
    output.mkdir(parents=True, exist_ok=True)
    lines = []
    for number, (fields, picture) in enumerate(edits):
        name = f"{number:05d}.png"
        picture.save(output / name)
        lines.append(json.dumps({"image": name, **fields}, ensure_ascii=False) + "\n")
    if not lines:
        raise DataError("There is no edit in this set.", [])
    (output / "edits.jsonl").write_text("".join(lines), encoding="utf-8")
    return len(lines)


def _records(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise DataError(f"{file} is no JSON: {error}.", []) from error
    if not isinstance(found, dict):
        raise DataError(f"{file} should hold edits by their number.", [])
    return found
