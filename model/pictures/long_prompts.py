"""Prompts of any length for text encoders that read a fixed number of tokens.

CLIP reads 77 tokens and the pipelines cut the rest off. Here a longer prompt is split, between comma parts
where possible, into chunks that fit; the pipeline's own `encode_prompt` encodes each, and the embeddings
are joined along the sequence, which cross-attention takes at any length. The pooled embedding, where a
pipeline has one, is that of the first chunk: the subject stands in front.
"""

import inspect
import re
from collections.abc import Callable
from typing import Any

import torch

from model.errors import BadRequest

T5_TOKENS = 512
_TEMPLATED = T5_TOKENS - 64  # these count their chat template, and FLUX.2 [dev] its system message, as well
# The others refuse a longer `max_sequence_length` in `check_inputs`, or were trained with no more
_FEWER = {
    "OvisImagePipeline": 256,
    "KolorsPipeline": 256,
    "KolorsPAGPipeline": 256,
    "SanaPipeline": 300,
    "Flux2Pipeline": _TEMPLATED,
    "Flux2KleinPipeline": _TEMPLATED,
    "Flux2KleinInpaintPipeline": _TEMPLATED,
    "ZImagePipeline": _TEMPLATED,
    "ZImageImg2ImgPipeline": _TEMPLATED,
    "ZImageInpaintPipeline": _TEMPLATED,
    "ZImageOmniPipeline": _TEMPLATED,
}
# It cuts at as many, and has no setting for it (and its warning fails: `len(len(...))` in diffusers 0.42)
_FIXED = {"LongCatImageEditPipeline": T5_TOKENS}


def prompt_arguments(pipe: Any, prompt: str, negative: str) -> dict[str, Any]:
    """The arguments that give `pipe` both prompts in full: texts when they fit, else embeddings."""
    accepted = inspect.signature(pipe.__call__).parameters
    texts: dict[str, Any] = {"prompt": prompt}
    if negative and "negative_prompt" in accepted:
        texts["negative_prompt"] = negative
    if not _clip_only(pipe):
        return texts | _t5_length(pipe, accepted, prompt)
    if all(_fits(pipe, text) for text in texts.values()):
        return texts
    if not hasattr(pipe, "encode_prompt"):  # InstructPix2Pix has none that others may call
        _needed(pipe, prompt, _encoders(pipe)[-1][0].model_max_length)
    return _embeddings(pipe, **texts)


@torch.inference_mode()
def _embeddings(pipe: Any, prompt: str, negative_prompt: str = "") -> dict[str, torch.Tensor]:
    chunks = split_prompt(prompt, lambda text: _fits(pipe, text))
    unwanted = split_prompt(negative_prompt, lambda text: _fits(pipe, text)) if negative_prompt else []
    count = max(len(chunks), len(unwanted))
    encode = inspect.signature(pipe.encode_prompt).parameters
    encoded = pipe.encode_prompt(
        prompt=chunks + [""] * (count - len(chunks)),
        negative_prompt=unwanted + [""] * (count - len(unwanted)) if negative_prompt else None,
        device=pipe._execution_device,  # noqa: SLF001  `device` is wrong while weights are offloaded
        num_images_per_prompt=1,
        do_classifier_free_guidance=True,
        **{name: None for name in ("prompt_2", "prompt_3") if name in encode},
    )
    sequences = ("prompt_embeds", "negative_prompt_embeds")
    pooled = ("pooled_prompt_embeds", "negative_pooled_prompt_embeds")
    return {
        name: tensor[:1] if name in pooled else tensor.flatten(0, 1).unsqueeze(0)
        for name, tensor in zip(sequences + pooled, encoded, strict=False)
    }


def split_prompt(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Pieces of `text` that each fit, as long as possible; joined they are `text`.

    Splits after commas; within a part that alone is too long, after words; within such a word, anywhere.
    """
    chunks = [""]
    for part in _pieces(text, fits):
        if fits(chunks[-1] + part):
            chunks[-1] += part
        else:
            chunks.append(part)
    return [chunk for chunk in chunks if chunk]


def _pieces(text: str, fits: Callable[[str], bool]) -> list[str]:
    """`text` cut into the largest natural units that fit: comma parts, else words, else characters."""
    pieces: list[str] = []
    for part in re.findall(r"[^,]*,|[^,]+", text):
        if fits(part):
            pieces.append(part)
            continue
        for word in re.findall(r"\s*\S+\s*", part):
            pieces.extend([word] if fits(word) else word)
    return pieces


def _encoders(pipe: Any) -> list[tuple[Any, Any]]:
    """(tokenizer, text encoder) pairs that the pipeline really has.

    FLUX.2 [dev] calls a processor of pictures and words its tokenizer, and such a one takes pictures first.
    """
    pairs = [(f"tokenizer{n}", f"text_encoder{n}") for n in ("", "_2", "_3")]
    found = [(getattr(pipe, tokenizer, None), getattr(pipe, encoder, None)) for tokenizer, encoder in pairs]
    return [
        (getattr(tokenizer, "tokenizer", tokenizer), encoder)
        for tokenizer, encoder in found
        if tokenizer and encoder is not None
    ]


def _clip_only(pipe: Any) -> bool:
    encoders = _encoders(pipe)
    return bool(encoders) and all(type(encoder).__name__.startswith("CLIP") for _, encoder in encoders)


def _fits(pipe: Any, text: str) -> bool:
    return all(
        len(tokenizer(text, verbose=False)["input_ids"])
        <= min(tokenizer.model_max_length, encoder.config.max_position_embeddings)
        for tokenizer, encoder in _encoders(pipe)
    )


def _t5_length(pipe: Any, accepted: Any, prompt: str) -> dict[str, int]:
    """T5 and language models read what they are told to; pipelines default to less, which is faster.

    The most is 512 tokens, or what the pipeline itself reads by default or refuses above. Raises BadRequest
    for a longer prompt: it cannot be split like CLIP's, and is not cut in silence.
    """
    length = accepted.get("max_sequence_length")
    if type(pipe).__name__ in _FIXED:
        _needed(pipe, prompt, _FIXED[type(pipe).__name__])
    if length is None or not _encoders(pipe):
        return {}
    most = _FEWER.get(type(pipe).__name__) or max(T5_TOKENS, length.default or 0)
    needed = _needed(pipe, prompt, most)
    return {"max_sequence_length": most} if needed > (length.default or 0) else {}


def _needed(pipe: Any, prompt: str, most: int) -> int:
    """The tokens of a prompt. Raises BadRequest for more than `most`."""
    needed = len(_encoders(pipe)[-1][0](prompt, verbose=False)["input_ids"])
    if needed > most:
        raise BadRequest(
            f"The prompt has {needed} tokens, and the picture model reads {most}: use fewer words."
        )
    return needed
