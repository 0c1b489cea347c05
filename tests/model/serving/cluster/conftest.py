"""The gateway over a fake engine, and the clients that ask the aiohttp server too."""

from collections.abc import Iterator

import pytest

from tests.model.serving.cluster.handles import GatewayServed
from tests.model.serving.openai_server.conftest import async_client, client, engine
from tests.model.serving.openai_server.engines import FakeEngine

__all__ = ["async_client", "client", "engine", "served"]


@pytest.fixture
def served(engine: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> Iterator[GatewayServed]:
    running = {"Words": 1, "Pictures": 1, "Captions": 1}
    monkeypatch.setattr("model.serving.cluster.gateway.running_replicas", lambda: running)
    with GatewayServed(engine) as served:
        yield served
