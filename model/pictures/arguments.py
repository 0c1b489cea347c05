"""What a pipeline is called with for a request: its pictures at the right size, its numbers, its words."""

import math
from dataclasses import dataclass
from typing import Any

from PIL import Image

from model.engine import PaintRequest
from model.errors import BadRequest
from model.pictures.blending import Blend
from model.pictures.brushes import Brush
from model.pictures.decoding import decode_picture
from model.pictures.families import Call
from model.pictures.long_prompts import prompt_arguments
from model.pictures.masks import fitted, pasted, read_mask
from model.pictures.references import ENOUGH, adapter_arguments, read_reference, said_with_reference

_LEAST_STRENGTH = 0.02  # less noise than this changes nothing that can be seen
_TRUE_GUIDANCE = 2.0
_LEAST_BESIDE = 64  # pixels; FLUX.2 refuses smaller ones


@dataclass(frozen=True, slots=True)
class Canvas:
    """A request's pictures, decoded: what is painted over, and the mask.

    `painted` is the size that the pipeline paints, a multiple of its grain; `size` that of the picture that
    comes out, which inside a mask is the request's own.
    """

    request: PaintRequest
    size: tuple[int, int]
    painted: tuple[int, int]
    source: Image.Image | None = None
    mask: Image.Image | None = None

    @classmethod
    def of(cls, brush: Brush, request: PaintRequest) -> "Canvas":
        """Raises BadImage for what cannot be decoded, BadRequest for a mask that does not fit."""
        painted = _grained(brush.pipe, request.width, request.height)
        size = (request.width, request.height) if request.mask is not None else painted
        if request.init_image is None:
            return cls(request, size, painted)
        source = decode_picture(request.init_image)
        mask = None if request.mask is None else fitted(read_mask(request.mask, source.size), size)
        if mask is not None and mask.getbbox() is None:
            raise BadRequest("Nothing of the mask is left at the size that was asked for: make it larger.")
        return cls(request, size, painted, fitted(source, size), mask)

    def blend(self, call: Call) -> Blend | None:
        """What keeps the picture outside of the mask while it is painted, where the call takes no mask."""
        if self.mask is None or self.source is None or "mask_image" in call.accepted:
            return None
        return Blend(fitted(self.source, self.painted), fitted(self.mask, self.painted))

    def finished(self, image: Image.Image) -> Image.Image:
        """What was painted, at `size`; with a mask, the source where nothing may change."""
        if self.mask is None or self.source is None:
            return image
        return pasted(image, self.source, self.mask)


def arguments_for(brush: Brush, canvas: Canvas) -> dict[str, Any]:
    """All arguments of one picture but its seed. Raises BadImage or BadRequest."""
    pipe, call, request = brush.pipe, brush.call, canvas.request
    width, height = canvas.painted
    arguments = _pictures(brush, canvas)
    steps = request.steps
    if request.way in ("keep", "region"):
        steps, arguments["strength"] = schedule(request.steps, request.keep)
    if "width" in call.accepted:  # else the size is that of the picture it starts from
        arguments |= {"width": width, "height": height}
    if "max_area" in call.accepted:  # FLUX.1 Kontext makes every size one of that area
        arguments["max_area"] = width * height
    if "_auto_resize" in call.accepted and canvas.source is not None:
        arguments["_auto_resize"] = False  # else the picture is made one of a million pixels first
    arguments[call.steps[0]] = steps
    if "original_inference_steps" in call.accepted and "strength" in arguments:
        # LCM takes its steps from the last `strength` of these, which must be as many
        arguments["original_inference_steps"] = max(50, math.ceil(steps / arguments["strength"]) + 1)
    arguments |= _guidance(call, request)
    negative = request.negative_prompt
    if not negative and call.needs_negative and request.guidance > call.guides_from:
        negative = " "
    words = request.instruction if call.instructed and request.instruction else request.prompt
    if request.reference is not None and brush.adapter is not None:
        arguments |= adapter_arguments(read_reference(request.reference))
    elif request.reference is not None:
        words = said_with_reference(words, request)
    return arguments | prompt_arguments(pipe, words, negative)


def _pictures(brush: Brush, canvas: Canvas) -> dict[str, Any]:
    """The picture to start from, those beside it, and the mask, at the size that is painted."""
    beside = list(canvas.request.more_images)
    if canvas.request.reference is not None and brush.adapter is None:
        beside.append(canvas.request.reference)
    if canvas.source is None:
        return {"image": [_beside(data) for data in beside]} if beside else {}
    source: Any = fitted(canvas.source, canvas.painted)
    if beside:
        source = [source, *map(_beside, beside)]
    if canvas.mask is None or "mask_image" not in brush.call.accepted:
        return {"image": source}
    return {"image": source, "mask_image": fitted(canvas.mask, canvas.painted)}


def _beside(data: bytes) -> Image.Image:
    picture = decode_picture(data, enough=ENOUGH)
    picture.thumbnail((ENOUGH, ENOUGH))
    if min(picture.size) < _LEAST_BESIDE:
        raise BadRequest(f"A picture beside the first needs {_LEAST_BESIDE} pixels a side, and a fair shape.")
    return picture


def _guidance(call: Call, request: PaintRequest) -> dict[str, Any]:
    arguments: dict[str, Any] = {}
    if call.guidance is not None:
        arguments[call.guidance] = request.guidance
    if call.guidance and "guidance_schedule" in call.accepted:
        arguments["guidance_schedule"] = None  # Ideogram 4 has one of 48 steps by default, and takes one
    if request.negative_prompt and call.separate_negative:
        # FLUX.1 has its guidance built in; only true guidance beside it looks at a negative prompt
        arguments["true_cfg_scale"] = _TRUE_GUIDANCE
    if call.picture_guidance is not None and request.picture_guidance is not None:
        arguments[call.picture_guidance] = request.picture_guidance
    return arguments


def _grained(pipe: Any, width: int, height: int) -> tuple[int, int]:
    """Width and height, rounded down to what the pipeline's latents need."""
    grain = getattr(pipe, "vae_scale_factor", 8)
    if getattr(pipe, "transformer", None) is not None:
        grain *= 2  # its patches are two latents wide
    return max(grain, width // grain * grain), max(grain, height // grain * grain)


def schedule(steps: int, keep: float) -> tuple[int, float]:
    """(schedule length, strength) of a run over a picture that keeps the share `keep` of it.

    The pipelines run only `strength` of the schedule; it is lengthened until that is one step at least.
    """
    strength = max(_LEAST_STRENGTH, 1 - keep)
    return max(steps, math.ceil(1 / strength + 1e-6)), strength
