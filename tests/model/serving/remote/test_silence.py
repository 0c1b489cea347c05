"""A server is given up when it is silent, not when a request waits long in its line."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from model.engine import EditRequest, PaintRequest
from model.errors import EngineUnreachable
from model.presets import resolve
from model.serving.openai_server.protocol import sse
from model.serving.remote.engine import RemoteEngine
from tests.model.serving.remote.servers import Reply, Server, at, b64, completion, event, serving

MODELS = resolve("tiny")
PAINT = PaintRequest("a red house", (5,), width=64, height=64, steps=4, guidance=3.0)
SILENCE, BETWEEN = 1.0, 0.4  # seconds: four signs take longer than a silence may


def one_by_one() -> Reply:
    """Answers of one worker: each takes a while, and the others wait for it."""
    line = asyncio.Lock()

    async def reply(_: web.Request) -> web.StreamResponse:
        async with line:
            await asyncio.sleep(BETWEEN)
            return web.json_response(completion("a red house at night"))

    return reply


def painted_after(*signs: bytes) -> Reply:
    """A stream of signs, one at a time, and the picture at its end."""

    async def reply(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": sse.CONTENT_TYPE})
        await response.prepare(request)
        for sign in signs:
            await asyncio.sleep(BETWEEN)
            await response.write(sign)
        await response.write(event("image_generation.completed", b64_json=b64(), seed=5))
        return response

    return reply


async def test_an_answer_to_somebody_else_shows_that_the_server_works() -> None:
    server = Server(words=[one_by_one()])
    async with (
        serving(server),
        RemoteEngine(MODELS, words_at=at(server, retries=0, timeout_s=SILENCE)) as engine,
    ):
        edits = [engine.edit(EditRequest("a red house", f"make it night {n}")) for n in range(4)]
        assert {done.target_prompt for done in await asyncio.gather(*edits)} == {"a red house at night"}
        [state] = engine.servers()
    assert (state.up, dict(state.outcomes)) == (True, {"ok": 4})


@pytest.mark.parametrize(
    "signs",
    [
        [sse.WAITING] * 4,
        [event("image_generation.progress", step=step, of=4) for step in range(1, 5)],
        [event("image_generation.partial_image", b64_json=b64(step)) for step in range(1, 5)],
    ],
    ids=["it waits in the line", "steps", "previews"],
)
async def test_what_a_stream_tells_shows_that_the_server_works(signs: list[bytes]) -> None:
    server = Server(pictures=[painted_after(*signs)])
    async with (
        serving(server),
        RemoteEngine(MODELS, pictures_at=at(server, retries=0, timeout_s=SILENCE)) as engine,
    ):
        assert len((await engine.paint(PAINT)).pictures) == 1


async def test_the_same_step_again_and_again_shows_nothing() -> None:
    stuck = event("image_generation.progress", step=1, of=4)
    server = Server(pictures=[painted_after(*[stuck] * 20)])
    async with (
        serving(server),
        RemoteEngine(MODELS, pictures_at=at(server, retries=0, timeout_s=SILENCE)) as engine,
    ):
        with pytest.raises(EngineUnreachable, match="nothing was heard"):
            await engine.paint(PAINT)


@pytest.fixture
async def looked_at() -> AsyncIterator[tuple[RemoteEngine, Server]]:
    """An engine whose server lists models as often as it is asked, and answers no request."""

    async def never(_: web.Request) -> web.StreamResponse:
        await asyncio.Event().wait()
        raise AssertionError

    server = Server(words=[never])
    async with (
        serving(server),
        RemoteEngine(MODELS, words_at=at(server, retries=0, timeout_s=SILENCE)) as engine,
    ):
        yield engine, server


async def test_a_list_of_models_does_not_show_that_its_model_works(
    looked_at: tuple[RemoteEngine, Server],
) -> None:
    engine, _ = looked_at
    edit = asyncio.create_task(engine.edit(EditRequest("a red house", "make it night")))
    pool = engine._words
    assert pool is not None
    for _ in range(4):
        await asyncio.sleep(BETWEEN)
        await pool.servers[0].look()
    with pytest.raises(EngineUnreachable, match="nothing was heard"):
        await asyncio.wait_for(edit, 10)
