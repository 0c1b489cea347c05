"""Ending an answer early: when nobody waits, when the prompt is there, or when none can come any more.

Without this an instruct model that explains itself, or a model that never says its end token, writes to the
full length allowed, twice with the retry. The text so far is read every few tokens, which costs a fraction
of a millisecond where a token costs several.
"""

from collections.abc import Callable, Sequence
from typing import Any

import torch
from transformers import StoppingCriteria

from model.language.reading import Reader
from model.language.thinking import is_thinking

EVERY = 4
"""Tokens between two looks at the text."""

THINKING_TOKENS = 1024
"""Tokens that a model may think for whose template cannot switch thinking off; they come on top of the length
allowed for an answer."""


class StopEarly(StoppingCriteria):  # type: ignore[misc]  # the base class is untyped
    """Ends each row [B] of a batch by its own text; `finished[row]` tells how many of its tokens count.

    `read` gives the text of a row's new tokens, `readers` look at it. `broken` tells of rows whose scores are
    no numbers any more. `width` is the length of the padded
    prompts, `limit` the tokens allowed for an answer. Rows with an end token are none of its business.
    """

    def __init__(
        self,
        asked: Callable[[], bool],
        read: Callable[[list[int]], str],
        readers: Sequence[Reader],
        width: int,
        limit: int,
        broken: Callable[[], set[int]] = set,
    ) -> None:
        self._broken = broken
        self._asked, self._read, self._readers = asked, read, readers
        self._width, self._limit = width, limit
        self._answer_began = [0] * len(readers)
        self._next_look = EVERY
        self.finished: dict[int, int] = {}

    def __call__(self, input_ids: torch.Tensor, scores: Any, **kwargs: Any) -> torch.Tensor:
        """One truth value for each row: whether its generation ends now. `input_ids` [B, width + new]."""
        stop = torch.full((input_ids.shape[0],), self._asked(), device=input_ids.device, dtype=torch.bool)
        new = input_ids.shape[1] - self._width
        # Prompt lookup adds several tokens at once, so that a fixed rhythm could be jumped over
        if new >= self._next_look:
            self._next_look = new + EVERY
            broken = self._broken()
            for row, tokens in enumerate(input_ids[:, self._width :].tolist()):
                if row not in self.finished and (row in broken or self._has_enough(row, tokens)):
                    self.finished[row] = new
        for row in self.finished:
            stop[row] = True
        return stop

    def _has_enough(self, row: int, tokens: list[int]) -> bool:
        text, reader = self._read(tokens), self._readers[row]
        if is_thinking(text):
            self._answer_began[row] = len(tokens)
            return len(tokens) > THINKING_TOKENS
        too_long = len(tokens) - self._answer_began[row] > self._limit
        return too_long or reader.is_complete(text) or reader.is_hopeless(text)
