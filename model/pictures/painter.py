"""Painting pictures with any text-to-image pipeline of diffusers, and editing them where one can.

Each picture has its own random generator on the CPU, so a seed gives the same picture whatever else is in
the batch and whatever device paints it. Requests of several people are painted in one batch where they can
be; one that does not fit the memory is painted in halves.
"""

import logging
import time
from collections.abc import Iterator, Sequence
from typing import Any

from diffusers.utils import logging as diffusers_logging
from PIL import Image, ImageOps

from model.engine import Capabilities, OnProgress, PaintRequest, PaintResult, Picture
from model.errors import BrokenPicture, OutOfMemory, PictureRefused
from model.hardware import use_threads
from model.loading import display_name, quiet_bars
from model.pictures.arguments import Canvas
from model.pictures.batches import Batch, Task, grouped
from model.pictures.brushes import Brush, Brushes
from model.pictures.denoising import Painted, paint_batch
from model.pictures.families import Family
from model.pictures.loras import Loras
from model.pictures.pipelines import load_pipeline
from model.pictures.png_metadata import Parameters, encode_png
from model.pictures.requests import check_settings
from model.pictures.safety import PictureCheck
from model.pictures.vae import upcast_decoding
from model.pictures.ways import check, one_call
from model.settings import ImageSettings

log = logging.getLogger(__name__)


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
    def loras(self) -> Loras:
        """The LoRA weights, for a server that loads them when they are asked for."""
        return self._loras

    def paint(self, request: PaintRequest, on_progress: OnProgress | None = None) -> PaintResult:
        """One picture for each seed, in order; without those that are refused or broke, but why.

        `on_progress` is called after every denoising step; an exception it raises stops the painting and
        comes out here. Raises BadRequest, Unsupported, BadImage, OutOfMemory, or, when no picture is left,
        PictureRefused or BrokenPicture.
        """
        ((_, outcome),) = self.paint_together([(request, on_progress)])
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def paint_together(
        self, asked: Sequence[tuple[PaintRequest, OnProgress | None]]
    ) -> Iterator[tuple[int, PaintResult | Exception]]:
        """The place of each request in `asked` and what came of it, as soon as that is known.

        Requests that can be painted in one batch are. An outcome is what `paint` returns or raises: no
        request's failure is another's, and one whose `on_progress` raises leaves the others.
        """
        waiting = [(at, *pair, one_call(pair[0])) for at, pair in enumerate(asked)]
        while waiting:
            key = waiting[0][3]
            alike = [one for one in waiting if one[3] == key] if key is not None else waiting[:1]
            waiting = [one for one in waiting if one not in alike]
            started = time.perf_counter()
            tasks = []
            for at, request, on_progress, _ in alike:
                try:
                    tasks.append(self._task(at, request, on_progress))
                except Exception as error:  # noqa: BLE001  given back as what came of the request
                    yield at, error
            for group in grouped(tasks):
                self._paint(group)
                for task in group:
                    yield task.at, self._outcome(task, started)

    def _task(self, at: int, request: PaintRequest, on_progress: OnProgress | None) -> Task:
        check(request)
        brush = self._brushes.pick(request)
        self._loras.use(request.lora)
        return Task.of(at, request, on_progress, brush)

    def _paint(self, group: Sequence[Task]) -> None:
        """Paint the pictures of a group, in batches as large as the memory takes."""
        brush, blend = group[0].brush, group[0].blend
        size = 1 if brush.call.alone else self._settings.batch
        while (batch := Batch(group, size, previews=self._settings.previews)).pictures:
            try:
                painted = paint_batch(
                    brush.pipe, brush.call, batch.arguments, batch.seeds, batch.on_step, blend
                )
            except Exception as error:  # noqa: BLE001  a library's; it ends whoever was in the batch
                for task, _ in batch.pictures:
                    task.ended = task.ended or error
                continue
            if painted is not None and self._decoded_badly(painted, brush):
                continue
            if painted is not None:
                batch.keep(painted)
            elif len(batch.pictures) == 1:
                task = batch.pictures[0][0]
                task.ended = OutOfMemory(_too_large(task.request))
            else:
                size = len(batch.pictures) // 2
                log.warning("%d pictures at once do not fit the memory, trying %d", len(batch.pictures), size)

    def _outcome(self, task: Task, started: float) -> PaintResult | Exception:
        """The finished pictures of a request, or why there are none."""
        if task.ended:
            return task.ended
        pictures, refusals = [], []
        for painted, seed in zip(task.painted, task.request.seeds, strict=True):
            try:
                pictures.append(self._finish(painted, seed, task.brush, task.canvas))
            except (PictureRefused, BrokenPicture) as refused:
                refusals.append(refused)
        if not pictures:
            return refusals[0]
        seconds = time.perf_counter() - started
        name = _name(task.brush, task.request)
        return PaintResult(tuple(pictures), name, seconds, tuple(map(str, refusals)))

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
