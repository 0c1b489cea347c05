"""Captions by small random models of the families that transformers keeps: alone, in a batch, on the CPU."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image

from model.errors import LoadError
from model.pictures.captioner import load_captioner
from model.pictures.image_to_text import ImageToText, caption
from model.presets import PRESETS
from model.settings import CaptionerSettings

IMAGES = [Image.effect_noise((40, 30), 90).convert("RGB"), Image.new("RGB", (30, 64), "red")]
WORDS = [chr(letter) for letter in range(33, 127)]


def words(*special: str) -> Any:
    """A tokenizer of single characters, with the special tokens given."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    named = ["<pad>", "<s>", "</s>", "<unk>", *special]
    tokenizer = Tokenizer(models.WordLevel({w: i for i, w in enumerate(named + WORDS)}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer.decoder = decoders.Fuse()
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", bos_token="<s>", eos_token="</s>", unk_token="<unk>",
        additional_special_tokens=list(special), extra_special_tokens={"image_token": "<image>"},
    )  # fmt: skip


def blip(folder: Path) -> None:
    from transformers import (
        BertTokenizer,
        BlipConfig,
        BlipForConditionalGeneration,
        BlipImageProcessor,
        BlipProcessor,
    )

    vocabulary = {w: i for i, w in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[DEC]", *WORDS])}
    layers = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    text = {"vocab_size": len(vocabulary), "bos_token_id": 4, "pad_token_id": 0, "sep_token_id": 3,
            "eos_token_id": 3, "encoder_hidden_size": 16, "projection_dim": 16}  # fmt: skip
    config = BlipConfig(
        text_config={**layers, **text}, vision_config={**layers, "image_size": 32, "patch_size": 16}
    )
    BlipForConditionalGeneration(config).save_pretrained(folder)
    images = BlipImageProcessor(size={"height": 32, "width": 32})
    BlipProcessor(images, BertTokenizer(vocab=vocabulary)).save_pretrained(folder)


def florence(folder: Path) -> None:
    from transformers import (
        CLIPImageProcessor,
        Florence2Config,
        Florence2ForConditionalGeneration,
        Florence2Processor,
    )

    tokenizer = words("<image>")
    vision = {"depths": [1] * 4, "embed_dim": [8] * 4, "num_heads": [2] * 4, "num_groups": [2] * 4,
              "window_size": 2, "projection_dim": 16}  # fmt: skip
    text = {"model_type": "bart", "vocab_size": len(tokenizer), "d_model": 16, "encoder_layers": 1,
            "decoder_layers": 1, "encoder_attention_heads": 2, "decoder_attention_heads": 2,
            "encoder_ffn_dim": 16, "decoder_ffn_dim": 16, "max_position_embeddings": 256, "bos_token_id": 1,
            "pad_token_id": 0, "eos_token_id": 2, "decoder_start_token_id": 2}  # fmt: skip
    config = Florence2Config(text_config=text, vision_config=vision, image_token_id=tokenizer.image_token_id)
    model = Florence2ForConditionalGeneration(config)
    model.generation_config.min_new_tokens = 8  # else this random one says nothing
    model.save_pretrained(folder)
    images = CLIPImageProcessor(size={"height": 64, "width": 64}, crop_size=64)
    images.image_seq_length = 5
    Florence2Processor(images, tokenizer).save_pretrained(folder)


def smolvlm(folder: Path) -> None:
    """The first SmolVLM, whose class is Idefics3."""
    from transformers import (
        Idefics3Config,
        Idefics3ForConditionalGeneration,
        Idefics3ImageProcessor,
        Idefics3Processor,
    )

    tokenizer = words(
        "<image>", "<fake_token_around_image>", "<global-img>", "<end_of_utterance>", "<row_1_col_1>"
    )
    layers = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    text = {"model_type": "llama", "vocab_size": len(tokenizer), "num_key_value_heads": 2, "pad_token_id": 0}
    config = Idefics3Config(
        text_config={**layers, **text, "bos_token_id": 1, "eos_token_id": 2}, scale_factor=2, pad_token_id=0,
        vision_config={**layers, "image_size": 32, "patch_size": 8},
        image_token_id=tokenizer.convert_tokens_to_ids("<image>"),
    )  # fmt: skip
    Idefics3ForConditionalGeneration(config).save_pretrained(folder)
    sizes: dict[str, Any] = {"size": {"longest_edge": 32}, "max_image_size": {"longest_edge": 32}}
    template = (
        "<s>{% for m in messages %}{% for c in m.content %}{% if c.type == 'image' %}<image>{% else %}"
        "{{ c.text }}{% endif %}{% endfor %}<end_of_utterance>{% endfor %}"
    )
    images = Idefics3ImageProcessor(do_image_splitting=False, **sizes)
    Idefics3Processor(images, tokenizer, image_seq_len=4, chat_template=template).save_pretrained(folder)


FAMILIES: dict[str, Callable[[Path], None]] = {"blip": blip, "florence": florence, "smolvlm": smolvlm}


@pytest.fixture(scope="module", params=FAMILIES)
def captioner(request: pytest.FixtureRequest, models: Path) -> ImageToText:
    folder = models / f"captions-{request.param}"
    torch.manual_seed(0)
    FAMILIES[request.param](folder)
    loaded = load_captioner(CaptionerSettings(kind="caption", model=str(folder), device="cpu"))
    assert isinstance(loaded, ImageToText)
    return loaded


def test_a_caption_is_the_same_alone_and_in_a_batch(captioner: ImageToText) -> None:
    together = captioner.captions(IMAGES)
    assert together == [captioner.describe(image) for image in IMAGES]
    assert together[0]


def test_another_reading_is_sampled_and_the_same_each_time(captioner: ImageToText) -> None:
    readings = [captioner.describe(IMAGES[0], reading) for reading in range(4)]
    assert readings == [captioner.describe(IMAGES[0], reading) for reading in range(4)]
    assert len(set(readings)) > 1


@pytest.mark.parametrize("name", sorted(PRESETS.keys() - {"tiny"}))
def test_the_captioner_of_a_hub_preset_is_of_a_family_that_writes_captions(name: str, models: Path) -> None:
    """By the preset's own settings but for the folder. CoCa, which they named before, cannot generate with
    transformers 5 (open_clip#1129)."""
    settings = PRESETS[name].captioner
    family = settings.model.rpartition("/")[2].lower()
    build = next(build for known, build in FAMILIES.items() if family.startswith(known))
    folder = models / f"preset-{family}"
    if not folder.exists():
        torch.manual_seed(0)
        build(folder)
    read = load_captioner(settings.model_copy(update={"model": str(folder), "device": "cpu"}))
    assert read.describe(IMAGES[0])


def test_thinking_is_switched_off_where_the_template_can(models: Path, tmp_path: Path) -> None:
    torch.manual_seed(0)
    smolvlm(tmp_path)
    template = tmp_path / "chat_template.jinja"
    template.write_text(
        template.read_text() + "{% if enable_thinking is not false %}{{ nothing.at.all }}{% endif %}"
    )
    assert ImageToText.load(str(tmp_path), "cpu").describe(IMAGES[0])


def test_what_is_no_captioner_is_refused_in_words(tmp_path: Path, pipelines: dict[str, Path]) -> None:
    with pytest.raises(LoadError, match="does not exist"):
        load_captioner(CaptionerSettings(kind="caption", model=str(tmp_path / "nowhere")))
    with pytest.raises(LoadError, match="a model of another kind"):
        load_captioner(CaptionerSettings(kind="caption", model=str(pipelines["sd"] / "text_encoder")))


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("a cat on a red sofa", "a cat on a red sofa"),
        (
            "A green car parked in front of a yellow building.",
            "A green car parked in front of a yellow building",
        ),
        ("The image shows a fox. It is winter.", "a fox"),
        ("In this picture, two dogs play.\nThey are brown.", "two dogs play"),
        ("a photo of a house", "a house"),
        ("a photographer at work", "a photographer at work"),
        ("a St. Bernard dog on grass. It is wet.", "a St. Bernard dog on grass"),
        ("a U.S. flag on a pole. Blue sky.", "a U.S. flag on a pole"),
        ("<think>\nWhat is there?\n</think>\n\nA cat on a mat.", "A cat on a mat"),
        ("<think>\nWhat is there", ""),
        ("Sure! Here is a caption: a cat on a mat.", "a cat on a mat"),
        ('"A cat on a mat."', "A cat on a mat"),
        ("This is an image of a fox in snow.", "a fox in snow"),
    ],
)
def test_a_caption_is_a_prompt_without_words_about_the_picture(said: str, kept: str) -> None:
    assert caption(said) == kept
