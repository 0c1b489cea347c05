"""What the routes work with: the engine, its settings, the lines before it, the metrics, the key."""

from aiohttp import web

from model.engine import Engine
from model.serving.openai_server.admission import Line
from model.serving.openai_server.metrics import ServerMetrics
from model.serving.openai_server.protocol.catalogue import Catalogue
from model.settings import ModelSettings


class Service:
    """One engine being served. `queue` is how many requests may wait for words, and for pictures; `key` None
    asks for none."""

    def __init__(self, engine: Engine, settings: ModelSettings, *, queue: int, key: str | None) -> None:
        self.engine, self.settings, self.key = engine, settings, key
        self.catalogue = Catalogue(settings)
        self.words = Line(settings.llm.batch, queue)
        self.pictures = Line(1, queue)
        self.metrics = ServerMetrics(engine, {"words": self.words, "pictures": self.pictures})

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
