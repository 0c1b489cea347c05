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


class Watch:
    """Looks at one answer while it is written.

    `read` gives the text of its tokens, `reader` looks at it, `limit` are the tokens allowed for an answer.
    """

    def __init__(self, read: Callable[[list[int]], str], reader: Reader, limit: int) -> None:
        self._read, self._reader, self._limit = read, reader, limit
        self._answer_began = 0
        self._next_look = EVERY

    def enough(self, tokens: list[int]) -> bool:
        """Whether the tokens so far are enough; they are looked at every few."""
        # Prompt lookup adds several tokens at once, so that a fixed rhythm could be jumped over
        if len(tokens) < self._next_look:
            return False
        self._next_look = len(tokens) + EVERY
        return self.has_enough(tokens)

    def has_enough(self, tokens: list[int]) -> bool:
        """Whether the tokens so far are enough, by their text."""
        text = self._read(tokens)
        if is_thinking(text):
            self._answer_began = len(tokens)
            return len(tokens) > THINKING_TOKENS
        too_long = len(tokens) - self._answer_began > self._limit
        return too_long or self._reader.is_complete(text) or self._reader.is_hopeless(text)


class StopEarly(StoppingCriteria):  # type: ignore[misc]  # the base class is untyped
    """Ends each row [B] of a batch of `generate` by its own text.

    `finished[row]` tells how many of its tokens count. Each row has a `Watch`; `broken` tells of rows
    whose scores are no numbers any more. `width` is the length of the padded prompts. Rows with an end token
    are none of its business.
    """

    def __init__(
        self,
        asked: Callable[[], bool],
        watches: Sequence[Watch],
        width: int,
        broken: Callable[[], set[int]] = set,
    ) -> None:
        self._asked, self._watches, self._width, self._broken = asked, watches, width, broken
        self._next_look = EVERY
        self.finished: dict[int, int] = {}

    def __call__(self, input_ids: torch.Tensor, scores: Any, **kwargs: Any) -> torch.Tensor:
        """One truth value for each row: whether its generation ends now. `input_ids` [B, width + new]."""
        stop = torch.full((input_ids.shape[0],), self._asked(), device=input_ids.device, dtype=torch.bool)
        new = input_ids.shape[1] - self._width
        if new >= self._next_look:  # all rows at once, as their tokens are fetched from the device
            self._next_look = new + EVERY
            broken = self._broken()
            for row, tokens in enumerate(input_ids[:, self._width :].tolist()):
                if row not in self.finished and (row in broken or self._watches[row].has_enough(tokens)):
                    self.finished[row] = new
        for row in self.finished:
            stop[row] = True
        return stop
