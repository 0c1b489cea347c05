"""Writing answers by transformers' `generate`, for the models that `model.language.decoding` does not take:
those that keep a state (Mamba, linear attention), whose layers see a window, or that are told no places."""

from collections.abc import Callable, Sequence
from typing import Any

import torch
from transformers import GenerationConfig, LogitsProcessorList, StoppingCriteriaList

from model.language import lookup
from model.language.sampling import Sampling, SeededSampling
from model.language.stopping import StopEarly, Watch
from model.language.tokens import Tokens


@torch.inference_mode()
def generate(
    model: Any,
    tokens: Tokens,
    prompts: Sequence[Sequence[int]],
    samplings: Sequence[Sampling],
    watches: Sequence[Watch],
    *,
    most: int,
    stop: Callable[[], bool],
) -> list[list[int] | None]:
    """The new tokens behind each prompt, at most so many; None where the scores were no numbers."""
    ids, mask = padded(prompts, tokens.pad)
    width = ids.shape[1]
    sampling = SeededSampling(samplings)
    early = StopEarly(stop, watches, width, sampling.broken)
    output = model.generate(
        input_ids=ids.to(model.device),
        attention_mask=mask.to(model.device),
        generation_config=_configured(model, tokens, samplings, most),
        logits_processor=LogitsProcessorList([sampling]),
        stopping_criteria=StoppingCriteriaList([early]),
    )
    broken = sampling.broken()
    rows = enumerate(output[:, width:].tolist())
    return [None if row in broken else new[: early.finished.get(row)] for row, new in rows]


def _configured(model: Any, tokens: Tokens, samplings: Sequence[Sampling], most: int) -> GenerationConfig:
    """Every setting said: SeededSampling draws, so for `generate` all decoding is greedy.

    A single greedy answer is decoded with prompt lookup. Models that keep a state cannot take tokens back,
    and `generate` refuses lookup for them.
    """
    # private in transformers, but all that `generate` itself asks; there is no public question
    stateful = getattr(model, "_is_stateful", False)
    copies = len(samplings) == 1 and samplings[0].temperature == 0 and not stateful
    return GenerationConfig(
        max_new_tokens=most,
        do_sample=False,
        num_beams=1,
        prompt_lookup_num_tokens=(lookup.LONGEST or None) if copies else None,
        eos_token_id=list(tokens.ends),
        pad_token_id=tokens.pad,
    )


def padded(rows: Sequence[Sequence[int]], pad: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Token ids and mask [B, width] of rows with their padding before them."""
    width = max(map(len, rows))
    ids = [[*[pad] * (width - len(row)), *row] for row in rows]
    mask = [[0] * (width - len(row)) + [1] * len(row) for row in rows]
    return torch.tensor(ids), torch.tensor(mask)
