"""The gateway over a fake engine, and clients of it that nobody here wrote."""

from collections.abc import AsyncIterator, Iterator

import pytest
from openai import AsyncOpenAI, OpenAI

from tests.model.serving.cluster.handles import GatewayServed
from tests.model.serving.openai_server.engines import FakeEngine


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def served(engine: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> Iterator[GatewayServed]:
    running = {"Words": 1, "Pictures": 1, "Captions": 1}
    monkeypatch.setattr("model.serving.cluster.gateway.running_replicas", lambda: running)
    with GatewayServed(engine) as served:
        yield served


@pytest.fixture
def client(served: GatewayServed) -> Iterator[OpenAI]:
    with OpenAI(base_url=served.url, api_key="none", max_retries=0) as made:
        yield made


@pytest.fixture
async def async_client(served: GatewayServed) -> AsyncIterator[AsyncOpenAI]:
    async with AsyncOpenAI(base_url=served.url, api_key="none", max_retries=0) as made:
        yield made
