"""Foreign picture files whose pixels have more bits than a screen shows."""

import io

import numpy as np
import pytest
from PIL import Image

from model.pictures.decoding import decode_picture


def png(image: Image.Image, **more: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", **more)
    return buffer.getvalue()


def test_grey_of_16_bits_keeps_its_shades() -> None:
    shades = np.array([[0, 128 * 257, 200 * 257, 65535]], dtype=np.uint16)
    image = Image.fromarray(shades)
    assert image.mode == "I;16"
    read = np.asarray(decode_picture(png(image)))
    assert read[0, :, 0].tolist() == pytest.approx([0, 128, 200, 255], abs=1)
    assert (read[..., 0] == read[..., 1]).all()


def test_grey_of_16_bits_is_turned_upright_too() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    image = Image.fromarray(np.full((2, 5), 30000, dtype=np.uint16))
    assert decode_picture(png(image, exif=exif)).size == (2, 5)


def test_a_transparent_shade_of_16_bits_is_no_reason_to_fail() -> None:
    image = Image.fromarray(np.full((2, 2), 30000, dtype=np.uint16))
    assert decode_picture(png(image, transparency=30000)).size == (2, 2)


@pytest.mark.parametrize("rubbish", [b"Exif\x00\x00no TIFF at all", b"MM\x00*\x00\x00", b"\x00"])
@pytest.mark.parametrize("mode", ["RGB", "I;16"])
def test_a_picture_with_rubbish_for_exif_is_taken_without_it(mode: str, rubbish: bytes) -> None:
    assert decode_picture(png(Image.new(mode, (2, 5)), exif=rubbish)).size == (2, 5)
