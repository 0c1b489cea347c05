"""Pictures whose numbers overflowed are decoded again in another format, or refused, never given out."""

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from model.engine import PaintProgress, PaintRequest
from model.errors import BrokenPicture
from model.pictures import denoising
from model.pictures.painter import Painter
from model.settings import ImageSettings
from tests.model import small_pipelines

SETTINGS = ImageSettings(model="small", steps=3, guidance=3.0, width=64, height=64, device="cpu", threads=1)
REQUEST = PaintRequest("a red house", (1, 2), width=64, height=64, steps=3, guidance=3.0)


def painter(pipe: Any) -> Painter:
    return Painter(pipe, SETTINGS)


@pytest.fixture
def half() -> Any:
    """A Stable Diffusion in float16 whose VAE overflows there, and would not in float32."""
    torch.manual_seed(0)
    pipe = small_pipelines.stable_diffusion()
    # 65,504 is the largest number of float16; the norm that follows makes the picture the same as before
    pipe.vae.decoder.conv_in.weight.data *= 3e5
    pipe.vae.decoder.conv_in.bias.data *= 3e5
    return pipe.to(torch.float16)


def test_a_vae_that_overflows_decodes_in_float32_from_then_on(
    half: Any, caplog: pytest.LogCaptureFixture
) -> None:
    half_painter = painter(half)
    seen: list[PaintProgress] = []
    result = half_painter.paint(REQUEST, seen.append)
    assert [picture.seed for picture in result.pictures] == [1, 2]
    assert "from now on it decodes in float32" in caplog.text
    assert half.vae.dtype == torch.float16
    steps = len(seen)
    half_painter.paint(REQUEST, seen.append)
    assert len(seen) - steps == 3, "the second picture was painted twice"


def test_the_float32_decoder_serves_painting_over_a_picture_too(half: Any) -> None:
    half_painter = painter(half)
    start = half_painter.paint(REQUEST).pictures[0]
    over = dataclasses.replace(REQUEST, way="keep", init_image=start.png, keep=0.4)
    assert len(half_painter.paint(over).pictures) == 2


def test_latents_that_are_no_numbers_end_the_painting_at_once(pipelines: dict[str, Path]) -> None:
    broken = Painter.load(SETTINGS.model_copy(update={"model": str(pipelines["sd"])}))
    broken._pipe.unet.conv_out.weight.data[:] = float("nan")
    seen: list[PaintProgress] = []
    with pytest.raises(BrokenPicture, match='Set dtype = "bfloat16" or "float32"'):
        broken.paint(dataclasses.replace(REQUEST, steps=20), seen.append)
    assert seen == []


def test_one_broken_picture_does_not_take_the_others_with_it(
    pipelines: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    several = Painter.load(SETTINGS.model_copy(update={"model": str(pipelines["sd"])}))
    decode = several._pipe.vae.decode

    def half_broken(latents: torch.Tensor, *args: Any, **kwargs: Any) -> Any:
        decoded = decode(latents, *args, **kwargs)
        decoded[0][0] = float("inf")
        return decoded

    monkeypatch.setattr(several._pipe.vae, "decode", half_broken)
    result = several.paint(REQUEST)
    assert [picture.seed for picture in result.pictures] == [2]
    assert len(result.refusals) == 1


def test_one_flat_colour_is_no_picture(pipelines: dict[str, Path]) -> None:
    flat = Painter.load(SETTINGS.model_copy(update={"model": str(pipelines["sd"])}))
    flat._pipe.vae.decoder.conv_out.weight.data[:] = 0.0
    with pytest.raises(BrokenPicture, match="one flat colour"):
        flat.paint(REQUEST)


def test_what_a_model_leaves_transparent_is_white() -> None:
    red = np.zeros((2, 1, 4), dtype=np.float32)
    red[..., 0] = 1.0
    red[0, 0, 3] = 1.0
    image = denoising._painted(red, finite=True).image
    assert image is not None
    assert [image.getpixel((0, y)) for y in (0, 1)] == [(255, 0, 0), (255, 255, 255)]
    red[..., 3] = 0.0
    assert denoising._painted(red, finite=True).flaw == "flat", "nothing is to be seen"


def test_numbers_within_one_shade_are_one_flat_colour() -> None:
    black = np.zeros((2, 2, 3), dtype=np.float32)
    black[0, 0] = 1e-3
    assert denoising._painted(black, finite=True).flaw == "flat"
    black[0, 0] = 3e-3
    assert denoising._painted(black, finite=True).image is not None
