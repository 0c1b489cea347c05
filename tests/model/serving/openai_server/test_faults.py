"""What goes wrong, and what a client is told: always OpenAI's error shape, never a traceback."""

import asyncio
import base64
import http.client
import json
import logging
from typing import Any

import openai
import pytest
from openai import OpenAI

from model import errors
from model.serving.openai_server.incoming import BODY_LIMIT
from model.serving.openai_server.protocol import sse
from tests.model.serving.openai_server.engines import PREVIEW, FakeEngine, Served
from tests.model.serving.openai_server.raw import CHAT, JSON, ask, until


@pytest.mark.parametrize(
    ("error", "status", "code", "again"),
    [
        (errors.BadRequest("steps are 1 to 500."), 400, "bad_request", None),
        (errors.BadImage("No picture."), 400, "bad_image", None),
        (errors.TooManyPixels("Too large."), 400, "bad_image", None),
        (errors.PromptRefused("Refused."), 400, "prompt_refused", None),
        (errors.PictureRefused("Refused."), 400, "picture_refused", None),
        (errors.EditError("No prompt."), 422, "edit_failed", None),
        (errors.OutOfMemory("Too large."), 503, "out_of_memory", "false"),
        (errors.WorkerDied("Died."), 503, "worker_died", None),
        (errors.EngineClosed("Closed."), 503, "engine_closed", None),
        (errors.LoadError("No captioner."), 503, "load_failed", "false"),
        (errors.ModelError("The model failed."), 500, "model_failed", "false"),
        (RuntimeError("a secret of the server"), 500, "internal_error", "false"),
    ],
)
def test_each_failure_of_the_engine_has_its_status_and_code(
    served: Served, engine: FakeEngine, error: Exception, status: int, code: str, again: str | None
) -> None:
    engine.fails = error
    for path, fields in (("chat/completions", CHAT), ("images/generations", {"prompt": "a fox"})):
        for more in ({}, {"stream": True}):
            got, headers, body = ask(served, "POST", f"/v1/{path}", json.dumps(fields | more), JSON)
            assert (got, body["error"]["code"]) == (status, code)
            assert headers.get("x-should-retry") == again
            assert ("Retry-After" in headers) == (code in ("worker_died", "engine_closed"))
            assert set(body["error"]) == {"message", "type", "param", "code"}
            assert "secret" not in body["error"]["message"]
    assert served.service.words.inside == served.service.pictures.inside == 0


def test_what_nobody_expected_is_in_the_log(
    served: Served, client: OpenAI, engine: FakeEngine, caplog: pytest.LogCaptureFixture
) -> None:
    engine.fails = RuntimeError("a bug")
    with pytest.raises(openai.InternalServerError, match="its log says more"):
        client.images.generate(prompt="a fox")
    assert "RuntimeError: a bug" in caplog.text


def test_a_failure_in_the_middle_of_a_stream_is_its_last_event(client: OpenAI, engine: FakeEngine) -> None:
    engine.fails, engine.fails_late = errors.OutOfMemory("It does not fit."), True
    seen: list[str] = []
    events = client.images.generate(prompt="a fox", stream=True)
    with pytest.raises(openai.APIError, match="does not fit") as caught:
        seen.extend(event.type for event in events)
    assert seen == ["image_generation.progress"] * 4
    assert caught.value.code == "out_of_memory"


def test_a_body_that_is_too_large_is_not_read_to_its_end(served: Served) -> None:
    status, _, told = ask(served, "POST", "/v1/chat/completions", b" " * (BODY_LIMIT + 1), JSON)
    assert (status, told["error"]["code"]) == (413, "too_large")


def test_a_body_that_does_not_come_is_not_waited_for(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.serving.openai_server.incoming.READ_SECONDS", 0.05)
    connection = http.client.HTTPConnection(served.host, served.port, timeout=60)
    connection.putrequest("POST", "/v1/images/generations")
    for name, value in {**JSON, "Content-Length": "1000"}.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    assert (answer.status, json.loads(answer.read())["error"]["code"]) == (408, "timeout")
    connection.close()


def test_a_full_line_sends_people_away_and_says_for_how_long(engine: FakeEngine) -> None:
    with Served(engine, queue=1) as served:
        served.call(engine.open.clear)
        clients = [_begun(served, {"prompt": "a fox"}) for _ in range(2)]
        until(lambda: served.service.pictures.inside == 2)
        assert served.service.pictures.waiting == 1
        body = json.dumps({"prompt": "a fox"})
        status, headers, told = ask(served, "POST", "/v1/images/generations", body, JSON)
        assert (status, told["error"]["code"], told["error"]["type"]) == (
            429,
            "queue_full",
            "rate_limit_error",
        )
        assert int(headers["Retry-After"]) >= 1
        assert served.service.words.inside == 0  # words have a line of their own
        served.call(engine.open.set)
        assert [connection.getresponse().status for connection in clients] == [200, 200]
        for connection in clients:
            connection.close()
        assert ask(served, "POST", "/v1/images/generations", body, JSON)[0] == 200


def test_what_pictures_show_is_asked_in_the_line_of_pictures_alone(engine: FakeEngine) -> None:
    url = f"data:image/png;base64,{base64.b64encode(PREVIEW).decode()}"
    content = [{"type": "image_url", "image_url": {"url": url}}]
    fields = {"model": "clip", "messages": [{"role": "user", "content": content}]}
    with Served(engine) as served:
        served.call(engine.open.clear)
        client = _begun(served, fields, "/v1/chat/completions")
        until(lambda: len(engine.described) == 1)
        assert (served.service.words.inside, served.service.pictures.inside) == (0, 1)
        served.call(engine.open.set)
        assert client.getresponse().status == 200
        client.close()
        until(lambda: not served.service.busy)


def _begun(
    served: Served, fields: dict[str, Any], path: str = "/v1/images/generations"
) -> http.client.HTTPConnection:
    """A request whose answer has not been read."""
    connection = http.client.HTTPConnection(served.host, served.port, timeout=60)
    connection.request("POST", path, json.dumps(fields), JSON)
    return connection


@pytest.mark.parametrize("stream", [False, True])
def test_a_client_that_goes_takes_its_work_along(served: Served, engine: FakeEngine, stream: bool) -> None:
    served.call(engine.open.clear)
    connection = _begun(served, {"prompt": "a fox", "stream": stream})
    until(lambda: len(engine.paints) == 1)
    connection.close()
    until(lambda: engine.cancelled == 1 and served.service.pictures.inside == 0)
    metrics = served.service.metrics.exposition().decode()
    assert 'diffchat_server_requests_total{code="499",route="/v1/images/generations"} 1.0' in metrics


def test_a_quiet_stream_says_that_it_lives(
    served: Served, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sse, "QUIET_SECONDS", 0.02)
    served.call(engine.open.clear)
    connection = _begun(served, {"prompt": "a fox", "stream": True})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/event-stream")
    assert answer.readline() == b": waiting\n"
    served.call(engine.open.set)
    assert b"image_generation.completed" in answer.read()
    connection.close()


def test_while_it_drains_it_ends_what_it_has_and_takes_nothing(served: Served, engine: FakeEngine) -> None:
    served.call(engine.open.clear)
    connection = _begun(served, {"prompt": "a fox"})
    until(lambda: len(engine.paints) == 1)
    served.call(served.service.drain)
    for path, fields in (("chat/completions", CHAT), ("images/generations", {"prompt": "a fox"})):
        status, headers, told = ask(served, "POST", f"/v1/{path}", json.dumps(fields), JSON)
        assert (status, told["error"]["code"]) == (503, "draining")
        assert headers["Connection"] == "close"
    assert ask(served, "GET", "/health")[0] == 503
    served.call(engine.open.set)
    assert connection.getresponse().status == 200
    connection.close()


def test_health_and_metrics_tell_of_the_workers(served: Served, engine: FakeEngine) -> None:
    status, _, told = ask(served, "GET", "/health")
    assert (status, told) == (200, {"status": "ok", "workers": {"llm": "ok", "picture": "ok"}})
    engine.alive = False
    status, _, told = ask(served, "GET", "/health")
    assert (status, told["status"], told["workers"]["llm"]) == (503, "failing", "is starting again")
    metrics = served.service.metrics.exposition().decode()
    assert 'diffchat_worker_restarts_total{worker="picture"} 2.0' in metrics
    assert 'diffchat_worker_up{worker="llm"} 0.0' in metrics
    assert 'diffchat_server_in_flight{model="words"} 0.0' in metrics
    assert 'diffchat_server_seconds_count{route="/health"} 2.0' in metrics


def test_the_key_is_asked_for_everywhere_but_for_health(
    engine: FakeEngine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with Served(engine, key="the-right-key") as served:
        for header in ("", "Bearer wrong", "Bearer", "Basic the-right-key", "Bearer th\xe9-right-key"):
            headers = {"Authorization": header} if header else {}
            for method, path in (
                ("GET", "/v1/models"), ("GET", "/metrics"), ("POST", "/v1/images/edits"), ("GET", "/x"),
            ):  # fmt: skip
                status, got, told = ask(served, method, path, headers=headers)
                assert (status, told["error"]["code"]) == (401, "invalid_api_key")
                assert got["WWW-Authenticate"] == "Bearer"
        assert ask(served, "GET", "/health")[0] == 200
        with OpenAI(base_url=served.url, api_key="the-right-key", max_retries=0) as client:
            assert client.images.generate(prompt="a fox").data
    assert "the-right-key" not in caplog.text
    assert "a fox" not in caplog.text


def test_without_a_key_a_page_whose_name_leads_here_is_sent_away(served: Served) -> None:
    for host in ("evil.example", f"evil.example:{served.port}", "[::1", "x" * 3000):
        status, _, told = ask(served, "GET", "/v1/models", headers={"Host": host})
        assert (status, told["error"]["code"]) == (403, "forbidden_host")
        assert ask(served, "GET", "/health", headers={"Host": host})[0] == 200
    assert ask(served, "GET", "/v1/models", headers={"Host": "localhost"})[0] == 200


async def test_clients_that_all_come_at_once_are_all_answered(served: Served) -> None:
    async with openai.AsyncOpenAI(base_url=served.url, api_key="none", max_retries=0) as client:
        painted = await asyncio.gather(
            *(client.images.generate(prompt="a fox", extra_body={"seed": seed}) for seed in range(8))
        )
    assert [answer.data[0].to_dict()["seed"] for answer in painted if answer.data] == list(range(8))
