"""Requests on their way through one pipeline, those of several people in one batch.

They go together where their calls differ only in what belongs to a picture: its words, its seed, the picture
it starts from. Each tells of its own steps, and leaves the batch when its owner gives it up.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch

from model.engine import OnProgress, PaintProgress, PaintRequest
from model.pictures.arguments import Canvas, arguments_for
from model.pictures.blending import Blend
from model.pictures.brushes import Brush
from model.pictures.denoising import Painted, goes_with
from model.pictures.preview import preview

_PREVIEWS = 4


@dataclass(eq=False)
class Task:
    """One request: the `at`-th of those that were asked together, how it is painted, and what is of it.

    `ended` is what ended it before its pictures were done: an error, or whatever `on_progress` raised.
    """

    at: int
    on_progress: OnProgress | None
    brush: Brush
    canvas: Canvas
    arguments: dict[str, Any]
    blend: Blend | None
    painted: list[Painted] = field(default_factory=list)
    ended: Exception | None = None

    @classmethod
    def of(cls, at: int, request: PaintRequest, on_progress: OnProgress | None, brush: Brush) -> "Task":
        """Raises BadImage or BadRequest."""
        canvas = Canvas.of(brush, request)
        return cls(at, on_progress, brush, canvas, arguments_for(brush, canvas), canvas.blend(brush.call))

    @property
    def request(self) -> PaintRequest:
        """What was asked."""
        return self.canvas.request

    @property
    def left(self) -> tuple[int, ...]:
        """The seeds that are not painted yet; none once it ended."""
        return () if self.ended else self.request.seeds[len(self.painted) :]

    def goes_with(self, other: "Task") -> bool:
        """Whether both can be in one batch."""
        call = self.brush.call
        return (
            call.mixes
            and self.brush.pipe is other.brush.pipe
            and self.blend is None is other.blend
            and goes_with(call, self.arguments, other.arguments)
        )

    def report(self, step: int, of: int, picture: bytes | None, size: int) -> None:
        """Tell of a step of a batch of at most `size` pictures; what the owner raises ends the task."""
        if self.on_progress is None:
            return
        batch, batches = len(self.painted) // size, math.ceil(len(self.request.seeds) / size)
        try:
            self.on_progress(PaintProgress(batch * of + step, batches * of, picture))
        except Exception as error:  # noqa: BLE001  given back as what came of the request
            self.ended = error


def grouped(tasks: Sequence[Task]) -> Iterator[list[Task]]:
    """The tasks in groups of those that go together, each group where its first one stood."""
    waiting = list(tasks)
    while waiting:
        first = waiting[0]
        group = [task for task in waiting if task is first or first.goes_with(task)]
        waiting = [task for task in waiting if task not in group]
        yield group


class Batch:
    """The next pictures of a group that are painted at once, at most `size`.

    Only whole tasks go together; one with more seeds is painted in several batches of its own.
    """

    def __init__(self, group: Sequence[Task], size: int, *, previews: bool) -> None:
        self._size, self._previews = size, previews
        self.pictures: list[tuple[Task, int]] = []
        for task in group:
            seeds = task.left if self.pictures else task.left[:size]
            if len(self.pictures) + len(seeds) <= size:
                self.pictures += [(task, seed) for seed in seeds]

    @property
    def seeds(self) -> list[int]:
        """One for each picture."""
        return [seed for _, seed in self.pictures]

    @property
    def arguments(self) -> list[dict[str, Any]]:
        """Those of each picture."""
        return [task.arguments for task, _ in self.pictures]

    def keep(self, painted: Sequence[Painted]) -> None:
        """Note what became of each picture."""
        for (task, _), picture in zip(self.pictures, painted, strict=True):
            task.painted.append(picture)

    def on_step(self, step: int, of: int, latents: torch.Tensor, rows: Sequence[int]) -> list[int]:
        """Tell each task of a step; the pictures of those that go on (`model.pictures.denoising.OnStep`)."""
        told: set[int] = set()
        for at, row in enumerate(rows):
            task = self.pictures[row][0]
            if task.ended is None and id(task) not in told:
                told.add(id(task))
                task.report(step, of, self._preview(task, step, of, latents[at : at + 1]), self._size)
        return [row for row in rows if self.pictures[row][0].ended is None]

    def _preview(self, task: Task, step: int, of: int, latents: torch.Tensor) -> bytes | None:
        """What a task's first picture looks like so far, where it is time to show that."""
        decode = task.brush.family.decode
        shows = self._previews and task.on_progress is not None and not task.painted
        if not shows or decode is None or step == of or step % max(1, of // _PREVIEWS):
            return None
        return preview(task.brush.pipe, decode, latents, task.canvas.painted)
