"""What a painted picture becomes before it is given out: its right size, looked at, and written as a PNG.

Files are written in threads, as Pillow and zlib let go of the interpreter meanwhile, while the check looks at
the next picture. What the check has not let through is thrown away, written or not.
"""

import time
from collections.abc import Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass

from PIL import Image, ImageOps

from model.engine import PaintRequest, PaintResult, Picture
from model.errors import BrokenPicture, PictureRefused
from model.pictures.brushes import Brush
from model.pictures.decoding import png_bytes
from model.pictures.denoising import Painted
from model.pictures.orders import Order
from model.pictures.png_metadata import Parameters, encode_png
from model.pictures.safety import PictureCheck


@dataclass(frozen=True, slots=True)
class _Draft:
    """A picture that was let through, whose file is being written."""

    seed: int
    size: tuple[int, int]
    unsafe: str
    file: "Future[bytes]"

    def picture(self) -> Picture:
        return Picture(self.file.result(), self.seed, *self.size, unsafe=self.unsafe)


def finish(
    orders: Sequence[Order | Exception], safety: PictureCheck | None, started: float
) -> list[PaintResult | Exception]:
    """What becomes of each request: its pictures, without those that were refused or broke, or an error.

    `started` is when the work on them began, by `time.perf_counter`.
    """
    with ThreadPoolExecutor(thread_name_prefix="png") as writers:
        drafts = [_drafts(order, safety, writers) if isinstance(order, Order) else [] for order in orders]
        return [
            _result(order, own, started) if isinstance(order, Order) else order
            for order, own in zip(orders, drafts, strict=True)
        ]


def _drafts(
    order: Order, safety: PictureCheck | None, writers: Executor
) -> list[_Draft | PictureRefused | BrokenPicture]:
    """The pictures of a request, or why one is not given out; none where the request failed."""
    drafts: list[_Draft | PictureRefused | BrokenPicture] = []
    if order.error is not None:
        return drafts
    for painted, seed in zip(order.painted, order.request.seeds, strict=True):
        try:
            drafts.append(_draft(painted, seed, order, safety, writers))
        except (PictureRefused, BrokenPicture) as refused:
            drafts.append(refused)
    return drafts


def _draft(
    painted: Painted, seed: int, order: Order, safety: PictureCheck | None, writers: Executor
) -> _Draft:
    request, brush, canvas = order.request, order.brush, order.canvas
    if painted.flaw == "checker":
        raise PictureRefused("The pipeline's own safety checker refused the picture: change the prompt.")
    if painted.image is None:
        raise BrokenPicture(_broken(request))
    # HunyuanDiT paints the nearest of the sizes that it was trained on (`use_resolution_binning`)
    image = canvas.finished(ImageOps.fit(painted.image, canvas.size))
    file = writers.submit(encode_png, image, _parameters(brush, request, seed, image.size))
    return _Draft(seed, image.size, unsafe(image, request, safety), file)


def shown(safety: PictureCheck | None, image: Image.Image) -> bytes | None:
    """The file of a preview; None for one that the check refuses, which nobody is shown, marked or not."""
    try:
        if safety is not None:
            safety.check(image)
    except PictureRefused:
        return None
    return png_bytes(image)


def unsafe(image: Image.Image, request: PaintRequest, safety: PictureCheck | None) -> str:
    """What the check has against the picture, "" for nothing.

    Raises PictureRefused where the request does not want such a one.
    """
    try:
        if safety is not None:
            safety.check(image)
    except PictureRefused as refused:
        if request.unsafe == "refuse":
            raise
        return str(refused)
    return ""


def _result(
    order: Order, drafts: Sequence[_Draft | PictureRefused | BrokenPicture], started: float
) -> PaintResult | Exception:
    if order.error is not None:
        return order.error
    pictures = tuple(draft.picture() for draft in drafts if isinstance(draft, _Draft))
    refusals = [draft for draft in drafts if not isinstance(draft, _Draft)]
    if not pictures:
        return refusals[0]
    seconds = time.perf_counter() - started
    return PaintResult(pictures, _name(order.brush, order.request), seconds, tuple(map(str, refusals)))


def _parameters(brush: Brush, request: PaintRequest, seed: int, size: tuple[int, int]) -> Parameters:
    return Parameters(
        prompt=request.prompt,
        negative_prompt=request.negative_prompt,
        steps=request.steps,
        sampler=(request.scheduler or type(brush.pipe.scheduler).__name__).removesuffix("Scheduler"),
        guidance=request.guidance,
        seed=seed,
        size=size,
        model=_name(brush, request),
        keep=request.keep if request.way == "keep" else 0.0,
        way=request.way if request.way in ("edit", "region") else "",
        instruction=request.instruction,
        reference=request.reference_as if request.reference is not None else "",
    )


def _name(brush: Brush, request: PaintRequest) -> str:
    return f"{brush.name} + {request.lora}" if request.lora else brush.name


def _broken(request: PaintRequest) -> str:
    lora = f', leave the LoRA "{request.lora}" away' if request.lora else ""
    return (
        "The picture came out broken: its numbers are not finite, or it is one flat colour. Set dtype = "
        f'"bfloat16" or "float32" in [image]{lora}, or take another VAE, scheduler or guidance.'
    )
