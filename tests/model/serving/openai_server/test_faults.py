"""What goes wrong, and what a client is told: always OpenAI's error shape, never a traceback."""

import asyncio
import http.client
import json
import logging
import time
from collections.abc import Callable
from typing import Any

import openai
import pytest
from openai import OpenAI

from model import errors
from model.serving.openai_server.incoming import BODY_LIMIT
from model.serving.openai_server.protocol import sse
from tests.model.serving.openai_server.engines import INFO, FakeEngine, Served, png

CHAT = {"model": INFO.llm, "messages": [{"role": "user", "content": "a red house"}]}
JSON = {"Content-Type": "application/json"}


def ask(
    served: Served,
    method: str,
    path: str,
    body: bytes | str | None = None,
    headers: dict[str, str] | None = None,
) -> tuple[int, http.client.HTTPMessage, Any]:
    """Status, headers and JSON of a plain request."""
    connection = http.client.HTTPConnection(served.host, served.port, timeout=60)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.headers, json.loads(answer.read())
    finally:
        connection.close()


def until(condition: Callable[[], bool]) -> None:
    """Wait for what happens in the server's thread."""
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


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


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"size": "3x3"}, "size"),
        ({"size": "100x100"}, "size"),
        ({"size": "4096x4096"}, "size"),
        ({"size": "wide"}, "size"),
        ({"size": 512}, "size"),
        ({"n": 0}, "n"),
        ({"n": 11}, "n"),
        ({"n": True}, "n"),
        ({"n": "2"}, "n"),
        ({"n": 10**400}, "n"),
        ({"n": 2, "seeds": [1]}, None),
        ({"seed": -1}, "seed"),
        ({"seed": 2**63}, "seed"),
        ({"seeds": []}, "seeds"),
        ({"num_inference_steps": 1000}, "num_inference_steps"),
        ({"guidance_scale": float("nan")}, "guidance_scale"),
        ({"guidance_scale": float("inf")}, "guidance_scale"),
        ({"guidance_scale": 31}, "guidance_scale"),
        ({"prompt": ""}, "prompt"),
        ({"prompt": "\x00 \n"}, "prompt"),
        ({"prompt": None}, "prompt"),
        ({"prompt": "x" * 8001}, "prompt"),
        ({"prompt": "\ud800"}, None),
        ({"background": "transparent"}, "background"),
        ({"output_format": "webp"}, "output_format"),
        ({"response_format": "url"}, "response_format"),
        ({"quality": "high"}, "quality"),
        ({"strength": 0.5}, "strength"),
        ({"partial_images": 4}, "partial_images"),
        ({"unsafe": "show"}, "unsafe"),
    ],
)
def test_a_field_that_is_wrong_or_cannot_be_honoured_is_named(
    served: Served, engine: FakeEngine, fields: dict[str, Any], param: str | None
) -> None:
    body = json.dumps({"prompt": "a fox"} | fields)
    status, _, told = ask(served, "POST", "/v1/images/generations", body, JSON)
    assert (status, told["error"]["code"], told["error"]["param"]) == (400, "bad_request", param)
    assert engine.paints == []


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"tools": [{"type": "function"}]}, "tools"),
        ({"n": 2}, "n"),
        ({"top_p": 0.5}, "top_p"),
        ({"stop": ["\n"]}, "stop"),
        ({"stream_options": {"include_usage": True}}, "stream_options"),
        ({"temperature": 3}, "temperature"),
        ({"max_tokens": 0}, "max_tokens"),
        ({"messages": []}, "messages"),
        ({"messages": [{"role": "tool", "content": "x"}]}, "messages[0].role"),
        ({"messages": [{"role": "user", "content": 7}]}, "messages[0].content"),
        ({"messages": [{"role": "user", "content": " "}]}, "messages"),
        ({"messages": [{"role": "user", "content": "x" * 8001}]}, "messages"),
        ({"messages": [{"role": "assistant", "content": "x"}]}, "messages"),
        ({"messages": [{"role": "user", "content": [{"type": "input_audio"}]}]}, "messages[0].content"),
        ({"messages": "a fox"}, "messages"),
        ({"model": None}, "model"),
    ],
)
def test_a_chat_that_is_wrong_is_told_where(
    served: Served, engine: FakeEngine, fields: dict[str, Any], param: str
) -> None:
    status, _, told = ask(served, "POST", "/v1/chat/completions", json.dumps(CHAT | fields), JSON)
    assert (status, told["error"]["code"], told["error"]["param"]) == (400, "bad_request", param)
    assert engine.edits == []


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://127.0.0.1/secret.png", "bad_request"),
        ("file:///etc/passwd", "bad_request"),
        ("data:image/png,abc", "bad_request"),
        ("data:image/png;base64,!!!", "bad_image"),
        ("", "bad_request"),
    ],
)
def test_no_address_is_fetched(served: Served, engine: FakeEngine, url: str, code: str) -> None:
    message = {"role": "user", "content": [{"type": "image_url", "image_url": {"url": url}}]}
    status, _, told = ask(
        served,
        "POST",
        "/v1/chat/completions",
        json.dumps({"model": "clip", "messages": [message]}),
        JSON,
    )
    assert (status, told["error"]["code"]) == (400, code)
    assert engine.described == []


@pytest.mark.parametrize("body", [b"", b"no json", b"[]", b"7", b"{" * 3000, b'{"prompt": "x', b"\xff\xfe"])
@pytest.mark.parametrize("path", ["chat/completions", "images/generations"])
def test_what_is_no_json_object_is_told(served: Served, path: str, body: bytes) -> None:
    status, _, told = ask(served, "POST", f"/v1/{path}", body, JSON)
    assert (status, told["error"]["code"]) == (400, "bad_request")


def form(*parts: tuple[str, bytes], end: bytes = b"--x--\r\n") -> tuple[bytes, dict[str, str]]:
    """A multipart body; a name may bring more of its header along."""
    pieces = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value + b"\r\n"
        for name, value in parts
    ]
    return b"".join(pieces) + end, {"Content-Type": "multipart/form-data; boundary=x"}


FILE = 'image"; filename="a.png'


@pytest.mark.parametrize(
    ("parts", "code", "param"),
    [
        ([("prompt", b"a fox")], "bad_request", "image"),
        ([("prompt", b"a fox"), ("image", b"not a file")], "bad_request", "image"),
        ([("prompt", b"a fox"), (FILE, png()), (FILE, png())], "bad_request", "image"),
        ([("prompt", b"a fox"), (FILE, png()), ('mask"; filename="m.png', png())], "bad_request", "mask"),
        ([("prompt", b"a fox"), (FILE, b"no picture")], "bad_image", "image"),
        ([("prompt", b"a fox"), (FILE, png()[:90])], "bad_image", "image"),
        ([("prompt", b"a fox"), (FILE, png(5000, 4000, "1"))], "bad_image", "image"),
        ([(FILE, png())], "bad_request", "prompt"),
        ([("prompt", b"a fox"), (FILE, png()), ("strength", b"nan")], "bad_request", "strength"),
        ([("prompt", b"a fox"), (FILE, png()), ("strength", b"0")], "bad_request", "strength"),
        ([("prompt", b"a fox"), (FILE, png()), ("n", b"many")], "bad_request", "n"),
        ([("prompt", b"a fox"), (FILE, png()), ("n", b"1"), ("n", b"2")], "bad_request", "n"),
        ([("prompt", b"a fox"), (FILE, png()), ("seeds", b"1"), ("seeds", b"-1")], "bad_request", "seeds[1]"),
    ],
)
def test_an_edit_that_is_wrong_is_told_where(
    served: Served, engine: FakeEngine, parts: list[tuple[str, bytes]], code: str, param: str | None
) -> None:
    status, _, told = ask(served, "POST", "/v1/images/edits", *form(*parts))
    assert (status, told["error"]["code"], told["error"]["param"]) == (400, code, param)
    assert engine.paints == []


@pytest.mark.parametrize(
    "parts",
    [
        [("prompt", b"\xff\xfe"), (FILE, png())],
        [('prompt"\r\nContent-Type: text/plain; charset="nonsense', b"x")],
        [('prompt"\r\nContent-Transfer-Encoding: "nonsense', b"x")],
    ],
)
def test_a_form_whose_text_cannot_be_read_is_told(
    served: Served, engine: FakeEngine, parts: list[tuple[str, bytes]]
) -> None:
    status, _, told = ask(served, "POST", "/v1/images/edits", *form(*parts))
    assert (status, told["error"]["code"], told["error"]["param"]) == (400, "bad_request", None)
    assert engine.paints == []


@pytest.mark.parametrize(
    "body", [b"", b"nonsense", b"--x\r\n\r\n", b"--x\r\nContent-Disposition: y\r\n\r\nz"]
)
def test_a_form_that_cannot_be_read_is_told(served: Served, body: bytes) -> None:
    for content_type in ("multipart/form-data; boundary=x", "multipart/form-data"):
        status, _, told = ask(served, "POST", "/v1/images/edits", body, {"Content-Type": content_type})
        assert (status, told["error"]["code"]) == (400, "bad_request")


def test_other_addresses_methods_and_types(served: Served) -> None:
    assert ask(served, "GET", "/v1/files")[0] == 404
    assert ask(served, "GET", "/v1/files")[2]["error"]["code"] == "not_found"
    status, headers, told = ask(served, "GET", "/v1/images/edits")
    assert (status, headers["Allow"], told["error"]["code"]) == (405, "POST", "method_not_allowed")
    for path, content_type in (("chat/completions", "text/plain"), ("images/edits", "application/json")):
        status, _, told = ask(served, "POST", f"/v1/{path}", "{}", {"Content-Type": content_type})
        assert (status, told["error"]["code"]) == (415, "unsupported_media_type")


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


def _begun(served: Served, fields: dict[str, Any]) -> http.client.HTTPConnection:
    """A request to paint whose answer has not been read."""
    connection = http.client.HTTPConnection(served.host, served.port, timeout=60)
    connection.request("POST", "/v1/images/generations", json.dumps(fields), JSON)
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
