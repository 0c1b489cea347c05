"""The one rule that is never relaxed: no sexual content with minors, in any language and disguise.

A text is refused when both ideas are in it, minors and nakedness or sex: two clear words wherever they
stand, since a prompt's parts all describe one picture, and a doubtful word only near one of the other idea.
Names and fixed phrases about neither ("Ursa Minor", "naked mole rat") are taken out before. When in doubt the
rule refuses: the person is told how to say it otherwise, and an innocent wish has other words.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from model.moderation.folding import written
from model.moderation.revealing import revealed
from model.moderation.vocabulary import Label, Vocabulary, tokens, vocabulary

REASON = "sexual content with minors"

_ADULT = 18
# An age as newspapers write it: "a cheerleader, 16, on a field"
_AGE_APART = re.compile(r",\s*(\d{1,2})\s*(?=,|\Z)")
_PARTS = re.compile(r"[,;:.!?|\n，、。；]+")
_ANDS = frozenset({"y", "e", "et", "si", "kai", "i", "og"})
_NEAR = 4  # words between a doubtful word and a clear one
_BESIDE = 2  # words between two doubtful ones
_FOLLOWED = 4  # words after a depiction that may say whom it shows
# After one of these another thing begins: "a nude statue, and children playing"
_ANOTHER_THING = frozenset({"and", "while", "as", "where", "near", "beside", "behind", "und", "et", "y", "e"})


@dataclass(frozen=True, slots=True)
class _Hit:
    """A term found in a text: its label, and the words that it takes."""

    label: Label
    start: int
    end: int

    def words_to(self, other: "_Hit") -> int:
        """How many steps of a word lie between two hits; 0 where they overlap."""
        return max(0, self.start - other.end + 1, other.start - self.end + 1)


def is_forbidden(text: str) -> bool:
    """Whether a text is sexual content with minors, by the word lists."""
    known = vocabulary()
    words = revealed(_AGE_APART.sub(r", aged \1", text), known)
    hits = list(_hits(words, known))
    if any(hit.label.idea == "always" for hit in hits):
        return True
    return _any_pair(*_by_idea(words, hits, known, _parted(text)))


def ideas(text: str) -> set[str]:
    """Which of the two ideas a text has, "minors" and "sexual", clearly or not."""
    known = vocabulary()
    words = revealed(_AGE_APART.sub(r", aged \1", text), known)
    parts = _by_idea(words, list(_hits(words, known)), known, _parted(text))
    return {hit.label.idea for hits in parts for hit in hits}


def _by_idea(
    words: Sequence[str], hits: Sequence[_Hit], known: Vocabulary, parted: set[tuple[str, str]]
) -> tuple[list[_Hit], list[_Hit]]:
    hits = [hit for hit in hits if not _is_parted(words, hit, parted)]
    hits = _uncovered(words, hits)
    minors = [hit for hit in hits if hit.label.idea == "minors"] + list(_ages(words, hits, known))
    return minors, [hit for hit in hits if hit.label.idea == "sexual"]


def without_harmless(folded: str) -> str:
    """A folded text without the names and fixed phrases that are about neither idea ("naked eye")."""
    words = folded.split()
    covered = {
        place
        for hit in _hits(words, vocabulary())
        if hit.label.idea == "harmless"
        for place in range(hit.start, hit.end)
    }
    return " ".join(word for place, word in enumerate(words) if place not in covered)


def _parted(text: str) -> set[tuple[str, str]]:
    """Each last word before a comma or the like, with the first one after it."""
    parts = [words for part in _PARTS.split(text) if (words := tokens(written(part)))]
    return {(one[-1], other[0]) for one, other in itertools.pairwise(parts)}


def _is_parted(words: Sequence[str], hit: _Hit, parted: set[tuple[str, str]]) -> bool:
    """Whether a comma stands within a harmless phrase: "naked, tree" is no "naked tree"."""
    return hit.label.idea in ("harmless", "depiction") and not parted.isdisjoint(
        itertools.pairwise(words[hit.start : hit.end])
    )


def _any_pair(minors: Sequence[_Hit], sexual: Sequence[_Hit]) -> bool:
    sure = {hit.label.language for hit in sexual if hit.label.clear}
    if any((hit.label.clear and sure) or (hit.label.own and hit.label.language in sure) for hit in minors):
        return True
    # A doubtful word reaches a few words far, so only hits near each other are compared
    near = _NEAR + 1
    by_place: dict[int, list[_Hit]] = {}
    for hit in sexual:
        by_place.setdefault(hit.start // near, []).append(hit)
    return any(
        _together(one, other)
        for one in minors
        for place in range(one.start // near - 2, one.end // near + 2)
        for other in by_place.get(place, ())
    )


def _together(minor: _Hit, sexual: _Hit) -> bool:
    """Whether two hits of which one is doubtful are about the same thing: near, and of one language.

    English words for nakedness and sex are understood beside any other language's words for minors.
    """
    same = minor.label.language == sexual.label.language
    if not same and not (sexual.label.language == "en" and sexual.label.clear):
        return False
    clear = minor.label.clear or sexual.label.clear
    return minor.words_to(sexual) <= (_NEAR if clear else _BESIDE)


def _hits(words: Sequence[str], known: Vocabulary) -> Iterator[_Hit]:
    for start in range(len(words)):
        for label, length in itertools.chain(known.at(words, start), known.forms_at(words, start)):
            yield _Hit(label, start, start + length)


def _uncovered(words: Sequence[str], hits: Sequence[_Hit]) -> list[_Hit]:
    """The hits that no harmless phrase covers; a depiction ("nude statue") of minors is none."""
    minors = {hit.start for hit in hits if hit.label.idea == "minors"}
    covered: set[int] = set()
    for hit in hits:
        if hit.label.idea == "harmless" or (
            hit.label.idea == "depiction" and not _shows_minors(words, hit.end, minors)
        ):
            covered.update(range(hit.start, hit.end))
    return [hit for hit in hits if not covered.intersection(range(hit.start, hit.end))]


def _shows_minors(words: Sequence[str], end: int, minors: set[int]) -> bool:
    for place in range(end, min(end + _FOLLOWED, len(words))):
        if words[place] in _ANOTHER_THING:
            return False
        if place in minors:
            return True
    return False


def _ages(words: Sequence[str], hits: Sequence[_Hit], known: Vocabulary) -> Iterator[_Hit]:
    """Ages below eighteen, as hits for minors."""
    for hit in hits:
        if hit.label.idea == "age after" and _is_young(words, hit.start - 1, hit.label.language, known):
            yield _Hit(Label(hit.label.language, "minors", hit.label.clear), hit.start - 1, hit.end)
        elif hit.label.idea == "age before" and _is_young(words, hit.end, hit.label.language, known):
            yield _Hit(Label(hit.label.language, "minors"), hit.start, hit.end + 1)


def _is_young(words: Sequence[str], at: int, language: str, known: Vocabulary) -> bool:
    """Whether the word at a place is a number from 1 to 17, in figures or in words of a language."""
    if not 0 <= at < len(words):
        return False
    word = words[at]
    if word not in known.numbers[language]:
        return word.isdecimal() and len(word) < 3 and 0 < int(word) < _ADULT
    # "thirty five", and with an "and" between them: "treinta y cinco"
    before = {words[at - 1]} if at else set()
    before |= {words[at - 2]} if at > 1 and words[at - 1] in _ANDS else set()
    return known.tens.isdisjoint(before)
