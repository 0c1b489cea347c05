"""The families of language models that people load, each as a small random model of the real class."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import torch

from tests.model.matrix.words.styles import tokenizer_of

_WIDTH = 128  # bitsandbytes multiplies 4-bit weights in blocks of 64
_SIZES: dict[str, Any] = {
    "hidden_size": _WIDTH, "intermediate_size": 128, "num_hidden_layers": 2, "num_attention_heads": 4,
    "num_key_value_heads": 2, "max_position_embeddings": 4096,
}  # fmt: skip
_HEADS = {"head_dim": 32}
_WINDOW = {**_HEADS, "sliding_window": 64}  # shorter than a request, so that the window matters
_EXPERTS = {"num_experts": 4, "num_experts_per_tok": 2, "moe_intermediate_size": 64}
_LINEAR = {
    "linear_num_key_heads": 2, "linear_num_value_heads": 4, "linear_key_head_dim": 32,
    "linear_value_head_dim": 32, "layer_types": ["linear_attention", "full_attention"],
}  # fmt: skip
_MAMBA = {"mamba_n_heads": 8, "mamba_d_head": 32, "mamba_d_state": 16, "mamba_expand": 2}
_EYES = {
    "hidden_size": 64, "intermediate_size": 64, "num_hidden_layers": 1, "num_attention_heads": 2,
    "image_size": 28, "patch_size": 14,
}  # fmt: skip
_PER_LAYER = {"hidden_size_per_layer_input": 64}


@dataclass(frozen=True)
class Family:
    """`config` names the configuration class of transformers; `sizes` replace those that it calls otherwise.

    `style` names the chat template (`styles.STYLES`); `quick` families are part of every run of the tests.
    `vision` configures the part that sees, where the model has one.
    """

    name: str
    config: str
    style: str
    more: Mapping[str, Any] = field(default_factory=dict)
    sizes: Mapping[str, Any] = field(default_factory=lambda: _SIZES)
    quick: bool = False
    vision: Mapping[str, Any] = field(default_factory=dict)

    def build(self) -> tuple[Any, Any]:
        """The random model, the same one each time, and its tokenizer."""
        import transformers as hf

        tokenizer = tokenizer_of(self.style)
        more = dict(self.more)
        if self.vision:
            text = {**self.sizes, **more, "vocab_size": len(tokenizer)}
            more = {"text_config": text, "vision_config": dict(self.vision)}
        if "hidden_size_per_layer_input" in more:  # Gemma 3n and 4 embed each word once more for each layer
            more["vocab_size_per_layer_input"] = len(tokenizer)
        torch.manual_seed(0)
        config = getattr(hf, self.config)(
            **(more if self.vision else {**self.sizes, **more, "vocab_size": len(tokenizer)}),
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
            tie_word_embeddings=False,
        )
        kind = hf.AutoModelForImageTextToText if self.vision else hf.AutoModelForCausalLM
        return kind.from_config(config), tokenizer


FAMILIES = (
    Family("Llama 3", "LlamaConfig", "llama3", quick=True),
    Family("Qwen2", "Qwen2Config", "chatml"),
    Family("Qwen3", "Qwen3Config", "thinking", _HEADS, quick=True),
    Family("Qwen3 MoE", "Qwen3MoeConfig", "thinking", {**_HEADS, **_EXPERTS}),
    Family(
        "Qwen3-Next", "Qwen3NextConfig", "opened",
        {**_HEADS, **_EXPERTS, **_LINEAR, "shared_expert_intermediate_size": 64}, quick=True,
    ),
    Family("Qwen3.5", "Qwen3_5TextConfig", "thinking", {**_HEADS, **_LINEAR}, quick=True),
    Family("Gemma 2", "Gemma2Config", "gemma2", _WINDOW, quick=True),
    Family("Gemma 3", "Gemma3TextConfig", "gemma3", _WINDOW, quick=True),
    Family(
        "Gemma 3n", "Gemma3nTextConfig", "gemma3",
        {**_WINDOW, **_PER_LAYER, "num_kv_shared_layers": 0, "laurel_rank": 64,
         "layer_types": ["sliding_attention", "full_attention"], "activation_sparsity_pattern": [0.0, 0.0]},
    ),
    Family("Gemma 3 that sees", "Gemma3Config", "gemma3", _WINDOW, vision=_EYES),
    Family("Gemma 4", "Gemma4TextConfig", "gemma4", {**_WINDOW, **_PER_LAYER}),
    Family("Mistral", "MistralConfig", "mistral", _HEADS, quick=True),
    Family("Ministral", "MinistralConfig", "ministral", _WINDOW),
    Family("Ministral 3", "Ministral3Config", "ministral", _HEADS),
    Family(
        "Mistral Small 3 that sees", "Mistral3Config", "ministral", {**_HEADS, "model_type": "mistral"},
        vision={**_EYES, "model_type": "pixtral"},
    ),
    Family("Phi 3 and 4", "Phi3Config", "phi", quick=True),
    Family("SmolLM3", "SmolLM3Config", "thinking"),
    Family(
        "gpt-oss", "GptOssConfig", "harmony",
        {**_WINDOW, "num_local_experts": 4, "num_experts_per_tok": 2}, quick=True,
    ),
    Family("Granite", "GraniteConfig", "granite"),
    Family(
        "Granite 4 hybrid", "GraniteMoeHybridConfig", "granite",
        {**_MAMBA, "num_local_experts": 4, "num_experts_per_tok": 2, "shared_intermediate_size": 64,
         "layer_types": ["mamba", "attention"]},
    ),
    Family(
        "Falcon-H1", "FalconH1Config", "chatml",
        {**_MAMBA, "mamba_d_ssm": 128, "mamba_n_heads": 4, "mamba_d_head": 32}, quick=True,
    ),
    Family(
        "LFM2", "Lfm2Config", "chatml", {"layer_types": ["conv", "full_attention"], "block_ff_dim": 128},
        quick=True,
    ),
    Family(
        "Mamba 2", "Mamba2Config", "base",
        sizes={"hidden_size": _WIDTH, "num_hidden_layers": 2, "num_heads": 8, "head_dim": 32,
               "state_size": 16, "n_groups": 1, "chunk_size": 16}, quick=True,
    ),
    Family("OLMo", "OlmoConfig", "olmo"),
    Family("OLMo 2", "Olmo2Config", "olmo"),
    Family(
        "GPT-2", "GPT2Config", "base",
        sizes={"n_embd": _WIDTH, "n_layer": 2, "n_head": 4, "n_positions": 1024}, quick=True,
    ),
    Family("OPT", "OPTConfig", "base", {"ffn_dim": 128, "word_embed_proj_dim": _WIDTH}),
    Family(
        "BLOOM", "BloomConfig", "base", sizes={"hidden_size": _WIDTH, "n_layer": 2, "n_head": 4},
    ),
)  # fmt: skip
