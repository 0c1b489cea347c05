"""What an edit asks for, read from source, instruction and a reference target together.

A reference says more than was asked: its writer dropped a shop's name, added "8k", or said "film" for
"movie". So:

- Required are the reference's words that source or instruction name; ornaments (`training.data.ornaments`)
  only where the instruction names them, fillers never. Where the reference has no word of the instruction
  ("more pleasant weather" became "sunny"), the words that it puts in are what was asked, and the
  instruction's own words may stand for them.
- Removed are words of the source that the reference lacks, if the instruction names them ("remove the
  lantern") or if the reference has what was asked in their place (a red boat becomes a magenta one). What a
  writer merely leaves out may stay.

With `meaning`, words are also the same where WordNet relates them (`training.data.wordnet.table`).
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from model.language.stems import content_words, stem
from training.data.ornaments import is_filler, is_ornament
from training.data.wordnet.table import related

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


_MOST_REPLACED = 3
"""Longer runs of words are a writer's new wording of the whole, and say nothing about single words."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Stem -> word of what is required, stem -> stems that may stand for it, and the stems that must go."""

    required: dict[str, str]
    also: dict[str, frozenset[str]]
    removed: frozenset[str]


def asked(source: str, instruction: str, target: str, *, meaning: bool) -> Asked:
    """What an edit asks for; `target` is its reference."""
    sources, wishes, targets = _written(source), _written(instruction), _written(target)
    named = _with_forms(wishes, meaning)
    known = named | _with_forms(sources, meaning)
    added = targets.keys() - _with_forms(sources, meaning)
    carried = {key for key in named & targets.keys() if not is_filler(targets[key])}
    # Nothing of the instruction in the reference: what is new there must be its way to say it
    reworded = frozenset() if carried else frozenset(added)

    def counts(key: str, word: str) -> bool:
        return not is_filler(word) and (key in named or key in reworded or not is_ornament(word))

    required = {key: word for key, word in targets.items() if key in known | reworded and counts(key, word)}
    gone = _replaced(source, target, named, reworded | (added & named)) - targets.keys()
    removed = frozenset(key for key in gone if counts(key, sources[key]))
    own_words = frozenset(key for key, word in wishes.items() if not is_filler(word))
    also = {
        key: ((_stand_ins(key) if meaning else frozenset()) | (own_words if key in reworded else frozenset()))
        - removed
        for key in required
    }
    return Asked(required, {key: others for key, others in also.items() if others}, removed)


def _replaced(source: str, target: str, named: Iterable[str], realised: Iterable[str]) -> set[str]:
    """Stems that the target drops, and that are named or make way for a word of `realised`."""
    named, realised = frozenset(named), frozenset(realised)
    return {
        key
        for dropped, put_in in _changes(source, target)
        for key in dropped
        if key in named or (len(dropped) <= _MOST_REPLACED and realised.intersection(put_in))
    }


def _changes(source: str, target: str) -> Iterator[tuple[list[str], list[str]]]:
    """What is dropped, and what is put in its place, by stems of content words."""
    before, after = ([stem(word) for word in content_words(text)] for text in (source, target))
    for tag, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag in ("replace", "delete"):
            yield before[start:end], after[first:last]


def _with_forms(written: Iterable[str], meaning: bool) -> frozenset[str]:
    keys = frozenset(written)
    return keys.union(*(related(key).forms for key in keys)) if meaning else keys


def _stand_ins(key: str) -> frozenset[str]:
    found = related(key)
    return found.forms | found.kinds


def _written(text: str) -> dict[str, str]:
    """Stem -> the word as `text` first writes it (folded), in order."""
    return {stem(word): word for word in reversed(content_words(text))}
