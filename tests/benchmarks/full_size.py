"""Pipelines and language models at their published sizes, with random weights: how quick a network is does
not depend on what it has learnt.

Each starts from the small pipeline that the matrix of families builds (`tests.model.matrix.pictures`), whose
tokenizers and scheduler it keeps, and gets its networks by their published configurations.
"""

from collections.abc import Callable
from typing import Any

from tests.benchmarks.arithmetic import network
from tests.model.matrix.pictures import parts
from tests.model.matrix.pictures.families import BUILDERS

QWEN3: dict[str, tuple[int, int, int, int]] = {
    "1.7B": (2048, 6144, 28, 16),
    "4B": (2560, 9728, 36, 32),
}
"""Width, width within a layer, layers and heads."""


def language_model(size: str, *, small: bool) -> tuple[Any, Any]:
    """A Qwen3 of `size` and a tokenizer of bytes with its chat template; `small` has two thin layers."""
    tokenizer = parts.qwen_tokenizer()
    return (parts.qwen3() if small else _qwen3(size)), tokenizer


def pipeline(family: str, *, small: bool) -> Any:
    """A pipeline of one of `FULL`; `small` is the matrix's."""
    pipe = BUILDERS[family]()
    if not small:
        pipe.register_modules(**FULL[family]())
    return pipe


def _qwen3(size: str) -> Any:
    from transformers import Qwen3Config, Qwen3ForCausalLM

    width, within, layers, heads = QWEN3[size]
    config = Qwen3Config(
        vocab_size=151_936, hidden_size=width, intermediate_size=within, num_hidden_layers=layers,
        num_attention_heads=heads, num_key_value_heads=8, head_dim=128, tie_word_embeddings=True,
    )  # fmt: skip
    return Qwen3ForCausalLM(config)


def _clip_text(width: int, layers: int, heads: int, *, projected: bool = False) -> Any:
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

    config = CLIPTextConfig(
        hidden_size=width, intermediate_size=4 * width, num_hidden_layers=layers, num_attention_heads=heads,
        projection_dim=width, eos_token_id=513,
    )  # fmt: skip
    return (CLIPTextModelWithProjection if projected else CLIPTextModel)(config)


def _vae(channels: int) -> Any:
    from diffusers import AutoencoderKL

    return AutoencoderKL(
        block_out_channels=(128, 256, 512, 512), latent_channels=channels, layers_per_block=2,
        down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4,
        shift_factor=0.1,
    )  # fmt: skip


def _unet(preset: str) -> Any:
    from diffusers import UNet2DConditionModel

    return UNet2DConditionModel.from_config(network(preset).config)


def _sd15() -> dict[str, Any]:
    return {"unet": _unet("sd15"), "text_encoder": _clip_text(768, 12, 12), "vae": _vae(4)}


def _sdxl() -> dict[str, Any]:
    return {
        "unet": _unet("sdxl"), "vae": _vae(4), "text_encoder": _clip_text(768, 12, 12),
        "text_encoder_2": _clip_text(1280, 32, 20, projected=True),
    }  # fmt: skip


def _z_image() -> dict[str, Any]:
    from diffusers import ZImageTransformer2DModel

    # the class's own defaults are the published sizes
    return {"transformer": ZImageTransformer2DModel(), "vae": _vae(16), "text_encoder": _qwen3("4B")}


def _flux2_klein() -> dict[str, Any]:
    from diffusers import AutoencoderKLFlux2, Flux2Transformer2DModel

    transformer = Flux2Transformer2DModel(
        num_layers=5, num_single_layers=20, num_attention_heads=24, joint_attention_dim=3 * 2560,
        guidance_embeds=False,
    )  # fmt: skip
    return {"transformer": transformer, "vae": AutoencoderKLFlux2(), "text_encoder": _qwen3("4B")}


FULL: dict[str, Callable[[], dict[str, Any]]] = {
    "stable-diffusion": _sd15,
    "stable-diffusion-xl": _sdxl,
    "z-image": _z_image,
    "flux2-klein": _flux2_klein,
}
