"""How the servers of an engine elsewhere are, as metrics for Prometheus."""

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from model.engine import Elsewhere


class ServerCollector(Collector):
    """The servers of an engine elsewhere, asked at each scrape. Their addresses carry no key."""

    def __init__(self, engine: Elsewhere) -> None:
        self._engine = engine

    def collect(self) -> Iterator[CounterMetricFamily | GaugeMetricFamily]:
        """Outcomes of requests and liveness of each server."""
        requests = CounterMetricFamily(
            "diffchat_engine_requests",
            "Requests to servers elsewhere that ended",
            labels=["worker", "url", "outcome"],
        )
        up = GaugeMetricFamily(
            "diffchat_engine_up", "1 while requests go to the server", labels=["worker", "url"]
        )
        for server in self._engine.servers():
            for outcome, count in sorted(server.outcomes.items()):
                requests.add_metric([server.kind, server.url, outcome], count)
            up.add_metric([server.kind, server.url], float(server.up))
        yield requests
        yield up
