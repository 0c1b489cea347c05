"""What changed between two prompts, word by word, for people to read.

Words are compared without case and without the punctuation around them, so that a comma moving from one
word to the next is no change; they are shown as they were written. Markdown in them is escaped, so a prompt
can never format, hide, link or break the message it is shown in.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from model.language.differences import differences

ELLIPSIS = "…"
_GLANCE = 160  # characters of a prompt that are read at once
_CONTEXT = 4  # words on each side of a change
_EDGE = ".,;:!?()[]{}\"'“”‘’«»…"
# Discord reads a backslash before punctuation as "this character as it is" (Markdown Text 101). These begin
# or end a mark anywhere in a line: emphasis, code, spoilers, links, mentions, time stamps and custom emoji.
_MARKS = re.compile(r"[\\`*_~|<>\[\]()@]")
# An address becomes a link by itself, without any mark, and an invitation becomes a card.
_ADDRESS = re.compile(r":(?=//)|(?<=discord)\.(?=gg/)|(?<=discord)\.(?=com/invite)", re.IGNORECASE)
# Headings, small text and lists begin a line.
_LINE_START = re.compile(r"^([^\S\n]*)(?:(?=[#+-])|(\d{1,9})(?=[.)]))", re.MULTILINE)


class Change(Enum):
    """What an edit did to a run of words."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of neighbouring words with the same fate; `words` is never empty."""

    change: Change
    words: tuple[str, ...]


_MARKED = {Change.KEPT: "", Change.ADDED: "**", Change.REMOVED: "~~"}


def diff(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces that turn `before` into `after`, in reading order: of one place the removed ones come first.

    The kept and added words are the words of `after`; kept and removed ones correspond to those of `before`.
    """
    old, new = before.split(), after.split()
    pieces: list[tuple[Change, list[str]]] = []
    same = 0
    for one in differences([_key(word) for word in old], [_key(word) for word in new]):
        pieces += [
            (Change.KEPT, new[same : one.into]),
            (Change.REMOVED, old[one.start : one.end]),
            (Change.ADDED, new[one.into : one.upto]),
        ]
        same = one.upto
    pieces.append((Change.KEPT, new[same:]))
    return tuple(Piece(kind, tuple(words)) for kind, words in pieces if words)


def _key(word: str) -> str:
    """What counts in comparing: the word alone; a token that is only punctuation counts as itself."""
    return word.strip(_EDGE).casefold() or word


def render_target(pieces: Iterable[Piece], limit: int) -> str:
    """The whole target prompt with its added words in bold, in at most `limit` characters of markdown."""
    marks = {Change.KEPT: "", Change.ADDED: "**"}
    shown = [(marks[piece.change], piece.words) for piece in pieces if piece.change in marks]
    return _join(shown, limit, separator=" ")


def render_removed(pieces: Iterable[Piece], limit: int) -> str:
    """The removed runs, struck through and separated by commas; empty when nothing was removed."""
    runs = [_tidy(piece.words) for piece in pieces if piece.change is Change.REMOVED]
    return _join([("~~", run) for run in runs if run], limit, separator=", ")


def render_change(pieces: Sequence[Piece], limit: int) -> str:
    """An edit in one glance, in at most `limit` characters of markdown.

    Added words are bold, removed ones struck through, in reading order. Of a long prompt only the words
    around the changes are shown.
    """
    length = sum(len(" ".join(piece.words)) + 1 for piece in pieces)
    runs = [_tidied(piece) for piece in pieces]
    if length > _GLANCE and any(piece.change is not Change.KEPT for piece in pieces):
        last = len(runs) - 1
        runs = [_around(run, first=at == 0, last=at == last) for at, run in enumerate(runs)]
    return _join([(_MARKED[run.change], run.words) for run in runs if run.words], limit, separator=" ")


def _tidied(piece: Piece) -> Piece:
    """A removed run loses the comma that tied it to its neighbours: the words before it have their own."""
    return Piece(piece.change, _tidy(piece.words)) if piece.change is Change.REMOVED else piece


def _around(piece: Piece, *, first: bool, last: bool) -> Piece:
    """A kept run with an ellipsis for what is far from a change; other runs as they are."""
    words = piece.words
    near = (0 if first else _CONTEXT) + (0 if last else _CONTEXT)
    if piece.change is not Change.KEPT or len(words) <= near + 1:
        return piece
    before = () if first else words[:_CONTEXT]
    after = () if last else words[-_CONTEXT:]
    return Piece(piece.change, (*before, ELLIPSIS, *after))


def _tidy(words: tuple[str, ...]) -> tuple[str, ...]:
    """The run without the comma that tied it to its neighbours."""
    text = " ".join(words).strip(_EDGE + " ")
    return tuple(text.split())


def _join(runs: Iterable[tuple[str, tuple[str, ...]]], limit: int, separator: str) -> str:
    """Marked runs in one line; words that do not fit are replaced by an ellipsis, marks always close."""
    line = ""
    for mark, words in runs:
        opening = (separator if line else "") + mark
        room = limit - len(line) - len(opening) - len(mark) - len(ELLIPSIS) - 1
        shown: list[str] = []
        for word in words:
            # only a line's first word can begin a heading, a quote or a list, and not behind a mark
            safe = escape(word) if not line and not mark and not shown else _inline(word)
            room -= len(safe) + (1 if shown else 0)
            if room < 0:
                rest = f"{line}{opening}{' '.join(shown)}{mark}" if shown else line
                return f"{rest} {ELLIPSIS}".strip()
            shown.append(safe)
        line += f"{opening}{' '.join(shown)}{mark}"
    return line


def _inline(text: str) -> str:
    return _ADDRESS.sub(r"\\\g<0>", _MARKS.sub(r"\\\g<0>", text))


def escape(text: str) -> str:
    """`text` as Discord shows it character by character: no link, mention, mark, heading, quote or list.

    At most one backslash is added to a character, so the result is at most twice as long.
    """
    return _LINE_START.sub(lambda found: f"{found[1]}{found[2] or ''}\\", _inline(text))


def shorten(text: str, limit: int) -> str:
    """`text` in one line of at most `limit` characters, cut at a word where possible, with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - len(ELLIPSIS)]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > limit // 2 else cut).rstrip(_EDGE + " ") + ELLIPSIS
