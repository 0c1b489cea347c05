"""Builds random pipelines of the real classes at tiny sizes, as diffusers' own tests do."""

from pathlib import Path
from typing import Any

import torch


def clip_tokenizer() -> Any:
    """A CLIP tokenizer that knows single characters only, so a prompt's length in tokens is easy to see."""
    from tokenizers.pre_tokenizers import ByteLevel
    from transformers import CLIPTokenizer

    alphabet = sorted(ByteLevel.alphabet())
    pieces = [*alphabet, *(letter + "</w>" for letter in alphabet), "<|startoftext|>", "<|endoftext|>"]
    return CLIPTokenizer(vocab={piece: i for i, piece in enumerate(pieces)}, merges=[], model_max_length=77)


def clip_text(projected: bool, width: int = 32) -> Any:
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

    config = CLIPTextConfig(
        vocab_size=514, hidden_size=width, intermediate_size=37, num_hidden_layers=3, num_attention_heads=4,
        projection_dim=width, bos_token_id=512, eos_token_id=513, pad_token_id=513,
    )  # fmt: skip
    return (CLIPTextModelWithProjection if projected else CLIPTextModel)(config)


def vae(channels: int = 4) -> Any:
    from diffusers import AutoencoderKL

    return AutoencoderKL(
        block_out_channels=(8, 8, 8, 8), norm_num_groups=2, latent_channels=channels, sample_size=64,
        shift_factor=0.1, down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
    )  # fmt: skip


def unet(cross: int, **more: Any) -> Any:
    from diffusers import UNet2DConditionModel

    return UNet2DConditionModel(
        block_out_channels=(8, 16), layers_per_block=1, sample_size=8, norm_num_groups=2,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"), attention_head_dim=4,
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"), cross_attention_dim=cross, **more,
    )  # fmt: skip


def stable_diffusion() -> Any:
    from diffusers import DDIMScheduler, StableDiffusionPipeline

    scheduler = DDIMScheduler(beta_schedule="scaled_linear", clip_sample=False, steps_offset=1)
    return StableDiffusionPipeline(
        unet=unet(32), scheduler=scheduler, vae=vae(),
        text_encoder=clip_text(False), tokenizer=clip_tokenizer(), safety_checker=None,
        feature_extractor=None, requires_safety_checker=False,
    )  # fmt: skip


def sdxl() -> Any:
    from diffusers import EulerAncestralDiscreteScheduler, StableDiffusionXLPipeline

    times = {"addition_embed_type": "text_time", "addition_time_embed_dim": 8}
    return StableDiffusionXLPipeline(
        unet=unet(64, **times, projection_class_embeddings_input_dim=6 * 8 + 32),
        scheduler=EulerAncestralDiscreteScheduler(timestep_spacing="trailing"), vae=vae(),
        text_encoder=clip_text(False), tokenizer=clip_tokenizer(), text_encoder_2=clip_text(True),
        tokenizer_2=clip_tokenizer(),
    )  # fmt: skip


def sd3() -> Any:
    from diffusers import FlowMatchEulerDiscreteScheduler, SD3Transformer2DModel, StableDiffusion3Pipeline
    from transformers import T5Config, T5EncoderModel, T5Tokenizer

    letters = [(letter, -1.0) for letter in "▁abcdefghijklmnopqrstuvwxyz,. "]
    t5 = T5Config(vocab_size=200, d_model=64, d_ff=37, d_kv=8, num_layers=2, num_heads=4)
    transformer = SD3Transformer2DModel(
        sample_size=8, patch_size=2, in_channels=16, num_layers=1, attention_head_dim=8,
        num_attention_heads=4,
        joint_attention_dim=64, caption_projection_dim=32, pooled_projection_dim=64, out_channels=16,
    )  # fmt: skip
    return StableDiffusion3Pipeline(
        transformer=transformer, scheduler=FlowMatchEulerDiscreteScheduler(), vae=vae(16),
        text_encoder=clip_text(True), tokenizer=clip_tokenizer(), text_encoder_2=clip_text(True),
        tokenizer_2=clip_tokenizer(), text_encoder_3=T5EncoderModel(t5),
        tokenizer_3=T5Tokenizer(vocab=[("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), *letters]),
    )  # fmt: skip


def flux() -> Any:
    from diffusers import FlowMatchEulerDiscreteScheduler, FluxPipeline, FluxTransformer2DModel
    from transformers import T5Config, T5EncoderModel, T5Tokenizer

    letters = [(letter, -1.0) for letter in "▁abcdefghijklmnopqrstuvwxyz,. "]
    t5 = T5Config(vocab_size=200, d_model=64, d_ff=37, d_kv=8, num_layers=2, num_heads=4)
    transformer = FluxTransformer2DModel(
        patch_size=1, in_channels=16, num_layers=1, num_single_layers=1, attention_head_dim=16,
        num_attention_heads=2, joint_attention_dim=64, pooled_projection_dim=32, axes_dims_rope=(4, 4, 8),
        guidance_embeds=True,
    )  # fmt: skip
    return FluxPipeline(
        transformer=transformer, scheduler=FlowMatchEulerDiscreteScheduler(), vae=vae(),
        text_encoder=clip_text(False), tokenizer=clip_tokenizer(), text_encoder_2=T5EncoderModel(t5),
        tokenizer_2=T5Tokenizer(vocab=[("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), *letters]),
    )  # fmt: skip


BUILDERS = {"sd": stable_diffusion, "sdxl": sdxl, "sd3": sd3, "flux": flux}


def save(kind: str, folder: Path) -> Path:
    """Save a random pipeline of a kind (see `BUILDERS`) as safetensors."""
    torch.manual_seed(0)
    BUILDERS[kind]().save_pretrained(folder, safe_serialization=True)
    return folder
