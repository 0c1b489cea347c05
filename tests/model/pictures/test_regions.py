"""Masks from words, by a small random CLIPSeg of the real class."""

from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image
from transformers import CLIPSegConfig, CLIPSegForImageSegmentation, CLIPSegProcessor, ViTImageProcessor

from model.errors import BadRequest, LoadError
from model.pictures.masks import png_of, read_mask
from model.pictures.regions import Regions
from model.settings import ImageSettings
from tests.model.small_pipelines import clip_tokenizer

PICTURE = Image.new("RGB", (96, 64), (200, 40, 40))
PICTURE.paste((20, 40, 200), (48, 0, 96, 64))


def settings(**more: Any) -> ImageSettings:
    return ImageSettings(model="x", steps=1, guidance=0.0, width=64, height=64, device="cpu", **more)


@pytest.fixture(scope="module")
def folder(models: Path) -> Path:
    torch.manual_seed(0)
    sizes = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2}
    config = CLIPSegConfig(
        text_config={**sizes, "vocab_size": 514, "bos_token_id": 512, "eos_token_id": 513},
        vision_config={**sizes, "image_size": 32, "patch_size": 8},
        projection_dim=16, reduce_dim=8, extract_layers=[0, 1], decoder_num_attention_heads=2,
        decoder_intermediate_size=16, conditional_layer=0,
    )  # fmt: skip
    CLIPSegForImageSegmentation(config).save_pretrained(models / "clipseg")
    processor = ViTImageProcessor(size={"height": 32, "width": 32})
    CLIPSegProcessor(image_processor=processor, tokenizer=clip_tokenizer()).save_pretrained(
        models / "clipseg"
    )
    return models / "clipseg"


def test_words_and_a_picture_give_scores_and_a_mask_of_its_size(folder: Path) -> None:
    regions = Regions.load(settings(regions=str(folder)))
    sky, house = (regions.scores(PICTURE, words) for words in ("the sky", "a house, on the left"))
    assert sky.shape == (32, 32)
    assert 0 <= float(sky.min()) <= float(sky.max()) <= 1
    assert not torch.equal(sky, house)
    mask = regions.find(PICTURE, "the sky")
    assert (mask.mode, mask.size) == ("L", PICTURE.size)
    assert set(mask.tobytes()) <= {0, 255}
    assert read_mask(png_of(mask), PICTURE.size).tobytes() == mask.tobytes()


def test_a_mask_covers_what_scores_high_and_a_little_more(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    regions = Regions.load(settings(regions=str(folder)))
    scores = torch.zeros(32, 32)
    scores[:, 16:] = 0.9
    monkeypatch.setattr(regions, "scores", lambda picture, words: scores)
    assert regions.find(PICTURE, "the right half").getbbox() in ((47, 0, 96, 64), (46, 0, 96, 64))
    monkeypatch.setattr(regions, "scores", lambda picture, words: torch.zeros(32, 32))
    with pytest.raises(BadRequest, match='looks like "a whale": name it in other words'):
        regions.find(PICTURE, "a whale")


def test_what_is_no_clipseg_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="There is no region model"):
        Regions.load(settings(regions=str(tmp_path / "nowhere")))
