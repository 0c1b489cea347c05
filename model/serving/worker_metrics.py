"""How an engine's workers are, as metrics for Prometheus; the bot and the server show them alike."""

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from model.engine import Supervised


class WorkerCollector(Collector):
    """The workers of an engine, asked at each scrape."""

    def __init__(self, engine: Supervised) -> None:
        self._engine = engine

    def collect(self) -> Iterator[CounterMetricFamily | GaugeMetricFamily]:
        """Restarts and liveness of each worker."""
        restarts = CounterMetricFamily(
            "diffchat_worker_restarts", "Workers that died and were started again", labels=["worker"]
        )
        alive = GaugeMetricFamily("diffchat_worker_up", "1 while the worker serves", labels=["worker"])
        for worker in self._engine.workers():
            restarts.add_metric([worker.kind], worker.restarts)
            alive.add_metric([worker.kind], float(worker.alive))
        yield restarts
        yield alive
