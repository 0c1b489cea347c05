"""Masks: both conventions are read, sizes must agree, and outside of one no byte changes."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from model.errors import BadImage, BadRequest
from model.pictures.masks import fitted, pasted, png_of, read_mask

SIZE = (48, 40)


def png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def hole(*box: int) -> Image.Image:
    mask = Image.new("L", SIZE)
    ImageDraw.Draw(mask).rectangle(box, fill=255)
    return mask


def noise(seed: int) -> Image.Image:
    values = np.random.default_rng(seed).integers(0, 256, (SIZE[1], SIZE[0], 3))
    return Image.fromarray(values.astype(np.uint8))


@given(st.integers(0, 40), st.integers(0, 30), st.integers(1, 48), st.integers(1, 40), st.integers(0, 9))
def test_outside_every_byte_stays_and_inside_something_shows(
    left: int, top: int, width: int, height: int, seed: int
) -> None:
    mask = hole(left, top, left + width - 1, top + height - 1)
    source, painted = noise(seed), noise(seed + 100)
    result, inside = np.asarray(pasted(painted, source, mask)), np.asarray(mask) > 0
    assert (result[~inside] == np.asarray(source)[~inside]).all()
    assert (result[inside] != np.asarray(source)[inside]).any(-1).mean() > 0.5


def test_deep_inside_the_picture_is_what_was_painted() -> None:
    source, painted = noise(1), noise(2)
    result = np.asarray(pasted(painted, source, hole(8, 8, 39, 31)))
    assert (result[12:28, 12:36] == np.asarray(painted)[12:28, 12:36]).all()


def test_white_or_transparent_marks_what_may_change() -> None:
    mask = hole(4, 4, 20, 20)
    openai = Image.new("RGBA", SIZE, "black")
    openai.putalpha(mask.point(lambda value: 255 - value))
    for data in (png(mask), png(mask.convert("RGB")), png(mask.convert("1")), png(openai), png_of(mask)):
        assert read_mask(data, SIZE).tobytes() == mask.tobytes()


def test_masks_that_cannot_be_used_are_refused_in_words() -> None:
    with pytest.raises(BadRequest, match="they must be of one size"):
        read_mask(png(hole(0, 0, 9, 9)), (64, 64))
    with pytest.raises(BadRequest, match="black all over"):
        read_mask(png(Image.new("L", SIZE)), SIZE)
    with pytest.raises(BadImage):
        read_mask(b"no picture", SIZE)


def test_what_has_the_size_is_not_touched() -> None:
    picture = noise(3)
    assert fitted(picture, SIZE) is picture
    assert fitted(hole(0, 0, 9, 9), (96, 80)).getextrema() == (0, 255)
    assert fitted(picture, (64, 64)).size == (64, 64)
