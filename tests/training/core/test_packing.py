"""Packed and closed-up rows give the logits and gradients of rows that are padded and masked as usual."""

from collections.abc import Callable

import pytest
import torch
from torch import Tensor
from transformers import AutoConfig, AutoModelForCausalLM, PreTrainedTokenizerBase

from training.config.settings import PolicySettings
from training.core import packing
from training.core.encoding import Batch, collate
from training.core.policy import Policy

SIZES = {
    "vocab_size": 50, "hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 2,
    "num_attention_heads": 2, "num_key_value_heads": 1, "head_dim": 8, "pad_token_id": 0,
}  # fmt: skip
ROWS = collate([([5, 6, 7, 8, 9], [11, 12]), ([5], [13, 14, 15, 16]), ([7, 8, 9], [17])], pad=0)


def as_usual(model: torch.nn.Module, batch: Batch) -> Tensor:
    """Logits before each completion token, of rows padded on the left and masked."""
    positions = (batch.mask.cumsum(1) - 1).clamp(min=0)
    logits = model(batch.ids, attention_mask=batch.mask, position_ids=positions, use_cache=False).logits
    kept: Tensor = logits[:, -batch.completion_mask.shape[1] - 1 : -1]
    return kept


@pytest.mark.parametrize("kind", packing.PACKED)
def test_packed_rows_give_the_logits_and_gradients_of_padded_ones(
    kind: str, tokenizer: PreTrainedTokenizerBase
) -> None:
    torch.manual_seed(0)
    model = AutoModelForCausalLM.from_config(AutoConfig.for_model(kind, **SIZES)).eval()
    real = ROWS.completion_mask.bool()
    results = []
    for packed in (False, True):
        if packed:
            assert packing.pack(model)
            policy = Policy(model, tokenizer, PolicySettings(model="made"))
            policy._packed = True
        logits = policy.forward(ROWS)[0] if packed else as_usual(model, ROWS)
        logits[real].square().sum().backward()
        gradients = torch.cat([p.grad.flatten() for p in model.parameters() if p.grad is not None])
        results.append((logits.detach()[real], gradients.clone()))
        model.zero_grad()
    for usual, own in zip(*results, strict=True):
        torch.testing.assert_close(own, usual, atol=1e-5, rtol=1e-4)


def test_kinds_that_are_not_packed_are_closed_up(tokenizer: PreTrainedTokenizerBase) -> None:
    torch.manual_seed(0)
    config = AutoConfig.for_model("bloom", vocab_size=50, hidden_size=16, n_layer=2, n_head=2)
    model = AutoModelForCausalLM.from_config(config).eval()
    policy, real = Policy(model, tokenizer, PolicySettings(model="made")), ROWS.completion_mask.bool()
    seen: list[Tensor] = []
    model.get_input_embeddings().register_forward_pre_hook(lambda _, given: seen.append(given[0]))
    logits = policy.forward(ROWS)[0]
    assert [ids.shape for ids in seen] == [(3, 7)], "as wide as the longest row: 5 and 2, not 5 and 4"
    usual = model(ROWS.ids, attention_mask=ROWS.mask).logits[:, -5:-1]
    torch.testing.assert_close(logits[real], usual[real], atol=1e-5, rtol=1e-4)


def test_a_model_with_a_sliding_window_is_not_packed() -> None:
    config = AutoConfig.for_model("qwen3", **SIZES, use_sliding_window=True, max_window_layers=1)
    assert not packing.pack(AutoModelForCausalLM.from_config(config))


def test_a_packed_batch_computes_its_real_tokens_alone(make_qwen: Callable) -> None:
    assert packing.pack(make_qwen())
    given, _ = packing.arguments(ROWS, packed=True)
    assert given["input_ids"].shape == (1, int(ROWS.mask.sum()))
    assert given["position_ids"].tolist() == [[*range(7), *range(5), *range(4)]]
