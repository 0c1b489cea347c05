"""Painting pictures with any text-to-image pipeline of diffusers, and editing them where one can.

Each picture has its own random generator on the CPU, so a seed gives the same picture whatever else is in
the batch and whatever device paints it. A batch that does not fit the memory is painted in halves.
"""

import logging
import math
import time
from collections.abc import Sequence
from typing import Any

import torch
from diffusers.utils import logging as diffusers_logging
from PIL import Image, ImageOps

from model.engine import Capabilities, OnProgress, PaintProgress, PaintRequest, PaintResult, Picture
from model.errors import BrokenPicture, OutOfMemory, PictureRefused
from model.hardware import use_threads
from model.loading import display_name, quiet_bars
from model.pictures.arguments import Canvas, arguments_for
from model.pictures.brushes import Brush, Brushes
from model.pictures.denoising import OnStep, Painted, paint_batch
from model.pictures.families import Family
from model.pictures.loras import Loras
from model.pictures.pipelines import load_pipeline
from model.pictures.png_metadata import Parameters, encode_png
from model.pictures.preview import preview
from model.pictures.requests import check_settings
from model.pictures.safety import PictureCheck
from model.pictures.vae import upcast_decoding
from model.pictures.ways import check
from model.settings import ImageSettings

log = logging.getLogger(__name__)

_PREVIEWS = 4


class Painter:
    """A loaded pipeline; build it with `load`. `safety` looks at every picture before it is given out.

    Raises Unsupported when the settings ask for what the pipeline's family cannot do.
    """

    def __init__(self, pipe: Any, settings: ImageSettings, safety: PictureCheck | None = None) -> None:
        self._pipe, self._settings, self._safety = pipe, settings, safety
        self._brushes = Brushes(pipe, settings)
        check_settings(self.family, settings)
        self._loras = Loras(pipe, settings.loras)
        pipe.set_progress_bar_config(disable=True)

    @classmethod
    def load(cls, settings: ImageSettings, safety: PictureCheck | None = None) -> "Painter":
        """Load the pipeline on its device. Raises LoadError or ConfigError with what to do."""
        quiet_bars(settings.model)
        diffusers_logging.disable_progress_bar()
        diffusers_logging.set_verbosity_error()  # its warnings repeat what of a prompt CLIP did not read
        use_threads(settings.threads)
        return cls(load_pipeline(settings), settings, safety)

    @property
    def name(self) -> str:
        """The pipeline's name."""
        return display_name(self._settings.model)

    @property
    def family(self) -> Family:
        """The family of the pipeline that paints from words."""
        return self._brushes.family

    @property
    def capabilities(self) -> Capabilities:
        """What it can do, with the editor beside it where there is one."""
        return self._brushes.capabilities

    @property
    def size(self) -> int:
        """Bytes of the weights that it holds in memory."""
        return self._brushes.size

    @property
    def loras(self) -> Loras:
        """The LoRA weights, for a server that loads them when they are asked for."""
        return self._loras

    def paint(self, request: PaintRequest, on_progress: OnProgress | None = None) -> PaintResult:
        """One picture for each seed, in order; without those that are refused or broke, but why.

        `on_progress` is called after every denoising step; an exception it raises stops the painting and
        comes out here. Raises BadRequest, Unsupported, BadImage, OutOfMemory, or, when no picture is left,
        PictureRefused or BrokenPicture.
        """
        started = time.perf_counter()
        check(request)
        brush = self._brushes.pick(request)
        self._loras.use(request.lora)
        canvas = Canvas.of(brush, request)
        pictures, refusals = [], []
        for painted, seed in zip(self._painted(brush, canvas, on_progress), request.seeds, strict=True):
            try:
                pictures.append(self._finish(painted, seed, brush, canvas))
            except (PictureRefused, BrokenPicture) as refused:
                refusals.append(refused)
        if not pictures:
            raise refusals[0]
        seconds = time.perf_counter() - started
        return PaintResult(tuple(pictures), _name(brush, request), seconds, tuple(map(str, refusals)))

    def _painted(self, brush: Brush, canvas: Canvas, on_progress: OnProgress | None) -> list[Painted]:
        """What became of every seed, in order, in batches as large as the memory takes."""
        request, call = canvas.request, brush.call
        arguments, blend = arguments_for(brush, canvas), canvas.blend(call)
        painted: list[Painted] = []
        size = 1 if call.alone else self._settings.batch
        while len(painted) < len(request.seeds):
            seeds = request.seeds[len(painted) : len(painted) + size]
            batches = len(painted) // size, math.ceil(len(request.seeds) / size)
            reporter = self._reporter(on_progress, brush, canvas, *batches)
            batch = paint_batch(brush.pipe, call, arguments, seeds, reporter, blend)
            if batch is not None and self._decoded_badly(batch, brush):
                continue
            if batch is not None:
                painted += batch
            elif len(seeds) == 1:
                raise OutOfMemory(_too_large(request))
            else:
                size = len(seeds) // 2
                log.warning("%d pictures at once do not fit the memory, trying %d", len(seeds), size)
        return painted

    @staticmethod
    def _decoded_badly(batch: Sequence[Painted], brush: Brush) -> bool:
        """Whether the VAE broke a picture whose latents were numbers, and now works in float32 instead."""
        if not any(picture.flaw in ("pixels", "flat") for picture in batch):
            return False
        if not upcast_decoding(brush.pipe):
            return False
        log.warning(
            "The VAE of %s overflows %s: from now on it decodes in float32", brush.name, brush.pipe.dtype
        )
        return True

    def _reporter(
        self, on_progress: OnProgress | None, brush: Brush, canvas: Canvas, batch: int, batches: int
    ) -> OnStep:
        """Turns the steps of one batch into the request's progress."""

        def on_step(step: int, of: int, latents: torch.Tensor) -> None:
            if on_progress is None:
                return
            decode = brush.family.decode if self._settings.previews and batch == 0 else None
            picture = None
            if decode is not None and step < of and step % max(1, of // _PREVIEWS) == 0:
                picture = preview(brush.pipe, decode, latents, canvas.painted)
            on_progress(PaintProgress(batch * of + step, batches * of, picture))

        return on_step

    def _unsafe(self, image: Image.Image, request: PaintRequest) -> str:
        """What the check has against the picture; raises it where the request does not want such a one."""
        try:
            if self._safety is not None:
                self._safety.check(image)
        except PictureRefused as refused:
            if request.unsafe == "refuse":
                raise
            return str(refused)
        return ""

    def _finish(self, painted: Painted, seed: int, brush: Brush, canvas: Canvas) -> Picture:
        request, image = canvas.request, painted.image
        if painted.flaw == "checker":
            raise PictureRefused("The pipeline's own safety checker refused the picture: change the prompt.")
        if image is None:
            raise BrokenPicture(_broken(request))
        # HunyuanDiT paints the nearest of the sizes that it was trained on (`use_resolution_binning`)
        image = canvas.finished(ImageOps.fit(image, canvas.size))
        unsafe = self._unsafe(image, request)
        parameters = Parameters(
            prompt=request.prompt,
            negative_prompt=request.negative_prompt,
            steps=request.steps,
            sampler=type(brush.pipe.scheduler).__name__.removesuffix("Scheduler"),
            guidance=request.guidance,
            seed=seed,
            size=image.size,
            model=_name(brush, request),
            keep=request.keep if request.way == "keep" else 0.0,
            way=request.way if request.way in ("edit", "region") else "",
            instruction=request.instruction,
        )
        return Picture(encode_png(image, parameters), seed, *image.size, unsafe=unsafe)


def _name(brush: Brush, request: PaintRequest) -> str:
    return f"{brush.name} + {request.lora}" if request.lora else brush.name


def _broken(request: PaintRequest) -> str:
    lora = f', leave the LoRA "{request.lora}" away' if request.lora else ""
    return (
        "The picture came out broken: its numbers are not finite, or it is one flat colour. Set dtype = "
        f'"bfloat16" or "float32" in [image]{lora}, or take another VAE, scheduler or guidance.'
    )


def _too_large(request: PaintRequest) -> str:
    return (
        f"A picture of {request.width}x{request.height} pixels does not fit the memory: ask for a smaller "
        'one, or set offload = "model" and tiling = true.'
    )
