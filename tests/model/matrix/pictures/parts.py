"""Small random parts that the pipelines of several families share: text encoders, tokenizers, VAEs."""

from typing import Any

CHAT_TEMPLATE = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n"
    "{% if m['content'] is string %}{{ m['content'] }}{% else %}"
    "{% for part in m['content'] %}{{ part['text'] }}{% endfor %}{% endif %}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
LETTERS = "abcdefghijklmnopqrstuvwxyz,. "


def t5(width: int = 64) -> tuple[Any, Any]:
    """A T5 encoder and a tokenizer of single letters."""
    from transformers import T5Config, T5EncoderModel, T5Tokenizer

    vocabulary = [
        ("<pad>", 0.0),
        ("</s>", 0.0),
        ("<unk>", 0.0),
        *((letter, -1.0) for letter in "▁" + LETTERS),
    ]
    config = T5Config(vocab_size=200, d_model=width, d_ff=37, d_kv=8, num_layers=2, num_heads=4)
    return T5EncoderModel(config), T5Tokenizer(vocab=vocabulary)


def qwen_tokenizer(*more: str, **named: str) -> Any:
    """Qwen's tokenizer class with bytes and `more` special tokens, and a chat template like its own.

    `named` are special tokens that a processor of pictures asks the tokenizer for by those names.
    """
    from tokenizers.pre_tokenizers import ByteLevel
    from transformers import Qwen2Tokenizer

    special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", *more, *named.values()]
    vocabulary = {piece: i for i, piece in enumerate([*sorted(ByteLevel.alphabet()), *special])}
    tokenizer = Qwen2Tokenizer(vocab=vocabulary, merges=[], model_specific_special_tokens=named)
    tokenizer.add_special_tokens({"additional_special_tokens": special[1:]})
    tokenizer.chat_template = CHAT_TEMPLATE
    return tokenizer


def llm_sizes(width: int = 32) -> dict[str, Any]:
    """The sizes of a decoder of two layers."""
    return {
        "vocab_size": 300, "hidden_size": width, "intermediate_size": 32, "num_hidden_layers": 2,
        "num_attention_heads": 2, "num_key_value_heads": 2, "head_dim": width // 2,
    }  # fmt: skip


def qwen3(width: int = 32, layers: int = 2) -> Any:
    """A Qwen3 as text encoder."""
    from transformers import Qwen3Config, Qwen3ForCausalLM

    return Qwen3ForCausalLM(Qwen3Config(**{**llm_sizes(width), "num_hidden_layers": layers}))


def qwen_vl(width: int = 32) -> Any:
    """A Qwen2.5-VL as text encoder."""
    from transformers import Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration

    rope = {"type": "default", "mrope_section": [2, 3, 3], "rope_theta": 10000.0}
    vision = {
        "depth": 1, "hidden_size": 16, "intermediate_size": 16, "num_heads": 2, "out_hidden_size": width,
        "patch_size": 14, "window_size": 112, "fullatt_block_indexes": [0],
    }  # fmt: skip
    config = Qwen2_5_VLConfig(
        text_config={**llm_sizes(width), "rope_scaling": rope, "rope_parameters": rope}, vision_config=vision
    )
    return Qwen2_5_VLForConditionalGeneration(config)


def gemma(width: int = 32) -> tuple[Any, Any]:
    """A Gemma 2 as text encoder, and Gemma's tokenizer class with letters for tokens."""
    from tokenizers.processors import TemplateProcessing
    from transformers import Gemma2Config, Gemma2Model, GemmaTokenizer

    pieces = ["<pad>", "<eos>", "<bos>", "<unk>", "▁", *LETTERS, *(f"<0x{byte:02X}>" for byte in range(256))]
    tokenizer = GemmaTokenizer(vocab={piece: i for i, piece in enumerate(dict.fromkeys(pieces))}, merges=[])
    # an empty prompt is still one token
    tokenizer._tokenizer.post_processor = TemplateProcessing("<bos> $A", special_tokens=[("<bos>", 2)])
    return Gemma2Model(Gemma2Config(**llm_sizes(width), sliding_window=64)), tokenizer


def long_clip() -> Any:
    """A CLIP text encoder that reads 248 tokens, as HiDream's do."""
    from transformers import CLIPTextConfig, CLIPTextModelWithProjection

    return CLIPTextModelWithProjection(
        CLIPTextConfig(
            vocab_size=514, hidden_size=32, intermediate_size=37, num_hidden_layers=2, num_attention_heads=4,
            projection_dim=32, bos_token_id=512, eos_token_id=513, pad_token_id=513,
            max_position_embeddings=248,
        )
    )  # fmt: skip


def dc_vae() -> Any:
    """Sana's deep-compression autoencoder, here 16 pixels to a latent."""
    from diffusers import AutoencoderDC

    return AutoencoderDC(
        latent_channels=4, attention_head_dim=2,
        encoder_block_types=("ResBlock",) * 4 + ("EfficientViTBlock",),
        decoder_block_types=("ResBlock",) * 4 + ("EfficientViTBlock",), encoder_block_out_channels=(4,) * 5,
        decoder_block_out_channels=(4,) * 5, encoder_qkv_multiscales=((),) * 4 + ((5,),),
        decoder_qkv_multiscales=((),) * 4 + ((5,),), encoder_layers_per_block=(1,) * 5,
        decoder_layers_per_block=(1,) * 5,
        downsample_block_type="conv", upsample_block_type="interpolate", decoder_norm_types="rms_norm",
        decoder_act_fns="silu", scaling_factor=0.41407,
    )  # fmt: skip


def video_vae(channels: int = 4) -> Any:
    """Qwen-Image's autoencoder, one for videos."""
    from diffusers import AutoencoderKLQwenImage

    return AutoencoderKLQwenImage(
        base_dim=6, z_dim=channels, dim_mult=[1, 2, 4, 4], num_res_blocks=1,
        temperal_downsample=[False, True, True], latents_mean=[0.0] * channels, latents_std=[1.0] * channels,
    )  # fmt: skip


def vq_model() -> Any:
    """Kandinsky's and Wuerstchen's kind of decoder, 8 pixels to a latent."""
    from diffusers import VQModel

    return VQModel(
        block_out_channels=(8, 8, 8, 8), norm_num_groups=2, down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4, latent_channels=4, vq_embed_dim=4, num_vq_embeddings=12,
    )  # fmt: skip
