"""Where examples come from: files, or TinyWorld made up on the fly."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from training.data.examples import Edit, Example, deduplicate, edits_of, origin, read, split
from training.errors import DataError

if TYPE_CHECKING:
    from training.config.settings import DataSettings


def load(
    source: str, evaluation: str = "", *, held_out: float = 0.05, seed: int = 0, limit: int | None = None
) -> tuple[list[Example], list[Example]]:
    """Training and held-out examples of a source: a file, "tinyworld:COUNT" or "tinyworld-held-out:COUNT".

    With a second source for `evaluation`, what shares a source prompt with it is dropped from training;
    without, a share of `held_out` is split off (for TinyWorld: as many from its held-out part). Duplicates
    are dropped; `limit` cuts both lists.
    """
    if source.startswith("tinyworld:") and not evaluation and source.partition(":")[2].isdecimal():
        evaluation = f"tinyworld-held-out:{max(1, round(int(source.partition(':')[2]) * held_out))}"
    train = deduplicate(open_source(source, seed))
    if evaluation:
        held = deduplicate(open_source(evaluation, seed + 1))
        known = {origin(example) for example in held}
        train = [example for example in train if origin(example) not in known]
    else:
        train, held = split(train, held_out, seed)
    return train[:limit], held[:limit]


def load_edits(source: DataSettings) -> tuple[list[Edit], list[Edit]]:
    """(training, held-out) edits of a config's data, of the tasks it names. Raises as `load` does."""
    parts = load(
        source.train, source.evaluation, held_out=source.held_out, seed=source.seed, limit=source.limit
    )
    train, held_out = (
        [edit for example in part for edit in edits_of(example, source.tasks)] for part in parts
    )
    return train, held_out


def open_source(source: str, seed: int = 0) -> list[Example]:
    """All examples of a file, of "tinyworld:COUNT" or of "tinyworld-held-out:COUNT", in order.

    Raises DataError for what names no data, and as `examples.read` does.
    """
    kind, _, count = source.partition(":")
    if kind not in ("tinyworld", "tinyworld-held-out"):
        return read(Path(source))
    if not count.isdecimal() or int(count) < 1:
        raise DataError(f"{source!r} names no data: say how many examples, as in tinyworld:20000.", [])
    from training.data.tinyworld import tinyworld

    return tinyworld(int(count), seed, held=kind != "tinyworld")
