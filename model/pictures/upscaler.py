"""Pictures made larger by a network of the ESRGAN class (`[image] upscaler`), in tiles where memory is short.

spandrel finds out from the tensors which network a file holds. Only .safetensors are read: its other formats
are pickles. A tile is computed with as much of the picture around it as its pixels depend on (the receptive
field), and that margin is cut off again, so that tiles give the picture that the whole would give.
"""

import logging
import time
from typing import Any

import numpy as np
import torch
from PIL import Image

from model.engine import PaintRequest, PaintResult, Picture
from model.errors import ConfigError, LoadError, OutOfMemory
from model.hardware import pick_device
from model.loading import load_errors
from model.pictures.decoding import decode_picture
from model.pictures.finishing import unsafe
from model.pictures.png_metadata import Parameters, encode_png
from model.pictures.safety import PictureCheck
from model.pictures.upscaler_files import upscaler_file
from model.settings import ImageSettings

log = logging.getLogger(__name__)

_LARGEST_TILE, _SMALLEST_TILE = 1024, 64  # pixels of a side before it is enlarged, without the margin


class Upscaler:
    """A loaded network; build it with `load`. `model` is spandrel's descriptor of it."""

    def __init__(self, model: Any, name: str) -> None:
        self._model, self.name = model, name
        self.margin = _margin(model)

    @property
    def scale(self) -> int:
        """How many times as wide and high it makes a picture."""
        return int(self._model.scale)

    @classmethod
    def load(cls, settings: ImageSettings) -> "Upscaler":
        """Raises LoadError for what is no upscaler, ConfigError where none is set."""
        from spandrel import ImageModelDescriptor, ModelLoader

        if not settings.upscaler:
            raise ConfigError("No upscaler is set: name a file in [image] upscaler.")
        file = upscaler_file(settings.upscaler)
        device = pick_device(settings.device)
        with load_errors("upscaler", settings.upscaler, "choose one of the ESRGAN class"):
            model = ModelLoader(device).load_from_file(file)
            if not isinstance(model, ImageModelDescriptor) or model.scale < 2 or model.input_channels != 3:
                raise LoadError(f"{settings.upscaler} makes no colour picture larger: choose another file.")
            model.eval()
        return cls(model, file.stem)

    def enlarged(self, request: PaintRequest, painter: str, safety: PictureCheck | None) -> PaintResult:
        """The request's picture at its size, by the name of its painter and this one.

        Raises BadImage, OutOfMemory, or PictureRefused where the check refuses it.
        """
        began = time.perf_counter()
        source = decode_picture(request.init_image or b"").convert("RGB")
        size = (request.width, request.height)
        image = self.upscale(source)
        if image.size != size:
            image = image.resize(size, Image.Resampling.LANCZOS)
        against = unsafe(image, request, safety)
        used = " + ".join(part for part in (painter, request.lora, self.name) if part)
        parameters = Parameters(
            prompt=request.prompt,
            negative_prompt=request.negative_prompt,
            steps=request.steps,
            sampler="",
            guidance=request.guidance,
            seed=request.seeds[0],
            size=size,
            model=used,
        )
        picture = Picture(encode_png(image, parameters), request.seeds[0], *size, unsafe=against)
        return PaintResult((picture,), used, time.perf_counter() - began)

    def upscale(self, image: Image.Image, tile: int = _LARGEST_TILE) -> Image.Image:
        """The picture as many times larger as the network makes it. Raises OutOfMemory.

        `tile` is the largest side that is computed at once; where that does not fit the memory, halves are
        tried.
        """
        pixels = torch.from_numpy(np.array(image.convert("RGB"))).permute(2, 0, 1)[None].float() / 255
        while True:
            try:
                made = self._tiled(pixels, tile)
            except torch.OutOfMemoryError as error:
                if tile <= _SMALLEST_TILE or not self.margin:
                    raise OutOfMemory("The picture is too large for the upscaler's memory.") from error
                tile //= 2
                log.warning("The upscaler's tiles do not fit the memory, trying %d pixels", tile)
                continue
            array = (made.clamp(0, 1) * 255).round().byte().permute(1, 2, 0).numpy()
            return Image.fromarray(array)

    @torch.inference_mode()
    def _tiled(self, pixels: torch.Tensor, tile: int) -> torch.Tensor:
        """The enlarged picture, channels first, on the CPU."""
        height, width = pixels.shape[2:]
        scale, margin = self._model.scale, self.margin
        if margin is None or (height <= tile and width <= tile):
            whole: torch.Tensor = self._model(pixels.to(self._model.device))[0].float().cpu()
            return whole
        made = torch.empty(3, height * scale, width * scale)
        for top in range(0, height, tile):
            for left in range(0, width, tile):
                bottom, right = min(top + tile, height), min(left + tile, width)
                above, before = max(0, top - margin), max(0, left - margin)
                part = pixels[:, :, above : bottom + margin, before : right + margin]
                out = self._model(part.to(self._model.device))[0].float().cpu()
                y, x = (top - above) * scale, (left - before) * scale
                made[:, top * scale : bottom * scale, left * scale : right * scale] = out[
                    :, y : y + (bottom - top) * scale, x : x + (right - left) * scale
                ]
        return made


def _margin(model: Any) -> int | None:
    """How many pixels around one can change it, rounded up; None where all of them may (attention).

    The reaches of all convolutions together, as if one came after the other: no path is longer. Networks that
    first fold pixels into channels (RealESRGAN x2plus) reach as many times further and need tiles that begin
    at a multiple of that.
    """
    from torch import nn

    network = model.model
    if model.architecture.id != "ESRGAN":
        return None  # what else has layers that look at the whole picture, or at windows of it
    reach = sum(
        layer.dilation[0] * (layer.kernel_size[0] // 2)
        for layer in network.modules()
        if isinstance(layer, nn.Conv2d)
    )
    fold = getattr(network, "shuffle_factor", None) or 1
    multiple = max(4, fold)
    return -(-reach * fold // multiple) * multiple
