"""Where examples come from, in three disjoint parts: files, addresses, data sets of the hub, or TinyWorld
made up on the fly."""

from __future__ import annotations

import logging
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training.config.settings import are_conversations
from training.data.examples import Edit, Example, deduplicate, edits_of, examples_of
from training.data.hub import HUB, is_streamed
from training.data.hub import rows as streamed_rows
from training.data.records import read_records
from training.data.splits import Part, Splits, beside, split
from training.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from training.config.settings import DataSettings

log = logging.getLogger(__name__)

_WORLD = "tinyworld"


def load(
    source: str,
    evaluation: str = "",
    *,
    held_out: float = 0.1,
    seed: int = 0,
    limit: int | None = None,
    columns: Mapping[str, str] | None = None,
    rows: int | None = None,
    only: Part | None = None,
) -> Splits:
    """Train, selection and test of a source: a file, or "tinyworld:COUNT" (`open_source`).

    `held_out` is the share of a file's scenes and of its instructions that go to selection, and as much to
    test (`training.data.splits`). For TinyWorld it is the size of either as a share of COUNT. With a second
    source for `evaluation`, that is the test, and what shares a scene or an instruction with it is dropped
    from the first. Duplicates are dropped; `limit` cuts each part. `columns` and `rows` are those of
    `open_source`, for both. `only` one part of TinyWorld is drawn where nothing else is asked for: the others
    stay empty (one scene in two hundred is of selection: the search takes seconds).
    """
    world = draws_its_parts(source)
    alone = only if world and not evaluation else None
    drawn = deduplicate(open_source(source, seed, columns, rows)) if alone in (None, "train") else []
    test = deduplicate(open_source(evaluation, seed + 2, columns, rows)) if evaluation else []
    if world:
        count = max(1, round(_count(source) * held_out))
        wanted = held_out and alone in (None, "selection")
        chosen = deduplicate(open_source(f"{_WORLD}-selection:{count}", seed + 1)) if wanted else []
        if held_out and not evaluation and alone in (None, "test"):
            test = deduplicate(open_source(f"{_WORLD}-test:{count}", seed + 2))
        # Parts of the world are disjoint; a test from a file may hold some of its texts all the same
        kept, choosing = (beside(part, test, 0.0) for part in (drawn, chosen))
        splits = Splits(kept.train, choosing.train, test, kept.dropped + choosing.dropped)
    else:
        splits = beside(drawn, test, held_out, seed) if evaluation else split(drawn, held_out, seed)
    return Splits(splits.train[:limit], splits.selection[:limit], splits.test[:limit], splits.dropped)


def draws_its_parts(source: str) -> bool:
    """Whether selection and test are drawn beside the examples, and not taken out of them."""
    return source.startswith(f"{_WORLD}:")


def load_edits(source: DataSettings) -> tuple[list[Edit], list[Edit]]:
    """(train, selection) edits of a config's data, of the tasks it names: what a run learns from, and what
    chooses its best checkpoint. Raises as `load` does."""
    log.info("Getting the examples of %s ready; a large set takes minutes on a busy machine.", source.train)
    splits = load_all(source)
    return _edits(splits.train, source), _edits(splits.selection, source)


def part_edits(source: DataSettings, part: Part) -> list[Edit]:
    """The edits of one part: "test" is what results are reported on. Raises as `load` does."""
    return _edits(getattr(load_all(source, part), part), source)


def open_source(
    source: str, seed: int = 0, columns: Mapping[str, str] | None = None, rows: int | None = None
) -> list[Example]:
    """All examples of a file, an address or a data set of the hub (`training.data.hub`), of "tinyworld:COUNT"
    (its train part), "tinyworld-selection:COUNT" or "tinyworld-test:COUNT", in order.

    `columns` names the column of each of our fields where others are called otherwise; `rows` is how many
    records are read at most. Raises DataError for what names no data, and as `examples.examples_of` does.
    """
    kind = source.partition(":")[0]
    if are_conversations(source):
        raise DataError(f"{source} are conversations, from which `training rl` alone learns.", [])
    parts: dict[str, Part] = {
        _WORLD: "train",
        f"{_WORLD}-selection": "selection",
        f"{_WORLD}-test": "test",
    }
    if kind not in parts:
        streamed = is_streamed(source)
        wanted = list(dict.fromkeys((columns or {}).values()))
        found = streamed_rows(source, wanted, rows) if streamed else read_records(Path(source))
        named = ((number, renamed(record, columns or {})) for number, record in islice(found, rows))
        return examples_of(source, named, "row" if source.startswith(HUB) else "line")
    count = _count(source)
    from training.data.tinyworld import tinyworld

    return tinyworld(count, seed, parts[kind])


def load_all(source: DataSettings, only: Part | None = None) -> Splits:
    """All parts of a config's data, and a line of the log about them; `only` as `load` has it. Raises as that
    does."""
    splits = load(
        source.train,
        source.evaluation,
        held_out=source.held_out,
        seed=source.seed,
        limit=source.limit,
        columns=source.columns,
        rows=source.rows,
        only=only,
    )
    log.info("%s: %s.", source.train, splits)
    return splits


def renamed(record: Any, columns: Mapping[str, str]) -> Any:
    """A record whose fields are called as ours are: `columns` has the record's name for each of ours."""
    if not columns or not isinstance(record, dict):
        return record
    return {ours: record[theirs] for ours, theirs in columns.items() if record.get(theirs) is not None}


def _edits(examples: list[Example], source: DataSettings) -> list[Edit]:
    return [edit for example in examples for edit in edits_of(example, source.tasks, source.measure)]


def _count(source: str) -> int:
    count = source.partition(":")[2]
    if not count.isdecimal() or int(count) < 1:
        raise DataError(f"{source!r} names no data: say how many examples, as in tinyworld:20000.", [])
    return int(count)
