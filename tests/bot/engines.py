"""A small engine that really works: it edits by joining words and draws shapes from the prompt and seed."""

import asyncio
import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass, field

from PIL import Image, ImageDraw

from model.engine import (
    Capabilities,
    EditRequest,
    EditResult,
    EngineInfo,
    OnProgress,
    PainterInfo,
    PaintProgress,
    PaintRequest,
    PaintResult,
    Picture,
)
from model.errors import PictureRefused
from model.pictures.decoding import decode_picture

LLM = "sketch-llm"
PAINTER = "sketch-painter"
TALK = ("nice!", "lol", "I love it")


def sketch(prompt: str, seed: int, width: int, height: int) -> bytes:
    """The same PNG for the same prompt, seed and size, and another one for any other."""
    picture = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(picture)
    digest = hashlib.sha256(f"{prompt}|{seed}".encode()).digest()
    for at in range(0, 28, 7):
        x, y, w, h, *colour = digest[at : at + 7]
        left, top = x * width // 256, y * height // 256
        draw.rectangle((left, top, left + w * width // 512, top + h * height // 512), fill=tuple(colour))
    draw.point([(n % width, n // width) for n in digest], fill="white")
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


@dataclass
class SketchEngine:
    """An `Engine` in this process, without models.

    `step_s` is the time of a denoising step. `edit_errors` and `paint_errors` are raised one after the other
    by the next calls. With `gate`, painting waits until it is set; `begun` counts up with every painting
    begun, so that a test can wait for it. `edits`, `paints`, `described` list the requests, and `order` says
    which picture was described or painted after which. `unsafe` is what a check of pictures finds in the one
    of a seed. `able` is what it can do, `languages` what its language model reads.
    """

    step_s: float = 0.0
    gate: asyncio.Event | None = None
    begun: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    edit_errors: list[Exception] = field(default_factory=list)
    paint_errors: list[Exception] = field(default_factory=list)
    edits: list[EditRequest] = field(default_factory=list)
    paints: list[PaintRequest] = field(default_factory=list)
    described: list[bytes] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    draw: Callable[[str, int, int, int], bytes] = sketch
    unsafe: Callable[[int], str] = lambda seed: ""
    painter: str = PAINTER
    models: dict[str, PainterInfo] = field(default_factory=dict)
    able: Capabilities = field(default_factory=Capabilities)
    languages: tuple[str, ...] = ()

    @property
    def info(self) -> EngineInfo:
        """The names that turns record."""
        return EngineInfo(LLM, self.painter, self.able, models=self.models, languages=self.languages)

    async def edit(self, request: EditRequest) -> EditResult:
        """The instruction appended to the source, or words of style without one; talk adds nothing."""
        self.edits.append(request)
        await asyncio.sleep(0)
        if self.edit_errors:
            raise self.edit_errors.pop(0)
        if request.instruction in TALK:
            return EditResult(request.source_prompt, LLM, 0.01)
        painted = f"{request.source_prompt}, {request.instruction or 'finely drawn'}"
        return EditResult(painted, LLM, 0.01, prompt_version=2)

    async def paint(self, request: PaintRequest, on_progress: OnProgress | None = None) -> PaintResult:
        """One sketch for each seed, with a progress report after every step."""
        self.paints.append(request)
        self.order.append(f"paint {request.prompt}")
        self.begun.release()
        if self.gate is not None:
            await self.gate.wait()
        for step in range(1, request.steps + 1):
            await asyncio.sleep(self.step_s)
            if on_progress is not None:
                on_progress(PaintProgress(step, request.steps))
        if self.paint_errors:
            raise self.paint_errors.pop(0)
        pictures = [
            Picture(
                self.draw(request.prompt, seed, request.width, request.height),
                seed,
                request.width,
                request.height,
                self.unsafe(seed),
            )
            for seed in request.seeds
        ]
        shown = [p for p in pictures if request.unsafe == "mark" or not p.unsafe]
        if not shown:
            raise PictureRefused(pictures[0].unsafe)
        return PaintResult(tuple(shown), self.info.paints(request.model).name, 0.02)

    async def describe(self, image: bytes, reading: int = 0) -> str:
        """What every sketch shows; pictures are decoded as the real engine does it."""
        self.described.append(image)
        self.order.append("describe")
        picture = decode_picture(image)
        what = ("rectangles", "boxes", "windows")[reading]
        return f"{what} on a {picture.width} by {picture.height} sheet"
