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
