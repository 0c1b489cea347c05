"""Pictures: what they say about themselves, and foreign files that are broken or dangerous."""

import dataclasses
import io
import json
import struct
import zlib
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from sd_parsers import ParserManager

from model.errors import BadImage, MovingPicture, TooManyPixels
from model.pictures.decoding import MAX_BYTES, check_picture, decode_picture
from model.pictures.png_metadata import Parameters, encode_png, read_parameters

PARAMETERS = Parameters(
    prompt="a red house, night", negative_prompt="fog", steps=8, sampler="DDIM", guidance=3.5, seed=7,
    size=(32, 24), model="small, sd",
)  # fmt: skip


def picture(form: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (32, 24)) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else None).save(buffer, form)
    return buffer.getvalue()


def test_the_text_has_the_form_that_other_tools_read() -> None:
    assert PARAMETERS.as_text() == (
        "a red house, night\nNegative prompt: fog\n"
        'Steps: 8, Sampler: DDIM, CFG scale: 3.5, Seed: 7, Size: 32x24, Model: "small, sd"'
    )


# what prompts are made of, with everything that the format itself gives a meaning
TEXTS = st.lists(
    st.text(st.characters(codec="utf-8"), max_size=12)
    | st.sampled_from(
        ["\n", "\nNegative prompt: ", "Negative prompt: fog", "\nSteps: 1, Seed: 2", '"', ", ", ": ", "\\",
         "🦊 ", "(a fox:1.2)", "\r\n"]
    ),
    max_size=6,
).map("".join)  # fmt: skip


@given(
    st.builds(
        Parameters,
        prompt=TEXTS,
        negative_prompt=TEXTS,
        steps=st.integers(1, 500),
        sampler=TEXTS,
        guidance=st.floats(0, 50),
        seed=st.integers(0, 2**63 - 1),
        size=st.just((32, 24)),
        model=TEXTS,
        keep=st.integers(0, 1000).map(lambda n: n / 1000),
    )
)
def test_whatever_a_picture_says_about_itself_is_read_back(parameters: Parameters) -> None:
    assert read_parameters(encode_png(Image.new("RGB", (32, 24)), parameters)) == parameters


def test_the_text_stands_once_in_the_file() -> None:
    png = encode_png(Image.new("RGB", (32, 24)), PARAMETERS)
    image = Image.open(io.BytesIO(png))
    image.load()
    assert image.info == {"parameters": PARAMETERS.as_text()}
    assert png.count(b"parameters") == 1


# what sd-parsers can tell apart: it splits at every "Negative prompt:" and strips what is left
PLAIN = TEXTS.filter(lambda text: "Negative prompt:" not in text).map(str.strip)


@given(PLAIN.filter(bool), PLAIN, st.sampled_from([0.0, 0.25]))
def test_a_reader_of_others_making_reads_the_same(prompt: str, negative: str, keep: float) -> None:
    parameters = Parameters(prompt, negative, 8, "DDIM", 3.5, 2**60, (32, 24), "sd + neon", keep)
    read = ParserManager().parse(io.BytesIO(encode_png(Image.new("RGB", (32, 24)), parameters)))
    assert read is not None
    assert read.generator.name == "AUTOMATIC1111"
    [sampler] = read.samplers
    assert (sampler.name, sampler.model and sampler.model.name) == ("DDIM", "sd + neon")
    assert sampler.parameters == {"cfg_scale": "3.5", "seed": str(2**60), "steps": "8"}
    assert [text.value for text in sampler.prompts] == [prompt]
    assert [text.value for text in sampler.negative_prompts] == ([negative] if negative else [])
    assert read.metadata["Size"] == "32x24"
    assert read.metadata.get("Denoising strength") == ("0.75" if keep else None)


def with_texts(**texts: str) -> bytes:
    info = PngInfo()
    for keyword, text in texts.items():
        info.add_text(keyword, text)
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "PNG", pnginfo=info)
    return buffer.getvalue()


def test_a_picture_of_an_earlier_version_is_read() -> None:
    """It has our JSON; in the posted one another text of settings, which says less, comes before."""
    old = with_texts(parameters="a red house\nSteps: 8", diffchat=json.dumps(dataclasses.asdict(PARAMETERS)))
    assert read_parameters(old) == PARAMETERS


def test_a_picture_of_the_webui_is_read() -> None:
    text = (
        "a fox, (snow:1.2)\nin the woods\nNegative prompt: fog,\nrain\n"
        "Steps: 20, Sampler: DPM++ 2M Karras, CFG scale: 7, Seed: 42, Size: 512x768, Model hash: 6ce0161689, "
        'Model: v1-5, Denoising strength: 0.6, Lora hashes: "neon: 1a2b, ink: 3c4d", Version: v1.6.0'
    )
    assert read_parameters(with_texts(parameters=text)) == Parameters(
        "a fox, (snow:1.2)\nin the woods",
        "fog,\nrain",
        20,
        "DPM++ 2M Karras",
        7.0,
        42,
        (512, 768),
        "v1-5",
        0.4,
    )


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", json.dumps({"prompt": "x", "size": "ab"})])
def test_a_picture_with_anothers_words_in_our_place_says_nothing(text: str) -> None:
    assert read_parameters(with_texts(diffchat=text)) is None
    assert read_parameters(with_texts(parameters=text)) is None
    assert read_parameters(picture()) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
OURS = dataclasses.asdict(PARAMETERS)
CRAFTED = JSON | st.builds(
    lambda name, value: {**OURS, name: value}, st.sampled_from(sorted(OURS)) | st.text(max_size=8), JSON
)


@given(CRAFTED.map(json.dumps))
@example("[" * 40_000)
@example(json.dumps({**OURS, "size": [float("inf"), 1]}))
@example(json.dumps({**OURS, "prompt": None}))
@example(json.dumps({**OURS, "steps": "20"}))
def test_whatever_stands_in_our_place_is_settings_or_nothing(text: str) -> None:
    read = read_parameters(with_texts(diffchat=text))
    if read is not None:
        kinds = {name: type(value) for name, value in dataclasses.asdict(read).items()}
        assert kinds == {name: type(value) for name, value in OURS.items()}


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_the_three_formats_are_read_as_rgb(form: str) -> None:
    image = decode_picture(picture(form))
    assert (image.mode, image.size) == ("RGB", (32, 24))
    pixel: Any = image.getpixel((5, 5))
    assert pixel[0] > 240


def test_transparency_becomes_white_and_pictures_stand_upright() -> None:
    assert decode_picture(picture(mode="RGBA")).getpixel((0, 0)) == (255, 255, 255)
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # lying on its side
    Image.new("RGB", (32, 24)).save(buffer, "JPEG", exif=exif)
    assert decode_picture(buffer.getvalue()).size == (24, 32)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.95])
def test_a_file_that_is_cut_off_is_refused(form: str, share: float) -> None:
    whole = io.BytesIO()
    Image.effect_noise((64, 64), 80).convert("RGB").save(whole, form)
    data = whole.getvalue()
    with pytest.raises(BadImage, match="no complete"):
        decode_picture(data[: int(len(data) * share)])


@given(st.binary(max_size=200))
def test_noise_is_refused(noise: bytes) -> None:
    with pytest.raises(BadImage):
        decode_picture(noise)


def test_formats_that_are_not_asked_for_are_refused() -> None:
    for form in ("GIF", "BMP", "TIFF"):
        with pytest.raises(BadImage):
            decode_picture(picture(form))


def _png_that_claims(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))

    header = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\x00" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def frames(form: str) -> bytes:
    """A file with a red picture and then a blue one."""
    buffer = io.BytesIO()
    red, blue = Image.new("RGB", (8, 8), "red"), Image.new("RGB", (8, 8), "blue")
    red.save(buffer, form, save_all=True, append_images=[blue])
    return buffer.getvalue()


@pytest.mark.parametrize("size", [(8_000, 8_000), (50_000, 50_000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    with pytest.raises(TooManyPixels):
        decode_picture(_png_that_claims(*size))


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_a_moving_picture_is_refused(form: str) -> None:
    with pytest.raises(MovingPicture):
        decode_picture(frames(form))


def test_a_phones_photo_with_its_preview_is_read() -> None:
    assert decode_picture(frames("MPO")).size == (8, 8)


def test_a_file_too_large_is_refused_unread() -> None:
    with pytest.raises(BadImage, match="32 MiB"):
        decode_picture(b"\x89PNG\r\n\x1a\n" + b"\x00" * MAX_BYTES)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_sound_picture_is_found_so_without_decoding(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = picture(form, size=(640, 480))
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda _: pytest.fail("decoded"))
    assert check_picture(data, 640 * 480) == (640, 480)


def test_too_many_pixels_are_told_from_the_header() -> None:
    with pytest.raises(TooManyPixels):
        check_picture(picture("PNG", size=(640, 481)), 640 * 480)
    assert check_picture(picture("JPEG", size=(640, 481)), 640 * 480), "it is decoded at a smaller scale"


@pytest.mark.parametrize("length", [0, 20, 60, -20])
def test_a_png_that_is_cut_off_is_told_at_once(length: int) -> None:
    with pytest.raises(BadImage):
        check_picture(picture()[:length], 10_000)


def test_a_jpeg_is_decoded_no_larger_than_needed() -> None:
    data = picture("JPEG", size=(4096, 2048))
    assert decode_picture(data).size == (4096, 2048)
    assert decode_picture(data, enough=1024).size == (2048, 1024)
    assert decode_picture(picture("PNG", size=(4096, 64)), enough=64).size == (4096, 64)
