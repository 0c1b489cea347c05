"""The word lists of `words/`, one file for each language, made ready for looking things up.

A file has these tables, each a list of terms (one word or several; `*` at a word's end is any ending):

- `[minors]` and `[sexual]`, the two ideas: `clear` words mean it wherever they stand; `doubtful` ones have
  another meaning too ("minor" is a key, "girl" may be a woman) and count only near a word of the other idea;
  `own` ones mean it in this language, and something else in another.
- `[always] phrases` are refused alone.
- `[harmless] phrases` are names and fixed phrases about neither idea ("naked mole rat"): what they cover is
  not looked at. `depictions` ("nude statue") are likewise, unless minors follow ("of a boy").
  `<name>` in one stands for each term of `[groups] name`.
- `[ages]`: words after (`clear`, `doubtful`) or before a number below 18, and the numbers as words; `tens`
  are those before a number that is part of a larger one ("thirty five").

`words/forms/` has the inflected forms of their single words, each with its word's meaning; it is written by a
command (`tests/model/moderation/inflections.py`) and not by hand.
"""

import itertools
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Literal

from model.moderation.folding import written

WORDS = Path(__file__).parent / "words"
Idea = Literal["minors", "sexual", "always", "harmless", "depiction", "age after", "age before"]
_SPACELESS = ("ja", "ko", "th", "zh")
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_PIECE = re.compile(r"(?:\d+|[^\W\d_]+)\*?")
_GROUP = re.compile(r"<([^>]+)>")
_LEAST_JOINED = 3  # letters of a word that is looked for in letters written apart


def tokens(text: str) -> list[str]:
    """The words and the numbers of a folded text, without anything between them."""
    return _TOKEN.findall(text)


@dataclass(frozen=True, slots=True)
class Label:
    """What a term says: an idea, in a language, clearly or with another meaning beside.

    `own` is a word with another meaning in another language only ("Kind"): clear beside clear ones of its own
    language.
    """

    language: str
    idea: Idea
    clear: bool = True
    own: bool = False


@dataclass(frozen=True, slots=True)
class _Term:
    """The words of a term; of an open one only the beginning is given."""

    words: tuple[tuple[str, bool], ...]
    label: Label

    def fits(self, text: Sequence[str], at: int) -> bool:
        return len(text) >= at + len(self.words) and all(
            text[at + place].startswith(word) if is_open else text[at + place] == word
            for place, (word, is_open) in enumerate(self.words)
        )


@dataclass(slots=True)
class Vocabulary:
    """All terms of all languages.

    `clear_words` are the single words that mean one of the ideas clearly, `whole_words` all without an open
    end: disguises are undone towards them. `spaceless` finds the terms of languages that are written without
    spaces. `numbers` are each language's words for 1 to 17, `tens` any language's that make larger ones of
    them, as neighbours share their age words (Spanish and Portuguese).
    """

    clear_words: frozenset[str] = frozenset()
    whole_words: frozenset[str] = frozenset()
    spaceless: re.Pattern[str] = re.compile(r"(?!)")
    numbers: dict[str, frozenset[str]] = field(default_factory=dict)
    tens: set[str] = field(default_factory=set)
    _words: set[str] = field(default_factory=set)
    _by_word: dict[str, list[_Term]] = field(default_factory=lambda: defaultdict(list))
    _by_beginning: dict[str, list[_Term]] = field(default_factory=lambda: defaultdict(list))
    _forms: dict[str, list[Label]] = field(default_factory=lambda: defaultdict(list))
    _longest_beginning: int = 0

    def add(self, term: str, label: Label) -> None:
        """Take a term as a word list writes it."""
        pieces = [piece for piece in _PIECE.findall(written(term)) if piece]
        words = tuple((piece.removesuffix("*"), piece.endswith("*")) for piece in pieces)
        self._words.update(word for word, _ in words)
        first, is_open = words[0]
        index = self._by_beginning if is_open else self._by_word
        index[first].append(_Term(words, label))
        if is_open:
            self._longest_beginning = max(self._longest_beginning, len(first))

    def add_form(self, form: str, label: Label) -> None:
        """Take an inflected form. Disguises are not undone towards forms: too many words are near one."""
        self._forms[form].append(label)

    def at(self, text: Sequence[str], position: int) -> Iterator[tuple[Label, int]]:
        """The labels of the terms that begin at a word of a text, each with how many words it takes."""
        word = text[position]
        for term in self._by_word.get(word, ()):
            if term.fits(text, position):
                yield term.label, len(term.words)
        for end in range(1, min(len(word), self._longest_beginning) + 1):
            for term in self._by_beginning.get(word[:end], ()):
                if term.fits(text, position):
                    yield term.label, len(term.words)

    def forms_at(self, text: Sequence[str], position: int) -> Iterator[tuple[Label, int]]:
        """The labels of the words of which a word of a text is an inflected form, as `at` gives them."""
        for label in self._forms.get(text[position], ()):
            yield label, 1

    def knows(self, word: str) -> bool:
        """Whether a single word is a term: one of the ideas, clearly or not, or a name."""
        return any(True for _ in self.at([word], 0))

    def has(self, word: str) -> bool:
        """Whether a word is a term or part of one."""
        return word in self._words or self.knows(word)


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of the shipped word lists; read once."""
    made, spaceless = Vocabulary(), list[str]()
    clear, whole = set[str](), set[str]()
    for path in sorted(WORDS.glob("*.toml")):
        lists = tomllib.loads(path.read_text(encoding="utf-8"))
        language = path.stem
        for label, term in _terms(language, lists):
            made.add(term, label)
            if language in _SPACELESS:
                spaceless.append(written(term))
            elif label.idea in ("minors", "sexual") and term.replace("*", "").isalpha():
                word = written(term.removesuffix("*"))
                clear.update([word] if label.clear else [])
                whole.update([word] if not term.endswith("*") or label.clear else [])
        made.numbers[language] = frozenset(map(written, lists["ages"]["numbers"]))
        made.tens.update(map(written, lists["ages"].get("tens", ())))
        for label, form in _inflected(language, lists):
            made.add_form(form, label)
    # the longest first, so that a harmless name is found before the word within it
    spaceless.sort(key=len, reverse=True)
    made.spaceless = re.compile("|".join(map(re.escape, spaceless)))
    made.clear_words = frozenset(word for word in clear if len(word) >= _LEAST_JOINED)
    made.whole_words = frozenset(word for word in whole if len(word) >= _LEAST_JOINED)
    return made


# Where a file's terms stand, and what they say
_TABLES: tuple[tuple[str, str, Label], ...] = (
    ("minors", "clear", Label("", "minors")),
    ("minors", "own", Label("", "minors", clear=False, own=True)),
    ("minors", "doubtful", Label("", "minors", clear=False)),
    ("sexual", "clear", Label("", "sexual")),
    ("sexual", "doubtful", Label("", "sexual", clear=False)),
    ("always", "phrases", Label("", "always")),
    ("harmless", "phrases", Label("", "harmless")),
    ("harmless", "depictions", Label("", "depiction")),
    ("ages", "clear", Label("", "age after")),
    ("ages", "doubtful", Label("", "age after", clear=False)),
    ("ages", "before", Label("", "age before")),
)


def _terms(language: str, lists: dict[str, dict[str, list[str]]]) -> Iterator[tuple[Label, str]]:
    for table, key, label in _TABLES:
        for written_down in lists[table].get(key, ()):
            for term in _spelled_out(written_down, lists.get("groups", {})):
                yield replace(label, language=language), term


def _inflected(language: str, lists: dict[str, dict[str, list[str]]]) -> Iterator[tuple[Label, str]]:
    """The forms of a list's single words, as what their words are."""
    path = WORDS / "forms" / f"{language}.txt"
    if not path.is_file():
        return
    labels = dict(_singles(language, lists))
    for line in path.read_text(encoding="utf-8").splitlines():
        word, forms = line.split(": ")
        for form in forms.split() if word in labels else ():
            yield labels[word], form


def _singles(language: str, lists: dict[str, dict[str, list[str]]]) -> Iterator[tuple[str, Label]]:
    for label, term in _terms(language, lists):
        if label.idea in ("minors", "sexual") and term.isalpha():
            yield written(term), label


def single_words(language: str) -> set[str]:
    """The single words for either idea in a language's list, folded, without those that have an open end."""
    lists = tomllib.loads((WORDS / f"{language}.toml").read_text(encoding="utf-8"))
    return {word for word, _ in _singles(language, lists)}


def _spelled_out(phrase: str, groups: dict[str, list[str]]) -> Iterator[str]:
    """`a <b> c` for each term of the group b; a phrase without groups as it is."""
    pieces = _GROUP.split(phrase)
    for chosen in itertools.product(*([p] if i % 2 == 0 else groups[p] for i, p in enumerate(pieces))):
        yield "".join(chosen).strip()
