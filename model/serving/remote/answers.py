"""Reading pictures that a server elsewhere sent: nothing of it is believed before it was looked at.

An answer is JSON (`data` with `b64_json`) or a stream of server-sent events. Events are OpenAI's
(`image_generation.partial_image`, `image_generation.completed`, `image_edit.…`; page "Image streaming"), our
own `image_generation.progress`, and vLLM-Omni's last chunk of an edit, which holds `data` like the JSON.
"""

import base64
import binascii
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from PIL import Image

from model.engine import PaintProgress, PaintRequest, Picture
from model.errors import BadAnswer, BadImage, EngineUnreachable
from model.pictures.decoding import MAX_PIXELS, check_picture, decode_picture, png_bytes
from model.pictures.png_metadata import Parameters, encode_png, read_parameters

GRAIN = 64
"""Pixels by which a side may differ from what was asked for: pipelines round to what their latents need."""
_PNG = b"\x89PNG\r\n\x1a\n"
_PREVIEW = 256  # pixels of a side; a status line shows no more
_MOST_PREVIEW = 8 * 2**20  # characters of base64
_MOST_STEPS = 10_000
_WORDS = 200  # characters of a reason


@dataclass(frozen=True, slots=True)
class Sent:
    """One picture as it came: base64, and what the server says of it."""

    b64: str
    seed: int | None
    unsafe: str


@dataclass(slots=True)
class Answer:
    """All that a server sent: pictures in order, and why others were kept back."""

    pictures: list[Sent] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    def take(self, fields: object) -> None:
        """Add what a JSON answer, or an event like one, holds. Raises BadAnswer."""
        data = fields.get("data") if isinstance(fields, Mapping) else None
        if not isinstance(fields, Mapping) or not isinstance(data, list):
            raise BadAnswer("The answer holds no pictures: check the address.")
        self.pictures += [_sent(item) for item in data]
        self.take_refusals(fields)

    def take_refusals(self, fields: Mapping[str, Any]) -> None:
        """Add why pictures were kept back, where the server says so."""
        refusals = fields.get("refusals")
        self.refusals += [str(why)[:_WORDS] for why in refusals] if isinstance(refusals, list) else []


def _sent(item: object) -> Sent:
    """One entry of `data`. Raises BadAnswer."""
    if not isinstance(item, Mapping) or not isinstance(b64 := item.get("b64_json"), str):
        # An address is not fetched, not even one of the same server: whoever answers could so make the bot
        # fetch from its own network, and every server that is meant here sends the picture itself
        what = "an address" if isinstance(item, Mapping) and item.get("url") else "something"
        raise BadAnswer(f"The server sent {what} instead of a picture: it must send b64_json.")
    seed, unsafe = item.get("seed"), item.get("unsafe")
    # true is an int to Python, and would be shown as the seed
    return Sent(b64, seed if type(seed) is int else None, str(unsafe)[:_WORDS] if unsafe else "")


async def from_events(
    events: AsyncIterator[Any], count: int, steps: int, report: Callable[[int, int, str], None]
) -> Answer:
    """The pictures of a stream. `report` is given step, steps, and the base64 of a preview or "".

    Raises EngineUnreachable when the stream ends before `count` pictures came, or BadAnswer.
    """
    answer, at = Answer(), (0, steps)
    async for event in events:
        if not isinstance(event, Mapping):
            raise BadAnswer("The stream holds something that is no event.")
        kind = str(event.get("type"))
        if kind.endswith(".progress"):
            at = _step(event, at)
            report(*at, "")
        elif kind.endswith(".partial_image"):
            report(*at, str(event.get("b64_json", "")))
        elif kind.endswith(".completed"):
            answer.pictures.append(_sent(event))
            answer.take_refusals(event)
        elif "data" in event:
            answer.take(event)
    if len(answer.pictures) + len(answer.refusals) < count:
        raise EngineUnreachable("The server ended its answer in the middle.")
    return answer


def _step(event: Mapping[str, Any], before: tuple[int, int]) -> tuple[int, int]:
    """The step and steps that an event tells, or those before where it makes no sense."""
    step, of = event.get("step"), event.get("of")
    sensible = isinstance(step, int) and isinstance(of, int) and 0 < step <= of <= _MOST_STEPS
    return (step, of) if sensible else before  # type: ignore[return-value]  # both are int then


def picture(sent: Sent, seed: int, request: PaintRequest, model: str) -> Picture:
    """The picture, with its parameters in the PNG. Takes a moment: call it in a thread.

    Raises BadAnswer for what is no sound PNG of about the size that was asked for.
    """
    png = _unpacked(sent.b64)
    if not png.startswith(_PNG):
        raise BadAnswer("The server sent something that is no PNG.")
    wanted = request.width, request.height
    try:
        size = check_picture(png, MAX_PIXELS)  # looks at its header and checksums, unpacks nothing
        if any(abs(got - asked) >= GRAIN for got, asked in zip(size, wanted, strict=True)):
            sizes = f"{size[0]}x{size[1]} instead of {wanted[0]}x{wanted[1]}"
            raise BadAnswer(f"The server sent a picture of {sizes} pixels: set the size it makes in [image].")
        if read_parameters(png) is None:
            # only servers of ours write them; the picture's own words are what /imagine image: goes on from
            png = encode_png(decode_picture(png), _parameters(request, seed, size, model))
    except BadImage as error:
        raise BadAnswer(f"The server sent a picture that is damaged ({error})") from error
    return Picture(png, seed, *size, unsafe=sent.unsafe)


def _unpacked(b64: str) -> bytes:
    try:
        return base64.b64decode(b64, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadAnswer("The server sent a picture that is cut off or no base64.") from error


def _parameters(request: PaintRequest, seed: int, size: tuple[int, int], model: str) -> Parameters:
    return Parameters(
        prompt=request.prompt,
        negative_prompt=request.negative_prompt,
        steps=request.steps,
        sampler=request.scheduler,  # that of the model itself is the server's to know
        guidance=request.guidance,
        seed=seed,
        size=size,
        model=model,
        keep=request.keep if request.way == "keep" else 0.0,
        way=request.way if request.way in ("edit", "region") else "",
        instruction=request.instruction,
    )


def preview(step: int, of: int, b64: str) -> PaintProgress:
    """Progress with a small preview; without one where there is none that can be shown."""
    if not b64 or len(b64) > _MOST_PREVIEW:
        return PaintProgress(step, of)
    try:
        png = _unpacked(b64)
        image = decode_picture(png)
        if not png.startswith(_PNG) or max(image.size) > _PREVIEW:
            png = _small(image)
    except (BadAnswer, BadImage):
        return PaintProgress(step, of)
    return PaintProgress(step, of, png)


def _small(image: Image.Image) -> bytes:
    image.thumbnail((_PREVIEW, _PREVIEW))
    return png_bytes(image)
