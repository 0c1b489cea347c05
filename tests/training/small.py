"""Small real things for the reward tests: a CLIP that knows colours only, and a toy Stable Diffusion."""

from collections.abc import Sequence
from pathlib import Path

import torch
from diffusers import AutoencoderKL, DDIMScheduler, StableDiffusionPipeline, UNet2DConditionModel
from PIL import Image, ImageStat
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

from model.clip.scorers import Aesthetic, PickScore, Scorer

COLOURS = {"red": (1.0, 0.0, 0.0), "green": (0.0, 1.0, 0.0), "blue": (0.0, 0.0, 1.0)}


class ColourClip:
    """Embeds a picture as the direction of its mean colour, a text as that of the colours it names."""

    scale = 10.0

    def __init__(self) -> None:
        self.pictures_seen = 0

    def pictures(self, images: Sequence[Image.Image]) -> torch.Tensor:
        self.pictures_seen += len(images)
        return unit([ImageStat.Stat(image.convert("RGB")).mean for image in images])

    def texts(self, texts: Sequence[str]) -> torch.Tensor:
        named = [[COLOURS[w] for w in text.split() if w in COLOURS] or [(1.0, 1.0, 1.0)] for text in texts]
        return unit([[sum(column) for column in zip(*colours, strict=True)] for colours in named])


def unit(rows: Sequence[Sequence[float]]) -> torch.Tensor:
    return torch.nn.functional.normalize(torch.tensor(rows), dim=-1)


def colour_scorers(clip: ColourClip) -> dict[str, Scorer]:
    """An aesthetic that likes blue, and preference against the text."""
    return {
        "aesthetic": Aesthetic(clip, torch.tensor([0.0, 0.0, 5.0]), torch.tensor(2.0)),
        "preference": PickScore(clip),
    }


def save_small_sd(folder: Path, tokenizer: CLIPTokenizer) -> None:
    """A StableDiffusionPipeline with random weights: 64 px from 8x8 latents."""
    torch.manual_seed(0)
    text = CLIPTextConfig(
        vocab_size=len(tokenizer), hidden_size=16, intermediate_size=32, num_hidden_layers=1,
        num_attention_heads=2, max_position_embeddings=77, bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id,
    )  # fmt: skip
    unet = UNet2DConditionModel(
        sample_size=8, block_out_channels=(8, 16), layers_per_block=1, norm_num_groups=4,
        attention_head_dim=4, cross_attention_dim=16,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
    )  # fmt: skip
    vae = AutoencoderKL(
        block_out_channels=(8, 8, 8, 8), norm_num_groups=4, latent_channels=4, sample_size=64,
        down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4,
    )  # fmt: skip
    StableDiffusionPipeline(
        vae=vae, text_encoder=CLIPTextModel(text), tokenizer=tokenizer, unet=unet, scheduler=DDIMScheduler(),
        safety_checker=None, feature_extractor=None, requires_safety_checker=False,
    ).save_pretrained(folder)  # fmt: skip
