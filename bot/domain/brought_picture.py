"""A picture that somebody brings to start from, and the settings that its file carries. Pure.

Such a picture is kept until it is read and no longer. What its file says about how it was painted (see
`model.pictures.png_metadata`) may come from any tool: it is cut to what this bot would paint itself.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from bot.domain.sanitize import clean

_LORA = re.compile(r"<[^<>]{1,200}>")  # AUTOMATIC1111's <lora:name:weight>, which our pipelines do not read
_LONGEST_NAME = 100  # characters of a model's name that are shown
_MULTIPLE = 8  # pixels
_SHORTEST_SIDE = 64  # pixels


@dataclass(frozen=True, slots=True)
class CarriedSettings:
    """How a picture was painted, as its file says.

    `width` and `height` are in pixels. `sampler` is called so by the tool that painted it; "" is not said.
    """

    prompt: str
    negative_prompt: str
    seed: int
    steps: int
    guidance: float
    width: int
    height: int
    model: str
    sampler: str = ""

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The settings as `to_json` gave them."""
        return cls(**stored)

    def by(self, sampler: str) -> "CarriedSettings":
        """The settings with a sampler's name from the file."""
        return replace(self, sampler=clean(sampler)[:_LONGEST_NAME])

    def to_json(self) -> dict[str, Any]:
        """The settings for a JSON column."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class BroughtPicture:
    """`sha256` names the file that is still to be read; None where its prompt is known already."""

    sha256: str | None = None
    settings: CarriedSettings | None = None


def usable_prompt(text: str, longest: int) -> str:
    """A prompt from a file in one line of at most `longest` characters, cut between two words."""
    prompt = clean(_LORA.sub(" ", text[: 20 * longest])).strip(" ,")
    if len(prompt) <= longest:
        return prompt
    return prompt[: longest + 1].rpartition(" ")[0].rstrip(" ,") or prompt[:longest]


def carried(
    *,
    prompt: str,
    negative_prompt: str,
    seed: int,
    steps: int,
    guidance: float,
    size: tuple[int, int],
    model: str,
    longest: int,
) -> CarriedSettings | None:
    """What a file says, with texts of at most `longest` characters; None for numbers that paint nothing."""
    width, height = size
    if not (0 < width <= 16384 and 0 < height <= 16384 and 0 < steps <= 1000 and 0 <= guidance <= 100):
        return None
    return CarriedSettings(
        usable_prompt(prompt, longest),
        usable_prompt(negative_prompt, longest),
        seed % 2**32,  # ComfyUI's seeds have 64 bits
        steps,
        guidance,
        width,
        height,
        clean(model)[:_LONGEST_NAME],
    )


def fitted(width: int, height: int, area: int) -> tuple[int, int]:
    """A size of the same shape with at most `area` pixels, sides in multiples of 8, none twice the other."""
    width, height = min(width, 2 * height), min(height, 2 * width)
    scale = min(1.0, (area / (width * height)) ** 0.5)
    return _side(width * scale), _side(height * scale)


def _side(pixels: float) -> int:
    return max(_SHORTEST_SIDE, int(pixels / _MULTIPLE) * _MULTIPLE)
