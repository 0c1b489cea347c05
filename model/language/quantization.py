"""Weights in 4 bits (NF4), the same way for serving and training."""

import torch
from transformers import BitsAndBytesConfig


def nf4(compute: torch.dtype) -> BitsAndBytesConfig:
    """NF4 with double quantisation, as QLoRA has it (Dettmers et al. 2023, arXiv 2305.14314).

    `compute` is the number format that weights are brought back to for a matrix product.
    """
    return BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=compute,
    )


def fit_widths(model: torch.nn.Module) -> None:
    """Let 4-bit layers of any width work on a CPU that multiplies in bfloat16.

    There bitsandbytes 0.50 packs weights anew at the first request, and fails unless a layer has a multiple
    of 32 outputs and of 64 inputs (`_convert_weight_packed_for_cpu`); Mamba's projections have not. Those
    layers are kept on the slower way, which takes any.
    """
    from bitsandbytes.nn import Linear4bit

    for layer in model.modules():
        if isinstance(layer, Linear4bit) and (layer.out_features % 32 or layer.in_features % 64):
            layer.support_avx512bf16_for_cpu = False
