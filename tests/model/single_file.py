"""Writes a small Stable Diffusion as one file with the names that model sites' checkpoints have (LDM's).

The inverse of diffusers' `convert_ldm_unet_checkpoint` and `convert_ldm_vae_checkpoint`, for pipelines of
`small_pipelines`.
"""

import re
from pathlib import Path
from typing import Any

from diffusers.loaders.single_file_utils import DIFFUSERS_TO_LDM_MAPPING
from safetensors.torch import save_file

_UNET_RESNET = {
    "norm1": "in_layers.0", "conv1": "in_layers.2", "time_emb_proj": "emb_layers.1", "norm2": "out_layers.0",
    "conv2": "out_layers.3", "conv_shortcut": "skip_connection",
}  # fmt: skip
_VAE_ATTENTION = {"group_norm": "norm", "to_q": "q", "to_k": "k", "to_v": "v", "to_out.0": "proj_out"}


def save_single_file(pipe: Any, path: Path) -> Path:
    """Save the weights of a Stable Diffusion 1 pipeline, and nothing else, in one file."""
    tensors = {}
    for key, value in pipe.unet.state_dict().items():
        tensors[f"model.diffusion_model.{_unet(key, pipe.unet.config.layers_per_block + 1)}"] = value
    for key, value in pipe.vae.state_dict().items():
        flat = ".attentions." in key and key.endswith("weight") and value.ndim == 2
        tensors[f"first_stage_model.{_vae(key)}"] = value[..., None, None] if flat else value
    for key, value in pipe.text_encoder.state_dict().items():
        tensors[f"cond_stage_model.transformer.text_model.{key.removeprefix('text_model.')}"] = value
    save_file({key: value.contiguous().clone() for key, value in tensors.items()}, path)
    return path


def _unet(key: str, layers: int) -> str:
    if key in DIFFUSERS_TO_LDM_MAPPING["unet"]["layers"]:
        return str(DIFFUSERS_TO_LDM_MAPPING["unet"]["layers"][key])
    if found := re.match(r"mid_block\.(resnets|attentions)\.(\d)\.(.*)", key):
        kind, number, rest = found.groups()
        place = 1 if kind == "attentions" else 2 * int(number)
        return f"middle_block.{place}.{_resnet(rest) if kind == 'resnets' else rest}"
    side, block, kind, number, rest = re.match(r"(down|up)_blocks\.(\d)\.(\w+)\.(\d)\.(.*)", key).groups()  # type: ignore[union-attr]
    first = int(block) * layers + (1 if side == "down" else 0)
    name = "input_blocks" if side == "down" else "output_blocks"
    if kind == "downsamplers":
        return f"{name}.{first + layers - 1}.0.{rest.replace('conv', 'op')}"
    if kind == "upsamplers":
        return f"{name}.{first + layers - 1}.{2 if block == '0' else 1}.{rest}"
    return f"{name}.{first + int(number)}.{'0.' + _resnet(rest) if kind == 'resnets' else '1.' + rest}"


def _resnet(rest: str) -> str:
    name, end = rest.rsplit(".", 1)
    return f"{_UNET_RESNET[name]}.{end}"


def _vae(key: str) -> str:
    if key in DIFFUSERS_TO_LDM_MAPPING["vae"]:
        return str(DIFFUSERS_TO_LDM_MAPPING["vae"][key])
    key = key.replace("conv_shortcut", "nin_shortcut")
    key = re.sub(r"mid_block\.resnets\.(\d)", lambda found: f"mid.block_{int(found[1]) + 1}", key)
    if "mid_block.attentions.0" in key:
        key = key.replace("mid_block.attentions.0", "mid.attn_1")
        for ours, theirs in _VAE_ATTENTION.items():
            key = key.replace(f".{ours}.", f".{theirs}.")
    key = re.sub(r"down_blocks\.(\d)\.resnets", r"down.\1.block", key)
    key = re.sub(r"down_blocks\.(\d)\.downsamplers\.0", r"down.\1.downsample", key)
    key = re.sub(r"up_blocks\.(\d)\.resnets", lambda found: f"up.{3 - int(found[1])}.block", key)
    return re.sub(r"up_blocks\.(\d)\.upsamplers\.0", lambda found: f"up.{3 - int(found[1])}.upsample", key)
