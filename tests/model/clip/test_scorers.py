"""Scores against values computed by hand on small random CLIPs, and captions read with them."""

import json
import math
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image
from safetensors.torch import save_file

from model.clip.scorers import (
    Aesthetic,
    ClipScore,
    Embedder,
    HpsV2,
    PickScore,
    Scorer,
    load_clip,
    load_scorers,
    read_head,
    score_all,
)
from model.errors import LoadError
from model.pictures.captioner import load_captioner, sentence
from model.settings import CaptionerSettings, ScorerSettings
from model.tiny.grammar import parse
from model.tiny.world import Scene, Thing
from tests.model.small_pipelines import clip_text, clip_tokenizer

IMAGES = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue", "white")]
TEXTS = ["a red house", "the sea", "a very long text about snow " * 20]


class _FixedClip:
    """Embeddings written down by hand."""

    scale = 20.0

    def pictures(self, images: Any) -> torch.Tensor:
        return torch.tensor([[1.0, 0.0], [0.6, 0.8], [0.0, 1.0]])

    def texts(self, texts: Any) -> torch.Tensor:
        return torch.tensor([[0.6, 0.8], [0.6, 0.8], [0.0, -1.0]])


def test_the_formulas_by_hand() -> None:
    clip = _FixedClip()
    head = Aesthetic(clip, torch.tensor([2.0, -1.0]), torch.tensor(5.0))
    scorers: dict[str, Scorer] = {"a": head, "p": PickScore(clip), "f": ClipScore(clip), "h": HpsV2(clip)}
    scores = score_all(scorers, IMAGES, TEXTS)
    assert scores["a"].tolist() == pytest.approx([7.0, 5.4, 4.0])
    assert scores["p"].tolist() == pytest.approx([12.0, 20.0, -20.0])
    assert scores["f"].tolist() == pytest.approx([1.5, 2.5, 0.0])
    assert scores["h"].tolist() == pytest.approx([0.6, 1.0, -1.0])
    with pytest.raises(ValueError, match="as many texts"):
        score_all(scorers, IMAGES, TEXTS[:2])


@pytest.fixture(scope="module")
def open_clip_folder(models: Path) -> Path:
    """A small random CLIP in open_clip's format, with an aesthetic head."""
    import open_clip

    folder = models / "clip"
    folder.mkdir()
    tokenizer = clip_tokenizer()
    tokenizer.save_pretrained(folder)
    settings: dict[str, Any] = {
        "embed_dim": 16,
        "vision_cfg": {"image_size": 32, "layers": 1, "width": 32, "head_width": 16, "patch_size": 16},
        "text_cfg": {
            "context_length": 77, "vocab_size": 514, "width": 32, "heads": 2, "layers": 1,
            "hf_tokenizer_name": str(folder),
        },
    }  # fmt: skip
    torch.manual_seed(0)
    model = open_clip.CLIP(settings["embed_dim"], settings["vision_cfg"], dict(settings["text_cfg"]))
    save_file(model.state_dict(), folder / "open_clip_model.safetensors")
    whole = {"model_cfg": settings, "preprocess_cfg": {"mean": [0.5] * 3, "std": [0.5] * 3}}
    (folder / "open_clip_config.json").write_text(json.dumps(whole))
    save_file({"weight": torch.ones(1, 16), "bias": torch.tensor([4.0])}, folder / "aesthetic.safetensors")
    return folder


@pytest.fixture(scope="module")
def transformers_clip_folder(models: Path) -> Path:
    """A small random CLIP in transformers' format."""
    from transformers import CLIPConfig, CLIPImageProcessor, CLIPModel, CLIPProcessor

    torch.manual_seed(0)
    vision = {"hidden_size": 32, "intermediate_size": 37, "num_hidden_layers": 1, "num_attention_heads": 4}
    text = clip_text(projected=False).config.to_dict()
    config = CLIPConfig(
        text_config=text, vision_config={**vision, "image_size": 32, "patch_size": 16}, projection_dim=16
    )
    folder = models / "hfclip"
    CLIPModel(config).save_pretrained(folder)
    size = {"size": {"shortest_edge": 32}, "crop_size": {"height": 32, "width": 32}}
    CLIPProcessor(CLIPImageProcessor(**size), clip_tokenizer()).save_pretrained(folder)
    return folder


@pytest.mark.parametrize("form", ["open_clip", "transformers"])
def test_both_forms_of_clip_embed_alike(
    open_clip_folder: Path, transformers_clip_folder: Path, form: str
) -> None:
    name = str(open_clip_folder) if form == "open_clip" else f"transformers:{transformers_clip_folder}"
    clip = load_clip(name, "cpu")
    for rows in (clip.pictures(IMAGES), clip.texts(TEXTS)):
        assert rows.shape == (3, 16)
        assert torch.allclose(rows.norm(dim=-1), torch.ones(3), atol=1e-5)
    assert torch.allclose(clip.pictures(IMAGES[1:2]), clip.pictures(IMAGES)[1:2], atol=1e-5)
    assert torch.allclose(clip.texts(TEXTS[:1]), clip.texts(TEXTS)[:1], atol=1e-5)
    assert clip.scale == pytest.approx(1 / 0.07, rel=1e-3)


def test_a_presets_scorers_by_hand(open_clip_folder: Path, transformers_clip_folder: Path) -> None:
    settings = ScorerSettings(
        clip=str(open_clip_folder),
        aesthetic_head=str(open_clip_folder / "aesthetic.safetensors"),
        preference=f"transformers:{transformers_clip_folder}",
        hps=str(open_clip_folder),
        device="cpu",
    )
    scorers = load_scorers(settings)
    assert list(scorers) == ["aesthetic", "preference", "fit", "hps"]
    assert scorers["hps"].clip is scorers["fit"].clip
    scores = score_all(scorers, IMAGES, TEXTS)
    pictures, texts = _embeddings(scorers["fit"].clip)
    cosine = (pictures[0] * texts[0]).sum()
    assert scores["aesthetic"][0] == pytest.approx(float(pictures[0].sum()) + 4.0, abs=1e-5)
    assert scores["fit"][0] == pytest.approx(2.5 * max(0.0, float(cosine)), abs=1e-5)
    assert scores["hps"][0] == pytest.approx(float(cosine), abs=1e-5)
    other_pictures, other_texts = _embeddings(scorers["preference"].clip)
    expected = math.exp(math.log(1 / 0.07)) * float((other_pictures[1] * other_texts[1]).sum())
    assert scores["preference"][1] == pytest.approx(expected, rel=1e-3)


def _embeddings(clip: Embedder) -> tuple[torch.Tensor, torch.Tensor]:
    return clip.pictures(IMAGES), clip.texts(TEXTS)


def test_a_stack_of_linear_layers_is_one_linear_layer(tmp_path: Path) -> None:
    torch.manual_seed(1)
    stack = torch.nn.Sequential(*(torch.nn.Linear(*s) for s in ((8, 6), (6, 4), (4, 1))))
    numbers = {"0": 0, "1": 2, "2": 10}  # as in LAION's file, where dropouts stand between
    layers = {f"layers.{numbers[k[0]]}.{k[2:]}": v for k, v in stack.state_dict().items()}
    save_file(layers, tmp_path / "head.safetensors")
    weight, bias = read_head(str(tmp_path / "head.safetensors"))
    features = torch.randn(5, 8)
    assert torch.allclose(features @ weight + bias, stack(features)[:, 0], atol=1e-5)


def test_what_is_no_head_or_no_clip_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="aesthetic head"):
        read_head(str(tmp_path / "nothing.safetensors"))
    save_file({"weight": torch.ones(3, 4), "bias": torch.ones(3)}, tmp_path / "wide.safetensors")
    with pytest.raises(LoadError, match="3 numbers instead of one"):
        read_head(str(tmp_path / "wide.safetensors"))
    with pytest.raises(LoadError, match="no CLIP model"):
        load_clip(str(tmp_path), "cpu")
    with pytest.raises(LoadError, match="could not be loaded"):
        load_clip("ViT-Nothing-1/none", "cpu")


def test_the_worlds_captioner_says_a_sentence_of_the_world(open_clip_folder: Path) -> None:
    captioner = load_captioner(CaptionerSettings(model=str(open_clip_folder), device="cpu"))
    said = captioner.describe(IMAGES[0])
    assert sentence(parse(said)) == said
    readings = [captioner.describe(IMAGES[0], reading) for reading in range(4)]
    assert readings[0] == said
    assert len(set(readings)) == 4
    assert all(sentence(parse(reading)) == reading for reading in readings)


def test_a_sentence_means_its_scene() -> None:
    scene = Scene((Thing("house", "red", "large", 2), Thing("cat", "blue")), "meadow", "night", "rain")
    assert parse(sentence(scene)) == scene
