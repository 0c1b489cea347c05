"""Pictures: the bodies of generations and edits, and the request to paint that they become.

Fields beside OpenAI's own are named as vLLM-Omni and SGLang Diffusion name them in their routes (`seed`,
`num_inference_steps`, `guidance_scale`, `negative_prompt`); `strength` is diffusers' word for edits, and
`image_guidance_scale` its word for how closely an edit stays with its picture. `instruction` and `scheduler`
are our own.
"""

import math
import re
import secrets
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from model.engine import Capabilities, PaintRequest, Way
from model.language.prompt import one_line
from model.overlay import overlaid
from model.pictures.decoding import check_picture
from model.serving.openai_server.protocol.bodies import MOST_SEED, Body, Seed, Text
from model.serving.openai_server.protocol.errors import refused
from model.serving.openai_server.protocol.files import Files
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
    scheduler: Annotated[str, Field(min_length=1, max_length=100)] | None = None
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
    """The fields of `POST /v1/images/edits` that are honoured, without the pictures themselves.

    With an `instruction` the `prompt` says what the finished picture shows, and `source_prompt` what it shows
    now.
    """

    neutral: ClassVar = _NEUTRAL | {"markup": (), "input_fidelity": ("low",)}

    strength: Annotated[float, Field(gt=0, le=1)] | None = None
    instruction: Annotated[Line, Field(min_length=1)] | None = None
    source_prompt: Annotated[Line, Field(min_length=1)] | None = None
    image_guidance_scale: Annotated[float, Field(ge=1, le=50)] | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request to paint, and how its answer is to come; `partials` is how many previews at most."""

    paint: PaintRequest
    kind: Literal["image_generation", "image_edit"]
    stream: bool
    partials: int


def generation(body: GenerationBody, settings: ImageSettings, lora: str, model: str = "") -> Wanted:
    """Pictures from words alone. Raises ApiError (400)."""
    return _wanted(body, "image_generation", settings, lora, model)


def edit(
    body: EditBody, files: Files, settings: ImageSettings, lora: str, able: Capabilities, model: str = ""
) -> Wanted:
    """Pictures from a picture. Raises ApiError (400), and BadImage for one that cannot be decoded.

    The way follows from what is there: a mask asks for its region, an instruction for an edit, a strength for
    painting over the picture. With the prompt alone, as OpenAI's clients write their instruction, an engine
    that edits does that, and others paint over the picture with `USUAL_STRENGTH`.

    Looks through the whole picture's checksums, so it is called in a thread. Without a size the picture keeps
    its shape, at about the pipeline's usual number of pixels; with a mask its size, if that can be painted.
    """
    way = _way(body, files, able)
    _refuse_what_has_no_use(way, body, files, able)
    wide, high = check_picture(files.images[0], MOST_PIXELS)
    if body.size in (None, "auto"):
        exact = way == "region" and _can_be_painted(wide, high)
        fitted = _fitted(wide, high, settings.width * settings.height)
        settings = settings.model_copy(update={"width": wide, "height": high} if exact else fitted)
    if way == "edit":
        steps, guidance = settings.numbers("edit")
        # what the settings keep out of pictures is for the painter: an edit reads no negative prompt
        own = {"steps": steps, "guidance": guidance, "negative_prompt": ""}
        settings = settings.model_copy(update=own)
    return _wanted(body, "image_edit", settings, lora, model, **_changed(way, body, files))


def _way(body: EditBody, files: Files, able: Capabilities) -> Way:
    if files.mask is not None:
        return "region"
    # a prompt alone is an instruction, and no use to an engine that edits by the prompts before and after
    follows = able.edit and not able.by_prompts and body.strength is None
    return "edit" if body.instruction or follows else "keep"


def _refuse_what_has_no_use(way: Way, body: EditBody, files: Files, able: Capabilities) -> None:
    """Raise ApiError for what the engine cannot do, and for fields without effect in this way."""
    if way == "region" and not able.region:
        raise refused("mask", "mask: the picture model here cannot paint inside one.")
    if way == "edit" and not able.edit:
        raise refused("instruction", "instruction: the picture model here follows none on pictures.")
    if len(files.images) > 1 and not (way == "edit" and able.several_pictures):
        raise refused("image", "image: exactly one is needed here, one picture is changed at a time.")
    if body.image_guidance_scale is not None and way != "edit":
        raise refused("image_guidance_scale", "image_guidance_scale: only edits by instruction have it.")
    if body.source_prompt is not None and way != "edit":
        raise refused("source_prompt", "source_prompt: only edits have a use for it; send instruction too.")
    for name in ("strength", "negative_prompt"):
        if way == "edit" and getattr(body, name):
            raise refused(name, f"{name}: an edit by instruction has none, leave it out.")


def _changed(way: Way, body: EditBody, files: Files) -> dict[str, Any]:
    """The fields of the request that its way has beside all others.

    Strength 1 over a picture forgets it: it is painted from the words alone then, which is what diffusers'
    full noise comes to.
    """
    if way == "edit":
        words = body.instruction or body.prompt
        scale = body.image_guidance_scale
        fields: dict[str, Any] = {"instruction": words, "picture_guidance": scale}
        fields["source_prompt"] = body.source_prompt or ""
        return fields | {"way": way, "init_image": files.images[0], "more_images": files.images[1:]}
    strength = body.strength or (1.0 if way == "region" else USUAL_STRENGTH)
    # 1 - 0.7 is 0.30000000000000004, and the picture's metadata would say so
    over = {"way": way, "init_image": files.images[0], "keep": round(1 - strength, 6)}
    if way == "region":
        return over | {"mask": files.mask, "instruction": body.instruction or ""}
    return over if over["keep"] else {}


def _can_be_painted(wide: int, high: int) -> bool:
    return all(_LEAST <= side <= _MOST and side % _GRAIN == 0 for side in (wide, high))


def _wanted(
    body: PictureBody,
    kind: Literal["image_generation", "image_edit"],
    settings: ImageSettings,
    lora: str,
    model: str,
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
        model=model,
        scheduler=body.scheduler or "",
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
