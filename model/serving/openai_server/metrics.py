"""What can be measured of the server, for Prometheus. No label carries anybody's words, key or address."""

from functools import partial

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from model.engine import Engine, Supervised
from model.serving.openai_server.admission import Line
from model.serving.worker_metrics import WorkerCollector

_SECONDS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600)


class ServerMetrics:
    """The measuring points, in a registry of their own."""

    def __init__(self, engine: Engine, lines: dict[str, Line]) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "diffchat_server_requests",
            "Requests that were answered, by route and HTTP status; 499 for a client that had gone",
            ["route", "code"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "diffchat_server_seconds",
            "From a request's first line to the end of its answer",
            ["route"],
            registry=self._registry,
            buckets=_SECONDS,
        )
        inside = self._gauge("diffchat_server_in_flight", "Requests inside, waiting ones too, by model")
        waiting = self._gauge("diffchat_server_waiting", "Requests beyond what one batch takes, by model")
        for kind, line in lines.items():
            inside.labels(kind).set_function(partial(getattr, line, "inside"))
            waiting.labels(kind).set_function(partial(getattr, line, "waiting"))
        if isinstance(engine, Supervised):
            self._registry.register(WorkerCollector(engine))
        ProcessCollector(registry=self._registry)

    def _gauge(self, name: str, text: str) -> Gauge:
        return Gauge(name, text, ["model"], registry=self._registry)

    def answered(self, route: str, code: int, seconds: float) -> None:
        """A request to a route (its pattern, or "other") ended with that status."""
        self._requests.labels(route, code).inc()
        self._seconds.labels(route).observe(seconds)

    def exposition(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self._registry)
