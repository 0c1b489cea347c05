"""Small random pipelines whose text encoder is a language model that could also look at pictures."""

from typing import Any

from tests.model.matrix.pictures import parts
from tests.model.matrix.pictures.builders.llms import flux2_vae
from tests.model.small_pipelines import vae

_IMAGE_TOKENS = ("<|vision_start|>", "<|vision_end|>", "<|image_pad|>", "<|video_pad|>")


def _qwen3_vl(kind: str, layers: int, width: int = 32) -> Any:
    """A Qwen3-VL of the class `kind` as text encoder."""
    import transformers

    rope = {"rope_type": "default", "mrope_section": [2, 3, 3], "rope_theta": 10000.0}
    text = {**parts.llm_sizes(width), "num_hidden_layers": layers, "rope_parameters": rope}
    vision = {
        "depth": 1, "hidden_size": 16, "intermediate_size": 16, "num_heads": 2, "out_hidden_size": width,
        "num_position_embeddings": 16, "deepstack_visual_indexes": [0],
    }  # fmt: skip
    config = transformers.Qwen3VLConfig(text_config=text, vision_config=vision)
    return getattr(transformers, kind)(config)


def _qwen3_vl_processor() -> Any:
    from transformers import Qwen2VLImageProcessor, Qwen3VLProcessor, Qwen3VLVideoProcessor

    tokenizer = parts.qwen_tokenizer(*_IMAGE_TOKENS)
    return Qwen3VLProcessor(
        image_processor=Qwen2VLImageProcessor(), tokenizer=tokenizer,
        video_processor=Qwen3VLVideoProcessor(), chat_template=parts.CHAT_TEMPLATE,
    )  # fmt: skip


def flux2() -> Any:
    from diffusers import FlowMatchEulerDiscreteScheduler, Flux2Pipeline, Flux2Transformer2DModel
    from transformers import (
        Mistral3Config,
        Mistral3ForConditionalGeneration,
        PixtralImageProcessor,
        PixtralProcessor,
    )

    transformer = Flux2Transformer2DModel(
        patch_size=1, in_channels=16, num_layers=1, num_single_layers=1, attention_head_dim=16,
        num_attention_heads=2, joint_attention_dim=96, timestep_guidance_channels=32,
        axes_dims_rope=(4, 4, 4, 4),
    )  # fmt: skip
    vision = {
        "model_type": "pixtral", "hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2,
        "intermediate_size": 16, "image_size": 28, "patch_size": 14,
    }  # fmt: skip
    # the prompt is read off after its 10th, 20th and 30th layer
    text = {**parts.llm_sizes(), "model_type": "mistral", "num_hidden_layers": 30}
    processor = PixtralProcessor(
        image_processor=PixtralImageProcessor(), chat_template=parts.CHAT_TEMPLATE,
        tokenizer=parts.qwen_tokenizer("[IMG]", "[IMG_BREAK]", "[IMG_END]"),
    )  # fmt: skip
    return Flux2Pipeline(
        transformer=transformer, vae=flux2_vae(), tokenizer=processor,
        text_encoder=Mistral3ForConditionalGeneration(Mistral3Config(text_config=text, vision_config=vision)),
        scheduler=FlowMatchEulerDiscreteScheduler(),
    )  # fmt: skip


def krea2() -> Any:
    from diffusers import FlowMatchEulerDiscreteScheduler, Krea2Pipeline, Krea2Transformer2DModel

    transformer = Krea2Transformer2DModel(
        in_channels=16, num_layers=1, attention_head_dim=8, num_attention_heads=4, num_key_value_heads=2,
        intermediate_size=32, timestep_embed_dim=8, text_hidden_dim=32, num_text_layers=2,
        text_num_attention_heads=2, text_num_key_value_heads=1, text_intermediate_size=16,
        num_layerwise_text_blocks=1, num_refiner_text_blocks=1, axes_dims_rope=(4, 2, 2), rope_theta=1000.0,
    )  # fmt: skip
    return Krea2Pipeline(
        transformer=transformer, vae=parts.video_vae(), text_encoder=_qwen3_vl("Qwen3VLModel", layers=2),
        tokenizer=parts.qwen_tokenizer(), text_encoder_select_layers=(1, 2),
        scheduler=FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True),
    )  # fmt: skip


def ideogram4() -> Any:
    from diffusers import FlowMatchEulerDiscreteScheduler, Ideogram4Pipeline, Ideogram4Transformer2DModel
    from diffusers.pipelines.ideogram4.pipeline_ideogram4 import QWEN3_VL_ACTIVATION_LAYERS

    def transformer() -> Any:
        return Ideogram4Transformer2DModel(
            in_channels=16, num_layers=1, attention_head_dim=8, num_attention_heads=4, intermediate_size=32,
            adaln_dim=16, llm_features_dim=16 * len(QWEN3_VL_ACTIVATION_LAYERS), mrope_section=(2, 1, 1),
            rope_theta=10_000,
        )  # fmt: skip

    layers = max(QWEN3_VL_ACTIVATION_LAYERS) + 1
    return Ideogram4Pipeline(
        transformer=transformer(), unconditional_transformer=transformer(), vae=flux2_vae(),
        text_encoder=_qwen3_vl("Qwen3VLModel", layers, width=16), tokenizer=parts.qwen_tokenizer(),
        scheduler=FlowMatchEulerDiscreteScheduler(),
    )  # fmt: skip


def nucleus_moe() -> Any:
    from diffusers import (
        FlowMatchEulerDiscreteScheduler,
        NucleusMoEImagePipeline,
        NucleusMoEImageTransformer2DModel,
    )

    transformer = NucleusMoEImageTransformer2DModel(
        patch_size=2, in_channels=16, out_channels=4, num_layers=2, attention_head_dim=16,
        num_attention_heads=2, joint_attention_dim=32, axes_dims_rope=(8, 4, 4), moe_enabled=False,
        capacity_factors=[8.0, 8.0],
    )  # fmt: skip
    return NucleusMoEImagePipeline(
        transformer=transformer, vae=parts.video_vae(), processor=_qwen3_vl_processor(),
        # the prompt is read off before its last eight layers
        text_encoder=_qwen3_vl("Qwen3VLForConditionalGeneration", layers=9),
        scheduler=FlowMatchEulerDiscreteScheduler(),
    )  # fmt: skip


def qwenimage21() -> Any:
    from diffusers import (
        AutoencoderKLQwenImage21,
        FlowMatchEulerDiscreteScheduler,
        QwenImage21Pipeline,
        QwenImage21Transformer2DModel,
    )

    transformer = QwenImage21Transformer2DModel(
        patch_size=1, in_channels=8, out_channels=8, num_layers=1, attention_head_dim=16,
        num_attention_heads=2, context_in_dim=32, mlp_ratio=2, axes_dims_rope=(4, 6, 6),
    )  # fmt: skip
    autoencoder = AutoencoderKLQwenImage21(
        base_dim=4, decoder_base_dim=4, z_dim=8, dim_mult=[1] * 5, num_res_blocks=1, attn_scales=[],
        temperal_downsample=[False, True, True, True], latents_mean=[0.0] * 8, latents_std=[1.0] * 8,
    )  # fmt: skip
    return QwenImage21Pipeline(
        transformer=transformer, vae=autoencoder, processor=_qwen3_vl_processor(),
        text_encoder=_qwen3_vl("Qwen3VLForConditionalGeneration", layers=2),
        scheduler=FlowMatchEulerDiscreteScheduler(),
    )  # fmt: skip


def glm_image() -> Any:
    from diffusers import (
        AutoencoderKL,
        FlowMatchEulerDiscreteScheduler,
        GlmImagePipeline,
        GlmImageTransformer2DModel,
    )
    from transformers import (
        ByT5Tokenizer,
        GlmImageConfig,
        GlmImageForConditionalGeneration,
        GlmImageImageProcessor,
        GlmImageProcessor,
        T5Config,
        T5EncoderModel,
    )

    tokenizer = parts.qwen_tokenizer(
        "<|bos|>",
        "<|eos|>",
        image_token="<|image|>",
        grid_bos_token="<|grid_bos|>",
        grid_eos_token="<|grid_eos|>",
    )
    tokenizer.bos_token = "<|bos|>"
    config = GlmImageConfig(
        text_config={
            **{key: value for key, value in parts.llm_sizes().items() if key != "head_dim"},
            "vision_vocab_size": 128, "max_position_embeddings": 512, "pad_token_id": 256,
            "eos_token_id": tokenizer.convert_tokens_to_ids("<|eos|>"),
            "rope_parameters": {"rope_type": "default", "mrope_section": (4, 2, 2)},
        },
        vision_config={
            "depth": 1, "hidden_size": 32, "num_heads": 2, "image_size": 32, "patch_size": 8,
            "intermediate_size": 32,
        },
        vq_config={"embed_dim": 32, "num_embeddings": 128, "latent_channels": 32},
        image_token_id=tokenizer.convert_tokens_to_ids("<|image|>"),
        image_start_token_id=tokenizer.convert_tokens_to_ids("<|bos|>"),
        image_end_token_id=tokenizer.convert_tokens_to_ids("<|eos|>"),
    )  # fmt: skip
    transformer = GlmImageTransformer2DModel(
        patch_size=2, in_channels=4, out_channels=4, num_layers=1, attention_head_dim=8,
        num_attention_heads=2, text_embed_dim=32, time_embed_dim=16, condition_dim=8,
        prior_vq_quantizer_codebook_size=128,
    )  # fmt: skip
    autoencoder = AutoencoderKL(
        block_out_channels=(8, 8, 8, 8), norm_num_groups=2, latent_channels=4, sample_size=64,
        down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4,
        latents_mean=[0.0] * 4, latents_std=[1.0] * 4,
    )  # fmt: skip
    byt5 = T5Config(vocab_size=384, d_model=32, d_ff=37, d_kv=8, num_layers=2, num_heads=4)
    return GlmImagePipeline(
        tokenizer=ByT5Tokenizer(), text_encoder=T5EncoderModel(byt5), vae=autoencoder,
        transformer=transformer, processor=GlmImageProcessor(
            image_processor=GlmImageImageProcessor(patch_size=8), tokenizer=tokenizer,
            chat_template=parts.CHAT_TEMPLATE,
        ),
        vision_language_encoder=GlmImageForConditionalGeneration(config),
        scheduler=FlowMatchEulerDiscreteScheduler(),
    )  # fmt: skip


def z_image_omni() -> Any:
    from diffusers import FlowMatchEulerDiscreteScheduler, ZImageOmniPipeline, ZImageTransformer2DModel
    from transformers import Siglip2ImageProcessor, Siglip2VisionConfig, Siglip2VisionModel

    transformer = ZImageTransformer2DModel(
        in_channels=4, dim=32, n_layers=1, n_refiner_layers=1, n_heads=2, n_kv_heads=2, cap_feat_dim=32,
        axes_dims=[8, 4, 4], axes_lens=[256, 32, 32], siglip_feat_dim=16,
    )  # fmt: skip
    eyes = Siglip2VisionConfig(
        hidden_size=16, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2, num_patches=16,
        patch_size=16,
    )  # fmt: skip
    return ZImageOmniPipeline(
        transformer=transformer, vae=vae(), text_encoder=parts.qwen3(), tokenizer=parts.qwen_tokenizer(),
        siglip=Siglip2VisionModel(eyes), siglip_processor=Siglip2ImageProcessor(),
        scheduler=FlowMatchEulerDiscreteScheduler(),
    )  # fmt: skip
