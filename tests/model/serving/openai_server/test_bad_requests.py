"""Requests that cannot be read or honoured: each is told what is wrong with it, and nothing is begun."""

import json
import logging
import socket
from typing import Any

import pytest

from tests.model.serving.openai_server.engines import FakeEngine, Served, png
from tests.model.serving.openai_server.raw import CHAT, JSON, ask


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


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"prompt": "x" * 8001}, "prompt: String should have at most 8000 characters."),
        ({"prompt": " "}, "prompt: Say what the picture is to show."),
    ],
)
def test_a_text_of_a_wrong_length_is_told_in_characters(
    served: Served, fields: dict[str, Any], said: str
) -> None:
    _, _, told = ask(served, "POST", "/v1/images/generations", json.dumps(fields), JSON)
    assert told["error"]["message"] == said


def test_a_form_with_too_many_parts_is_told_so(served: Served) -> None:
    body, headers = form(*((f"f{number}", b"x") for number in range(2000)))
    status, _, told = ask(served, "POST", "/v1/images/edits", body, headers)
    assert (status, told["error"]["code"]) == (400, "bad_request")
    assert "too many parts" in told["error"]["message"]


@pytest.mark.parametrize("line", [b"Authorization: Bearer se\x01cret", b"Cookie: " + b"secret" * 4000])
def test_what_is_no_http_is_one_line_of_the_log_without_its_bytes(
    served: Served, caplog: pytest.LogCaptureFixture, line: bytes
) -> None:
    caplog.set_level(logging.INFO)
    with socket.create_connection((served.host, served.port), timeout=60) as connection:
        connection.sendall(b"GET /v1/models HTTP/1.1\r\nHost: localhost\r\n" + line + b"\r\n\r\n")
        assert connection.recv(15) == b"HTTP/1.0 400 Ba"
    told = [record for record in caplog.records if record.name.endswith("app.http")]
    assert [record.levelname for record in told] == ["INFO"]
    assert "cret" not in caplog.text
    assert "Traceback" not in caplog.text


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
