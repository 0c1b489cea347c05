"""The application for real: Ray Serve on this machine, two replicas of TinyWorld's models each.

One Ray instance for the module, as it takes a minute to come up. The clients are OpenAI's.
"""

import asyncio
import base64
import http.client
import io
import json
import os
import socket
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import ray
from openai import AsyncOpenAI, OpenAI
from PIL import Image
from ray import serve

from model.engine import EditRequest, PaintRequest
from model.language.prompt import chat_messages
from model.pictures.png_metadata import read_parameters
from model.presets import resolve
from model.serving.cluster.settings import ClusterSettings
from model.serving.ray_app import application
from model.serving.remote.engine import RemoteEngine
from model.settings import ModelSettings
from model.tiny.render import render
from model.tiny.world import Scene, Thing
from tests.model.serving.cluster.adapters import picture_lora, words_adapter
from tests.model.serving.remote.servers import at

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

NAME = "diffchat"
CLUSTER = ClusterSettings(
    open=True, queue=64, words_replicas="2", picture_replicas="2",
    words_cpus=0.1, picture_cpus=0.1, caption_cpus=0.1, drain_seconds=60,
)  # fmt: skip
QUICK = {"seed": 3, "num_inference_steps": 2}
EDIT: Any = chat_messages("a red house in a meadow", "make it night")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> ModelSettings:
    """TinyWorld with two adapters for words and two for pictures."""
    folder: Path = tmp_path_factory.mktemp("adapters")
    variants = {name: words_adapter(folder / name) for name in ("calm", "bold")}
    loras = {name: picture_lora(folder / name, seed) for seed, name in enumerate(("comic", "oil"))}
    return resolve("tiny", llm={"variants": variants}, image={"previews": True, "loras": loras})


@pytest.fixture(scope="module")
def port(settings: ModelSettings) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        chosen: int = free.getsockname()[1]
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    ray.init("local", num_cpus=4, include_dashboard=False, object_store_memory=200_000_000)
    try:
        serve.start(http_options={"host": "127.0.0.1", "port": chosen})
        serve.run(application(settings, CLUSTER), name=NAME)
        yield chosen
    finally:
        serve.shutdown()
        ray.shutdown()


@pytest.fixture
def client(port: int) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"http://127.0.0.1:{port}/v1", api_key="none", max_retries=0, timeout=300) as made:
        yield made


def asynchronous(port: int) -> AsyncOpenAI:
    """Never tries again by itself: what is lost is seen."""
    return AsyncOpenAI(base_url=f"http://127.0.0.1:{port}/v1", api_key="none", max_retries=0, timeout=300)


def health(port: int) -> tuple[int, dict[str, Any]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", "/health")
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def until(condition: Callable[[], bool], seconds: float = 240) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.2)


def kill(kind: str) -> None:
    """End one replica of a kind at once, as a machine that loses its power."""
    actors = ray.util.list_named_actors(all_namespaces=True)
    found = [actor for actor in actors if f"#{kind}#" in actor["name"]]
    ray.kill(ray.get_actor(found[0]["name"], found[0]["namespace"]), no_restart=True)


async def edit(client: AsyncOpenAI, number: int) -> str:
    answer = await client.chat.completions.create(model="diffchat", messages=EDIT, seed=number)
    return answer.choices[0].message.content or ""


async def paint(client: AsyncOpenAI, number: int, steps: int = 12) -> int:
    """Steps that make it last long enough for something to happen meanwhile."""
    more: dict[str, Any] = {"seed": number, "num_inference_steps": steps}
    answer = await client.images.generate(prompt="a red house", extra_body=more)
    assert answer.data is not None
    return int(answer.data[0].to_dict()["seed"])  # type: ignore[call-overload]


async def under_load(port: int, disturb: Callable[[], None], until_done: bool = False) -> int:
    """Requests of both kinds while `disturb` runs in a thread; how many there were. Each must be answered."""
    done = 0
    disturbing: asyncio.Future[None] | None = None
    async with asynchronous(port) as client:

        async def ask(first: int, one: Callable[[AsyncOpenAI, int], Awaitable[Any]]) -> None:
            nonlocal done
            number = first
            while number < first + 8 or (until_done and disturbing is not None and not disturbing.done()):
                assert await one(client, number)
                number, done = number + 1, done + 1

        asking = [asyncio.create_task(ask(100 * i + 1, one)) for i in range(3) for one in (edit, paint)]
        await asyncio.sleep(1)
        disturbing = asyncio.ensure_future(asyncio.to_thread(disturb))
        await asyncio.gather(*asking, disturbing)
    return done


def test_openais_client_on_every_route(client: OpenAI, port: int) -> None:
    assert [model.id for model in client.models.list()] == [
        "diffchat", "calm", "bold", "sd", "comic", "oil", "clip",
    ]  # fmt: skip
    assert client.models.retrieve("oil").to_dict()["parent"] == "sd"
    said = client.chat.completions.create(model="diffchat", messages=EDIT, temperature=0)
    prompt = said.choices[0].message.content or ""
    assert "night" in prompt
    chunks = client.chat.completions.create(model="diffchat", messages=EDIT, temperature=0, stream=True)
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == prompt

    painted = client.images.generate(model="sd", prompt=prompt, n=2, extra_body=QUICK)
    assert painted.data is not None
    files = [base64.b64decode(picture.b64_json or "") for picture in painted.data]
    assert [Image.open(io.BytesIO(file)).size for file in files] == [(128, 128)] * 2
    edited = client.images.edit(
        image=("house.png", files[0], "image/png"),
        prompt="a blue house",
        extra_body=QUICK | {"strength": 0.8},
    )
    assert edited.data is not None
    kept = read_parameters(base64.b64decode(edited.data[0].b64_json or ""))
    assert kept is not None
    assert (kept.keep, kept.prompt) == (0.2, "a blue house")

    drawn = io.BytesIO()
    render(Scene((Thing("house", "red"),)), seed=1).save(drawn, "PNG")
    url = f"data:image/png;base64,{base64.b64encode(drawn.getvalue()).decode()}"
    question: Any = [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": url}}]}]
    caption = client.chat.completions.create(model="clip", messages=question)
    assert "house" in (caption.choices[0].message.content or "")
    status, told = health(port)
    assert (status, told["workers"]) == (
        200, {"Words": "2 running", "Pictures": "2 running", "Captions": "1 running"},
    )  # fmt: skip


async def test_both_replicas_stream_at_once_and_paint_the_same_for_a_seed(port: int) -> None:
    order: list[tuple[int, str]] = []

    async def painted(client: AsyncOpenAI, number: int) -> str:
        fields = {**QUICK, "num_inference_steps": 30}
        stream = await client.images.generate(
            prompt="a fox", stream=True, partial_images=1, extra_body=fields
        )
        async for event in stream:
            order.append((number, event.type.removeprefix("image_generation.")))
        return event.b64_json

    async with asynchronous(port) as client:
        pictures = await asyncio.gather(painted(client, 1), painted(client, 2))
    assert pictures[0] == pictures[1]
    assert (1, "partial_image") in order
    # each replica paints one request at a time: that both move before either is done takes two
    ends = min(order.index((number, "completed")) for number in (1, 2))
    assert {number for number, kind in order[:ends] if kind == "progress"} == {1, 2}


def test_adapters_are_loaded_where_they_are_asked_for(client: OpenAI) -> None:
    for name in ("calm", "bold", "diffchat", "calm"):
        answer = client.chat.completions.create(model=name, messages=EDIT, temperature=0)
        assert answer.model == (name if name == "diffchat" else f"diffchat+{name}")
    pictures: dict[str, set[str | None]] = {}
    for name in ("sd", "comic", "oil", "sd", "comic", "oil"):
        painted = client.images.generate(model=name, prompt="a fox", extra_body=QUICK)
        assert painted.data is not None
        pictures.setdefault(name, set()).add(painted.data[0].b64_json)
    assert [len(same) for same in pictures.values()] == [1, 1, 1]
    assert len(set.union(*pictures.values())) == 3


async def test_the_bots_engine_for_servers_elsewhere(port: int, settings: ModelSettings) -> None:
    url = f"http://127.0.0.1:{port}/v1"
    words, pictures = at(url, model="diffchat", timeout_s=120), at(url, model="sd", timeout_s=120)
    steps: list[int] = []
    async with RemoteEngine(settings, words_at=words, pictures_at=pictures) as engine:
        info = engine.info
        assert (info.llm, info.painter, info.languages) == ("diffchat", "sd", ("en", "de"))
        able = info.capabilities
        assert (able.previews, able.cancel, able.edit, able.region, able.captions) == (True,) * 5
        edited = await engine.edit(EditRequest("a red house in a meadow", "make it night", variant="calm"))
        assert "night" in edited.target_prompt
        wanted = PaintRequest(edited.target_prompt, (1, 2), 128, 128, 3, 2.5, lora="comic")
        painted = await engine.paint(wanted, lambda progress: steps.append(progress.step))
    assert [picture.seed for picture in painted.pictures] == [1, 2]
    assert list(dict.fromkeys(steps)) == [1, 2, 3]  # a preview comes as an event of its own


def test_a_dropped_connection_frees_the_painter_at_its_next_step(client: OpenAI, port: int) -> None:
    connections = []
    for _ in range(2):  # both replicas
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        body = json.dumps({"prompt": "a fox", "num_inference_steps": 150, "size": "512x512", "stream": True})
        connection.request("POST", "/v1/images/generations", body, {"Content-Type": "application/json"})
        assert b"image_generation.progress" in connection.getresponse().readline()
        connections.append(connection)
    for connection in connections:
        connection.close()
    # with both painters at their 150 large steps this would come after them
    assert client.images.generate(prompt="a fox", extra_body=QUICK).data
    metrics = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    metrics.request("GET", "/metrics")
    told = metrics.getresponse().read().decode()
    metrics.close()
    assert 'diffchat_server_requests_total{code="499",route="/v1/images/generations"} 2.0' in told


async def test_replicas_killed_under_load_lose_no_request(port: int) -> None:
    def killed() -> None:
        kill("Pictures")
        kill("Words")

    assert await under_load(port, killed) == 48
    await asyncio.to_thread(until, lambda: health(port)[1]["workers"]["Words"] == "2 running")


async def test_an_update_while_requests_run_loses_none(port: int, settings: ModelSettings) -> None:
    changed = settings.model_copy(update={"llm": settings.llm.model_copy(update={"batch": 4})})

    def update() -> None:
        serve.run(application(changed, CLUSTER.model_copy(update={"queue": 32})), name=NAME)

    assert await under_load(port, update, until_done=True) >= 48


def test_without_a_replica_of_a_kind_it_is_not_healthy(port: int, client: OpenAI) -> None:
    kill("Captions")
    until(lambda: health(port)[0] == 503, 60)
    until(lambda: health(port)[0] == 200)
