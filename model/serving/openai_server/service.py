"""What the routes work with: the engine, its settings, the lines before it, the metrics, the key."""

import asyncio
import time
from collections.abc import Awaitable, Callable

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
    asks for none, `tracer` None traces nothing. `pictures_together` is how many the painter takes at once."""

    def __init__(
        self,
        engine: Engine,
        settings: ModelSettings,
        *,
        queue: int,
        key: str | None,
        tracer: ServerTracer | None = None,
        pictures_together: int = 1,
    ) -> None:
        self.engine, self.settings, self.key, self.tracer = engine, settings, key, tracer
        self.catalogue = Catalogue(settings)
        self.words = Line(settings.llm.batch, queue)
        self.pictures = Line(pictures_together, queue)
        self.metrics = ServerMetrics(engine, {"words": self.words, "pictures": self.pictures})

    async def complete(self, read: Callable[[], Awaitable[chat.ChatBody]]) -> tuple[chat.ChatBody, chat.Said]:
        """The conversation that `read` gives, called once there is a place for it, and its answer.

        One that asks what a picture shows gives its place back and takes one in the pictures' line, where
        that work is done. Raises ApiError and what `read` and the engine raise.
        """
        with self.words.place() as place:
            body = await read()
            if not chat.wants_caption(body):
                return body, await self._edited(body)
            place.leave()
            with self.pictures.place():
                return body, await self._caption(body)

    async def _caption(self, body: chat.ChatBody) -> chat.Said:
        model = self.catalogue.captioner(body.model)
        picture = await asyncio.to_thread(chat.caption_request, body)
        begun = time.monotonic()
        text = await self.engine.describe(picture.image, picture.reading)
        return chat.Said(text, model, time.monotonic() - begun)

    async def _edited(self, body: chat.ChatBody) -> chat.Said:
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
