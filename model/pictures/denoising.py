"""One call of a pipeline: a batch of pictures, its steps as they are done, and what became of each picture.

Arrays are asked of the pipeline instead of images, since an image of 8 bits hides what was not a number: a
half-precision VAE that overflows gives NaN, which is drawn as black.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import torch
from PIL import Image

from model.pictures.blending import Blend
from model.pictures.families import Call
from model.pictures.leaving import rows_can_leave, rows_of

OnStep = Callable[[int, int, torch.Tensor, Sequence[int]], Sequence[int]]
"""Called with the step done, the steps there are, the latents in the pipeline's own shape, and which picture
of the batch each row of them is. Returns those of the pictures that are still wanted, one at least."""


@dataclass(frozen=True, slots=True)
class Painted:
    """One picture of a batch. `flaw` says why there is none: the pipeline's own "checker" refused it,
    "latents" or "pixels" are no numbers, it is one "flat" colour, or it "left" as nobody wanted it any more.
    """

    image: Image.Image | None = None
    flaw: str = ""


class AllBroken(Exception):
    """No picture of the batch has finite latents any more: what is left of its steps cannot help."""


def paint_batch(
    pipe: Any,
    call: Call,
    arguments: Sequence[dict[str, Any]],
    seeds: Sequence[int],
    on_step: OnStep,
    blend: Blend | None = None,
) -> list[Painted] | None:
    """The pictures of one batch, or None when they do not fit the memory together.

    `arguments` are those of each picture, without its seed. `blend` changes the latents after each step. What
    `on_step` raises comes out here.
    """
    blending = None if blend is None else partial(blend, pipe, seeds=tuple(seeds))
    generators = [torch.Generator("cpu").manual_seed(seed) for seed in seeds]
    steps = _Steps(pipe, call, arguments[0], on_step, blending, generators)
    try:
        with torch.inference_mode(), steps.counted():
            output = pipe(
                **_joined(call, arguments),
                generator=generators,
                output_type="np",
                **steps.arguments(),
            )
    except AllBroken:
        return [Painted(flaw="latents")] * len(seeds)
    except (RuntimeError, MemoryError) as error:
        if not _is_out_of_memory(error):
            raise
        failed = True
    else:
        failed = False
    if failed:  # outside the handler: the traceback would keep the batch's tensors alive
        if torch.accelerator.is_available():
            torch.accelerator.memory.empty_cache()
        return None
    refused = getattr(output, "nsfw_content_detected", None) or [False] * len(output.images)
    rows = zip(steps.rows, output.images, refused, steps.finite(len(output.images)), strict=True)
    painted = {
        row: Painted(flaw="checker") if no else _painted(pixels, finite)
        for row, pixels, no, finite in rows
        if row in steps.wanted
    }
    return [painted.get(row, Painted(flaw="left")) for row in range(len(seeds))]


def _painted(pixels: Any, finite: bool) -> Painted:
    """The picture of an array (height, width, 3) of shares of white, or with the share that is opaque as 4th.

    What is transparent (Qwen-Image 2.1) becomes white: the check of pictures is to see what people see.
    """
    values = np.asarray(pixels, dtype=np.float32)
    if values.shape[-1] == 4:
        opaque = values[..., 3:]
        values = values[..., :3] * opaque + (1 - opaque)
    if not finite or not np.isfinite(values).all():
        return Painted(flaw="pixels" if finite else "latents")
    # as `VaeImageProcessor.numpy_to_pil` rounds, so that a seed's picture does not depend on the way here
    shades = (values * 255).round().astype("uint8")
    # of what people see: numbers that differ by less than a shade are one colour
    flat = bool((shades.max((0, 1)) == shades.min((0, 1))).all())
    return Painted(flaw="flat") if flat else Painted(Image.fromarray(shades))


class _Steps:
    """Counts the steps of all stages, passes them on, and looks whether their latents are still numbers."""

    def __init__(
        self,
        pipe: Any,
        call: Call,
        arguments: dict[str, Any],
        on_step: OnStep,
        blending: Callable[[Any, torch.Tensor], torch.Tensor] | None,
        generators: list[torch.Generator],
    ) -> None:
        self._pipe, self._call, self._given, self._on_step = pipe, call, arguments, on_step
        self._blending, self._generators = blending, generators
        self._done = 0
        self.rows = list(range(len(generators)))  # which picture of the batch each row of the latents is
        self.wanted: Sequence[int] = self.rows
        self._finite: list[bool] | None = None

    def arguments(self) -> dict[str, Any]:
        """What lets the pipeline tell of its steps, in the new and in the old form."""
        lets_go = rows_can_leave(self._pipe)

        def on_step_end(_pipe: Any, _step: int, time: Any, tensors: dict[str, Any]) -> dict[str, Any]:
            latents = tensors["latents"]
            changed = {} if self._blending is None else {"latents": self._blending(time, latents)}
            self._step(changed.get("latents", latents))
            if lets_go and len(self.wanted) < len(self.rows):
                return self._without_unwanted(tensors | changed)
            return changed

        def callback(_step: int, _time: Any, latents: torch.Tensor) -> None:
            self._step(latents)

        told: dict[str, Any] = {
            name: callback if name == "callback" else on_step_end for name in self._call.callbacks
        }
        if lets_go:
            told["callback_on_step_end_tensor_inputs"] = list(self._pipe._callback_tensor_inputs)  # noqa: SLF001
        return told

    def _without_unwanted(self, tensors: dict[str, Any]) -> dict[str, Any]:
        """What the pipeline goes on with, without the rows of pictures that nobody wants any more."""
        kept = [at for at, row in enumerate(self.rows) if row in self.wanted]
        left = rows_of(self._pipe, tensors, self._generators, kept)
        self.rows = [self.rows[at] for at in kept]
        self._finite = [finite for at, finite in enumerate(self._finite or []) if at in kept]
        return left

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Within it, the steps of a pipeline that tells of none (LongCat) are seen at its scheduler."""
        if self._call.callbacks:
            yield
            return
        scheduler = self._pipe.scheduler
        plain = scheduler.step

        def step(*args: Any, **kwargs: Any) -> Any:
            made = plain(*args, **kwargs)
            self._step(made[0])
            return made

        scheduler.step = step
        try:
            yield
        finally:
            del scheduler.step

    def finite(self, count: int) -> list[bool]:
        """Of each of `count` pictures, whether its latents were numbers when they were last seen."""
        known = self._finite
        return known if known is not None and len(known) == count else [True] * count

    def _step(self, latents: torch.Tensor) -> None:
        self._done += 1
        self._finite = latents.isfinite().flatten(1).all(1).tolist()
        if not any(self._finite):
            raise AllBroken
        of = max(self._done, self._of())
        self.wanted = self._on_step(self._done, of, latents, self.rows)

    def _of(self) -> int:
        """The steps of all stages. One loop knows better than its arguments: some schedulers go twice."""
        if len(self._call.callbacks) <= 1:
            known = getattr(self._pipe, "num_timesteps", None)
            if known is not None:
                return int(known)
        names = self._call.steps[: len(self._call.callbacks)]
        steps = {name: int(self._given.get(name) or self._call.accepted[name].default) for name in names}
        if "strength" in self._given:  # a prior knows nothing of the picture to start from
            steps["num_inference_steps"] = int(steps["num_inference_steps"] * self._given["strength"])
        return max(1, sum(steps.values()))


def per_picture(call: Call) -> frozenset[str]:
    """The arguments that a batch has one of for each picture; beside tensors, whose rows are pictures."""
    return frozenset({"prompt", "negative_prompt", "mask_image", *([] if call.for_all else ["image"])})


def _joined(call: Call, arguments: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The arguments of a batch: what belongs to a picture is given for each, the rest is the first one's."""
    own = per_picture(call)
    joined = dict(arguments[0])
    for name, value in joined.items():
        if name in own:
            joined[name] = [each[name] for each in arguments]
        elif isinstance(value, torch.Tensor):
            joined[name] = torch.cat([each[name] for each in arguments])
    return joined


def _is_out_of_memory(error: BaseException) -> bool:
    """CUDA has a class for it, the CPU allocator only words."""
    return isinstance(error, (torch.OutOfMemoryError, MemoryError)) or "allocate memory" in str(error)
