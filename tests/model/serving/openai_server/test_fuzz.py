"""Odd JSON at the routes: every answer is an answer or an error in OpenAI's shape, and none is a 500."""

import http.client
import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.engine import Capabilities
from model.errors import BadImage
from model.pictures.ways import check
from model.presets import resolve
from model.serving.openai_server.protocol.bodies import read_form, read_json
from model.serving.openai_server.protocol.chat import ChatBody
from model.serving.openai_server.protocol.errors import ApiError
from model.serving.openai_server.protocol.files import Files
from model.serving.openai_server.protocol.pictures import EditBody, GenerationBody, edit, generation
from tests.model.serving.openai_server.engines import INFO, FakeEngine, Served, png

IMAGE = resolve("tiny").image

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(alphabet=st.characters(), max_size=20)  # lone surrogates too
    | st.sampled_from([10**400, -1, 2**63, "auto", "64x64", "a fox", INFO.llm, "clip", "data:;base64,AA=="])
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
PARTS = st.fixed_dictionaries(
    {"type": st.sampled_from(["text", "image_url", "input_audio"])},
    optional={"text": VALUES, "image_url": st.fixed_dictionaries({"url": VALUES}) | VALUES},
)
MESSAGES = st.lists(
    st.fixed_dictionaries(
        {"role": st.sampled_from(["system", "user", "assistant", "tool"])},
        optional={"content": VALUES | st.lists(PARTS, max_size=3), "name": VALUES},
    ),
    max_size=4,
)


def bodies(kind: Any, **proper: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Objects with the route's fields, each now and then of another type, and anything else."""
    names = [*kind.model_fields, *kind.neutral, "unknown"]
    fields = st.fixed_dictionaries({}, optional={name: proper.get(name, VALUES) for name in names})
    return fields | st.dictionaries(st.sampled_from(names), VALUES) | VALUES


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with Served(FakeEngine()) as running:
        yield running


def post(served: Served, path: str, body: Any) -> None:
    connection = http.client.HTTPConnection(served.host, served.port, timeout=60)
    try:
        connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        text = answer.read()
        assert answer.status in (200, 400, 404)
        if answer.status != 200:
            assert set(json.loads(text)["error"]) == {"message", "type", "param", "code"}
    finally:
        connection.close()


quick = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@quick
@given(body=bodies(ChatBody, model=st.sampled_from([INFO.llm, "clip"]), messages=MESSAGES))
def test_odd_chats(served: Served, body: Any) -> None:
    post(served, "/v1/chat/completions", body)


@quick
@given(body=bodies(GenerationBody, prompt=st.text(), size=st.sampled_from(["64x64", "auto", "9x9"])))
def test_odd_pictures(served: Served, body: Any) -> None:
    post(served, "/v1/images/generations", body)


@settings(max_examples=200, deadline=None)
@given(
    fields=st.dictionaries(
        st.sampled_from([*EditBody.model_fields, *EditBody.neutral]),
        st.text(max_size=12)
        | st.lists(st.text(max_size=6), max_size=3)
        | st.sampled_from(["1", "0.5", "64x64"]),
    ),
    image=st.binary(max_size=80) | st.sampled_from([png(), png(3, 900, "L")]),
    more=st.sampled_from([(), (png(),)]),
    mask=st.sampled_from([None, png()]),
    edits=st.booleans(),
)
def test_odd_forms(
    fields: dict[str, Any], image: bytes, more: tuple[bytes, ...], mask: bytes | None, edits: bool
) -> None:
    """Behind the multipart reader, where a form is text and bytes."""
    able = Capabilities(edit=edits, region=True, several_pictures=edits)
    with suppress(ApiError, BadImage):
        body = read_form(EditBody, {"prompt": "a fox"} | fields)
        check(edit(body, Files((image, *more), mask), IMAGE, "", able).paint)


@settings(max_examples=200, deadline=None)
@given(body=bodies(GenerationBody, prompt=st.just("a fox"), size=st.sampled_from(["64x64", "2048x72"])))
def test_what_is_let_through_can_be_painted(body: Any) -> None:
    """`check` is the painter's own: it raises BadRequest."""
    with suppress(ApiError):
        check(generation(read_json(GenerationBody, json.dumps(body).encode()), IMAGE, "").paint)
