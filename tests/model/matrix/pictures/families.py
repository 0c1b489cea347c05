"""A small random pipeline of every family that paints from words, by each part's own config.

`BUILDERS` maps AutoPipeline's key to a function that builds it; `LEFT_OUT` says of the others why they are
not here.
"""

import inspect
from collections.abc import Callable
from typing import Any

from tests.model import small_pipelines
from tests.model.matrix.pictures import parts
from tests.model.small_pipelines import clip_text, clip_tokenizer, unet, vae


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


def lcm() -> Any:
    from diffusers import LatentConsistencyModelPipeline, LCMScheduler

    return LatentConsistencyModelPipeline(
        unet=unet(32, time_cond_proj_dim=32), scheduler=LCMScheduler(), vae=vae(),
        text_encoder=clip_text(projected=False), tokenizer=clip_tokenizer(), safety_checker=None,
        feature_extractor=None, requires_safety_checker=False,
    )  # fmt: skip


def pag(name: str, build: Callable[[], Any]) -> Callable[[], Any]:
    """The class of that name with the parts of another: perturbed-attention guidance needs no parts."""

    def built() -> Any:
        import diffusers

        kind = getattr(diffusers, name)
        wanted = inspect.signature(kind.__init__).parameters
        given = {part: value for part, value in build().components.items() if part in wanted}
        return kind(**given)

    return built


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


def sd3_pag() -> Any:
    """Stable Diffusion 3 with the second layer that perturbed-attention guidance perturbs unless told."""
    from diffusers import SD3Transformer2DModel

    pipe = small_pipelines.sd3()
    config = {**pipe.transformer.config, "num_layers": 2}
    pipe.register_modules(transformer=SD3Transformer2DModel.from_config(config))
    return pag("StableDiffusion3PAGPipeline", lambda: pipe)()


def kandinsky22() -> Any:
    from diffusers import (
        DDIMScheduler,
        KandinskyV22CombinedPipeline,
        PriorTransformer,
        UnCLIPScheduler,
        UNet2DConditionModel,
    )
    from transformers import CLIPImageProcessor, CLIPVisionConfig, CLIPVisionModelWithProjection

    prior = PriorTransformer(
        num_attention_heads=2, attention_head_dim=16, embedding_dim=32, num_layers=1, num_embeddings=77,
        additional_embeddings=4,
    )  # fmt: skip
    vision = CLIPVisionConfig(
        hidden_size=32, image_size=32, projection_dim=32, intermediate_size=37, num_attention_heads=4,
        num_hidden_layers=1, patch_size=16,
    )  # fmt: skip
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
        scheduler=DDIMScheduler(beta_schedule="linear", clip_sample=False, set_alpha_to_one=False),
        prior_prior=prior, prior_image_encoder=CLIPVisionModelWithProjection(vision),
        prior_text_encoder=clip_text(projected=True), prior_tokenizer=clip_tokenizer(),
        prior_scheduler=UnCLIPScheduler(
            variance_type="fixed_small_log", prediction_type="sample", clip_sample=True,
            clip_sample_range=5.0, num_train_timesteps=1000,
        ),
        prior_image_processor=CLIPImageProcessor(size={"shortest_edge": 32}, crop_size=32),
    )  # fmt: skip


BUILDERS: dict[str, Callable[[], Any]] = {
    "stable-diffusion": small_pipelines.stable_diffusion,
    "stable-diffusion-xl": small_pipelines.sdxl,
    "stable-diffusion-3": small_pipelines.sd3,
    "stable-diffusion-pag": pag("StableDiffusionPAGPipeline", small_pipelines.stable_diffusion),
    "stable-diffusion-xl-pag": pag("StableDiffusionXLPAGPipeline", small_pipelines.sdxl),
    "stable-diffusion-3-pag": sd3_pag,
    "lcm": lcm,
    "if": deepfloyd,
    "hunyuan": hunyuan,
    "hunyuan-pag": lambda: hunyuan("HunyuanDiTPAGPipeline"),
    "kandinsky22": kandinsky22,
    "kandinsky3": kandinsky3,
    "pixart-alpha": pixart_alpha,
    "pixart-sigma": lambda: pixart_alpha("PixArtSigmaPipeline"),
    "pixart-sigma-pag": lambda: pixart_alpha("PixArtSigmaPAGPipeline", layers=2),
    "sana": sana,
    "sana-pag": lambda: sana("SanaPAGPipeline"),
    "auraflow": auraflow,
    "flux": small_pipelines.flux,
    "flux-kontext": flux_kontext,
    "flux2-klein": flux2_klein,
    "lumina": lumina,
    "lumina2": lumina2,
    "chroma": chroma,
    "cogview3": cogview3,
    "cogview4": cogview4,
    "qwenimage": qwenimage,
    "z-image": z_image,
    "ovis": ovis,
    "HiDreamImagePipeline": hidream,
}

_CONTROL = "needs a picture that guides it with every request; refused at the start"
_PAELLA = (
    "diffusers 0.42 moved its decoder's class and cannot load any checkpoint of it; refused at the start"
)
_PROCESSOR = "its text encoder reads through a multimodal processor, and it was not built small"
LEFT_OUT: dict[str, str] = {
    "stable-diffusion-controlnet": _CONTROL,
    "stable-diffusion-xl-controlnet": _CONTROL,
    "stable-diffusion-xl-controlnet-union": _CONTROL,
    "stable-diffusion-3-controlnet": _CONTROL,
    "stable-diffusion-controlnet-pag": _CONTROL,
    "stable-diffusion-xl-controlnet-pag": _CONTROL,
    "flux-control": _CONTROL,
    "flux-controlnet": _CONTROL,
    "cogview4-control": _CONTROL,
    "qwenimage-controlnet": _CONTROL,
    "z-image-controlnet": _CONTROL,
    "z-image-controlnet-inpaint": _CONTROL,
    "helios": "makes videos; refused at the start",
    "helios-pyramid": "makes videos; refused at the start",
    "cascade": _PAELLA,
    "wuerstchen": _PAELLA,
    "kandinsky": "its text encoder (MultilingualCLIP) is one of Kandinsky 2.1 alone; 2.2 is here",
    "flux2": _PROCESSOR,
    "ideogram4": _PROCESSOR,
    "krea2": _PROCESSOR,
    "glm_image": _PROCESSOR,
    "nucleusmoe-image": _PROCESSOR,
    "qwenimage21": _PROCESSOR,
    "z-image-omni": _PROCESSOR,
    "prx": "its T5Gemma encoder does not load back from what diffusers saves",
    "kolors": "diffusers lists it only where sentencepiece is installed, which nothing else here needs",
    "kolors-pag": "diffusers lists it only where sentencepiece is installed, which nothing else here needs",
}
