"""The whole way with TinyWorld's real models: OpenAI's client, the server, both workers."""

import base64
import http.client
import io
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from typing import Any

import openai
import pytest
from openai import AsyncOpenAI, OpenAI
from PIL import Image

from model.language.prompt import chat_messages
from model.pictures.png_metadata import read_parameters
from model.presets import resolve
from model.serving.local_engine import LocalEngine
from model.tiny.render import render
from model.tiny.world import Scene, Thing
from tests.model.serving.openai_server.engines import Served

SETTINGS = resolve("tiny", image={"previews": True, "threads": 1})
QUICK = {"seed": 3, "num_inference_steps": 2}


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with Served(LocalEngine(SETTINGS), SETTINGS) as running:
        yield running


@pytest.fixture
def client(served: Served) -> Iterator[OpenAI]:
    with OpenAI(base_url=served.url, api_key="none", max_retries=0) as made:
        yield made


def drawn() -> bytes:
    """A house as TinyWorld draws it: what two steps paint is not to be recognised."""
    buffer = io.BytesIO()
    render(Scene((Thing("house", "red"),)), seed=1).save(buffer, "PNG")
    return buffer.getvalue()


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def test_words_pictures_edits_and_captions(client: OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["diffchat", "sd", "clip"]
    messages: Any = chat_messages("a red house in a meadow", "make it night")
    said = client.chat.completions.create(model="diffchat", messages=messages, temperature=0)
    prompt = said.choices[0].message.content or ""
    assert "night" in prompt

    painted = client.images.generate(model="sd", prompt=prompt, n=2, extra_body=QUICK)
    assert painted.data is not None
    files = [base64.b64decode(picture.b64_json or "") for picture in painted.data]
    assert [Image.open(io.BytesIO(file)).size for file in files] == [(128, 128)] * 2
    parameters = read_parameters(files[1])
    assert parameters is not None
    assert (parameters.prompt, parameters.seed, parameters.steps) == (prompt, 4, 2)

    edited = client.images.edit(
        image=("house.png", files[0], "image/png"),
        prompt="a blue house in a meadow",
        extra_body={"seeds": [3], "strength": 0.8, "num_inference_steps": 2},
    )
    assert edited.data is not None
    kept = read_parameters(base64.b64decode(edited.data[0].b64_json or ""))
    assert kept is not None
    assert (kept.keep, kept.size) == (0.2, (128, 128))

    url = f"data:image/png;base64,{base64.b64encode(drawn()).decode()}"
    question: Any = [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": url}}]}]
    caption = client.chat.completions.create(model="clip", messages=question)
    assert "house" in (caption.choices[0].message.content or "")


async def test_a_stream_has_real_previews_and_the_same_picture_as_without(served: Served) -> None:
    async with AsyncOpenAI(base_url=served.url, api_key="none", max_retries=0) as client:
        fields = {**QUICK, "num_inference_steps": 4}
        stream = await client.images.generate(
            prompt="a fox", stream=True, partial_images=1, extra_body=fields
        )
        events = [event async for event in stream]
        plain = await client.images.generate(prompt="a fox", extra_body=fields)
    assert [event.type.removeprefix("image_generation.") for event in events] == [
        "progress", "partial_image", "progress", "progress", "progress", "completed",
    ]  # fmt: skip
    preview = Image.open(io.BytesIO(base64.b64decode(events[1].b64_json)))
    assert preview.size == (128, 128)
    assert plain.data is not None
    assert events[-1].b64_json == plain.data[0].b64_json


@pytest.mark.parametrize(
    ("prompt", "fields", "code"),
    [
        ("a naked toddler", {}, "prompt_refused"),
        ("a fox", {"seed": 2**63 - 1}, None),
        ("a fox \x00 in \u200b the snow 🦊", {}, None),
    ],
)
def test_odd_prompts_and_seeds(client: OpenAI, prompt: str, fields: dict[str, Any], code: str | None) -> None:
    extra = {**QUICK, "num_inference_steps": 1, **fields}
    if code is None:
        assert client.images.generate(prompt=prompt, size="64x64", extra_body=extra).data
    else:
        with pytest.raises(openai.BadRequestError) as caught:
            client.images.generate(prompt=prompt, extra_body=extra)
        assert caught.value.code == code


def test_a_prompt_of_more_than_max_tokens_is_told(client: OpenAI) -> None:
    messages: Any = chat_messages("a red house in a meadow", "make it night")
    with pytest.raises(openai.UnprocessableEntityError, match="and 2 are allowed") as caught:
        client.chat.completions.create(model="diffchat", messages=messages, max_tokens=2)
    assert caught.value.code == "edit_failed"


def long_painting(served: Served) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
    """A request of 150 steps, once its painting has begun, and its answer from then on."""
    connection = http.client.HTTPConnection(served.host, served.port, timeout=60)
    body = json.dumps({"prompt": "a fox", "num_inference_steps": 150, "size": "256x256", "stream": True})
    connection.request("POST", "/v1/images/generations", body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    assert b"image_generation.progress" in answer.readline()
    return connection, answer


def test_a_dropped_connection_frees_the_worker_at_its_next_step(client: OpenAI, served: Served) -> None:
    long_painting(served)[0].close()
    until(lambda: served.service.pictures.inside == 0)
    # without the cancellation this would come after the other 149 steps, and after a kill as a restart
    assert client.images.generate(prompt="a fox", extra_body=QUICK).data
    assert [worker.restarts for worker in served.call(served.engine.workers)] == [0, 0]


def test_a_worker_that_dies_is_told(served: Served) -> None:
    """The last test: what it kills takes seconds to load again (`test_worker_queue.py` waits for that)."""
    connection, answer = long_painting(served)
    os.kill(served.call(lambda: served.engine._picture.worker.pid), signal.SIGKILL)
    assert b"worker_died" in answer.read()
    connection.close()
    health = http.client.HTTPConnection(served.host, served.port, timeout=60)
    health.request("GET", "/health")
    told = health.getresponse()
    assert (told.status, json.loads(told.read())["workers"]["picture"]) == (503, "is starting again")
    health.close()
