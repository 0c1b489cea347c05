"""Runs of tokens that may come next, looked up in a text's own words: an edit repeats most of its source.

Prompt lookup decoding (Saxena 2023, github.com/apoorvumang/prompt-lookup-decoding): the last two tokens are
looked for earlier in the text, or else the last one, and what followed there is tried. The model reads the
whole run in one pass and keeps it as far as it would have written the same.
"""

from collections.abc import Sequence

LONGEST = 10
"""Most tokens of a run."""
_READ_TOGETHER = 32
_CAREFUL = 2
"""After so many runs of which nothing was kept, only pairs are looked up and so many tokens are tried."""


def longest_run(rows: int) -> int:
    """How many tokens of a run to try in each of `rows` texts that are written together; 0 is none.

    A pass may read about 32 tokens: one more costs little until then, and beyond it what is tried in vain
    costs more than is gained (docs/performance.md; measured on a CPU with models of 7 and 135 million).
    """
    most = _READ_TOGETHER // rows
    return min(LONGEST, most) if most > 1 else 0


class Lookup:
    """The tokens of one text, searched from `start` on: before that are examples, which nobody copies."""

    def __init__(self, tokens: Sequence[int], start: int = 0) -> None:
        self._tokens: list[int] = []
        self._after_pair: dict[tuple[int, int], int] = {}
        self._after_one: dict[int, int] = {}
        self._in_vain = 0
        self.extend(tokens[start:])

    def extend(self, tokens: Sequence[int]) -> None:
        """Take what was written on."""
        for token in tokens:
            # what ends before this token can be found from now on; the first place counts, as in
            # transformers, since the source stands before the instruction
            here = len(self._tokens)
            if here > 0:
                self._after_one.setdefault(self._tokens[-1], here)
            if here > 1:
                self._after_pair.setdefault((self._tokens[-2], self._tokens[-1]), here)
            self._tokens.append(token)

    def run(self, most: int) -> list[int]:
        """At most so many tokens that may come next; none where the last ones stand nowhere else."""
        careful = self._in_vain >= _CAREFUL
        found = self._after_pair.get((self._tokens[-2], self._tokens[-1])) if len(self._tokens) > 1 else None
        if found is None and not careful and self._tokens:
            found = self._after_one.get(self._tokens[-1])
        if found is None:
            return []
        return self._tokens[found : found + (min(most, _CAREFUL) if careful else most)]

    def tried(self, run: Sequence[int], kept: int) -> None:
        """Learn how many tokens of a run the model would have written itself."""
        if run:
            self._in_vain = 0 if kept else self._in_vain + 1
