"""How much arithmetic a picture of each preset takes, counted on networks without weights.

The networks are built from their published configurations (each checkpoint's `unet/config.json` or
`transformer/config.json`) on PyTorch's meta device, which has shapes and no numbers, and torch counts the
floating-point operations of one forward pass. Text encoders are left out: they are below 2 % of a picture.
"""

from functools import cache
from typing import Any

import torch
from torch.utils.flop_counter import FlopCounterMode

from model.presets import PRESETS
from model.settings import ImageSettings

_WORDS = 77  # tokens of a prompt, as CLIP reads them
_T5_WORDS = 256  # Stable Diffusion 3's third encoder reads so many more
_SDXL: dict[str, Any] = {
    "block_out_channels": (320, 640, 1280),
    "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
    "up_block_types": ("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
    "transformer_layers_per_block": (1, 2, 10),
    "attention_head_dim": (5, 10, 20),
    "cross_attention_dim": 2048,
    "use_linear_projection": True,
    "addition_embed_type": "text_time",
    "addition_time_embed_dim": 256,
    "projection_class_embeddings_input_dim": 2816,
}
_SD35_MEDIUM: dict[str, Any] = {
    "sample_size": 128,
    "patch_size": 2,
    "in_channels": 16,
    "out_channels": 16,
    "num_layers": 24,
    "num_attention_heads": 24,
    "attention_head_dim": 64,
    "caption_projection_dim": 1536,
    "joint_attention_dim": 4096,
    "pooled_projection_dim": 2048,
    "pos_embed_max_size": 384,
    "dual_attention_layers": tuple(range(13)),
    "qk_norm": "rms_norm",
}


def picture_tflop(preset: str) -> float:
    """Teraflop of one picture with the preset's size, steps and guidance."""
    image = PRESETS[preset].image
    # classifier-free guidance runs the network with the prompt and without
    passes = image.steps * (2 if image.guidance > 1 else 1)
    return passes * _step(preset, image.width, image.height) + _decoding(image)


def network(preset: str) -> Any:
    """The preset's denoising network, without weights."""
    from diffusers import SD3Transformer2DModel, UNet2DConditionModel

    with torch.device("meta"):
        if preset == "sd35":
            return SD3Transformer2DModel(**_SD35_MEDIUM)
        return UNet2DConditionModel(**({"cross_attention_dim": 768} if preset == "sd15" else _SDXL))


@cache
def _step(preset: str, width: int, height: int) -> float:
    """One forward pass of the denoising network."""
    latents = (height // 8, width // 8)
    with torch.device("meta"):
        given: dict[str, Any] = {"timestep": torch.ones(1)}
        if preset == "sd35":
            given["hidden_states"] = torch.empty(1, 16, *latents)
            given["encoder_hidden_states"] = torch.empty(1, _WORDS + _T5_WORDS, 4096)
            given["pooled_projections"] = torch.empty(1, 2048)
            return _counted(network(preset), given)
        given["sample"] = torch.empty(1, 4, *latents)
        given["encoder_hidden_states"] = torch.empty(1, _WORDS, 768 if preset == "sd15" else 2048)
        if preset != "sd15":
            added = {"text_embeds": torch.empty(1, 1280), "time_ids": torch.empty(1, 6)}
            given["added_cond_kwargs"] = added
        return _counted(network(preset), given)


def _decoding(image: ImageSettings) -> float:
    """From latents to pixels."""
    from diffusers import AutoencoderKL

    with torch.device("meta"):
        decoder = AutoencoderKL(
            block_out_channels=(128, 256, 512, 512),
            down_block_types=("DownEncoderBlock2D",) * 4,
            up_block_types=("UpDecoderBlock2D",) * 4,
            layers_per_block=2,
        ).decoder
        return _counted(decoder, {"sample": torch.empty(1, 4, image.height // 8, image.width // 8)})


def _counted(network: Any, given: dict[str, Any]) -> float:
    with torch.inference_mode(), FlopCounterMode(display=False) as counter:
        network.eval()(**given)
    return counter.get_total_flops() / 1e12
