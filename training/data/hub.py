"""Data sets of the hub, addresses and tables, read through `datasets`.

| source | read as |
|---|---|
| `hub:OWNER/NAME[:SPLIT]` | a data set of the hub, or a folder in its form; else split "train" |
| `https://.../x.jsonl`, `.../x.json` | JSON, with the line of each bad record |
| an address or a path that ends in `.parquet` or `.csv` | a table |

Data sets and tables are streamed: only what is read of them is downloaded. JSON of an address is downloaded
into the cache of `datasets`.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from training.data.records import parse, record_of
from training.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HUB = "hub:"
_TABLES = {"parquet": "parquet", "csv": "csv"}


def is_streamed(source: str) -> bool:
    """Whether a source is read through `datasets`."""
    return source.startswith((HUB, "https://", "http://")) or _ending(source) in _TABLES


def rows(source: str, columns: Sequence[str] = (), count: int | None = None) -> Iterator[tuple[int, Any]]:
    """(number from 1, record) of a source, the first `count` at most; of a hub's data set or a table only
    `columns`, if any are named, since others may be pictures.

    Raises DataError when the source is not there, cannot be reached, or lacks a column.
    """
    import datasets

    try:
        yield from islice(_rows(source, columns, datasets.load_dataset), count)
    except (OSError, ValueError, datasets.exceptions.DatasetsError) as error:
        reason = (str(error) or type(error).__name__).strip().splitlines()[0]
        raise DataError(
            f"{source} cannot be read: {reason}\nWithout a network, name the path of a file; a data set "
            "that the hub's cache holds is read with HF_HUB_OFFLINE=1.",
            [],
        ) from error


def _rows(source: str, columns: Sequence[str], load: Any) -> Iterator[tuple[int, Any]]:
    if source.startswith(HUB):
        name, split = _named(source.removeprefix(HUB))
        return _table(source, load(name, split=split, streaming=True), columns)
    if kind := _TABLES.get(_ending(source)):
        return _table(source, load(kind, data_files=source, split="train", streaming=True), columns)
    # As text, since the builder for JSON would stop at the first bad line without telling which it is; not
    # streamed, as datasets 5.2 hands the text's encoding on to aiohttp, which knows no such argument
    lines = _ending(source) != "json"
    text = load(
        "text",
        data_files=source,
        split="train",
        sample_by="line" if lines else "document",
        encoding_errors="replace",
    )
    if lines:
        numbered = ((number, row["text"]) for number, row in enumerate(text, 1))
        return ((number, record_of(line.encode())) for number, line in numbered if line.strip())
    return parse("".join(row["text"] for row in text).encode())


def _table(source: str, table: Any, columns: Sequence[str]) -> Iterator[tuple[int, Any]]:
    there = table.column_names
    if columns and there and (missing := [name for name in columns if name not in there]):
        raise DataError(
            f"{source} has no column {', '.join(missing)}; it has {', '.join(there)}. Name them in "
            "[data.columns].",
            [],
        )
    return enumerate(table.select_columns(list(columns)) if columns else table, 1)


def _named(name: str) -> tuple[str, str]:
    """Name and split of OWNER/NAME:SPLIT."""
    found, colon, split = name.rpartition(":")
    return (found, split) if colon else (name, "train")


def _ending(source: str) -> str:
    return source.partition("?")[0].rpartition(".")[2].lower()
