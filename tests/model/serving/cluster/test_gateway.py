"""What the gateway does beside the routes: its key, health, draining, and places that streams keep."""

import asyncio
import json
from typing import Any

import pytest
from starlette.requests import Request

from model.errors import ConfigError
from model.serving.cluster.gateway import Gateway
from model.serving.cluster.settings import ClusterSettings
from tests.model.serving.cluster.handles import GatewayServed, gateway
from tests.model.serving.openai_server.engines import FakeEngine
from tests.model.serving.openai_server.raw import ask, until

KEY = "the-right-key"
BODY = json.dumps({"prompt": "a fox", "stream": True}).encode()


def request(path: str, body: bytes = b"", **headers: str) -> Request:
    """A request whose client stays."""

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    given = {"host": "localhost", "content-type": "application/json", **headers}
    encoded = [(name.encode(), value.encode()) for name, value in given.items()]
    method = "POST" if body else "GET"
    return Request({"type": "http", "method": method, "path": path, "headers": encoded}, receive)


async def test_a_key_is_needed_unless_it_is_open(engine: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIFFCHAT_SERVER_KEY", raising=False)
    with pytest.raises(ConfigError, match="DIFFCHAT_SERVER_KEY"):
        gateway(engine, cluster=ClusterSettings())
    monkeypatch.setenv("DIFFCHAT_SERVER_KEY", KEY)
    locked = gateway(engine, cluster=ClusterSettings())
    for header, status in (("", 401), ("Bearer wrong", 401), (f"Bearer {KEY}", 200)):
        # with a key any name of the machine will do
        asked = request("/v1/models", authorization=header, host="gpu.example")
        assert (await locked(asked)).status_code == status


async def test_health_says_which_kind_has_no_replica(
    engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = {"Words": 2, "Pictures": 0}
    monkeypatch.setattr("model.serving.cluster.gateway.running_replicas", lambda: running)
    served = gateway(engine)
    answer = await served(request("/health", host="anything"))
    told = {"status": "failing", "workers": {"Words": "2 running", "Pictures": "0 running"}}
    assert (answer.status_code, json.loads(await _sent(answer))) == (503, told)
    running["Pictures"] = 1
    assert (await served(request("/health"))).status_code == 200


async def _sent(answer: Any) -> bytes:
    """The body of an answer."""
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        await asyncio.Event().wait()
        raise AssertionError

    await answer({"type": "http"}, receive, send)
    return b"".join(message.get("body", b"") for message in sent)


def _metric(served: Gateway, code: int, route: str) -> bool:
    line = f'diffchat_server_requests_total{{code="{code}",route="{route}"}} 1.0'
    return line in served.service.metrics.exposition().decode()


async def test_a_stream_keeps_its_place_to_its_end(engine: FakeEngine) -> None:
    served = gateway(engine)
    answer = await served(request("/v1/images/generations", BODY))
    assert served.service.pictures.inside == 1
    assert b"image_generation.completed" in await _sent(answer)
    assert served.service.pictures.inside == 0
    assert _metric(served, 200, "/v1/images/generations")


async def test_a_stream_that_is_cancelled_ends_its_painting(engine: FakeEngine) -> None:
    engine.open.clear()
    engine.fails_late = True  # it holds after its steps
    served = gateway(engine)
    sending = asyncio.ensure_future(_sent(await served(request("/v1/images/generations", BODY))))
    await asyncio.sleep(0.05)
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    assert (served.service.pictures.inside, engine.cancelled) == (0, 1)
    assert _metric(served, 499, "/v1/images/generations")


async def test_a_client_that_goes_before_its_answer_leaves_no_place_behind(engine: FakeEngine) -> None:
    engine.open.clear()
    served = gateway(engine)
    for stream in (False, True):
        body = json.dumps({"prompt": "a fox", "stream": stream}).encode()
        asking = asyncio.ensure_future(served(request("/v1/images/generations", body)))
        await asyncio.sleep(0.05)
        assert served.service.pictures.inside == 1
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert served.service.pictures.inside == 0
    assert engine.cancelled == 2


async def test_draining_ends_what_is_inside_and_takes_nothing_new(
    engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.serving.cluster.gateway.running_replicas", lambda: {"Words": 1})
    engine.open.clear()
    served = gateway(engine)
    plain = json.dumps({"prompt": "a fox"}).encode()
    running = asyncio.ensure_future(served(request("/v1/images/generations", plain)))
    await asyncio.sleep(0.05)
    draining = asyncio.ensure_future(served.drain())
    await asyncio.sleep(0.05)
    late = await served(request("/v1/images/generations", plain))
    assert (late.status_code, json.loads(await _sent(late))["error"]["code"]) == (503, "draining")
    assert (await served(request("/health"))).status_code == 503
    assert not draining.done()
    engine.open.set()
    assert (await running).status_code == 200
    assert await draining


async def test_draining_ends_after_its_time(engine: FakeEngine) -> None:
    engine.open.clear()
    served = gateway(engine, cluster=ClusterSettings(open=True, drain_seconds=0.05))
    running = asyncio.ensure_future(
        served(request("/v1/images/generations", BODY.replace(b"true", b"false")))
    )
    await asyncio.sleep(0.05)
    assert not await served.drain()
    running.cancel()


def test_more_replicas_take_more_before_anybody_waits(served: GatewayServed, engine: FakeEngine) -> None:
    status, _, told = ask(served, "GET", "/health")
    assert (status, told["status"]) == (200, "ok")
    until(lambda: served.service.words.waiting == 0)
