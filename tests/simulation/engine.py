"""The real language model in this process, with TinyWorld's renderer as the painter: quick pictures."""

from __future__ import annotations

import asyncio
import io

from model.engine import EditRequest, EditResult, EngineInfo, OnProgress, PaintRequest, PaintResult, Picture
from model.errors import EditError
from model.language.llm import DiffChatLLM
from model.settings import LLMSettings
from model.tiny.grammar import parse
from model.tiny.render import render

PAINTER = "render"


class DrawnEngine:
    """An `Engine` that writes with the model of `settings` and draws what the prompt says."""

    def __init__(self, settings: LLMSettings) -> None:
        self._llm = DiffChatLLM.load(settings)

    @property
    def info(self) -> EngineInfo:
        return EngineInfo(self._llm.name, PAINTER)

    async def edit(self, request: EditRequest) -> EditResult:
        [outcome] = await asyncio.to_thread(self._llm.try_edit, [request])
        if isinstance(outcome, EditError):
            raise outcome
        return outcome

    async def paint(self, request: PaintRequest, on_progress: OnProgress | None = None) -> PaintResult:
        pictures = [self._draw(request, seed) for seed in request.seeds]
        return PaintResult(tuple(pictures), PAINTER, 0.01)

    async def describe(self, image: bytes, reading: int = 0) -> str:
        return "a picture"

    @staticmethod
    def _draw(request: PaintRequest, seed: int) -> Picture:
        image = render(parse(request.prompt), seed)
        buffer = io.BytesIO()
        image.save(buffer, "PNG")
        return Picture(buffer.getvalue(), seed, image.width, image.height)
