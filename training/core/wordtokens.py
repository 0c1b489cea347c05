"""How a tokenizer's tokens spell words: what writes a word, completes a barred one, makes a word grow.

Everything is asked in terms of words as `model.language.stems` sees them, so multi-token words, leading
spaces, case and inflections are handled here and nowhere else. Words in progress are told apart by the text
written so far; characters that a byte-level tokenizer writes in several tokens are followed for spelling (by
token) but not for barring.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from model.language.stems import content_stems, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from transformers import PreTrainedTokenizerBase

TokenPath = tuple[int, ...]

_TAIL = re.compile(r"[^\W_]+(?:['’][^\W_]*)?\Z")
_HEAD = re.compile(r"(?:[^\W_]+)?(?:['’][^\W_]+)?")
_ANCHORS = ("a", ",")
_INFLECTION = 5
"""A word may be this much longer than its stem ("-nning")."""


def word_in_progress(text: str) -> str:
    """The end of `text` that a following letter would make grow: "" after a space or punctuation."""
    match = _TAIL.search(text)
    return match.group() if match else ""


class TokenTrie:
    """The token paths of some words as a trie: which tokens start them, and which continue a started one."""

    def __init__(self, paths: Iterable[TokenPath]) -> None:
        self._children: dict[TokenPath, set[int]] = defaultdict(set)
        for path in paths:
            for depth, token in enumerate(path):
                self._children[path[:depth]].add(token)
        self._depth = max((len(prefix) for prefix in self._children), default=0)

    @property
    def starts(self) -> set[int]:
        """Tokens that start one of the words."""
        return self._children.get((), set())

    def continues(self, written: Sequence[int]) -> set[int]:
        """Tokens that continue the longest started word at the end of `written`; empty if none is."""
        for depth in range(min(self._depth, len(written)), 0, -1):
            if found := self._children.get(tuple(written[-depth:])):
                return found
        return set()


class WordTokens:
    """The tables of one tokenizer. Building them reads the vocabulary once; share one instance."""

    def __init__(self, tokenizer: PreTrainedTokenizerBase) -> None:
        self._tokenizer = tokenizer
        # SentencePiece drops a leading space when it decodes, so every token is decoded behind an anchor
        self._anchor = tokenizer.encode("a", add_special_tokens=False)
        self._whole: dict[str, set[int]] = defaultdict(set)
        self._bare: dict[str, set[int]] = defaultdict(set)
        self._heads: dict[str, list[tuple[str, int]]] = defaultdict(list)
        growing = [token for token, surface in enumerate(self._surfaces()) if self._enter(token, surface)]
        self.growing = frozenset(growing)
        self.paths = lru_cache(maxsize=50_000)(self._paths)
        self._completing = lru_cache(maxsize=50_000)(self._find_completing)

    def _surfaces(self) -> list[str]:
        """What each token writes in the middle of a text; "" for special tokens."""
        special = set(self._tokenizer.all_special_ids)
        tokens = range(len(self._tokenizer))
        anchored = self._decode([[*self._anchor, token] for token in tokens])
        cut = len(self._decode([self._anchor])[0])
        return ["" if token in special else text[cut:] for token, text in zip(tokens, anchored, strict=True)]

    def _enter(self, token: int, surface: str) -> bool:
        """Put a token into the tables; True if it makes a word in progress grow."""
        if not surface:
            return False
        # U+FFFD: the token holds part of a character's bytes, which may turn out to be a letter
        grows = words("a" + surface)[:1] != ["a"] or surface[0] in "'’\ufffd"
        head = _HEAD.match(surface)[0] if grows else ""  # type: ignore[index]  # matches the empty string
        for key in content_stems(surface[len(head) :]):
            self._whole[key].add(token)
        if grows:
            self._heads[head[:1].lower()].append((head, token))
            for key in content_stems(head):
                self._bare[key].add(token)
        return grows

    def _decode(self, batch: list[list[int]]) -> list[str]:
        texts: list[str] = self._tokenizer.batch_decode(
            batch, skip_special_tokens=False, clean_up_tokenization_spaces=False
        )
        return texts

    def _paths(self, word: str) -> tuple[TokenPath, ...]:
        """Token paths that write `word` as a new word, small and capitalised; none if unspellable."""
        variants = dict.fromkeys((word, word.capitalize()))
        return tuple(path for variant in variants if (path := self._path(variant)))

    def _path(self, written: str) -> TokenPath:
        """The tokens that write " word" after other text, checked by reading them back."""
        # A tokenizer may merge "a" and what follows; behind the comma it does not
        for anchor in _ANCHORS:
            before = self._tokenizer.encode(anchor, add_special_tokens=False)
            after = self._tokenizer.encode(f"{anchor} {written}", add_special_tokens=False)
            path = after[len(before) :]
            read_back = self._decode([path])[0].strip() if path else ""
            if after[: len(before)] == before and read_back == written and path[0] not in self.growing:
                return tuple(path)
        return ()

    def completing(self, tail: str, stems: frozenset[str]) -> frozenset[int]:
        """Tokens after which the text would hold a content word with one of `stems`.

        `tail` is the word in progress (`word_in_progress`); only words the token itself completes or makes
        are meant, in any segmentation: " fox", "fox" at a start, "x" after "fo", "foxes".
        """
        return self._completing(tail.lower(), stems) if stems else frozenset()

    def _find_completing(self, tail: str, stems: frozenset[str]) -> frozenset[int]:
        found = {token for key in stems for token in self._whole.get(key, ())}
        if not tail:
            return frozenset(found.union(*(self._bare.get(key, ()) for key in stems)))
        for key in stems:
            for head, token in self._candidates(tail, key):
                if key in content_stems(tail + head):
                    found.add(token)
        return frozenset(found)

    def _candidates(self, tail: str, key: str) -> Iterable[tuple[str, int]]:
        """Heads that might make `tail` a word with stem `key`: stem and word differ near the end only."""
        # A stemmer changes at most the last three letters here ("ponies" -> "poni"): the first ones must
        # agree
        sure = min(len(key), max(2, len(key) - 3))
        if tail[:sure] != key[: min(sure, len(tail))]:
            return ()
        if len(tail) < sure:
            return self._heads.get(key[len(tail)], ())
        longest = len(key) + _INFLECTION - len(tail)
        return (pair for heads in self._heads.values() for pair in heads if len(pair[0]) <= longest)
