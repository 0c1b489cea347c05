"""Records of JSON and JSON-lines files. Bad ones are reported by their line and left out.

A file that people collected has some records that cannot be used: half a line, an empty field. Those are
logged, counted and left out. Where more than `MOST_BAD` of a file's records are bad the file is probably
another one than was meant, and where a JSON array breaks off nothing after that can be read: both raise
DataError with every problem and its line.
"""

from __future__ import annotations

import json
import logging
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from training.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

log = logging.getLogger(__name__)

MOST_BAD = 0.1
"""The share of bad records, in [0, 1], above which a file is refused."""
_NAMED = 20
"""Problems that are named in the log; the rest is counted."""


@dataclass(frozen=True)
class Unreadable:
    """What stands where a record should be: why it cannot be read, and whether all after it is lost too."""

    why: str
    ends_here: bool = False


def read_records(path: Path) -> Iterator[tuple[int, Any]]:
    """(line number, decoded record or Unreadable) of a JSON array or of JSON lines, by the first character.

    Raises DataError when the file cannot be read, or is an array that is not UTF-8.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}.", []) from error
    try:
        return parse(raw)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise DataError(f"{path} has a wrong encoding:", [f"line {line}: {_no_utf8(error)}"]) from error


def parse(raw: bytes) -> Iterator[tuple[int, Any]]:
    """The same of the bytes of a file. Raises UnicodeDecodeError for an array that is not UTF-8."""
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    if not raw.lstrip().startswith(b"["):
        return _lines(raw)
    return _array(raw.decode("utf-8"))


def usable(
    source: object,
    numbered: Iterable[tuple[int, Any]],
    problems_of: Callable[[Any], list[str]],
    unit: str = "line",
) -> list[Any]:
    """The records in which `problems_of` finds none. The others are logged by number and left out.

    `numbered` is what `read_records` gives; `unit` says what its numbers count. Raises DataError where no
    record is good, more than `MOST_BAD` of them are bad, or the source broke off.
    """
    good: list[Any] = []
    problems: list[str] = []
    bad, broken = 0, False
    for number, record in numbered:
        found = [record.why] if isinstance(record, Unreadable) else problems_of(record)
        broken = broken or (isinstance(record, Unreadable) and record.ends_here)
        problems += [f"{unit} {number}: {problem}" for problem in found]
        if found:
            bad += 1
        else:
            good.append(record)
    every = bad + len(good)
    if not every:
        raise DataError(f"{source} cannot be used:", [f"{unit} 1: the file holds no records"])
    if broken or bad > MOST_BAD * every:
        why = "it breaks off" if broken else f"{bad} of {every} records are bad, more than {MOST_BAD:.0%}"
        raise DataError(f"{source} cannot be used as it is ({len(problems)} problems): {why}.", problems)
    if problems:
        more = f"\n  and {len(problems) - _NAMED} more" if len(problems) > _NAMED else ""
        named = "".join(f"\n  {problem}" for problem in problems[:_NAMED])
        log.warning("%s: %d of %d records are left out:%s%s", source, bad, every, named, more)
    return good


def record_of(line: bytes) -> Any:
    """The record of one line of JSON lines, or Unreadable."""
    try:
        return json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return Unreadable(_no_utf8(error))
    except (ValueError, RecursionError) as error:
        return Unreadable(_why_no_json(error))


def _lines(raw: bytes) -> Iterator[tuple[int, Any]]:
    """(line number, record) of JSON lines; each is decoded by itself, so that one cannot spoil another."""
    for number, line in enumerate(raw.split(b"\n"), 1):
        if line.strip():
            yield number, record_of(line)


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
            yield getattr(error, "lineno", line), Unreadable(_why_no_json(error), ends_here=True)
            return
        yield line, record


def _no_utf8(error: UnicodeDecodeError) -> str:
    return f"byte 0x{error.object[error.start]:02x} is not UTF-8; save the file as UTF-8"


def _why_no_json(error: ValueError | RecursionError) -> str:
    """Python's decoder has limits of its own: on nesting, and on the digits of a whole number."""
    if isinstance(error, json.JSONDecodeError):
        return f"no JSON ({error.msg} at column {error.colno})"
    if isinstance(error, RecursionError):
        return "the values are nested too deeply"
    return f"a number has more than {sys.get_int_max_str_digits()} digits"
