"""Files are written while the next picture is looked at, and nothing is given out that was not looked at."""

import dataclasses
import threading
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image

from model.engine import PaintProgress
from model.errors import PictureRefused
from model.pictures import finishing
from model.pictures import preview as previews
from model.pictures.painter import Painter
from model.pictures.png_metadata import encode_png
from tests.model.pictures.test_painter import REQUEST, load


class Check:
    """Looks at pictures, and refuses those at the given places in the line."""

    def __init__(self, *refused: int) -> None:
        self.refused, self.sizes = refused, list[tuple[int, int]]()

    def check(self, image: Image.Image) -> None:
        self.sizes.append(image.size)
        if len(self.sizes) - 1 in self.refused:
            raise PictureRefused("no")


def checked(folder: Path, check: Any, **settings: Any) -> Painter:
    painter = load(folder, **settings)
    painter._safety = check
    return painter


def test_a_file_is_written_while_the_next_picture_is_looked_at(
    pipelines: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    written = threading.Event()

    def encode(*asked: Any) -> bytes:
        try:
            return encode_png(*asked)
        finally:
            written.set()

    class Patient(Check):
        def check(self, image: Image.Image) -> None:
            super().check(image)
            if len(self.sizes) == 2:  # the first one's file was begun, and is not waited for
                assert written.wait(10)

    monkeypatch.setattr(finishing, "encode_png", encode)
    painter = checked(pipelines["sd"], Patient())
    assert [picture.seed for picture in painter.paint(REQUEST).pictures] == [1, 2, 3]


def test_what_the_check_refuses_is_not_given_out(pipelines: dict[str, Path]) -> None:
    painter = checked(pipelines["sd"], Check(1))
    result = painter.paint(REQUEST)
    assert [picture.seed for picture in result.pictures] == [1, 3]
    assert result.refusals == ("no",)


def test_previews_are_looked_at_and_begin_with_the_first_step(pipelines: dict[str, Path]) -> None:
    check = Check(0)  # the first preview
    painter = checked(pipelines["sd"], check, previews=True)
    seen: list[PaintProgress] = []
    painter.paint(dataclasses.replace(REQUEST, seeds=(1,), steps=10), seen.append)
    shown = {report.step for report in seen if report.preview}
    assert shown == {2, 4, 6, 8}
    assert len(check.sizes) == 6  # with the one of the first step, and the picture


def test_what_is_previewed_is_decoded_small(
    pipelines: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previews, "_DECODED", 32)
    painter = load(pipelines["sd"])
    pipe = painter._pipe
    decoded: list[torch.Size] = []
    plain = pipe.vae.decode

    def decode(latents: torch.Tensor, **more: Any) -> Any:
        decoded.append(latents.shape)
        return plain(latents, **more)

    monkeypatch.setattr(pipe.vae, "decode", decode)
    rows = 64 // pipe.vae_scale_factor
    latents = torch.randn(1, pipe.vae.config.latent_channels, rows, rows)
    assert previews.preview(pipe, "plain", latents, (64, 64)) is not None
    assert decoded[0][-2:] == (rows // 2, rows // 2)
