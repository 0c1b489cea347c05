"""Small random IP-Adapters as people have them: a file of safetensors, and a folder with its CLIP."""

from pathlib import Path
from typing import Any

SEES = 24  # numbers of a picture, in the encoder's embedding


def save_ip_adapter(pipe: Any, folder: Path, name: str = "ip-adapter.safetensors", sees: int = SEES) -> Path:
    """An adapter for the U-Net of `pipe`, in the keys of the ones that are given out (h94/IP-Adapter)."""
    import torch
    from safetensors.torch import save_file

    torch.manual_seed(7)
    cross, tokens = pipe.unet.config.cross_attention_dim, 4
    weights = {
        "image_proj.proj.weight": torch.randn(tokens * cross, sees),
        "image_proj.proj.bias": torch.randn(tokens * cross),
        "image_proj.norm.weight": torch.ones(cross),
        "image_proj.norm.bias": torch.zeros(cross),
    }
    number = 1
    for where in pipe.unet.attn_processors:
        if where.endswith("attn1.processor"):  # self-attention has none
            continue
        attention = pipe.unet.get_submodule(where.removesuffix(".processor"))
        for part in ("to_k", "to_v"):
            shape = getattr(attention, part).weight.shape
            weights[f"ip_adapter.{number}.{part}_ip.weight"] = torch.randn(shape)
        number += 2
    folder.mkdir(parents=True, exist_ok=True)
    save_file(weights, folder / name)
    return folder


def save_plus_adapter(pipe: Any, folder: Path, sees: int = 16) -> Path:
    """One of those called "plus", which read the encoder's last layer but one through a small transformer."""
    import torch
    from safetensors.torch import load_file, save_file

    file = save_ip_adapter(pipe, folder) / "ip-adapter.safetensors"
    weights = {key: value for key, value in load_file(file).items() if key.startswith("ip_adapter.")}
    hidden, cross = 64, pipe.unet.config.cross_attention_dim
    shapes = {
        "latents": (1, 4, hidden), "proj_in.weight": (hidden, sees), "proj_in.bias": (hidden,),
        "proj_out.weight": (cross, hidden), "proj_out.bias": (cross,),
        "norm_out.weight": (cross,), "norm_out.bias": (cross,),
    }  # fmt: skip
    for layer in range(4):  # the library has four
        norms = (f"layers.{layer}.{part}" for part in ("0.norm1", "0.norm2", "1.0"))
        shapes |= {f"{norm}.{kind}": (hidden,) for norm in norms for kind in ("weight", "bias")}
        shapes |= {
            f"layers.{layer}.0.to_q.weight": (hidden, hidden),
            f"layers.{layer}.0.to_kv.weight": (2 * hidden, hidden),
            f"layers.{layer}.0.to_out.weight": (hidden, hidden),
            f"layers.{layer}.1.1.weight": (4 * hidden, hidden),
            f"layers.{layer}.1.3.weight": (hidden, 4 * hidden),
        }
    save_file(weights | {f"image_proj.{name}": torch.randn(shape) for name, shape in shapes.items()}, file)
    return folder


def save_image_encoder(folder: Path) -> Path:
    """The CLIP of such an adapter."""
    import torch
    from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

    torch.manual_seed(8)
    config = CLIPVisionConfig(
        hidden_size=16, image_size=32, projection_dim=SEES, intermediate_size=32, num_attention_heads=2,
        num_hidden_layers=2, patch_size=8,
    )  # fmt: skip
    CLIPVisionModelWithProjection(config).save_pretrained(folder)
    return folder
