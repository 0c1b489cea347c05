"""Painting pictures with any text-to-image pipeline of diffusers, and editing them where one can.

Each picture has its own random generator on the CPU, so a seed gives the same picture whatever else is in
the batch and whatever device paints it; requests of several people go in one. A batch that does not fit the
memory is painted in halves.
"""

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from typing import Any

import torch
from diffusers.utils import logging as diffusers_logging

from model.engine import Capabilities, OnProgress, PaintRequest, PaintResult
from model.errors import ModelError, OutOfMemory, Unsupported
from model.hardware import use_threads
from model.loading import display_name, quiet_bars
from model.pictures.brushes import Brush, Brushes
from model.pictures.denoising import Painted, paint_batch
from model.pictures.diffedit import as_painting
from model.pictures.families import Family
from model.pictures.finishing import finish, shown
from model.pictures.foresight import Foresight
from model.pictures.loras import Loras
from model.pictures.orders import Order, Stroke, next_batch, orders_of
from model.pictures.pipelines import load_pipeline
from model.pictures.safety import PictureCheck
from model.pictures.schedulers import painting_with
from model.pictures.vae import upcast_decoding
from model.pictures.ways import check
from model.settings import ImageSettings

log = logging.getLogger(__name__)


class Painter:
    """A loaded pipeline; build it with `load`. `safety` looks at every picture before it is given out.

    Raises Unsupported when the settings ask for what the pipeline's family cannot do.
    """

    def __init__(self, pipe: Any, settings: ImageSettings, safety: PictureCheck | None = None) -> None:
        self._pipe, self._settings, self._safety = pipe, settings, safety
        self._brushes = Brushes(pipe, settings)
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
        [outcome] = self.paint_together([request], [on_progress])
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def paint_together(
        self, requests: Sequence[PaintRequest], on_progress: Sequence[OnProgress | None]
    ) -> list[PaintResult | Exception]:
        """What `paint` returns or raises for each request, in one batch where they allow it.

        Requests of one way and LoRA; others are painted, but not well: the pipeline changes for each. One
        whose `on_progress` raises gets no further reports and that exception, while the others go on without
        it (`model.pictures.leaving`); when none is left, the batch ends between two steps.
        """
        outcomes = dict(self.paint_each(requests, on_progress))
        return [outcomes[place] for place in range(len(requests))]

    def paint_each(
        self, requests: Sequence[PaintRequest], on_progress: Sequence[OnProgress | None]
    ) -> Iterator[tuple[int, PaintResult | Exception]]:
        """The place of each request and what `paint_together` gives for it, as soon as it is there."""
        started = time.perf_counter()
        orders = [self._ordered(*asked) for asked in zip(requests, on_progress, strict=True)]
        left = dict(enumerate(orders))
        for _ in self._paint([order for order in orders if isinstance(order, Order)]):
            done = [place for place, order in left.items() if not isinstance(order, Order) or order.done]
            yield from zip(
                done, finish([left.pop(place) for place in done], self._safety, started), strict=True
            )
        yield from zip(left, finish(list(left.values()), self._safety, started), strict=True)

    def _ordered(self, request: PaintRequest, on_progress: OnProgress | None) -> Order | Exception:
        try:
            check(request)
            if request.upscale:  # `Painters` has the upscaler, and lets no such request through
                raise Unsupported("Nothing makes pictures larger here: leave upscale out.")
            if request.way == "edit" and self._settings.diffedit:
                return self._edit(request, on_progress)
            brush = self._brushes.pick(request)
            self._loras.use(request.lora)
            return Order.of(brush, request, on_progress)
        except ModelError as error:
            return error

    def _edit(self, request: PaintRequest, on_progress: OnProgress | None) -> Order:
        """An edit by the painter itself, where it is about something. Raises what `_ordered` returns."""
        if request.reference is not None:
            raise Unsupported(
                "An edit by the painter itself takes no reference picture: ask for another way."
            )
        self._brushes.pick(replace(request, way="region"))  # refuses before any work what cannot be
        self._loras.use(request.lora)
        with painting_with(self._pipe, request.scheduler), torch.inference_mode():
            inside = as_painting(self._brushes.over(), request, self._settings.batch)
        order = Order.of(self._brushes.pick(inside), inside, on_progress)
        order.request = request  # what was asked for stands in the picture's metadata
        return order

    def _paint(self, orders: Sequence[Order]) -> Iterator[None]:
        """Paint every picture, in batches as large as the memory takes; what fails is kept in its order.

        Stops after each batch, where some orders may be done.
        """
        size = self._settings.batch
        left: list[Stroke] = [(order, seed) for order in orders for seed in order.request.seeds]
        while left := [stroke for stroke in left if stroke[0].error is None]:
            batch = next_batch(left, size)
            try:
                painted = self._batch(batch, size)
            except Exception as error:  # noqa: BLE001 - of whatever kind, it is told to whom it concerns
                self._failed(orders_of(batch), error)
                yield
                continue
            if painted is None and len(batch) == 1:
                batch[0][0].error = OutOfMemory(_too_large(batch[0][0].request))
            elif painted is None:
                size = len(batch) // 2
                log.warning("%d pictures at once do not fit the memory, trying %d", len(batch), size)
            elif not self._decoded_badly(painted, batch[0][0].brush):
                for (order, _), picture in zip(batch, painted, strict=True):
                    order.painted.append(picture)
                left = left[len(batch) :]
            yield

    def _batch(self, batch: Sequence[Stroke], size: int) -> list[Painted] | None:
        """The pictures of one batch; None when they do not fit the memory together."""
        first = batch[0][0]
        orders = orders_of(batch)
        at_once = 1 if first.brush.call.alone else size

        def on_step(step: int, of: int, latents: torch.Tensor, rows: Sequence[int]) -> list[int]:
            for order in orders:
                own = [at for at, row in enumerate(rows) if batch[row][0] is order]
                order.report(step, of, foresight.of(latents)[own], at_once, show)
            errors = [order.error for order in orders]
            if all(errors) and errors[0] is not None:
                raise errors[0]
            return [row for row in rows if batch[row][0].error is None]

        arguments, seeds = [order.arguments for order, _ in batch], [seed for _, seed in batch]
        show = partial(shown, self._safety) if self._settings.previews else None
        foresight = Foresight(first.brush.pipe)
        adapter = first.brush.adapter
        over = adapter.laid_over(first.request) if adapter else nullcontext()
        watched = foresight if show else nullcontext()
        with painting_with(first.brush.pipe, first.request.scheduler), over, watched:
            return paint_batch(first.brush.pipe, first.brush.call, arguments, seeds, on_step, first.blend)

    @staticmethod
    def _failed(orders: Sequence[Order], error: Exception) -> None:
        """A batch of one request failed, or nobody wants it any more; one of several is tried one by one."""
        wanted = [order for order in orders if order.error is None]
        if len(wanted) > 1:
            log.warning("A batch of %d requests failed (%s): each is tried alone", len(wanted), error)
        for order in wanted:
            if len(wanted) == 1:
                order.error = error
            order.alone = True

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


def _too_large(request: PaintRequest) -> str:
    return (
        f"A picture of {request.width}x{request.height} pixels does not fit the memory: ask for a smaller "
        'one, or set offload = "model" and tiling = true.'
    )
