"""The word lists of `words/`, one file for each language, made ready for looking things up.

A file has these tables, each a list of terms (one word or several; `*` at the end stands for any ending):

- `[minors]` and `[sexual]`, the two ideas: `clear` words mean it wherever they stand; `doubtful` ones have
  another meaning too ("minor" is a key, "girl" may be a woman) and count only near a word of the other idea.
- `[always] phrases` are refused alone.
- `[harmless] phrases` are names and fixed phrases about neither idea ("naked mole rat"): what they cover is
  not looked at. `depictions` ("nude statue") are likewise, unless minors follow ("of a boy").
  `<name>` in one stands for each term of `[groups] name`.
- `[ages]`: words after (`clear`, `doubtful`) or before a number below 18, and the numbers as words.
"""

import itertools
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

from model.moderation.folding import written

WORDS = Path(__file__).parent / "words"
Idea = Literal["minors", "sexual", "always", "harmless", "depiction", "age after", "age before"]
_SPACELESS = ("ja",)
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_GROUP = re.compile(r"<([^>]+)>")
_LEAST_JOINED = 3  # letters of a word that is looked for in letters written apart


def tokens(text: str) -> list[str]:
    """The words and the numbers of a folded text, without anything between them."""
    return _TOKEN.findall(text)


@dataclass(frozen=True, slots=True)
class Label:
    """What a term says: an idea, in a language, clearly or with another meaning beside."""

    language: str
    idea: Idea
    clear: bool = True


@dataclass(frozen=True, slots=True)
class _Term:
    """The words of a term; with `open_end` the last is only the beginning of one."""

    words: tuple[str, ...]
    open_end: bool
    label: Label

    def fits(self, text: Sequence[str], at: int) -> bool:
        found = tuple(text[at : at + len(self.words)])
        if not self.open_end:
            return found == self.words
        return (
            len(found) == len(self.words)
            and found[:-1] == self.words[:-1]
            and found[-1].startswith(self.words[-1])
        )


@dataclass(slots=True)
class Vocabulary:
    """All terms of all languages.

    `clear_words` are the single words that mean one of the ideas clearly: disguises are undone towards them.
    `spaceless` finds the terms of languages that are written without spaces. `numbers` are the words for 1
    to 17, in any language.
    """

    clear_words: frozenset[str] = frozenset()
    spaceless: re.Pattern[str] = re.compile(r"(?!)")
    numbers: frozenset[str] = frozenset()
    _words: set[str] = field(default_factory=set)
    _by_word: dict[str, list[_Term]] = field(default_factory=lambda: defaultdict(list))
    _by_beginning: dict[str, list[_Term]] = field(default_factory=lambda: defaultdict(list))
    _longest_beginning: int = 0

    def add(self, term: str, label: Label) -> None:
        """Take a term as a word list writes it."""
        words = tuple(tokens(written(term.removesuffix("*"))))
        made = _Term(words, term.endswith("*"), label)
        self._words.update(words)
        if made.open_end and len(words) == 1:
            self._by_beginning[words[0]].append(made)
            self._longest_beginning = max(self._longest_beginning, len(words[0]))
        else:
            self._by_word[words[0]].append(made)

    def at(self, text: Sequence[str], position: int) -> Iterator[tuple[Label, int]]:
        """The labels of the terms that begin at a word of a text, each with how many words it takes."""
        word = text[position]
        for term in self._by_word.get(word, ()):
            if term.fits(text, position):
                yield term.label, len(term.words)
        for end in range(1, min(len(word), self._longest_beginning) + 1):
            for term in self._by_beginning.get(word[:end], ()):
                yield term.label, 1

    def knows(self, word: str) -> bool:
        """Whether a single word is a term: one of the ideas, clearly or not, or a name."""
        return any(True for _ in self.at([word], 0))

    def has(self, word: str) -> bool:
        """Whether a word is a term or part of one."""
        return word in self._words or self.knows(word)


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of the shipped word lists; read once."""
    made, spaceless, numbers, clear = Vocabulary(), list[str](), set[str](), set[str]()
    for path in sorted(WORDS.glob("*.toml")):
        lists = tomllib.loads(path.read_text(encoding="utf-8"))
        language = path.stem
        for label, term in _terms(language, lists):
            made.add(term, label)
            if language in _SPACELESS:
                spaceless.append(written(term))
            elif label.clear and label.idea in ("minors", "sexual") and term.replace("*", "").isalpha():
                clear.add(written(term.removesuffix("*")))
        numbers.update(written(number) for number in lists["ages"]["numbers"])
    # the longest first, so that a harmless name is found before the word within it
    spaceless.sort(key=len, reverse=True)
    made.spaceless = re.compile("|".join(map(re.escape, spaceless)))
    made.numbers = frozenset(numbers)
    made.clear_words = frozenset(word for word in clear if len(word) >= _LEAST_JOINED)
    return made


# Where a file's terms stand, and what they say
_TABLES: tuple[tuple[str, str, Idea, bool], ...] = (
    ("minors", "clear", "minors", True),
    ("minors", "doubtful", "minors", False),
    ("sexual", "clear", "sexual", True),
    ("sexual", "doubtful", "sexual", False),
    ("always", "phrases", "always", True),
    ("harmless", "phrases", "harmless", True),
    ("harmless", "depictions", "depiction", True),
    ("ages", "clear", "age after", True),
    ("ages", "doubtful", "age after", False),
    ("ages", "before", "age before", True),
)


def _terms(language: str, lists: dict[str, dict[str, list[str]]]) -> Iterator[tuple[Label, str]]:
    for table, key, idea, clear in _TABLES:
        for written_down in lists[table][key]:
            for term in _spelled_out(written_down, lists.get("groups", {})):
                yield Label(language, idea, clear), term


def _spelled_out(phrase: str, groups: dict[str, list[str]]) -> Iterable[str]:
    """`a <b> c` for each term of the group b; a phrase without groups as it is.

    A `*` in the middle is taken as no ending and as the plural's: only the last word of a term is open.
    """
    pieces = _GROUP.split(phrase)
    choices = [[piece] if i % 2 == 0 else groups[piece] for i, piece in enumerate(pieces)]
    for chosen in itertools.product(*choices):
        term = "".join(chosen).strip()
        if "*" in term[:-1]:
            yield term[:-1].replace("*", "") + term[-1]
            yield re.sub(r"\*(?=.)", "s", term)
        else:
            yield term
