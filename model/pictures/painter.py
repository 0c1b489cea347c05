"""Painting pictures with any text-to-image pipeline of diffusers.

Each picture has its own random generator on the CPU, so a seed gives the same picture whatever else is in
the batch and whatever device paints it. A batch that does not fit the memory is painted in halves.
"""

import logging
import math
import time
from collections.abc import Sequence
from typing import Any

import torch
from diffusers import AutoPipelineForImage2Image
from diffusers.utils import logging as diffusers_logging
from PIL import Image, ImageOps

from model.engine import OnProgress, PaintProgress, PaintRequest, PaintResult, Picture
from model.errors import BrokenPicture, OutOfMemory, PictureRefused
from model.hardware import use_threads
from model.loading import display_name, quiet_bars
from model.pictures.decoding import decode_picture
from model.pictures.denoising import OnStep, Painted, paint_batch
from model.pictures.families import Call, family_of
from model.pictures.long_prompts import prompt_arguments
from model.pictures.loras import Loras
from model.pictures.pipelines import load_pipeline
from model.pictures.png_metadata import Parameters, encode_png
from model.pictures.preview import preview
from model.pictures.requests import check, check_request, check_settings
from model.pictures.safety import PictureCheck
from model.pictures.vae import upcast_decoding
from model.settings import ImageSettings

log = logging.getLogger(__name__)

_PREVIEWS = 4
_LEAST_STRENGTH = 0.02  # less noise than this changes nothing that can be seen
_TRUE_GUIDANCE = 2.0


class Painter:
    """A loaded pipeline; build it with `load`. `safety` looks at every picture before it is given out.

    Raises Unsupported when the settings ask for what the pipeline's family cannot do.
    """

    def __init__(self, pipe: Any, settings: ImageSettings, safety: PictureCheck | None = None) -> None:
        self._pipe, self._settings, self._safety = pipe, settings, safety
        self.family = family_of(pipe)
        check_settings(self.family, settings)
        self._image_pipe: Any = None
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
        check_request(self.family, request)
        self._loras.use(request.lora)
        pictures, refusals = [], []
        for painted, seed in zip(self._painted(request, on_progress), request.seeds, strict=True):
            try:
                pictures.append(self._finish(painted, seed, request))
            except (PictureRefused, BrokenPicture) as refused:
                refusals.append(refused)
        if not pictures:
            raise refusals[0]
        seconds = time.perf_counter() - started
        return PaintResult(tuple(pictures), self._name(request), seconds, tuple(map(str, refusals)))

    def _painted(self, request: PaintRequest, on_progress: OnProgress | None) -> list[Painted]:
        """What became of every seed, in order, in batches as large as the memory takes."""
        pipe, call, arguments = self._call(request)
        painted: list[Painted] = []
        size = 1 if call.alone else self._settings.batch
        while len(painted) < len(request.seeds):
            seeds = request.seeds[len(painted) : len(painted) + size]
            batches = len(painted) // size, math.ceil(len(request.seeds) / size)
            batch = paint_batch(pipe, call, arguments, seeds, self._reporter(on_progress, request, *batches))
            if batch is not None and self._decoded_badly(batch):
                continue
            if batch is not None:
                painted += batch
            elif len(seeds) == 1:
                raise OutOfMemory(_too_large(request))
            else:
                size = len(seeds) // 2
                log.warning("%d pictures at once do not fit the memory, trying %d", len(seeds), size)
        return painted

    def _decoded_badly(self, batch: Sequence[Painted]) -> bool:
        """Whether the VAE broke a picture whose latents were numbers, and now works in float32 instead."""
        if not any(picture.flaw in ("pixels", "flat") for picture in batch):
            return False
        if not upcast_decoding(self._pipe):
            return False
        log.warning(
            "The VAE of %s overflows %s: from now on it decodes in float32", self.name, self._pipe.dtype
        )
        return True

    def _name(self, request: PaintRequest) -> str:
        return f"{self.name} + {request.lora}" if request.lora else self.name

    def _call(self, request: PaintRequest) -> tuple[Any, Call, dict[str, Any]]:
        """The pipeline for the request, how it is called, and all arguments but the seeds'."""
        width, height = self._size(request)
        pipe, call, steps = self._pipe, self.family.text, request.steps
        arguments: dict[str, Any] = {}
        if request.init_image is not None and self.family.image is not None:
            pipe, call = self._over_pictures(), self.family.image
            steps, strength = schedule(request.steps, request.keep)
            image = ImageOps.fit(decode_picture(request.init_image), (width, height))
            arguments = {"image": image, "strength": strength}
        if "width" in call.accepted:  # else the size is that of the picture it starts from
            arguments |= {"width": width, "height": height}
        if "max_area" in call.accepted:  # FLUX.1 Kontext makes every size one of that area
            arguments["max_area"] = width * height
        arguments[call.steps[0]] = steps
        if "original_inference_steps" in call.accepted and "strength" in arguments:
            # LCM takes its steps from the last `strength` of these, which must be as many
            arguments["original_inference_steps"] = max(50, math.ceil(steps / arguments["strength"]) + 1)
        if call.guidance is not None:
            arguments[call.guidance] = request.guidance
        if call.guidance and "guidance_schedule" in call.accepted:
            arguments["guidance_schedule"] = None  # Ideogram 4 has one of 48 steps by default, and takes one
        if request.negative_prompt and call.separate_negative:
            # FLUX.1 has its guidance built in; only true guidance beside it looks at a negative prompt
            arguments["true_cfg_scale"] = _TRUE_GUIDANCE
        negative = request.negative_prompt
        if not negative and call.needs_negative and request.guidance > call.guides_from:
            negative = " "
        return pipe, call, arguments | prompt_arguments(pipe, request.prompt, negative)

    def _over_pictures(self) -> Any:
        """The pipeline of the same parts that paints over a picture."""
        if self._image_pipe is None:
            self._image_pipe = AutoPipelineForImage2Image.from_pipe(self._pipe)
            self._image_pipe.set_progress_bar_config(disable=True)
        return self._image_pipe

    def _size(self, request: PaintRequest) -> tuple[int, int]:
        """Width and height, rounded down to what the pipeline's latents need."""
        grain = getattr(self._pipe, "vae_scale_factor", 8)
        if getattr(self._pipe, "transformer", None) is not None:
            grain *= 2  # its patches are two latents wide
        return max(grain, request.width // grain * grain), max(grain, request.height // grain * grain)

    def _reporter(
        self, on_progress: OnProgress | None, request: PaintRequest, batch: int, batches: int
    ) -> OnStep:
        """Turns the steps of one batch into the request's progress."""

        def on_step(step: int, of: int, latents: torch.Tensor) -> None:
            if on_progress is None:
                return
            decode = self.family.decode if self._settings.previews and batch == 0 else None
            picture = None
            if decode is not None and step < of and step % max(1, of // _PREVIEWS) == 0:
                picture = preview(self._pipe, decode, latents, self._size(request))
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

    def _finish(self, painted: Painted, seed: int, request: PaintRequest) -> Picture:
        image = painted.image
        if painted.flaw == "checker":
            raise PictureRefused("The pipeline's own safety checker refused the picture: change the prompt.")
        if image is None:
            raise BrokenPicture(_broken(request))
        # HunyuanDiT paints the nearest of the sizes that it was trained on (`use_resolution_binning`)
        image = ImageOps.fit(image, self._size(request))
        unsafe = self._unsafe(image, request)
        parameters = Parameters(
            prompt=request.prompt,
            negative_prompt=request.negative_prompt,
            steps=request.steps,
            sampler=type(self._pipe.scheduler).__name__.removesuffix("Scheduler"),
            guidance=request.guidance,
            seed=seed,
            size=image.size,
            model=self._name(request),
            keep=request.keep if request.init_image is not None else 0.0,
        )
        return Picture(encode_png(image, parameters), seed, *image.size, unsafe=unsafe)


def schedule(steps: int, keep: float) -> tuple[int, float]:
    """(schedule length, strength) of an image-to-image run that keeps the share `keep` of its picture.

    The pipelines run only `strength` of the schedule; it is lengthened until that is one step at least.
    """
    strength = max(_LEAST_STRENGTH, 1 - keep)
    return max(steps, math.ceil(1 / strength + 1e-6)), strength


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
