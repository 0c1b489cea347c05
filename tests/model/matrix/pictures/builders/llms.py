"""Small random pipelines whose text encoder is a language model of words alone."""

from typing import Any

from tests.model.matrix.pictures import parts
from tests.model.small_pipelines import clip_tokenizer, vae


def flux2_vae() -> Any:
    from diffusers import AutoencoderKLFlux2

    return AutoencoderKLFlux2(
        block_out_channels=(8, 8, 8, 8), norm_num_groups=2, latent_channels=4, sample_size=64,
        layers_per_block=1,
    )  # fmt: skip


def flux2_klein(*, distilled: bool = False) -> Any:
    from diffusers import FlowMatchEulerDiscreteScheduler, Flux2KleinPipeline, Flux2Transformer2DModel

    transformer = Flux2Transformer2DModel(
        patch_size=1, in_channels=16, num_layers=1, num_single_layers=1, attention_head_dim=16,
        num_attention_heads=2, joint_attention_dim=96, timestep_guidance_channels=32,
        axes_dims_rope=(4, 4, 4, 4), guidance_embeds=False,
    )  # fmt: skip
    return Flux2KleinPipeline(
        transformer=transformer, vae=flux2_vae(), text_encoder=parts.qwen3(layers=28),
        tokenizer=parts.qwen_tokenizer(), scheduler=FlowMatchEulerDiscreteScheduler(),
        is_distilled=distilled,
    )  # fmt: skip


def cogview4() -> Any:
    from diffusers import CogView4Pipeline, CogView4Transformer2DModel, FlowMatchEulerDiscreteScheduler
    from transformers import GlmConfig, GlmModel

    transformer = CogView4Transformer2DModel(
        patch_size=2, in_channels=4, num_layers=1, attention_head_dim=4, num_attention_heads=4,
        out_channels=4, text_embed_dim=32, time_embed_dim=8, condition_dim=4, sample_size=8,
        rope_axes_dim=(16, 16),
    )  # fmt: skip
    return CogView4Pipeline(
        transformer=transformer, vae=vae(), tokenizer=parts.t5()[1],
        text_encoder=GlmModel(GlmConfig(**parts.llm_sizes(), pad_token_id=0)),
        scheduler=FlowMatchEulerDiscreteScheduler(
            base_shift=0.25, max_shift=0.75, base_image_seq_len=256, use_dynamic_shifting=True,
            time_shift_type="linear",
        ),
    )  # fmt: skip


def qwenimage() -> Any:
    from diffusers import FlowMatchEulerDiscreteScheduler, QwenImagePipeline, QwenImageTransformer2DModel

    transformer = QwenImageTransformer2DModel(
        patch_size=2, in_channels=16, out_channels=4, num_layers=1, attention_head_dim=16,
        num_attention_heads=2, joint_attention_dim=32, axes_dims_rope=(8, 4, 4),
    )  # fmt: skip
    return QwenImagePipeline(
        transformer=transformer, vae=parts.video_vae(), text_encoder=parts.qwen_vl(),
        tokenizer=parts.qwen_tokenizer(), scheduler=FlowMatchEulerDiscreteScheduler(),
    )  # fmt: skip


def z_image() -> Any:
    from diffusers import FlowMatchEulerDiscreteScheduler, ZImagePipeline, ZImageTransformer2DModel

    transformer = ZImageTransformer2DModel(
        in_channels=4, dim=32, n_layers=1, n_refiner_layers=1, n_heads=2, n_kv_heads=2, cap_feat_dim=32,
        axes_dims=[8, 4, 4], axes_lens=[256, 32, 32],
    )  # fmt: skip
    return ZImagePipeline(
        transformer=transformer, vae=vae(), text_encoder=parts.qwen3(), tokenizer=parts.qwen_tokenizer(),
        scheduler=FlowMatchEulerDiscreteScheduler(),
    )  # fmt: skip


def ovis() -> Any:
    from diffusers import FlowMatchEulerDiscreteScheduler, OvisImagePipeline, OvisImageTransformer2DModel
    from transformers import Qwen3Config, Qwen3Model

    transformer = OvisImageTransformer2DModel(
        patch_size=1, in_channels=16, out_channels=16, num_layers=1, num_single_layers=1,
        attention_head_dim=16, num_attention_heads=2, joint_attention_dim=32, axes_dims_rope=(4, 4, 8),
    )  # fmt: skip
    return OvisImagePipeline(
        transformer=transformer, vae=vae(), tokenizer=parts.qwen_tokenizer(),
        text_encoder=Qwen3Model(Qwen3Config(**parts.llm_sizes())),
        scheduler=FlowMatchEulerDiscreteScheduler(),
    )  # fmt: skip


def hidream() -> Any:
    from diffusers import (
        FlowMatchEulerDiscreteScheduler,
        HiDreamImagePipeline,
        HiDreamImageTransformer2DModel,
    )
    from transformers import LlamaConfig, LlamaForCausalLM

    encoder, tokenizer = parts.t5(32)
    transformer = HiDreamImageTransformer2DModel(
        patch_size=2, in_channels=4, out_channels=4, num_layers=1, num_single_layers=1, attention_head_dim=8,
        num_attention_heads=4, caption_channels=[32, 32], text_emb_dim=64, num_routed_experts=4,
        num_activated_experts=2, axes_dims_rope=(4, 2, 2), max_resolution=(32, 32), llama_layers=[0, 1],
        force_inference_output=True,
    )  # fmt: skip
    llama = parts.qwen_tokenizer()
    llama.pad_token = llama.eos_token
    return HiDreamImagePipeline(
        transformer=transformer, vae=vae(), scheduler=FlowMatchEulerDiscreteScheduler(),
        text_encoder=parts.long_clip(), tokenizer=clip_tokenizer(), text_encoder_2=parts.long_clip(),
        tokenizer_2=clip_tokenizer(), text_encoder_3=encoder,
        tokenizer_3=tokenizer, text_encoder_4=LlamaForCausalLM(LlamaConfig(**parts.llm_sizes())),
        tokenizer_4=llama,
    )  # fmt: skip
