"""Rows of a batch that begin alike: what they begin with goes through the model once.

All requests of one few-shot prompt share their rules and examples, which are most of their tokens. The
measurements would spend half of their time on reading these anew for every edit. The text is the same.
"""

import copy
from typing import Any

import torch

LEAST = 32
"""Tokens that must be shared, so that it pays."""


class SharedPrefix:
    """A model's `generate` for rows padded on the left; the last prefix's keys and values are kept."""

    def __init__(self, model: Any) -> None:
        self._model, self._generate = model, model.generate
        self._known: tuple[tuple[int, ...], Any] | None = None

    def __call__(self, *, input_ids: torch.Tensor, attention_mask: torch.Tensor, **rest: Any) -> torch.Tensor:
        """As `generate`. Padding is moved behind the prefix, so that all rows have it at one place."""
        rows = [row[mask.bool()].tolist() for row, mask in zip(input_ids, attention_mask, strict=True)]
        length = _shared(rows)
        if length < LEAST or rest["generation_config"].prompt_lookup_num_tokens:
            return self._generate(input_ids=input_ids, attention_mask=attention_mask, **rest)
        pads = input_ids.shape[1] - torch.tensor([len(row) for row in rows])
        ids, mask = input_ids.clone(), attention_mask.clone()
        for i, row in enumerate(rows):
            tail = int(pads[i]) + length
            ids[i, :length] = torch.tensor(row[:length])
            mask[i, :length] = 1
            ids[i, length:tail] = input_ids[i, 0] if pads[i] else ids[i, length:tail]
            mask[i, length:tail] = 0
        cache = copy.deepcopy(self._cache(tuple(rows[0][:length])))
        cache.batch_repeat_interleave(len(rows))
        return self._generate(input_ids=ids, attention_mask=mask, past_key_values=cache, **rest)

    def _cache(self, prefix: tuple[int, ...]) -> Any:
        if self._known is None or self._known[0] != prefix:
            with torch.inference_mode():
                out = self._model(torch.tensor([prefix]), use_cache=True, logits_to_keep=1)
            self._known = prefix, out.past_key_values
        return self._known[1]


def _shared(rows: list[list[int]]) -> int:
    """How many tokens all rows begin with; at least one of each is left over."""
    shortest = min(map(len, rows)) - 1
    return next((i for i in range(shortest) if len({row[i] for row in rows}) > 1), shortest)
