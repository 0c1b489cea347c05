"""Completions of a batch of prompts, drawn from each row's action space (`training.rl.adm`).

A row that has ended leaves the batch (`model.language.decoding`): lengths of prompts differ widely, and
`generate` computes all rows to the end of the longest. Models that the decoder cannot write with (sliding
windows, states instead of keys and values) are left to `generate`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from transformers import GenerationConfig, LogitsProcessor, LogitsProcessorList

from model.language.decoding import Decoder, Text, can_decode
from model.language.sampling import Drawing, Sampling
from training.core.encoding import pad_prompts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from training.rl.adm import ActionSpaces


def write(
    model: Any, prompts: Sequence[list[int]], spaces: ActionSpaces, *, most: int, end: int, pad: int
) -> list[list[int]]:
    """At most so many tokens behind each prompt, up to and with the `end` token."""
    if not can_decode(model):
        return _generated(model, prompts, spaces, most=most, end=end, pad=pad)
    texts = [Text(ids, most, Drawing(Sampling(0, 0)), copies_from=None) for ids in prompts]
    rows = {text: row for row, text in enumerate(texts)}

    def draw(going_on: Sequence[Text], scores: Tensor) -> list[int]:
        return spaces.draw([rows[text] for text in going_on], [text.written for text in going_on], scores)

    Decoder(model, [end], pad, draw=draw).write(texts)
    return [text.written for text in texts]


def _generated(
    model: Any, prompts: Sequence[list[int]], spaces: ActionSpaces, *, most: int, end: int, pad: int
) -> list[list[int]]:
    """The same by `generate`, which takes the token that was drawn, as its only one."""
    ids, mask = pad_prompts(prompts, pad)
    sequences = model.generate(
        input_ids=ids.to(model.device),
        attention_mask=mask.to(model.device),
        # of a checkpoint's own generation settings none may be left to change what was drawn
        generation_config=GenerationConfig(
            do_sample=False,
            num_beams=1,
            repetition_penalty=1.0,
            no_repeat_ngram_size=0,
            max_new_tokens=most,
            eos_token_id=end,
            pad_token_id=pad,
        ),
        logits_processor=LogitsProcessorList([_Drawn(spaces, ids.shape[1])]),
    )
    written: list[list[int]] = sequences[:, ids.shape[1] :].tolist()
    # `generate` pads the rows that ended early
    return [row[: row.index(end) + 1] if end in row else row for row in written]


class _Drawn(LogitsProcessor):  # type: ignore[misc]  # transformers' types are not read (pyproject.toml)
    """Leaves one token in each row: the one that its action space draws."""

    def __init__(self, spaces: ActionSpaces, prompt: int) -> None:
        self._spaces, self._prompt = spaces, prompt

    def __call__(self, input_ids: Tensor, scores: Tensor) -> Tensor:
        """Scores [B, V] that are 0 for the token drawn after `input_ids` and -inf for all others."""
        written = input_ids[:, self._prompt :].tolist()
        drawn = torch.tensor(self._spaces.draw(range(len(written)), written, scores), device=scores.device)
        return torch.full_like(scores, float("-inf")).scatter(1, drawn.unsqueeze(1), 0.0)
