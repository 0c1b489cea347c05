"""What changed between two prompts, word by word, for people to read.

Words are compared without case and without the punctuation around them, so that a comma moving from one
word to the next is no change; they are shown as they were written. Markdown in them is escaped, so a prompt
can never format, hide or break the message it is shown in.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

from discord.utils import escape_markdown

ELLIPSIS = "…"
_EDGE = ".,;:!?()[]{}\"'“”‘’«»…"


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


def diff(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces that turn `before` into `after`, in reading order.

    The kept and added words are the words of `after`; kept and removed ones correspond to those of `before`.
    """
    old, new = before.split(), after.split()
    matcher = SequenceMatcher(
        None, [_key(word) for word in old], [_key(word) for word in new], autojunk=False
    )
    pieces: list[Piece] = []
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Change.KEPT, tuple(new[new_start:new_end])))
            continue
        if old_end > old_start:
            pieces.append(Piece(Change.REMOVED, tuple(old[old_start:old_end])))
        if new_end > new_start:
            pieces.append(Piece(Change.ADDED, tuple(new[new_start:new_end])))
    return tuple(pieces)


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


def _tidy(words: tuple[str, ...]) -> tuple[str, ...]:
    """The run without the comma that tied it to its neighbours."""
    text = " ".join(words).strip(_EDGE + " ")
    return tuple(text.split())


def _join(runs: Iterable[tuple[str, tuple[str, ...]]], limit: int, separator: str) -> str:
    """Marked runs in one line; words that do not fit are replaced by an ellipsis, marks always close."""
    line = ""
    for mark, words in runs:
        opening = (separator if line else "") + mark
        run = ""
        for word in words:
            grown = f"{run} {escape(word)}" if run else escape(word)
            if len(line) + len(opening) + len(grown) + len(mark) + len(ELLIPSIS) + 1 > limit:
                shown = f"{line}{opening}{run}{mark}" if run else line
                return f"{shown} {ELLIPSIS}".strip()
            run = grown
        line += f"{opening}{run}{mark}"
    return line


def escape(text: str) -> str:
    """`text` with Discord's markdown escaped, in links, lists, custom emoji and mentions too."""
    return escape_markdown(text, ignore_links=False).replace("<", "\\<")


def shorten(text: str, limit: int) -> str:
    """`text` in one line of at most `limit` characters, cut at a word where possible, with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - len(ELLIPSIS)]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > limit // 2 else cut).rstrip(_EDGE + " ") + ELLIPSIS
