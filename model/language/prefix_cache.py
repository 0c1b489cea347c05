"""Beginnings of prompts that were read before, with their keys and values: only what differs is read anew.

Two kinds: what all prompts of an instruct model begin with, its rules and examples, kept for ever; and texts
that ended lately, since the next message of a conversation begins with all that was said before. Of these the
ones used longest ago go when they take more than `MOST_BYTES`. But for rounding, the texts are the same.

Not for models with adapters beside the weights: each would need keys and values of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile

import torch

from model.language.decoding import Layers

LEAST = 32
"""Tokens from which on a beginning is worth it."""
MOST_BYTES = 128 * 2**20
"""Of the keys and values of texts that ended lately."""


@dataclass(eq=False)
class _Ended:
    """A text that ended: the constant beginning it has, and the tokens behind that with their layers."""

    start: tuple[int, ...]
    tokens: list[int]
    layers: Layers

    @property
    def size(self) -> int:
        return sum(part.numel() * part.element_size() for layer in self.layers for part in layer)

    def shares(self, prompt: Sequence[int]) -> int:
        """How many tokens of a prompt that has the same start are known; its last one is to be read."""
        return len(shared_start([prompt[len(self.start) : -1], self.tokens]))


class PrefixCache:
    """Keeps beginnings for `model.language.decoding.Decoder`.

    `starts` gives beginnings that many prompts have, asked for at the first use; of those that a prompt has,
    the first counts. `read` gives the keys and values of tokens. `most_bytes` 0 keeps no text that ended.
    """

    def __init__(
        self,
        read: Callable[[Sequence[int]], Layers],
        starts: Callable[[], Sequence[tuple[int, ...]]],
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._read, self._asked_starts, self._most = read, starts, most_bytes
        self._starts: dict[tuple[int, ...], Layers | None] | None = None
        self._ended: list[_Ended] = []  # the one used last at the end

    def constant(self, prompt: Sequence[int]) -> int:
        """How many tokens the prompt begins with that are the same in many: rules and examples."""
        return len(self._start(prompt))

    def find(self, prompt: Sequence[int]) -> tuple[int, Layers | None]:
        """How many tokens of the prompt are known, at most all but the last, and their keys and values."""
        start = self._start(prompt)
        of_start = self._layers(start)
        shared, best = max(
            ((ended.shares(prompt), at) for at, ended in enumerate(self._ended) if ended.start == start),
            default=(0, -1),
        )
        if len(start) + shared < LEAST:
            return 0, None
        if not shared:
            return len(start), of_start
        ended = self._ended.pop(best)
        self._ended.append(ended)
        tail = [(keys[:, :, :shared], values[:, :, :shared]) for keys, values in ended.layers]
        return len(start) + shared, _behind(of_start, tail)

    def keep(self, tokens: Sequence[int], layers: Layers) -> None:
        """Take the keys and values of a text that has ended; `layers` have one row."""
        start = self._start(tokens)
        own = list(tokens[len(start) :])
        tail = [
            (keys[:, :, len(start) :].clone(), values[:, :, len(start) :].clone()) for keys, values in layers
        ]
        # what this text goes on from is known by it as well
        self._ended = [e for e in self._ended if e.start != start or e.tokens != own[: len(e.tokens)]]
        self._ended.append(_Ended(start, own, tail))
        while self._ended and sum(ended.size for ended in self._ended) > self._most:
            del self._ended[0]

    def _start(self, prompt: Sequence[int]) -> tuple[int, ...]:
        """The constant beginning that a prompt has, () for none; something must be left to read."""
        if self._starts is None:
            self._starts = {start: None for start in self._asked_starts() if len(start) >= LEAST}
        found = (s for s in self._starts if len(prompt) > len(s) and tuple(prompt[: len(s)]) == s)
        return next(found, ())

    def _layers(self, start: tuple[int, ...]) -> Layers | None:
        if not start or self._starts is None:
            return None
        layers = self._starts[start] = self._starts[start] or self._read(start)
        return layers


def shared_start(rows: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """The tokens that all rows begin with."""
    return tuple(column[0] for column in takewhile(lambda c: len(set(c)) == 1, zip(*rows, strict=False)))


def _behind(start: Layers | None, tail: Layers) -> Layers:
    if start is None:
        return tail
    return [(torch.cat([a, c], 2), torch.cat([b, d], 2)) for (a, b), (c, d) in zip(start, tail, strict=True)]
