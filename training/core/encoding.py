"""Edits as tokens: the same template and the same tokens as serving, padded into batches.

Prompts are padded on the left and completions on the right, so that B prompts end, and B completions begin,
in the same column. Masks tell what is real; the pad token is distinct from the end token, so an end that was
written is never taken for padding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from model.language.conversation import fitted, format_conversation
from model.language.prompt import PROMPT_VERSION, format_edit, format_target
from training.errors import TokenizerError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transformers import PreTrainedTokenizerBase

    from training.data.examples import Edit


@dataclass(frozen=True)
class Batch:
    """B edits: `ids` and `mask` [B, P + T], `completion_mask` [B, T]; the last T columns are completions."""

    ids: Tensor
    mask: Tensor
    completion_mask: Tensor

    @property
    def completions(self) -> Tensor:
        """The tokens [B, T] that are learned from."""
        return self.ids[:, -self.completion_mask.shape[1] :]

    def to(self, device: torch.device) -> Batch:
        """The same batch on a device."""
        return Batch(self.ids.to(device), self.mask.to(device), self.completion_mask.to(device))


def encode_prompt(tokenizer: PreTrainedTokenizerBase, source_prompt: str, instruction: str) -> list[int]:
    """Tokens of the template up to where the target begins. A person's words never become control tokens."""
    return list(tokenizer(format_edit(source_prompt, instruction), split_special_tokens=True)["input_ids"])


def encode_request(tokenizer: PreTrainedTokenizerBase, edit: Edit, version: int, room: int) -> list[int]:
    """Tokens of an edit up to where its answer begins, as serving asks a model of this template `version`.

    Version 1 sees no history. Of version 2's as much is kept as fits into `room` tokens, the middle left out
    first; what is too long without any stays too long.
    """
    if version == PROMPT_VERSION:
        return encode_prompt(tokenizer, edit.source_prompt, edit.instruction)

    def ids(left_out: int | None) -> list[int]:
        history = () if left_out is None else edit.history
        text = format_conversation(edit.source_prompt, edit.instruction, history, left_out or 0)
        return list(tokenizer(text, split_special_tokens=True)["input_ids"])

    return fitted(ids, len(edit.history), room)


def encode_edit(tokenizer: PreTrainedTokenizerBase, edit: Edit) -> tuple[list[int], list[int]]:
    """(prompt tokens, target tokens with the end token) of an edit, as they are written at serving.

    Raises TokenizerError when the tokenizer merges across the border of template and target.
    """
    prompt = encode_prompt(tokenizer, edit.source_prompt, edit.instruction)
    text = format_edit(edit.source_prompt, edit.instruction) + format_target(edit.target_prompt)
    # Both together and then compared: a BPE may merge the last character before the border with the first
    # behind it
    whole = list(tokenizer(text, split_special_tokens=True)["input_ids"])
    if whole[: len(prompt)] != prompt:
        raise TokenizerError(
            "The tokenizer joins the end of the template with the target, so the target cannot be masked "
            "exactly: use a tokenizer that splits at spaces."
        )
    return prompt, [*whole[len(prompt) :], tokenizer.eos_token_id]


def pad_prompts(prompts: Sequence[Sequence[int]], pad: int) -> tuple[Tensor, Tensor]:
    """Left-padded ids and mask, [B, P] each."""
    width = max(map(len, prompts))
    ids = torch.tensor([[pad] * (width - len(row)) + list(row) for row in prompts])
    mask = torch.tensor([[0] * (width - len(row)) + [1] * len(row) for row in prompts])
    return ids, mask


def pad_completions(completions: Sequence[Sequence[int]], pad: int) -> tuple[Tensor, Tensor]:
    """Right-padded ids and mask, [B, T] each."""
    width = max(map(len, completions))
    ids = torch.tensor([list(row) + [pad] * (width - len(row)) for row in completions])
    mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in completions])
    return ids, mask


def collate(pairs: Sequence[tuple[Sequence[int], Sequence[int]]], pad: int) -> Batch:
    """A batch of (prompt, completion) token pairs."""
    prompt_ids, prompt_mask = pad_prompts([prompt for prompt, _ in pairs], pad)
    ids, mask = pad_completions([completion for _, completion in pairs], pad)
    return Batch(torch.cat([prompt_ids, ids], dim=1), torch.cat([prompt_mask, mask], dim=1), mask)
