"""Loading a language model and its tokenizer, and what is said of checkpoints that cannot be loaded."""

import json
import logging
from pathlib import Path
from typing import Any

import torch
from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForImageTextToText, AutoTokenizer
from transformers.utils import cached_file

from model.errors import LoadError
from model.hardware import has_4bit_kernels, has_bfloat16, pick_device
from model.language.quantization import fit_widths, nf4
from model.loading import check_folder, load_errors, location, refuse_gguf
from model.settings import LLMSettings

log = logging.getLogger(__name__)

WHAT = "language model"
_HINT = "check the path or hub id and that the download is complete"


def load_checkpoint(settings: LLMSettings) -> tuple[Any, Any]:
    """The model of `settings`, in evaluation mode and without adapters, and its tokenizer.

    Raises LoadError or ConfigError with what to do: also for a checkpoint that is quantised already where
    "nf4" is asked for, and for one whose weights are incomplete, which transformers would fill with noise.
    """
    device = pick_device(settings.device)
    refuse_gguf(settings.model)
    check_folder(settings.model, "config.json", WHAT)
    name = location(settings.model)
    with load_errors(WHAT, settings.model, _HINT):
        _refuse_second_quantization(settings, name)
        tokenizer = AutoTokenizer.from_pretrained(name, padding_side="left", trust_remote_code=False)
        _refuse_empty(settings, tokenizer)
        config = _config(name)
        model, found = _auto_class(config).from_pretrained(
            name,
            config=config,
            trust_remote_code=False,
            use_safetensors=True,
            output_loading_info=True,
            **_precision(settings, device),
        )
    lacking = sorted(found["missing_keys"])
    if lacking:
        raise LoadError(
            f"The language model {settings.model} lacks {len(lacking)} of its weights ({lacking[0]}, ...): "
            "download it again, or choose a checkpoint in a format that transformers knows."
        )
    if settings.quantization == "nf4" and device.type == "cpu":
        fit_widths(model)
    return model.eval(), tokenizer


def _refuse_empty(settings: LLMSettings, tokenizer: Any) -> None:
    """Without its files transformers makes up a tokenizer that knows its special tokens and no words."""
    if len(tokenizer.get_vocab()) <= len(tokenizer.added_tokens_decoder):
        raise LoadError(
            f"The language model {settings.model} has no tokenizer, or an empty one: take the tokenizer's "
            "files (tokenizer.json, tokenizer_config.json) from the checkpoint's own source."
        )


def _config(name: str) -> Any:
    """The checkpoint's configuration, without a pad token beyond the embedding, which no layer can be made
    with; batches are padded with another (`model.language.tokens`)."""
    config = AutoConfig.from_pretrained(name, trust_remote_code=False)
    for part in (config, config.get_text_config()):
        rows = getattr(part, "vocab_size", None)
        if rows is not None and (getattr(part, "pad_token_id", None) or 0) >= rows:
            part.pad_token_id = None
    return config


def _auto_class(config: Any) -> Any:
    """What loads the checkpoint: also models for pictures and words, of which only the words are used.

    Some of these are known as causal models too (Gemma 3), some only as what they are (Mistral Small 3).
    """
    causal = type(config) in AutoModelForCausalLM._model_mapping  # noqa: SLF001 - no public question
    sees = type(config) in AutoModelForImageTextToText._model_mapping  # noqa: SLF001
    return AutoModelForImageTextToText if sees and not causal else AutoModelForCausalLM


def _refuse_second_quantization(settings: LLMSettings, name: str) -> None:
    """transformers says this only of some formats, after the download, and lets others pass unquantised."""
    path = cached_file(name, "config.json", _raise_exceptions_for_missing_entries=False)
    if settings.quantization != "nf4" or path is None:
        return
    own = json.loads(Path(path).read_text(encoding="utf-8")).get("quantization_config") or {}
    if own and not own.get("load_in_4bit"):  # one saved as NF4 is what is asked for
        method = own.get("quant_method", "another method")
        raise LoadError(
            f"The language model {settings.model} is quantised already ({method}) and cannot be loaded as "
            'NF4: set [llm] quantization = "none", or choose the plain checkpoint of the same model.'
        )


def _precision(settings: LLMSettings, device: torch.device) -> dict[str, Any]:
    """dtype, placement and quantisation for `from_pretrained`.

    Half precision on every GPU (bfloat16 where it has it), float32 on a CPU.
    """
    fallback = torch.float32 if device.type == "cpu" else torch.float16
    if settings.quantization == "nf4":
        if device.type == "cpu" and not has_4bit_kernels():
            log.warning(
                'On this CPU, quantization = "nf4" saves no memory once loaded and makes edits several times '
                'slower: "none" is the better choice here.'
            )
        dtype = torch.bfloat16 if has_bfloat16(device) else fallback
        return {"dtype": dtype, "device_map": {"": str(device)}, "quantization_config": nf4(dtype)}
    dtype = torch.bfloat16 if device.type != "cpu" and has_bfloat16(device) else fallback
    return {"dtype": dtype, "device_map": {"": str(device)}}
