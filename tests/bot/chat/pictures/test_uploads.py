"""Pictures as uploads: named, annotated, and always within the limit."""

import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.chat.pictures.uploads import REQUEST_LIMIT, limit_per_file, picture_file


def noise_png(side: int) -> bytes:
    """A picture that compresses badly."""
    image = Image.frombytes("RGB", (side, side), random.Random(side).randbytes(side * side * 3))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def test_a_small_picture_is_sent_as_it_is_stored():
    file = picture_file("7-42-1", noise_png(32), 10_000)
    assert file.name == "7-42-1.png"
    assert file.data == noise_png(32)


@settings(deadline=None, max_examples=20)
@given(limit=st.integers(min_value=600, max_value=60_000))
def test_whatever_the_limit_the_picture_arrives_and_can_be_opened(limit):
    file = picture_file("p", noise_png(128), limit)
    assert len(file.data) <= limit
    with Image.open(io.BytesIO(file.data)) as image:
        image.load()
        assert image.width == image.height <= 128


def test_quality_goes_before_size():
    file = picture_file("p", noise_png(128), 30_000)
    assert file.name == "p.webp"
    with Image.open(io.BytesIO(file.data)) as image:
        assert image.size == (128, 128)


def test_many_files_share_the_limit_of_one_request():
    assert limit_per_file(10 << 20, 1) == 10 << 20
    assert limit_per_file(10 << 20, 4) * 4 < REQUEST_LIMIT


def test_a_limit_below_any_picture_is_refused():
    with pytest.raises(ValueError, match="fits into 10 bytes"):
        picture_file("p", noise_png(32), 10)
