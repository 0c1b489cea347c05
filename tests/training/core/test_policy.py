"""The policy: its reference in every form, one forward for logits and states, pads, and what it exports."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import PreTrainedTokenizerBase, PreTrainedTokenizerFast

from model.engine import EditRequest
from model.errors import LoadError
from model.language.llm import DiffChatLLM
from model.settings import LLMSettings
from training.config.settings import PolicySettings
from training.core.encoding import Batch, collate, encode_edit
from training.core.policy import Policy, ensure_distinct_pad
from training.core.targets import write_targets
from training.data.examples import Edit
from training.errors import CheckpointError, TokenizerError

CPU = torch.device("cpu")
EDIT = Edit("a red fox", "make it night", "a red fox at night", "a fox at night")


@pytest.fixture
def base(tmp_path: Path, make_qwen: Callable, tokenizer: PreTrainedTokenizerBase) -> Path:
    """A saved model folder."""
    make_qwen().save_pretrained(tmp_path / "base")
    tokenizer.save_pretrained(tmp_path / "base")
    return tmp_path / "base"


def batch_of(policy: Policy) -> Batch:
    return collate([encode_edit(policy.tokenizer, EDIT)] * 2, policy.tokenizer.pad_token_id)


def nudge(policy: Policy) -> None:
    with torch.no_grad():
        for parameter in policy.trainable().values():
            parameter.add_(torch.randn_like(parameter) * 0.1)


def lora(base: Path, adapter: str = "", method: str = "lora") -> PolicySettings:
    rank = {} if method == "full" else {"lora_rank": 4}
    return PolicySettings.model_validate({"model": str(base), "adapter": adapter, "method": method, **rank})


def test_one_forward_gives_logits_and_the_states_they_come_from(base: Path) -> None:
    policy = Policy.load(PolicySettings(model=str(base)), CPU)
    batch = batch_of(policy)
    logits, hidden = policy.forward(batch)
    length = batch.completion_mask.shape[1]
    assert logits.shape == (2, length, len(policy.tokenizer))
    assert hidden.shape == (2, length, policy.hidden_size)
    torch.testing.assert_close(policy.model.lm_head(hidden), logits)
    whole = policy.model(batch.ids, attention_mask=batch.mask).logits[:, -length - 1 : -1]
    torch.testing.assert_close(logits, whole)


@pytest.mark.parametrize("method", ["full", "lora", "lora from an adapter"])
def test_the_reference_is_where_the_run_started(base: Path, tmp_path: Path, method: str) -> None:
    settings = PolicySettings(model=str(base))
    if method != "full":
        settings = lora(base)
    if method == "lora from an adapter":
        first = Policy.load(settings, CPU)
        nudge(first)
        first.export(tmp_path / "adapter")
        settings = lora(base, str(tmp_path / "adapter"))
    policy = Policy.load(settings, CPU, reference=True)
    batch, names = batch_of(policy), set(policy.trainable())
    with torch.no_grad():
        start = policy.forward(batch)[0].clone()
    torch.testing.assert_close(policy.reference_logits(batch), start)
    nudge(policy)
    torch.testing.assert_close(policy.reference_logits(batch), start)
    with torch.no_grad():
        assert (policy.forward(batch)[0] - start).abs().max() > 1e-3
    assert set(policy.trainable()) == names, "asking the reference must not change what learns"
    if method != "full":
        assert all("lora" in name and "reference" not in name for name in names)


def test_without_a_reference_it_says_so(base: Path) -> None:
    policy = Policy.load(PolicySettings(model=str(base)), CPU)
    with pytest.raises(RuntimeError, match="without a reference"):
        policy.reference_logits(batch_of(policy))


@pytest.mark.parametrize("method", ["full", "lora"])
def test_what_is_exported_is_served(base: Path, tmp_path: Path, method: str) -> None:
    policy = Policy.load(lora(base, method=method), CPU, reference=True)
    nudge(policy)
    policy.export(tmp_path / "out")
    names: dict[str, Any] = {"model": str(tmp_path / "out")} if method == "full" else {
        "model": str(base), "adapter": str(tmp_path / "out")
    }  # fmt: skip
    served = DiffChatLLM.load(LLMSettings(**names, max_new_tokens=8, device="cpu"))
    asked = EditRequest(EDIT.source_prompt, EDIT.instruction)
    outcome = served.try_edit([asked])[0]
    here = write_targets(policy, [EDIT], 8)[0]
    assert here == getattr(outcome, "target_prompt", None)


def test_nf4_weights_with_an_adapter_learn_and_keep_their_reference(base: Path, make_qwen: Callable) -> None:
    make_qwen(size=128).save_pretrained(base)  # NF4 works in blocks of 64
    policy = Policy.load(lora(base, method="qlora"), CPU, reference=True)
    batch = batch_of(policy)
    logits, _ = policy.forward(batch)
    start = logits.detach().clone()
    logits.sum().backward()
    assert all(p.grad is not None for p in policy.trainable().values())
    nudge(policy)
    with torch.no_grad():
        moved = (policy.forward(batch)[0] - start).abs().mean()
    stayed = (policy.reference_logits(batch) - start).abs().mean()  # not 0: kernels round in bfloat16
    assert stayed < 0.002
    assert moved > 0.02


def test_another_set_of_weights_is_refused(base: Path) -> None:
    policy = Policy.load(PolicySettings(model=str(base)), CPU)
    with pytest.raises(CheckpointError, match="does not fit this model"):
        policy.load_trainable({"other": torch.zeros(1)})


def test_a_folder_that_is_no_model_is_said(tmp_path: Path) -> None:
    with pytest.raises(LoadError):
        Policy.load(PolicySettings(model=str(tmp_path)), CPU)


def stripped(tokenizer: PreTrainedTokenizerFast, **tokens: str) -> PreTrainedTokenizerFast:
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer.backend_tokenizer, **tokens)


def test_a_tokenizer_without_pad_gets_a_distinct_one(
    make_qwen: Callable, tokenizer: PreTrainedTokenizerFast
) -> None:
    for tokens in ({"eos_token": "<eos>", "unk_token": "<unk>"},
                   {"eos_token": "<eos>", "pad_token": "<eos>", "unk_token": "<unk>"}):  # fmt: skip
        fixed = stripped(tokenizer, **tokens)
        ensure_distinct_pad(fixed, make_qwen(), may_grow=False)
        assert fixed.pad_token == "<unk>"
    bare, model = stripped(tokenizer, eos_token="<eos>"), make_qwen()
    with pytest.raises(TokenizerError, match="no spare row"):
        ensure_distinct_pad(bare, model, may_grow=False)
    ensure_distinct_pad(bare, model, may_grow=True)
    assert bare.pad_token_id == len(tokenizer)
    assert model.get_input_embeddings().weight.shape[0] == len(tokenizer) + 1


def test_a_tokenizer_without_an_end_is_refused(
    make_qwen: Callable, tokenizer: PreTrainedTokenizerFast
) -> None:
    with pytest.raises(TokenizerError, match="no end token"):
        ensure_distinct_pad(stripped(tokenizer, pad_token="<pad>"), make_qwen(), may_grow=True)
