"""Small random pipelines of diffusion transformers that read T5 or a first-generation text encoder."""

from typing import Any

import torch

from tests.model import small_pipelines
from tests.model.matrix.pictures import parts
from tests.model.small_pipelines import vae


def pixart_alpha(name: str = "PixArtAlphaPipeline", layers: int = 1) -> Any:
    import diffusers

    encoder, tokenizer = parts.t5()
    transformer = diffusers.PixArtTransformer2DModel(
        sample_size=32, num_layers=layers, patch_size=2, attention_head_dim=8, num_attention_heads=3,
        caption_channels=64, in_channels=4, cross_attention_dim=24, out_channels=8,
        use_additional_conditions=False,
    )  # fmt: skip
    return getattr(diffusers, name)(
        transformer=transformer, vae=vae(), scheduler=diffusers.DPMSolverMultistepScheduler(),
        text_encoder=encoder, tokenizer=tokenizer,
    )  # fmt: skip


def sana(name: str = "SanaPipeline") -> Any:
    import diffusers

    encoder, tokenizer = parts.gemma()
    transformer = diffusers.SanaTransformer2DModel(
        in_channels=4, out_channels=4, num_layers=1, num_attention_heads=2, attention_head_dim=4,
        num_cross_attention_heads=2, cross_attention_head_dim=4, cross_attention_dim=8, caption_channels=32,
        sample_size=16,
    )  # fmt: skip
    return getattr(diffusers, name)(
        transformer=transformer, vae=parts.dc_vae(), text_encoder=encoder, tokenizer=tokenizer,
        scheduler=diffusers.FlowMatchEulerDiscreteScheduler(shift=7.0),
    )  # fmt: skip


def auraflow() -> Any:
    from diffusers import AuraFlowPipeline, AuraFlowTransformer2DModel, FlowMatchEulerDiscreteScheduler
    from transformers import UMT5Config, UMT5EncoderModel

    _, tokenizer = parts.t5()
    umt5 = UMT5Config(vocab_size=200, d_model=32, d_ff=37, d_kv=8, num_layers=2, num_heads=4)
    transformer = AuraFlowTransformer2DModel(
        sample_size=32, patch_size=2, in_channels=4, num_mmdit_layers=1, num_single_dit_layers=1,
        attention_head_dim=8, num_attention_heads=4, caption_projection_dim=32, joint_attention_dim=32,
        pos_embed_max_size=256,
    )  # fmt: skip
    return AuraFlowPipeline(
        transformer=transformer, vae=vae(), text_encoder=UMT5EncoderModel(umt5), tokenizer=tokenizer,
        scheduler=FlowMatchEulerDiscreteScheduler(),
    )  # fmt: skip


def chroma() -> Any:
    from diffusers import ChromaPipeline, ChromaTransformer2DModel, FlowMatchEulerDiscreteScheduler

    encoder, tokenizer = parts.t5()
    transformer = ChromaTransformer2DModel(
        patch_size=1, in_channels=16, num_layers=1, num_single_layers=1, attention_head_dim=16,
        num_attention_heads=2, joint_attention_dim=64, axes_dims_rope=(4, 4, 8), approximator_hidden_dim=32,
        approximator_layers=1, approximator_num_channels=16,
    )  # fmt: skip
    return ChromaPipeline(
        transformer=transformer, vae=vae(), text_encoder=encoder, tokenizer=tokenizer,
        scheduler=FlowMatchEulerDiscreteScheduler(),
    )  # fmt: skip


def flux_kontext() -> Any:
    from diffusers import FluxKontextPipeline

    parts_of_flux = small_pipelines.flux().components
    return FluxKontextPipeline(**parts_of_flux)


def lumina() -> Any:
    from diffusers import FlowMatchEulerDiscreteScheduler, LuminaNextDiT2DModel, LuminaPipeline

    encoder, tokenizer = parts.gemma()
    transformer = LuminaNextDiT2DModel(
        sample_size=8, patch_size=2, in_channels=4, hidden_size=24, num_layers=1, num_attention_heads=3,
        num_kv_heads=1, multiple_of=16, ffn_dim_multiplier=None, cross_attention_dim=32,
    )  # fmt: skip
    return LuminaPipeline(
        transformer=transformer, vae=vae(), text_encoder=encoder, tokenizer=tokenizer,
        scheduler=FlowMatchEulerDiscreteScheduler(),
    )  # fmt: skip


def lumina2() -> Any:
    from diffusers import FlowMatchEulerDiscreteScheduler, Lumina2Pipeline, Lumina2Transformer2DModel

    encoder, tokenizer = parts.gemma()
    transformer = Lumina2Transformer2DModel(
        sample_size=8, patch_size=2, in_channels=4, hidden_size=24, num_layers=1, num_refiner_layers=1,
        num_attention_heads=3, num_kv_heads=1, multiple_of=2, axes_dim_rope=(4, 2, 2),
        axes_lens=(320, 128, 128), cap_feat_dim=32,
    )  # fmt: skip
    return Lumina2Pipeline(
        transformer=transformer, vae=vae(), text_encoder=encoder, tokenizer=tokenizer,
        scheduler=FlowMatchEulerDiscreteScheduler(),
    )  # fmt: skip


def cogview3() -> Any:
    from diffusers import CogVideoXDDIMScheduler, CogView3PlusPipeline, CogView3PlusTransformer2DModel

    encoder, tokenizer = parts.t5()
    transformer = CogView3PlusTransformer2DModel(
        patch_size=2, in_channels=4, num_layers=1, attention_head_dim=4, num_attention_heads=2,
        out_channels=4, text_embed_dim=64, time_embed_dim=8, condition_dim=2, pos_embed_max_size=32,
        sample_size=8,
    )  # fmt: skip
    return CogView3PlusPipeline(
        transformer=transformer, vae=vae(), text_encoder=encoder, tokenizer=tokenizer,
        scheduler=CogVideoXDDIMScheduler(),
    )  # fmt: skip


def hunyuan(name: str = "HunyuanDiTPipeline") -> Any:
    import diffusers
    from transformers import BertConfig, BertModel, BertTokenizer

    encoder, tokenizer = parts.t5()
    bert = BertConfig(
        vocab_size=64, hidden_size=24, num_hidden_layers=2, num_attention_heads=2, intermediate_size=37,
        max_position_embeddings=128,
    )  # fmt: skip
    words = {piece: i for i, piece in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *parts.LETTERS])}
    transformer = diffusers.HunyuanDiT2DModel(
        sample_size=8, num_layers=2, patch_size=2, attention_head_dim=8, num_attention_heads=3,
        in_channels=4, cross_attention_dim=24, cross_attention_dim_t5=64, pooled_projection_dim=16,
        hidden_size=24, text_len=77, text_len_t5=256,
    )  # fmt: skip
    return getattr(diffusers, name)(
        transformer=transformer, vae=vae(), scheduler=diffusers.DDPMScheduler(), text_encoder=BertModel(bert),
        tokenizer=BertTokenizer(vocab=words, model_max_length=77), text_encoder_2=encoder,
        tokenizer_2=tokenizer, safety_checker=None, feature_extractor=None, requires_safety_checker=False,
    )  # fmt: skip


def prx() -> Any:
    from diffusers import FlowMatchEulerDiscreteScheduler, PRXPipeline, PRXTransformer2DModel
    from transformers import T5GemmaConfig, T5GemmaModuleConfig
    from transformers.models.t5gemma.modeling_t5gemma import T5GemmaEncoder

    # the encoder alone reads its sizes from the outside of a configuration of encoder and decoder
    sizes = T5GemmaModuleConfig(
        **parts.llm_sizes(), layer_types=["full_attention"] * 2, sliding_window=64, query_pre_attn_scalar=16
    )
    config = T5GemmaConfig(**{**sizes.to_diff_dict(), **vars(sizes)}, encoder=sizes)
    tokenizer = parts.gemma()[1]
    tokenizer.model_max_length = 256
    transformer = PRXTransformer2DModel(
        patch_size=2, in_channels=4, context_in_dim=32, hidden_size=16, mlp_ratio=2.0, num_heads=2, depth=1,
        axes_dim=[4, 4],
    )  # fmt: skip
    for weights in transformer.parameters():  # what an untrained one multiplies by 0 would hide the words
        if not weights.any():
            torch.nn.init.normal_(weights, std=0.1)
    return PRXPipeline(
        transformer=transformer, vae=vae(), text_encoder=T5GemmaEncoder(config), tokenizer=tokenizer,
        scheduler=FlowMatchEulerDiscreteScheduler(),
    )  # fmt: skip
