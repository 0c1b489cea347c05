"""What can be measured of a running bot, for Prometheus. Every metric stands in docs/operating.md.

No label carries an id or anybody's words. Each bot has a registry of its own; nothing is global.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from model.engine import Elsewhere, Supervised
from model.serving.server_metrics import ServerCollector
from model.serving.worker_metrics import WorkerCollector

Stage = Literal["describe", "edit", "paint", "post"]

_SECONDS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600)
_LAG = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5)
_LAG_EVERY = 0.5  # seconds


class Metrics:
    """The measuring points. `watch_queue` and `watch_engine` tie in what is asked when it is scraped."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.waiting = self._gauge("diffchat_queue_waiting", "Jobs that wait")
        self.running = self._gauge("diffchat_queue_running", "Jobs that are worked on")
        self.gateway = self._gauge("diffchat_gateway_connected", "1 while every shard is connected")
        self.waited = Histogram(
            "diffchat_queue_wait_seconds",
            "From the request to the beginning of its work",
            registry=self.registry,
            buckets=_SECONDS,
        )
        self.stages = Histogram(
            "diffchat_stage_seconds",
            "How long a stage of a job took that went well",
            ["stage"],
            registry=self.registry,
            buckets=_SECONDS,
        )
        self.jobs = self._counter("diffchat_jobs", "Jobs that ended, by outcome", "outcome")
        self.failures = self._counter("diffchat_failures", "Failed jobs, by cause", "cause")
        self.held_up = self._counter(
            "diffchat_held_up", "Steps of jobs that were put off, to be tried again, by cause", "cause"
        )
        self.votes = self._counter("diffchat_votes", "Reactions counted as votes, by worth", "worth")
        self.retracted = self._counter("diffchat_votes_retracted", "Votes taken back")
        self.safety = self._counter("diffchat_safety", "What [safety] refused or covered", "finding")
        self.reports = self._counter("diffchat_reports", "Reports to the moderators")
        self.lag = Histogram(
            "diffchat_loop_lag_seconds",
            "How late the event loop wakes",
            registry=self.registry,
            buckets=_LAG,
        )
        ProcessCollector(registry=self.registry)

    def _gauge(self, name: str, text: str) -> Gauge:
        return Gauge(name, text, registry=self.registry)

    def _counter(self, name: str, text: str, *labels: str) -> Counter:
        return Counter(name, text, labels, registry=self.registry)

    @contextmanager
    def stage(self, stage: Stage) -> Iterator[None]:
        """Measure the block, unless it raises."""
        begun = time.monotonic()
        yield
        self.stages.labels(stage).observe(time.monotonic() - begun)

    def failed(self, error: BaseException) -> None:
        """A job failed with that error."""
        self.jobs.labels("failed").inc()
        self.failures.labels(type(error).__name__).inc()

    def held_up_by(self, error: BaseException) -> None:
        """Count that a job waits: what keeps its data or does its work took nothing this time."""
        self.held_up.labels(type(error).__name__).inc()

    def watch_queue(self, waiting: Callable[[], int], running: Callable[[], int]) -> None:
        """Ask these for the lengths when scraped."""
        self.waiting.set_function(waiting)
        self.running.set_function(running)

    def watch_engine(self, engine: object) -> None:
        """Ask the engine for its workers and servers when scraped, if it can tell."""
        if isinstance(engine, Supervised):
            self.registry.register(WorkerCollector(engine))
        if isinstance(engine, Elsewhere):
            self.registry.register(ServerCollector(engine))

    def watch_shards(self, shards: Callable[[], Mapping[int, bool]]) -> None:
        """Ask for the shards of this process when scraped, and whether each is connected."""
        self.registry.register(_Shards(shards))

    def exposition(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self.registry)

    @asynccontextmanager
    async def measuring_lag(self) -> AsyncIterator[None]:
        """Measure the event loop during the block."""
        task = asyncio.create_task(self._measure_lag(), name="loop lag")
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _measure_lag(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + _LAG_EVERY
            await asyncio.sleep(_LAG_EVERY)
            self.lag.observe(max(0.0, loop.time() - due))


class _Shards(Collector):
    """The shards that this process serves, asked at each scrape."""

    def __init__(self, shards: Callable[[], Mapping[int, bool]]) -> None:
        self._shards = shards

    def collect(self) -> Iterator[GaugeMetricFamily]:
        family = GaugeMetricFamily(
            "diffchat_shard_connected", "1 while the shard is connected", labels=["shard"]
        )
        for shard, up in self._shards().items():
            family.add_metric([str(shard)], float(up))
        yield family
