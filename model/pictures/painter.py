"""Painting pictures with any text-to-image pipeline of diffusers.

Each picture has its own random generator on the CPU, so a seed gives the same picture whatever else is in
the batch and whatever device paints it. A batch that does not fit the memory is painted in halves.
"""

import inspect
import logging
import math
import time
from collections.abc import Callable
from typing import Any

import torch
from diffusers import AutoPipelineForImage2Image, AutoPipelineForText2Image
from diffusers.utils import logging as diffusers_logging
from PIL import Image, ImageOps

from model.engine import OnProgress, PaintProgress, PaintRequest, PaintResult, Picture
from model.errors import BadRequest, OutOfMemory, PictureRefused
from model.hardware import pick_device, pick_dtype, use_threads
from model.loading import check_folder, display_name, load_errors, location, quiet_bars
from model.pictures.decoding import decode_picture
from model.pictures.long_prompts import prompt_arguments
from model.pictures.loras import Loras
from model.pictures.png_metadata import Parameters, encode_png
from model.pictures.preview import preview
from model.pictures.safety import PictureCheck
from model.settings import ImageSettings

log = logging.getLogger(__name__)

_WHAT = "picture pipeline"
_PREVIEWS = 4
_LEAST_STRENGTH = 0.02  # less noise than this changes nothing that can be seen
_MOST_SEED = 2**63 - 1
_TRUE_GUIDANCE = 2.0

_OnStep = Callable[[int, int, torch.Tensor], None]
"""Called with the step done, the steps there are, and the latents (batch, channels, height, width)."""


class Painter:
    """A loaded pipeline; build it with `load`. `safety` looks at every picture before it is given out."""

    def __init__(self, pipe: Any, settings: ImageSettings, safety: PictureCheck | None = None) -> None:
        self._pipe, self._settings, self._safety = pipe, settings, safety
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
        device = pick_device(settings.device)
        check_folder(settings.model, "model_index.json", _WHAT)
        with load_errors(_WHAT, settings.model, "check the path or hub id and that the download is complete"):
            pipe = AutoPipelineForText2Image.from_pretrained(
                location(settings.model),
                dtype=pick_dtype(settings.dtype, device),
                use_safetensors=True,
                variant=settings.variant or None,
            )
        return cls(_placed(pipe, settings, device), settings, safety)

    @property
    def name(self) -> str:
        """The pipeline's name."""
        return display_name(self._settings.model)

    @property
    def loras(self) -> Loras:
        """The LoRA weights, for a server that loads them when they are asked for."""
        return self._loras

    def paint(self, request: PaintRequest, on_progress: OnProgress | None = None) -> PaintResult:
        """One picture for each seed, in order; without those that the picture check refuses, but why.

        `on_progress` is called after every denoising step; an exception it raises stops the painting and
        comes out here. Raises BadRequest, BadImage, OutOfMemory, or PictureRefused when none is left.
        """
        started = time.perf_counter()
        check(request)
        self._loras.use(request.lora)
        pipe, arguments = self._call(request)
        images: list[Image.Image | None] = []
        size = self._settings.batch
        while len(images) < len(request.seeds):
            seeds = request.seeds[len(images) : len(images) + size]
            on_step = self._reporter(on_progress, len(images) // size, math.ceil(len(request.seeds) / size))
            painted = _run(pipe, arguments, seeds, on_step)
            if painted is not None:
                images += painted
            elif len(seeds) == 1:
                raise OutOfMemory(_too_large(request))
            else:
                size = len(seeds) // 2
                log.warning("%d pictures at once do not fit the memory, trying %d", len(seeds), size)
        pictures, refusals = [], []
        for image, seed in zip(images, request.seeds, strict=True):
            try:
                pictures.append(self._finish(image, seed, request))
            except PictureRefused as refused:
                refusals.append(refused)
        if not pictures:
            raise refusals[0]
        seconds = time.perf_counter() - started
        return PaintResult(tuple(pictures), self._name(request), seconds, tuple(map(str, refusals)))

    def _name(self, request: PaintRequest) -> str:
        return f"{self.name} + {request.lora}" if request.lora else self.name

    def _call(self, request: PaintRequest) -> tuple[Any, dict[str, Any]]:
        """The pipeline for the request and all arguments but the seeds'."""
        width, height = self._size(request)
        arguments: dict[str, Any] = {"guidance_scale": request.guidance, "width": width, "height": height}
        pipe = self._pipe
        if request.init_image is None:
            arguments["num_inference_steps"] = request.steps
        else:
            pipe = self._image_pipe = self._image_pipe or AutoPipelineForImage2Image.from_pipe(self._pipe)
            pipe.set_progress_bar_config(disable=True)
            steps, strength = schedule(request.steps, request.keep)
            image = ImageOps.fit(decode_picture(request.init_image), (width, height))
            arguments |= {"image": image, "strength": strength, "num_inference_steps": steps}
        accepted = inspect.signature(pipe.__call__).parameters
        if request.negative_prompt:
            # Flux is distilled with its guidance built in; only real guidance looks at a negative prompt
            arguments["true_cfg_scale"] = _TRUE_GUIDANCE
        arguments = {name: value for name, value in arguments.items() if name in accepted}
        return pipe, arguments | prompt_arguments(pipe, request.prompt, request.negative_prompt)

    def _size(self, request: PaintRequest) -> tuple[int, int]:
        """Width and height, rounded down to what the pipeline's latents need."""
        grain = self._pipe.vae_scale_factor * (2 if getattr(self._pipe, "transformer", None) else 1)
        return max(grain, request.width // grain * grain), max(grain, request.height // grain * grain)

    def _reporter(self, on_progress: OnProgress | None, batch: int, batches: int) -> _OnStep:
        """Turns the steps of one batch into the request's progress."""

        def on_step(step: int, of: int, latents: torch.Tensor) -> None:
            if on_progress is None:
                return
            wanted = self._settings.previews and batch == 0 and step % max(1, of // _PREVIEWS) == 0
            picture = preview(self._pipe, latents) if wanted and step < of else None
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

    def _finish(self, image: Image.Image | None, seed: int, request: PaintRequest) -> Picture:
        if image is None:
            raise PictureRefused("The pipeline's own safety checker refused the picture: change the prompt.")
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


def check(request: PaintRequest) -> None:
    """Raise BadRequest when a number of the request is out of range."""
    problems = {
        "at least one seed is needed": not request.seeds,
        f"seeds are 0 to {_MOST_SEED}": any(not 0 <= seed <= _MOST_SEED for seed in request.seeds),
        "width and height are multiples of 8 from 64 to 4096": any(
            not 64 <= side <= 4096 or side % 8 for side in (request.width, request.height)
        ),
        "steps are 1 to 500": not 1 <= request.steps <= 500,
        "guidance is 0 to 50": not 0 <= request.guidance <= 50,
        "keep is above 0 and at most 1 with a picture to start from": (
            request.init_image is not None and not 0 < request.keep <= 1
        ),
    }
    wrong = [rule for rule, broken in problems.items() if broken]
    if wrong:
        raise BadRequest(f"The picture cannot be painted like this: {'; '.join(wrong)}.")


def schedule(steps: int, keep: float) -> tuple[int, float]:
    """(schedule length, strength) of an image-to-image run that keeps the share `keep` of its picture.

    The pipelines run only `strength` of the schedule; it is lengthened until that is one step at least.
    """
    strength = max(_LEAST_STRENGTH, 1 - keep)
    return max(steps, math.ceil(1 / strength + 1e-6)), strength


def _placed(pipe: Any, settings: ImageSettings, device: torch.device) -> Any:
    if settings.tiling:
        pipe.vae.enable_slicing()
        pipe.vae.enable_tiling()
    if device.type == "cuda" and settings.offload == "model":
        pipe.enable_model_cpu_offload()
    elif device.type == "cuda" and settings.offload == "layers":
        pipe.enable_sequential_cpu_offload()
    else:
        pipe.to(device)
    return pipe


def _run(pipe: Any, arguments: dict[str, Any], seeds: tuple[int, ...], on_step: _OnStep) -> Any:
    """The pictures of one batch, or None when they do not fit the memory together.

    One that the pipeline's own checker refused is None: the pipeline has blackened it already.
    """

    def on_step_end(pipe: Any, step: int, timestep: Any, tensors: dict[str, Any]) -> dict[str, Any]:
        on_step(step + 1, pipe.num_timesteps, tensors["latents"])
        return {}

    try:
        with torch.inference_mode():
            output = pipe(
                **_repeated(arguments, len(seeds)),
                generator=[torch.Generator("cpu").manual_seed(seed) for seed in seeds],
                callback_on_step_end=on_step_end,
            )
    except (RuntimeError, MemoryError) as error:
        if not _is_out_of_memory(error):
            raise
        failed = True
    else:
        failed = False
    if failed:  # outside the handler: the traceback would keep the batch's tensors alive
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
        return None
    refused = getattr(output, "nsfw_content_detected", None) or [False] * len(output.images)
    return [None if no else image for image, no in zip(output.images, refused, strict=True)]


def _repeated(arguments: dict[str, Any], count: int) -> dict[str, Any]:
    """The arguments for `count` pictures: everything that belongs to a picture, once for each."""
    per_picture = ("prompt", "negative_prompt", "image")
    repeated = dict(arguments)
    for name, value in arguments.items():
        if name in per_picture:
            repeated[name] = [value] * count
        elif isinstance(value, torch.Tensor):
            repeated[name] = value.repeat_interleave(count, dim=0)
    return repeated


def _is_out_of_memory(error: BaseException) -> bool:
    """CUDA has a class for it, the CPU allocator only words."""
    return isinstance(error, (torch.OutOfMemoryError, MemoryError)) or "allocate memory" in str(error)


def _too_large(request: PaintRequest) -> str:
    return (
        f"A picture of {request.width}x{request.height} pixels does not fit the memory: ask for a smaller "
        'one, or set offload = "model" and tiling = true.'
    )
