"""Rows of different length in one forward pass without computing padding.

A batch is padded to its longest prompt and its longest completion, so that a third of what a model would
compute on it can be padding. Two ways around that, with the same logits:

- *Packed*: all real tokens of all rows in one row of N, so that every layer computes N tokens. Only attention
  looks at rows apart: there they are laid out [B, L] again. For models whose attention can be replaced and is
  causal and full, of the kinds that the tests compare with the padded pass (`PACKED`).
- *Closed up*, for all others: each row's tokens at the front, so that rows are as wide as the longest row.
  No mask is needed: padding stands behind a row's tokens, where causal attention does not look.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor
from transformers import AttentionInterface, AttentionMaskInterface
from transformers.integrations.sdpa_attention import sdpa_attention_forward
from transformers.masking_utils import sdpa_mask

if TYPE_CHECKING:
    from training.core.encoding import Batch

PACKED = ("llama", "qwen2", "qwen3", "smollm3")
"""Kinds of models (`model_type`) whose packed logits are tested."""
_ATTENTION = "packed_sdpa"


def pack(model: Any) -> bool:
    """Let a model take packed rows, if it is of a kind that can; says whether it does."""
    config = model.config
    full = set(getattr(config, "layer_types", None) or ["full_attention"]) == {"full_attention"}
    kernels = config._attn_implementation  # noqa: SLF001  transformers has no public name for it
    if config.model_type not in PACKED or not full or kernels != "sdpa":
        return False
    model.set_attn_implementation(_ATTENTION)
    return True


def arguments(batch: Batch, *, packed: bool) -> tuple[dict[str, Any], Tensor]:
    """What a model is called with for a batch, and where each completion token's logits are in its output.

    The places [B, T] count over the rows of the output one after the other. They are those before the
    completion tokens, since logits are of the next token; for padding they are some place of the row.
    """
    lengths = batch.mask.sum(dim=1)
    width, device = int(lengths.max()), batch.ids.device
    # Stable: a row's real tokens first, in the order they had
    order = batch.mask.argsort(dim=1, descending=True, stable=True)[:, :width]
    ids, positions = batch.ids.gather(1, order), torch.arange(width, device=device).expand(len(order), -1)
    steps = torch.arange(batch.completion_mask.shape[1], device=device)
    first = lengths - batch.completion_mask.sum(dim=1) - 1
    before = torch.minimum(first[:, None] + steps, lengths[:, None] - 1)
    if not packed:
        starts = torch.arange(len(ids), device=device) * width
        return {"input_ids": ids}, starts[:, None] + before
    real = (positions < lengths[:, None]).flatten().nonzero().squeeze(1)
    starts = lengths.cumsum(0) - lengths
    given = {
        "input_ids": ids.flatten()[real][None],
        "position_ids": positions.flatten()[real][None],
        "rows": (real, len(ids), width),
    }
    return given, starts[:, None] + before


def _attention(
    module: Any,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    rows: tuple[Tensor, int, int] | None = None,
    **settings: Any,
) -> tuple[Tensor, None]:
    """transformers' attention by torch's kernels; of packed `rows` each by itself, without `attention_mask`.

    `query`, `key` and `value` are [1, heads, N, head size] then, and `rows` is (places of the N tokens among
    those of B rows of L, B, L).
    """
    if rows is None:  # as in sampling
        return sdpa_attention_forward(module, query, key, value, attention_mask, **settings)  # type: ignore[no-any-return]
    real, count, width = rows

    def apart(states: Tensor) -> Tensor:
        tokens = states[0].transpose(0, 1)
        laid = tokens.new_zeros(count * width, *tokens.shape[1:]).index_copy(0, real, tokens)
        return laid.view(count, width, *tokens.shape[1:]).transpose(1, 2)

    settings["is_causal"] = True
    out, _ = sdpa_attention_forward(module, apart(query), apart(key), apart(value), None, **settings)
    return out.flatten(0, 1).index_select(0, real)[None], None


AttentionInterface.register(_ATTENTION, _attention)
AttentionMaskInterface.register(_ATTENTION, sdpa_mask)
