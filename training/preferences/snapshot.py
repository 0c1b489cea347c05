"""The snapshot of people's reactions: typed records, and the JSON-lines file that holds them.

The first line is the header; each further line is one turn: its words, its pictures, and what people did
with each. Equal content gives an equal `sha256`, which adapters trained on it name as their origin. People
are keyed hashes (`training.preferences.export`), no Discord id of a person, message or channel is in it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training.errors import SnapshotError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

FORMAT, VERSION = "diffchat-reactions", 1
FILE = "snapshot.jsonl"


class VoteKind(StrEnum):
    """How somebody judged a picture; the words are those of the column `kind` of the bot's table of votes."""

    REACTION = "reaction"
    PICK = "pick"  # chosen among several
    BASE = "base"  # refined further
    REROLL = "reroll"  # another one was asked for
    UNDO = "undo"  # gone back from
    NOT_MEANT = "not_meant"  # it changed what nobody had asked to change


@dataclass(frozen=True, slots=True)
class Signal:
    """What one person did with one picture.

    `kind` is a `VoteKind`'s word (for a reaction, `emoji` says which); `value` is its worth, from -2 to 2;
    `own` says that the person had asked for the picture.
    """

    person: str
    kind: str
    emoji: str
    value: int
    own: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Candidate:
    """One picture: its file (from the picture folder), its place in the grid, its seed, what people did."""

    image: int
    picture: str
    position: int
    seed: int
    at: datetime
    signals: tuple[Signal, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One turn: the context, its candidates, and who (of those who opted in) could see them.

    `intent` is the short wish (the first words and all instructions since), `family` is the same for all
    turns that go back to the same first words. `llm` is None where no language model wrote the target. `arm`
    is "NAME:a" or "NAME:b" where an experiment of that name chose the picture model.
    """

    turn: int
    parent: int | None
    kind: str
    origin: str
    conversation: str
    family: str
    author: str
    source_prompt: str
    instruction: str
    intent: str
    target_prompt: str
    llm: str | None
    painter: str | None
    at: datetime
    candidates: tuple[Candidate, ...]
    exposed: tuple[str, ...] = ()
    arm: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """What a snapshot is of: the database's `schema`, the highest id of each table (`watermark`), the
    content's hash, the fingerprint of the key behind the ids, and how much was left out for which reason."""

    schema: str
    watermark: Mapping[str, int]
    exported_at: datetime
    key: str
    message_text: bool
    left_out: Mapping[str, int]
    records: int = 0
    sha256: str = ""
    format: str = FORMAT
    version: int = VERSION


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A header and its records, in the order of their turns."""

    header: Header
    records: tuple[Record, ...]


def write(folder: Path, header: Header, records: Sequence[Record]) -> Snapshot:
    """Write `snapshot.jsonl` into a folder, complete or not at all; count and hash are filled in."""
    lines = [_line(record) for record in records]
    digest = hashlib.sha256("".join(lines).encode()).hexdigest()
    whole = replace(header, records=len(lines), sha256=digest)
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{FILE}.part"
    part.write_text(_line(whole) + "".join(lines), encoding="utf-8")
    part.replace(folder / FILE)
    return Snapshot(whole, tuple(records))


def read(folder: Path) -> Snapshot:
    """Read a snapshot back. Raises SnapshotError for one that is missing, of another version, or damaged."""
    path = folder / FILE
    try:
        # not splitlines(): people write U+2028 and the like, which end no line of JSON
        first, *lines = [f"{line}\n" for line in path.read_text(encoding="utf-8").split("\n")[:-1]] or [""]
    except (OSError, UnicodeDecodeError) as error:
        raise SnapshotError(
            f"There is no snapshot at {path} ({error}): run `python -m training preferences export` first."
        ) from error
    header = _header(path, first)
    if hashlib.sha256("".join(lines).encode()).hexdigest() != header.sha256 or len(lines) != header.records:
        raise SnapshotError(f"{path} was changed or cut off after it was written: export it again.")
    return Snapshot(header, tuple(_record(json.loads(line)) for line in lines))


def _header(path: Path, line: str) -> Header:
    try:
        values = json.loads(line)
        found = values["format"], values["version"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SnapshotError(f"{path} is no snapshot of reactions: its first line is no header.") from error
    if found != (FORMAT, VERSION):
        raise SnapshotError(
            f"{path} is a snapshot of another form ({found[0]} {found[1]}), this program reads {FORMAT} "
            f"{VERSION}: export it again with `python -m training preferences export`."
        )
    return Header(**{**values, "exported_at": datetime.fromisoformat(values["exported_at"])})


def _record(values: dict[str, Any]) -> Record:
    candidates = tuple(
        Candidate(
            **{
                **candidate,
                "at": datetime.fromisoformat(candidate["at"]),
                "signals": tuple(
                    Signal(**{**signal, "at": datetime.fromisoformat(signal["at"])})
                    for signal in candidate["signals"]
                ),
            }
        )
        for candidate in values["candidates"]
    )
    return Record(
        **{
            **values,
            "at": datetime.fromisoformat(values["at"]),
            "candidates": candidates,
            "exposed": tuple(values["exposed"]),
        }
    )


def _line(value: Header | Record) -> str:
    return json.dumps(asdict(value), ensure_ascii=False, sort_keys=True, default=_plain) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return dict(value)
