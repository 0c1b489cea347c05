"""Pictures: the bodies of generations and edits, and the request to paint that they become.

Fields beside OpenAI's own are named as vLLM-Omni and SGLang Diffusion name them in their routes (`seed`,
`num_inference_steps`, `guidance_scale`, `negative_prompt`); `strength` is diffusers' word for edits.
"""

import math
import re
import secrets
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from model.engine import PaintRequest
from model.language.prompt import one_line
from model.overlay import overlaid
from model.pictures.decoding import check_picture
from model.serving.openai_server.protocol.bodies import MOST_SEED, Body, Seed, Text
from model.serving.openai_server.protocol.errors import refused
from model.settings import ImageSettings

MOST_PICTURES = 10  # OpenAI's own limit of `n`
USUAL_STRENGTH = 0.6  # as `python -m model paint --start`: 40 % of the picture is kept
MOST_PIXELS = 16_000_000  # of a picture to start from, as in the bot
_GRAIN, _LEAST, _MOST = 8, 64, 2048  # sides of `ImageSettings.width` and `height`, in pixels

_NEUTRAL: dict[str, tuple[object, ...]] = {
    "background": ("auto", "opaque"), "moderation": ("auto",), "quality": ("auto", "standard"), "style": (),
    "output_format": ("png",), "output_compression": (100, "100"), "response_format": ("b64_json",),
    "complexity": (), "frame_count": (), "frame_duration_ms": (), "svg": (), "lora": (), "true_cfg_scale": (),
}  # fmt: skip


def _is_size(text: str) -> str:
    if not re.fullmatch(r"[1-9][0-9]{1,4}x[1-9][0-9]{1,4}|auto", text):
        raise PydanticCustomError("size", "Give it as WIDTHxHEIGHT in pixels, such as 512x512, or as auto")
    return text


def _not_empty(text: str) -> str:
    if not text:
        raise PydanticCustomError("empty", "Say what the picture is to show")
    return text


# On one line and without control characters: a line of its own could pass for another entry of the picture's
# metadata, whose format has one entry a line
Line = Annotated[Text, AfterValidator(one_line)]


class PictureBody(Body):
    """What generations and edits have in common."""

    prompt: Annotated[Line, AfterValidator(_not_empty)]
    model: Annotated[str, Field(min_length=1, max_length=300)] | None = None
    n: Annotated[int, Field(ge=1, le=MOST_PICTURES)] | None = None
    size: Annotated[str, AfterValidator(_is_size)] | None = None
    seed: Seed | None = None
    seeds: Annotated[tuple[Seed, ...], Field(min_length=1, max_length=MOST_PICTURES)] | None = None
    num_inference_steps: int | None = None
    guidance_scale: float | None = None
    negative_prompt: Line | None = None
    unsafe: Literal["refuse", "mark"] | None = None
    stream: bool | None = None
    partial_images: Annotated[int, Field(ge=0, le=3)] | None = None

    @model_validator(mode="after")
    def _one_seed_each(self) -> Self:
        if self.seeds is not None and self.n not in (None, len(self.seeds)):
            raise PydanticCustomError("seeds", "n and the number of seeds differ")
        return self

    def all_seeds(self) -> tuple[int, ...]:
        """One seed for each picture: those given, or `seed` and those after it, or random ones.

        Random seeds have 32 bits, which every tool that shows them takes.
        """
        if self.seeds is not None:
            return self.seeds
        first = secrets.randbelow(2**32) if self.seed is None else self.seed
        # the last seeds there are go on from 0, so that no number asks for a picture that cannot be
        return tuple((first + i) % (MOST_SEED + 1) for i in range(self.n or 1))


class GenerationBody(PictureBody):
    """The fields of `POST /v1/images/generations` that are honoured."""

    neutral: ClassVar = _NEUTRAL | {"strength": (), "image": (), "mask": ()}


class EditBody(PictureBody):
    """The fields of `POST /v1/images/edits` that are honoured, without the picture itself."""

    neutral: ClassVar = _NEUTRAL | {"mask": (), "markup": (), "input_fidelity": ("low",)}

    strength: Annotated[float, Field(gt=0, le=1)] | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request to paint, and how its answer is to come; `partials` is how many previews at most."""

    paint: PaintRequest
    kind: Literal["image_generation", "image_edit"]
    stream: bool
    partials: int


def generation(body: GenerationBody, settings: ImageSettings, lora: str) -> Wanted:
    """Pictures from words alone. Raises ApiError (400)."""
    return _wanted(body, "image_generation", settings, lora)


def edit(body: EditBody, image: bytes, settings: ImageSettings, lora: str) -> Wanted:
    """Pictures over a picture. Raises ApiError (400), and BadImage for one that cannot be decoded.

    Looks through the whole picture's checksums, so it is called in a thread. Strength 1 forgets the picture:
    it is painted from the words alone then, which is what diffusers' full noise comes to. Without a size the
    picture keeps its shape, at about the pipeline's usual number of pixels.
    """
    wide, high = check_picture(image, MOST_PIXELS)
    if body.size in (None, "auto"):
        area = settings.width * settings.height
        settings = settings.model_copy(update=_fitted(wide, high, area))
    strength = USUAL_STRENGTH if body.strength is None else body.strength
    # 1 - 0.7 is 0.30000000000000004, and the picture's metadata would say so
    keep = round(1 - strength, 6)
    over: dict[str, Any] = {"init_image": image, "keep": keep} if keep > 0 else {}
    return _wanted(body, "image_edit", settings, lora, **over)


def _wanted(
    body: PictureBody,
    kind: Literal["image_generation", "image_edit"],
    settings: ImageSettings,
    lora: str,
    **over: Any,
) -> Wanted:
    chosen = _chosen(body, settings)
    if body.partial_images and not settings.previews:
        raise refused("partial_images", "No previews are made here ([image] previews is off): send 0.")
    request = PaintRequest(
        prompt=body.prompt,
        seeds=body.all_seeds(),
        width=chosen.width,
        height=chosen.height,
        steps=chosen.steps,
        guidance=chosen.guidance,
        negative_prompt=chosen.negative_prompt,
        lora=lora,
        unsafe=body.unsafe or "refuse",
        **over,
    )
    return Wanted(request, kind, bool(body.stream), body.partial_images or 0)


def _chosen(body: PictureBody, settings: ImageSettings) -> ImageSettings:
    """The settings with the request's numbers over them, in the settings' own ranges."""
    values: dict[str, Any] = {
        "steps": body.num_inference_steps,
        "guidance": body.guidance_scale,
        "negative_prompt": body.negative_prompt,
    }
    if body.size not in (None, "auto"):
        values["width"], values["height"] = map(int, str(body.size).split("x"))
    try:
        return overlaid(settings, {name: value for name, value in values.items() if value is not None})
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        ours = str(first["loc"][0])
        param = {"steps": "num_inference_steps", "guidance": "guidance_scale"}.get(ours, "size")
        what = f"size ({ours})" if param == "size" else param
        raise refused(param, f"{what}: {first['msg']}.") from error


def _fitted(wide: int, high: int, area: int) -> dict[str, int]:
    """Width and height of about `area` pixels in the shape of a picture, within what can be painted."""
    scale = math.sqrt(area / (wide * high))

    def side(pixels: int) -> int:
        return min(_MOST, max(_LEAST, round(pixels * scale / _GRAIN) * _GRAIN))

    return {"width": side(wide), "height": side(high)}
