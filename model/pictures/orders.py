"""Requests on their way through one pipeline: which of their pictures may be painted in one batch.

Pictures of different people go together when all that the pipeline takes once for a batch is the same: size,
steps, guidance. What belongs to a picture (words, the picture it starts from) is given for each.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from PIL import Image

from model.engine import OnProgress, PaintProgress, PaintRequest
from model.pictures.arguments import Canvas, arguments_for
from model.pictures.blending import Blend
from model.pictures.brushes import Brush
from model.pictures.denoising import Painted, per_picture
from model.pictures.families import Call
from model.pictures.preview import preview

_PREVIEWS = 4

Show = Callable[[Image.Image], bytes | None]


@dataclass(eq=False, slots=True)
class Order:
    """One request: how its pictures are painted, what became of them so far, and what ended it early.

    `alone` keeps it out of batches with others, after such a batch failed.
    """

    request: PaintRequest
    on_progress: OnProgress | None
    brush: Brush
    canvas: Canvas
    arguments: dict[str, Any]
    blend: Blend | None
    painted: list[Painted] = field(default_factory=list)
    error: Exception | None = None
    alone: bool = False

    @classmethod
    def of(cls, brush: Brush, request: PaintRequest, on_progress: OnProgress | None) -> "Order":
        """Raises BadImage or BadRequest."""
        canvas = Canvas.of(brush, request)
        return cls(
            request, on_progress, brush, canvas, arguments_for(brush, canvas), canvas.blend(brush.call)
        )

    @property
    def done(self) -> bool:
        """Whether it failed or all of its pictures are painted."""
        return self.error is not None or len(self.painted) == len(self.request.seeds)

    def report(self, step: int, of: int, latents: torch.Tensor, size: int, show: Show | None) -> None:
        """Tell of a step of a batch of at most `size` pictures, whose `latents` are this request's own rows.

        `show` makes the file of a preview, None for one that is not to be seen; without it there are none.
        An exception that telling raises is kept: it ends this request, and the batch goes on for others.
        """
        if self.on_progress is None or self.error is not None:
            return
        batch, batches = len(self.painted) // size, math.ceil(len(self.request.seeds) / size)
        decode = self.brush.family.decode if batch == 0 else None
        due = step < of and (step == 1 or step % max(1, of // _PREVIEWS) == 0)
        picture = None
        if show is not None and decode is not None and due:
            image = preview(self.brush.pipe, decode, latents, self.canvas.painted)
            picture = None if image is None else show(image)
        try:
            self.on_progress(PaintProgress(batch * of + step, batches * of, picture))
        except Exception as error:  # noqa: BLE001 - whatever it is, `Painter.paint` raises it
            self.error = error


Stroke = tuple[Order, int]
"""One picture to paint: its request, and its seed."""


def next_batch(strokes: Sequence[Stroke], size: int) -> list[Stroke]:
    """The first pictures, at most `size`, that may be painted together."""
    first = strokes[0][0]
    call = first.brush.call
    batch: list[Stroke] = []
    for order, seed in strokes[: 1 if call.alone else size]:
        if order is not first and not _may_join(call, first, order):
            break
        batch.append((order, seed))
    return batch


def orders_of(strokes: Iterable[Stroke]) -> list[Order]:
    """The requests of some pictures, each once, in their order."""
    return list(dict.fromkeys(order for order, _ in strokes))


def _may_join(call: Call, one: Order, other: Order) -> bool:
    if one.alone or other.alone or one.blend or other.blend:
        return False
    if call.one_prompt and one.request.words != other.request.words:
        return False
    if one.request.scheduler != other.request.scheduler:
        return False
    if one.brush.pipe is not other.brush.pipe or one.arguments.keys() != other.arguments.keys():
        return False
    own = per_picture(call)
    return all(name in own or _is_same(value, other.arguments[name]) for name, value in one.arguments.items())


def _is_same(one: Any, other: Any) -> bool:
    """Whether both may stand in one batch; of tensors (embedded prompts) the shapes have to agree."""
    if isinstance(one, torch.Tensor):
        return isinstance(other, torch.Tensor) and one.shape == other.shape and len(one) == 1
    return one is other or (type(one) is type(other) and isinstance(one, (int, float, str)) and one == other)
