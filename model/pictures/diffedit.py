"""DiffEdit (Couairon et al. 2022, arXiv 2210.11427): edits by a pipeline that only paints from words.

Noise is put on the picture, and the network is asked for the picture without it twice: by the prompt that
says what it shows, and by the prompt that says what it is to show. Where the two answers differ is the place
that the edit is about; it is painted by the new prompt, as a region, and nothing else changes. So the model
needs no instruction, but both prompts, which the bot has anyway.

Unlike in the paper the noise within the region is the request's seed's, not found by inverting the picture:
the pictures that the bot edits are mostly its own, and were painted from that very seed.

`[image] diffedit` turns it on. Measured on TinyWorld in docs/results.md, where the numbers below were chosen
on other edits than those of its table.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

import torch
from PIL import Image, ImageStat

from model.engine import PaintRequest
from model.errors import BadRequest
from model.pictures.arguments import Canvas, arguments_for
from model.pictures.brushes import Brush
from model.pictures.decoding import png_bytes
from model.pictures.denoising import paint_batch
from model.pictures.masks import grown, png_of, thresholded

SHARE = 0.7
"""How much of the picture is noise when the network is asked: with little the prompt hardly matters, and with
nothing but noise the place of things is lost. The paper takes ten samples of noise at 0.5; here neither more
of them nor several shares found better places."""
STEPS = 0.5
"""Share of a picture's steps that its place is painted in: what stands around it says already what it looks
like. With half of them as much is done and kept, and an edit takes no longer than painting anew."""
_LEAST_STEPS = 4  # or as many as are asked for: pipelines of so few steps have none to spare
_SEED = 0  # of the noise, one for all, so that an edit does not depend on what else is asked for
_STEPS = 20  # of the schedule, of which one is taken
THRESHOLD = 0.25
"""Share of the largest difference from which on a point may change; low, since what is cut off of a thing
shows, and what is painted around it by the same seed hardly does."""
WHOLE = 0.5
"""An edit of more of the picture than this is about all of it (night, snow): it is painted anew then, by the
same seed, since spots that stay day are no use."""


def as_painting(over: Brush, request: PaintRequest, batch: int) -> PaintRequest:
    """The edit as a request to paint inside the place that it is about, or anew where that is most of the
    picture; `over` paints over pictures.

    Without a `source_prompt` the network's answer to no words stands for what the picture shows, as in the
    paper; the place is found less well. Raises BadImage for a picture that cannot be decoded, and as
    `changing` does.
    """
    canvas = Canvas.of(over, _over(over, request))
    assert canvas.source is not None, "an edit has a picture"
    mask = changing(over, canvas, request, batch)
    plain = replace(request, source_prompt="", instruction="")
    if mask.getextrema() == (255, 255):
        return replace(plain, way="repaint", init_image=None)
    # the place was found in the picture as it is painted over; a mask goes with that one
    steps = max(math.ceil(STEPS * request.steps), min(_LEAST_STEPS, request.steps))
    return replace(plain, way="region", steps=steps, init_image=png_bytes(canvas.source), mask=png_of(mask))


def changing(over: Brush, canvas: Canvas, request: PaintRequest, batch: int) -> Image.Image:
    """Where the picture of `canvas` is to change: black and white, of its size.

    Raises BadRequest where both prompts are answered alike.
    """
    found = _differences(over, canvas, request, batch)
    if not found.max() > 0:
        raise BadRequest("The prompts before and after say the same: nothing in the picture would change.")
    mask = thresholded((found / found.max()).numpy(), canvas.size, THRESHOLD)
    if ImageStat.Stat(mask).mean[0] > WHOLE * 255:
        return Image.new("L", canvas.size, 255)
    return grown(mask)


def _differences(over: Brush, canvas: Canvas, request: PaintRequest, batch: int) -> torch.Tensor:
    """How much the answers to the prompts differ at each latent, (rows, columns)."""
    words = (request.source_prompt, request.prompt)
    before, after = torch.cat(list(_after_a_step(over, canvas, words, batch))).float().cpu()
    found: torch.Tensor = (after - before).abs().mean(0)
    return found


def _after_a_step(over: Brush, canvas: Canvas, words: Sequence[str], batch: int) -> Iterator[torch.Tensor]:
    """The latents by each prompt after one step over the picture with the same noise, `batch` at once."""
    for start in range(0, len(words), batch):
        arguments = [
            arguments_for(over, replace(canvas, request=replace(canvas.request, prompt=prompt)))
            for prompt in words[start : start + batch]
        ]
        try:
            paint_batch(over.pipe, over.call, arguments, [_SEED] * len(arguments), _stop)
        except _Seen as seen:
            yield seen.latents


def _over(over: Brush, request: PaintRequest) -> PaintRequest:
    """A request to paint over the picture that is edited, without guidance: a step then needs one pass."""
    return PaintRequest(
        prompt=request.prompt, seeds=(0,), width=request.width, height=request.height, steps=_STEPS,
        guidance=0.0 if over.call.guidance is None else min(request.guidance, over.call.guides_from),
        init_image=request.init_image, way="keep", keep=1 - SHARE,
    )  # fmt: skip


class _Seen(Exception):
    """Stops a pipeline after its first step, with what it had then."""

    def __init__(self, latents: torch.Tensor) -> None:
        self.latents = latents


def _stop(_step: int, _of: int, latents: torch.Tensor, _rows: Sequence[int]) -> Sequence[int]:
    raise _Seen(latents.clone())
