"""The constant beginning of an instruct model's prompts, read once: rules and examples, most of its tokens.

Its keys and values are kept and given to `generate`, which then reads only what differs. In a batch the
padding stands behind the prefix instead of before it, so that all rows have the prefix at one place;
masked and without positions of its own it changes nothing. The texts are the same but for rounding.

Left out are models whose layers see a window (places in it count padding), that keep a state instead of a
cache (no way back to the prefix), and those with adapters beside the weights (each would need a cache of its
own, and is mostly asked by a template without examples).
"""

import copy
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import wraps
from itertools import takewhile
from typing import Any

import torch
from transformers import DynamicCache
from transformers.cache_utils import DynamicLayer

LEAST = 32
"""Tokens from which on a prefix is worth it."""


class PrefixCache:
    """A model's `generate` for rows of token ids; `prefixes` gives beginnings that many rows have.

    They are asked for at the first use; of those that a row has, the first counts.
    """

    def __init__(self, model: Any, pad: int, prefixes: Callable[[], Sequence[tuple[int, ...]]]) -> None:
        self._model, self._pad, self._prefixes = model, pad, prefixes
        self._caches: dict[tuple[int, ...], Any] | None = None

    def generate(self, rows: Sequence[Sequence[int]], **how: Any) -> torch.Tensor:
        """As the model's own, with `rows` padded to the longest; the new tokens begin at this width."""
        kept = self._of(rows)
        if kept is None:
            return self._generate(rows, 0, how)
        length, cache = kept.get_seq_length(), copy.deepcopy(kept)  # `generate` writes on in it
        cache.batch_repeat_interleave(len(rows))
        lookup = how["generation_config"].prompt_lookup_num_tokens
        with _behind(self._model, length) if lookup else nullcontext():
            return self._generate(rows, length, how | {"past_key_values": cache})

    def _generate(self, rows: Sequence[Sequence[int]], length: int, how: dict[str, Any]) -> torch.Tensor:
        ids, mask = (tensor.to(self._model.device) for tensor in padded(rows, self._pad, length))
        output: torch.Tensor = self._model.generate(input_ids=ids, attention_mask=mask, **how)
        return output

    def _of(self, rows: Sequence[Sequence[int]]) -> Any:
        """Keys and values of the prefix that all rows have, None where there is none or it cannot be kept."""
        if hasattr(self._model, "peft_config") or getattr(self._model, "_is_stateful", False):
            return None
        if self._caches is None:
            self._caches = {prefix: None for prefix in self._prefixes() if len(prefix) >= LEAST}
        for prefix in self._caches:
            # each row must have something left to read, as what comes next is told from its last token
            if all(len(row) > len(prefix) and tuple(row[: len(prefix)]) == prefix for row in rows):
                cache = self._caches[prefix] = self._caches[prefix] or self._read(prefix)
                return cache if _is_plain(cache) else None
        return None

    def _read(self, prefix: tuple[int, ...]) -> Any:
        ids = torch.tensor([prefix], device=self._model.device)
        return self._model.base_model(input_ids=ids, use_cache=True).past_key_values


def padded(rows: Sequence[Sequence[int]], pad: int, start: int = 0) -> tuple[torch.Tensor, torch.Tensor]:
    """Token ids and mask [B, width] of rows, padded behind their first `start` tokens."""
    width = max(map(len, rows))
    ids = [[*row[:start], *[pad] * (width - len(row)), *row[start:]] for row in rows]
    mask = [[1] * start + [0] * (width - len(row)) + [1] * (len(row) - start) for row in rows]
    return torch.tensor(ids), torch.tensor(mask)


def shared_start(rows: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """The tokens that all rows begin with."""
    return tuple(column[0] for column in takewhile(lambda c: len(set(c)) == 1, zip(*rows, strict=False)))


def _is_plain(cache: Any) -> bool:
    """Whether every layer keeps the keys and values of all tokens."""
    return isinstance(cache, DynamicCache) and all(type(layer) is DynamicLayer for layer in cache.layers)


@contextmanager
def _behind(model: Any, length: int) -> Iterator[None]:
    """Within it, prompt lookup begins behind the first `length` tokens, which are in the cache.

    transformers 5 slices them off in all kinds of decoding (`_prefill`) but this one (`_assisted_decoding`),
    whose first step says no length.
    """
    prepare = model.prepare_inputs_for_generation

    @wraps(prepare)  # `generate` looks at its signature to know which arguments there are
    def sliced(input_ids: torch.Tensor, next_sequence_length: int | None = None, **given: Any) -> Any:
        new = input_ids.shape[1] - length if next_sequence_length is None else next_sequence_length
        return prepare(input_ids, next_sequence_length=new, **given)

    model.prepare_inputs_for_generation = sliced
    try:
        yield
    finally:
        del model.prepare_inputs_for_generation
