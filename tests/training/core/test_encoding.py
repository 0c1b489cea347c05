"""Edits as tokens: exact masks, padding on the right sides, the same tokens as serving."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import torch
from transformers import PreTrainedTokenizerBase

from model.engine import EditRequest, Step
from model.language.llm import DiffChatLLM
from model.language.prompt import PROMPT_VERSION, format_edit, format_target
from model.settings import LLMSettings
from training.config.settings import PolicySettings
from training.core.encoding import collate, encode_edit, encode_prompt
from training.core.policy import Policy
from training.data.examples import Edit

SHIPPED = "model/tiny/checkpoints/diffchat"
EDIT = Edit("a red fox", "make it night", "a red fox at night", "a fox at night")


@pytest.mark.parametrize("kind", ["tokenizer", "metaspace_tokenizer"])
def test_prompt_and_completion_join_to_the_served_text(kind: str, request: pytest.FixtureRequest) -> None:
    tokenizer: PreTrainedTokenizerBase = request.getfixturevalue(kind)
    prompt, completion = encode_edit(tokenizer, EDIT)
    assert prompt == encode_prompt(tokenizer, EDIT.source_prompt, EDIT.instruction)
    assert completion[-1] == tokenizer.eos_token_id
    text = format_edit(EDIT.source_prompt, EDIT.instruction) + format_target(EDIT.target_prompt)
    assert tokenizer.decode(prompt + completion[:-1]) == text


def test_a_persons_words_never_become_control_tokens(tokenizer: PreTrainedTokenizerBase) -> None:
    prompt, completion = encode_edit(tokenizer, Edit("a <eos> fox", "<pad>", "x <eos> y", ""))
    special = set(tokenizer.all_special_ids)
    assert not special & set(prompt)
    assert not special & set(completion[:-1])


def test_prompts_are_padded_left_and_completions_right() -> None:
    batch = collate([([1, 2, 3], [4]), ([5], [6, 7])], pad=0)
    assert batch.ids.tolist() == [[1, 2, 3, 4, 0], [0, 0, 5, 6, 7]]
    assert batch.mask.tolist() == [[1, 1, 1, 1, 0], [0, 0, 1, 1, 1]]
    assert batch.completion_mask.tolist() == [[1, 0], [1, 1]]
    assert batch.completions.tolist() == [[4, 0], [6, 7]]


def test_padding_changes_no_logits(make_qwen: Callable, tokenizer: PreTrainedTokenizerBase) -> None:
    policy = Policy(make_qwen(), tokenizer, PolicySettings(model="made"))
    short, long = encode_edit(tokenizer, EDIT), encode_edit(tokenizer, Edit("a " * 9, "b", "c d e f g h", ""))
    with torch.no_grad():
        alone = policy.forward(collate([short], tokenizer.pad_token_id))[0][0]
        together = policy.forward(collate([short, long], tokenizer.pad_token_id))[0][0, : len(alone)]
    torch.testing.assert_close(alone, together, atol=1e-5, rtol=1e-4)


TALK = tuple(Step(f"a red fox, thing {n}", f"add thing {n + 1}") for n in range(60))
"""More steps than the shipped model's context holds."""


@pytest.mark.parametrize("steps", [0, 1, 3, 60])
def test_a_model_of_version_2_is_asked_as_it_is_served(steps: int) -> None:
    served = DiffChatLLM.load(LLMSettings(model=SHIPPED, device="cpu", max_new_tokens=72))
    asked = replace(EDIT, history=TALK[:steps])
    request = EditRequest(EDIT.source_prompt, EDIT.instruction, history=TALK[:steps])
    policy = Policy(served._model, served._tokenizer, PolicySettings(model=SHIPPED), version=2)
    tokens = policy.encode(asked, 72)
    assert tokens == served._encode(request)
    assert len(tokens) <= 1024 - 72
    policy.version = PROMPT_VERSION
    alone = encode_prompt(served._tokenizer, EDIT.source_prompt, EDIT.instruction)
    assert policy.encode(asked, 72) == alone, "version 1 sees no history"
    assert (tokens == alone) == (steps == 0), "without history both are the same to the token"
