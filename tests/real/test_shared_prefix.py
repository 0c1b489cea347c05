"""Rows that begin alike, generated with and without reading what they share once."""

import torch
from transformers import GenerationConfig

from tests.model.conftest import build_llm
from tests.real.shared_prefix import LEAST, SharedPrefix


def test_rows_that_begin_alike_get_the_same_tokens() -> None:
    model = build_llm("llama", 100).double().eval()
    torch.manual_seed(1)
    prefix = torch.randint(1, 100, (LEAST + 8,))
    tails = [torch.randint(1, 100, (length,)) for length in (3, 7, 5)]
    ids = torch.zeros(3, len(prefix) + 7, dtype=torch.long)
    for row, tail in zip(ids, tails, strict=True):
        row[7 - len(tail) :] = torch.cat([prefix, tail])
    how = GenerationConfig(max_new_tokens=6, do_sample=False, pad_token_id=0, eos_token_id=None)
    given = {"input_ids": ids, "attention_mask": (ids > 0).long(), "generation_config": how}
    width = ids.shape[1]
    assert torch.equal(model.generate(**given)[:, width:], SharedPrefix(model)(**given)[:, width:])
