"""What a request to paint may say, by its way: checked once, wherever it comes in.

Nothing here loads a model library, so that an engine whose models are elsewhere asks it too.
"""

from dataclasses import fields
from typing import Any

from model.engine import PaintRequest, Way
from model.errors import BadRequest

MOST_PICTURES = 4
"""How many pictures one edit may look at; FLUX.2 and Qwen-Image-Edit were shown with up to as many."""

LARGEST_SIDE = 4096
"""Pixels of the longer side of the largest picture."""

_MOST_SEED = 2**63 - 1
_NEEDED: dict[Way, tuple[str, ...]] = {
    "repaint": (),
    "keep": ("init_image", "keep"),
    "edit": ("init_image", "instruction"),
    "region": ("init_image", "mask"),
}
_TAKEN: dict[Way, tuple[str, ...]] = {
    "repaint": ("negative_prompt",),
    "keep": ("negative_prompt",),
    "edit": ("more_images", "picture_guidance", "source_prompt"),
    "region": ("negative_prompt", "keep", "instruction"),
}
_OF_SOME_WAYS = {name for names in (*_NEEDED.values(), *_TAKEN.values()) for name in names}


def check(request: PaintRequest) -> None:
    """Raise BadRequest when a number is out of range, or a field and the way do not go together."""
    wrong = [*_numbers(request), *_fields(request)]
    if wrong:
        raise BadRequest(f"The picture cannot be painted like this: {'; '.join(wrong)}.")


def _numbers(request: PaintRequest) -> list[str]:
    problems = {
        "at least one seed is needed": not request.seeds,
        f"seeds are 0 to {_MOST_SEED}": any(not 0 <= seed <= _MOST_SEED for seed in request.seeds),
        f"width and height are multiples of 8 from 64 to {LARGEST_SIDE}": any(
            not 64 <= side <= LARGEST_SIDE or side % 8 for side in (request.width, request.height)
        ),
        "steps are 1 to 500": not 1 <= request.steps <= 500,
        "guidance is 0 to 50": not 0 <= request.guidance <= 50,
        "keep is above 0 and at most 1": request.way == "keep" and not 0 < request.keep <= 1,
        "keep is at least 0 and below 1": request.way == "region" and not 0 <= request.keep < 1,
        "picture_guidance is 1 to 50": (
            request.picture_guidance is not None and not 1 <= request.picture_guidance <= 50
        ),
        f"an edit looks at {MOST_PICTURES} pictures at most": (
            len(request.more_images) + (request.way == "edit" and request.reference is not None)
            >= MOST_PICTURES
        ),
        "reference_weight is 0 to 1": (
            request.reference_weight is not None and not 0 <= request.reference_weight <= 1
        ),
    }
    return [rule for rule, broken in problems.items() if broken]


def _fields(request: PaintRequest) -> list[str]:
    if request.way not in _NEEDED:
        return [f'there is no way "{request.way}"']
    given = _given(request)
    needed, taken = _NEEDED[request.way], _TAKEN[request.way]
    missing = [f'way "{request.way}" needs {name}' for name in needed if name not in given and name != "keep"]
    useless = sorted((given & _OF_SOME_WAYS) - {*needed, *taken})
    if "reference" not in given and given & {"reference_as", "reference_weight"}:
        missing.append("reference_as and reference_weight need a reference")
    if request.upscale and "reference" in given:
        missing.append("the upscaler has no use for a reference")
    return [*missing, *(f'way "{request.way}" has no use for {name}' for name in useless)]


def _given(request: PaintRequest) -> set[str]:
    """The names of the fields that were set."""
    values: dict[str, Any] = {field.name: getattr(request, field.name) for field in fields(request)}
    plain = {field.name: field.default for field in fields(request)}
    return {name for name, value in values.items() if value != plain[name]}
