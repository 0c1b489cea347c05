"""CLIP's text tower as the picture pipeline wants it: open_clip's weights under transformers' names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from safetensors.torch import load_file
from transformers import CLIPTextConfig, CLIPTextModel

if TYPE_CHECKING:
    from pathlib import Path

    import torch


def text_encoder(folder: Path) -> CLIPTextModel:
    """The text tower of the open_clip model in `folder` as a `CLIPTextModel`; the same hidden states."""
    settings = json.loads((folder / "open_clip_config.json").read_text(encoding="utf-8"))["model_cfg"]
    text, vocabulary = settings["text_cfg"], settings["text_cfg"]["vocab_size"]
    model = CLIPTextModel(
        CLIPTextConfig(
            vocab_size=vocabulary,
            hidden_size=text["width"],
            intermediate_size=text["width"] * 4,
            projection_dim=settings["embed_dim"],
            num_hidden_layers=text["layers"],
            num_attention_heads=text["heads"],
            max_position_embeddings=text["context_length"],
            hidden_act="gelu",
            bos_token_id=vocabulary - 2,
            eos_token_id=vocabulary - 1,
            pad_token_id=vocabulary - 1,
        )
    )
    weights = load_file(folder / "open_clip_model.safetensors")
    prefix = "text_model." if any(name.startswith("text_model.") for name in model.state_dict()) else ""
    renamed = {prefix + name: value.float() for name, value in _renamed(weights, text["layers"]).items()}
    outcome = model.load_state_dict(renamed, strict=False)
    missing = [name for name in outcome.missing_keys if not name.endswith("position_ids")]
    if missing or outcome.unexpected_keys:
        raise ValueError(f"the text tower in {folder} does not fit: {missing + outcome.unexpected_keys}")
    return model.eval()


def _renamed(weights: dict[str, torch.Tensor], layers: int) -> dict[str, torch.Tensor]:
    named = {
        "embeddings.token_embedding.weight": weights["token_embedding.weight"],
        "embeddings.position_embedding.weight": weights["positional_embedding"],
        "final_layer_norm.weight": weights["ln_final.weight"],
        "final_layer_norm.bias": weights["ln_final.bias"],
    }
    pairs = {"ln_1": "layer_norm1", "ln_2": "layer_norm2", "mlp.c_fc": "mlp.fc1", "mlp.c_proj": "mlp.fc2"}
    pairs["attn.out_proj"] = "self_attn.out_proj"
    for layer in range(layers):
        theirs, ours = f"transformer.resblocks.{layer}.", f"encoder.layers.{layer}."
        for kind in ("weight", "bias"):
            for name, new in pairs.items():
                named[f"{ours}{new}.{kind}"] = weights[f"{theirs}{name}.{kind}"]
            joint = weights[f"{theirs}attn.in_proj_{kind}"].chunk(3)
            for part, value in zip("qkv", joint, strict=True):
                named[f"{ours}self_attn.{part}_proj.{kind}"] = value.contiguous()
    return named
