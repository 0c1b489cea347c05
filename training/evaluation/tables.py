"""Tables from raw results, without rerunning anything: `python -m training tables FILE...`.

A page of docs holds a table between `<!-- table: docs/results/NAME.json -->` and `<!-- /table -->`; `--write`
renews all of them, and a test holds them equal to the raw files.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from training.errors import DataError, in_words
from training.evaluation import ablation, agreement, arms, drift, intervals, markdown
from training.evaluation.results import Results
from training.evaluation.ways import report as ways

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_PLACE = re.compile(r"(<!-- table: (?P<file>[\w./-]+) -->\n).*?(<!-- /table -->)", re.DOTALL)
_MAKERS: dict[str, Callable[[dict[str, Any]], str]] = {
    "evaluation": lambda raw: markdown.markdown(Results.of(raw)),
    "ablation": ablation.tables_of,
    "intervals": intervals.table_of,
    "agreement": agreement.table_of,
    "arms": arms.tables_of,
    "drift": drift.table_of,
    "ways": ways.tables_of,
}


def tables_of(file: Path) -> str:
    """The tables of a raw result. Raises DataError for a file that holds none."""
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(f"{file} cannot be read: {in_words(error)}.", []) from error
    except ValueError as error:
        raise DataError(f"{file} holds no raw results: {in_words(error)}.", []) from error
    kind = raw.get("kind") if isinstance(raw, dict) else None
    if not isinstance(kind, str) or kind not in _MAKERS:
        raise DataError(f'{file} holds no raw results: its "kind" is none of {", ".join(_MAKERS)}.', [])
    return _MAKERS[kind](raw).strip() + "\n"


def renewed(page: str, root: Path) -> str:
    """The text of a page with its tables made anew from the raw files, whose paths begin at `root`."""
    return _PLACE.sub(lambda found: found[1] + tables_of(root / found["file"]) + found[3], page)


def write(root: Path) -> list[Path]:
    """Renew the tables of all pages in `root`/docs; returns the pages that changed."""
    changed = []
    for page in sorted((root / "docs").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        if (new := renewed(text, root)) != text:
            page.write_text(new, encoding="utf-8")
            changed.append(page)
    return changed
