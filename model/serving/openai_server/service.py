"""What the routes work with: the engine, its settings, the lines before it, the metrics, the key."""

import asyncio
import time

from aiohttp import web

from model.engine import Engine
from model.serving.openai_server.admission import Line
from model.serving.openai_server.metrics import ServerMetrics
from model.serving.openai_server.protocol import chat
from model.serving.openai_server.protocol.catalogue import Catalogue
from model.serving.tracing import ServerTracer
from model.settings import ModelSettings


class Service:
    """One engine being served. `queue` is how many requests may wait for words, and for pictures; `key` None
    asks for none, `tracer` None traces nothing."""

    def __init__(
        self,
        engine: Engine,
        settings: ModelSettings,
        *,
        queue: int,
        key: str | None,
        tracer: ServerTracer | None = None,
    ) -> None:
        self.engine, self.settings, self.key, self.tracer = engine, settings, key, tracer
        self.catalogue = Catalogue(settings)
        self.words = Line(settings.llm.batch, queue)
        self.pictures = Line(1, queue)
        self.metrics = ServerMetrics(engine, {"words": self.words, "pictures": self.pictures})

    async def complete(self, body: chat.ChatBody) -> chat.Said:
        """The answer to a conversation.

        Raises ApiError and what the engine raises.
        """
        if chat.wants_caption(body):
            model = self.catalogue.captioner(body.model)
            picture = await asyncio.to_thread(chat.caption_request, body)
            with self.pictures.place():
                begun = time.monotonic()
                text = await self.engine.describe(picture.image, picture.reading)
                return chat.Said(text, model, time.monotonic() - begun)
        variant = self.catalogue.variant(body.model, self.engine.info)
        wanted = chat.edit_request(body, variant, self.settings.llm.temperature)
        return chat.edit_answer(await self.engine.edit(wanted))

    @property
    def busy(self) -> bool:
        """Whether any request is inside."""
        return bool(self.words.inside or self.pictures.inside)

    @property
    def draining(self) -> bool:
        """Whether nothing new is taken."""
        return self.words.draining

    def drain(self) -> None:
        """Take nothing new from now on."""
        self.words.draining = self.pictures.draining = True


SERVICE = web.AppKey("service", Service)
