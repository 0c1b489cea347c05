"""Small random pipelines that follow an instruction on a picture and paint nothing from words alone."""

from typing import Any

from tests.model.matrix.pictures import parts
from tests.model.small_pipelines import clip_text, clip_tokenizer, unet, vae

_SEEING = ("<|vision_start|>", "<|vision_end|>", "<|image_pad|>", "<|video_pad|>")


def instruct_pix2pix() -> Any:
    from diffusers import DDIMScheduler, StableDiffusionInstructPix2PixPipeline

    return StableDiffusionInstructPix2PixPipeline(
        # four more channels for the latents of the picture
        unet=unet(32, in_channels=8), vae=vae(), text_encoder=clip_text(False), tokenizer=clip_tokenizer(),
        scheduler=DDIMScheduler(beta_schedule="scaled_linear", clip_sample=False, steps_offset=1),
        safety_checker=None, feature_extractor=None, requires_safety_checker=False,
    )  # fmt: skip


def instruct_pix2pix_xl() -> Any:
    from diffusers import EulerDiscreteScheduler, StableDiffusionXLInstructPix2PixPipeline

    network = unet(
        64, in_channels=8, addition_embed_type="text_time", addition_time_embed_dim=8,
        projection_class_embeddings_input_dim=6 * 8 + 32,
    )  # fmt: skip
    return StableDiffusionXLInstructPix2PixPipeline(
        unet=network, vae=vae(), scheduler=EulerDiscreteScheduler(), text_encoder=clip_text(False),
        tokenizer=clip_tokenizer(), text_encoder_2=clip_text(True), tokenizer_2=clip_tokenizer(),
    )  # fmt: skip


def qwen_edit(name: str = "QwenImageEditPipeline") -> Any:
    import diffusers

    tokenizer = parts.qwen_tokenizer(*_SEEING)
    transformer = diffusers.QwenImageTransformer2DModel(
        patch_size=2, in_channels=16, out_channels=4, num_layers=1, attention_head_dim=16,
        num_attention_heads=2, joint_attention_dim=32, axes_dims_rope=(8, 4, 4),
    )  # fmt: skip
    return getattr(diffusers, name)(
        transformer=transformer, vae=parts.video_vae(), text_encoder=_seeing(tokenizer), tokenizer=tokenizer,
        processor=_processor(tokenizer), scheduler=diffusers.FlowMatchEulerDiscreteScheduler(),
    )  # fmt: skip


def longcat() -> Any:
    from diffusers import (
        FlowMatchEulerDiscreteScheduler,
        LongCatImageEditPipeline,
        LongCatImageTransformer2DModel,
    )

    tokenizer = parts.qwen_tokenizer(*_SEEING)
    transformer = LongCatImageTransformer2DModel(
        # the pipeline's latents have 16 channels, in patches of four
        patch_size=1, in_channels=64, num_layers=1, num_single_layers=1, attention_head_dim=16,
        num_attention_heads=2, joint_attention_dim=32, pooled_projection_dim=32, axes_dims_rope=[4, 4, 8],
    )  # fmt: skip
    return LongCatImageEditPipeline(
        transformer=transformer, vae=vae(16), text_encoder=_seeing(tokenizer), tokenizer=tokenizer,
        text_processor=_processor(tokenizer), scheduler=FlowMatchEulerDiscreteScheduler(),
    )  # fmt: skip


def _seeing(tokenizer: Any) -> Any:
    """A Qwen2.5-VL that knows the tokens in whose places pictures stand."""
    start, end, image, video = tokenizer.convert_tokens_to_ids(list(_SEEING))
    model = parts.qwen_vl()
    for key, value in (
        ("vision_start_token_id", start),
        ("vision_end_token_id", end),
        ("image_token_id", image),
        ("video_token_id", video),
    ):
        setattr(model.config, key, value)
    return model


def _processor(tokenizer: Any) -> Any:
    from transformers import Qwen2VLImageProcessor, Qwen2VLProcessor, Qwen2VLVideoProcessor

    return Qwen2VLProcessor(
        image_processor=Qwen2VLImageProcessor(), tokenizer=tokenizer, video_processor=Qwen2VLVideoProcessor(),
        chat_template=parts.CHAT_TEMPLATE,
    )  # fmt: skip


EDITORS = {
    "StableDiffusionInstructPix2PixPipeline": instruct_pix2pix,
    "StableDiffusionXLInstructPix2PixPipeline": instruct_pix2pix_xl,
    "QwenImageEditPipeline": qwen_edit,
    "QwenImageEditPlusPipeline": lambda: qwen_edit("QwenImageEditPlusPipeline"),
    "LongCatImageEditPipeline": longcat,
}
