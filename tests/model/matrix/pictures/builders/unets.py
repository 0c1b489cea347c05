"""Small random pipelines that denoise with a U-Net: LCM, DeepFloyd IF and the Kandinskys."""

from typing import Any

from tests.model.matrix.pictures import parts
from tests.model.small_pipelines import clip_text, clip_tokenizer, unet, vae


def lcm() -> Any:
    from diffusers import LatentConsistencyModelPipeline, LCMScheduler

    return LatentConsistencyModelPipeline(
        unet=unet(32, time_cond_proj_dim=32), scheduler=LCMScheduler(), vae=vae(),
        text_encoder=clip_text(projected=False), tokenizer=clip_tokenizer(), safety_checker=None,
        feature_extractor=None, requires_safety_checker=False,
    )  # fmt: skip


def deepfloyd() -> Any:
    from diffusers import DDPMScheduler, IFPipeline, UNet2DConditionModel

    encoder, tokenizer = parts.t5(32)
    network = UNet2DConditionModel(
        sample_size=32, layers_per_block=1, block_out_channels=(32, 64),
        down_block_types=("ResnetDownsampleBlock2D", "SimpleCrossAttnDownBlock2D"),
        mid_block_type="UNetMidBlock2DSimpleCrossAttn",
        up_block_types=("SimpleCrossAttnUpBlock2D", "ResnetUpsampleBlock2D"), in_channels=3, out_channels=6,
        cross_attention_dim=32, encoder_hid_dim=32, attention_head_dim=8, addition_embed_type="text",
        addition_embed_type_num_heads=2, cross_attention_norm="group_norm",
        resnet_time_scale_shift="scale_shift", act_fn="gelu",
    )  # fmt: skip
    return IFPipeline(
        text_encoder=encoder, tokenizer=tokenizer, unet=network, watermarker=None, safety_checker=None,
        feature_extractor=None, requires_safety_checker=False,
        scheduler=DDPMScheduler(variance_type="learned_range", beta_schedule="squaredcos_cap_v2"),
    )  # fmt: skip


def _prior() -> dict[str, Any]:
    """The parts of the Kandinskys' first stage, which makes a picture's embedding from words."""
    from diffusers import PriorTransformer, UnCLIPScheduler
    from transformers import CLIPImageProcessor, CLIPVisionConfig, CLIPVisionModelWithProjection

    prior = PriorTransformer(
        num_attention_heads=2, attention_head_dim=16, embedding_dim=32, num_layers=1, num_embeddings=77,
        additional_embeddings=4,
    )  # fmt: skip
    vision = CLIPVisionConfig(
        hidden_size=32, image_size=32, projection_dim=32, intermediate_size=37, num_attention_heads=4,
        num_hidden_layers=1, patch_size=16,
    )  # fmt: skip
    return {
        "prior_prior": prior, "prior_image_encoder": CLIPVisionModelWithProjection(vision),
        "prior_text_encoder": clip_text(projected=True), "prior_tokenizer": clip_tokenizer(),
        "prior_scheduler": UnCLIPScheduler(
            variance_type="fixed_small_log", prediction_type="sample", clip_sample=True,
            clip_sample_range=5.0, num_train_timesteps=1000,
        ),
        "prior_image_processor": CLIPImageProcessor(size={"shortest_edge": 32}, crop_size=32),
    }  # fmt: skip


def kandinsky22() -> Any:
    from diffusers import DDIMScheduler, KandinskyV22CombinedPipeline, UNet2DConditionModel

    prior = _prior()
    network = UNet2DConditionModel(
        in_channels=4, out_channels=8, addition_embed_type="image", cross_attention_dim=32,
        encoder_hid_dim=32, encoder_hid_dim_type="image_proj", block_out_channels=(16, 32),
        down_block_types=("ResnetDownsampleBlock2D", "SimpleCrossAttnDownBlock2D"),
        up_block_types=("SimpleCrossAttnUpBlock2D", "ResnetUpsampleBlock2D"),
        mid_block_type="UNetMidBlock2DSimpleCrossAttn", layers_per_block=1, attention_head_dim=4,
        norm_num_groups=8, resnet_time_scale_shift="scale_shift",
    )  # fmt: skip
    return KandinskyV22CombinedPipeline(
        unet=network, movq=parts.vq_model(),
        scheduler=DDIMScheduler(beta_schedule="linear", clip_sample=False, set_alpha_to_one=False), **prior,
    )  # fmt: skip


def kandinsky3() -> Any:
    from diffusers import DDPMScheduler, Kandinsky3Pipeline, Kandinsky3UNet

    encoder, tokenizer = parts.t5(32)
    network = Kandinsky3UNet(
        in_channels=4, time_embedding_dim=4, groups=2, attention_head_dim=4, layers_per_block=2,
        block_out_channels=(8, 16), cross_attention_dim=4, encoder_hid_dim=32,
    )  # fmt: skip
    return Kandinsky3Pipeline(
        unet=network, scheduler=DDPMScheduler(beta_schedule="squaredcos_cap_v2"), movq=parts.vq_model(),
        text_encoder=encoder, tokenizer=tokenizer,
    )  # fmt: skip


def kandinsky() -> Any:
    """Kandinsky 2.1, whose text encoder is XLM-RoBERTa with a layer into CLIP's space."""
    from diffusers import DDIMScheduler, KandinskyCombinedPipeline, UNet2DConditionModel, VQModel
    from diffusers.pipelines.kandinsky.text_encoder import MCLIPConfig, MultilingualCLIP
    from transformers import XLMRobertaTokenizerFast

    encoder = MCLIPConfig(
        numDims=32, transformerDimensions=32, hidden_size=32, intermediate_size=37, num_attention_heads=4,
        num_hidden_layers=2, vocab_size=64,
    )  # fmt: skip
    encoder.numDims = encoder.transformerDimensions = 32
    pieces = ["<s>", "<pad>", "</s>", "<unk>", *("▁" + parts.LETTERS), "<mask>"]
    prior = _prior()
    network = UNet2DConditionModel(
        in_channels=4, out_channels=8, addition_embed_type="text_image", cross_attention_dim=32,
        encoder_hid_dim=32, encoder_hid_dim_type="text_image_proj", block_out_channels=(32, 64),
        down_block_types=("ResnetDownsampleBlock2D", "SimpleCrossAttnDownBlock2D"),
        up_block_types=("SimpleCrossAttnUpBlock2D", "ResnetUpsampleBlock2D"),
        mid_block_type="UNetMidBlock2DSimpleCrossAttn", layers_per_block=1, attention_head_dim=4,
        resnet_time_scale_shift="scale_shift",
    )  # fmt: skip
    decoder = VQModel(
        block_out_channels=(32, 32, 32, 32), norm_num_groups=8,
        down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4,
        latent_channels=4, vq_embed_dim=4, num_vq_embeddings=12, norm_type="spatial",
    )  # fmt: skip
    return KandinskyCombinedPipeline(
        text_encoder=MultilingualCLIP(encoder), unet=network, movq=decoder,
        tokenizer=XLMRobertaTokenizerFast(vocab=[(piece, -1.0) for piece in pieces]),
        scheduler=DDIMScheduler(beta_schedule="linear", clip_sample=False, set_alpha_to_one=False), **prior,
    )  # fmt: skip
