"""Addresses as people write them, and servers that lead elsewhere or never come to an end."""

import asyncio
from typing import Any

import pytest
from aiohttp import web

from model.engine import EditRequest, PaintRequest
from model.errors import BadAnswer, BadRequest, EngineRefused, EngineUnreachable
from model.presets import resolve
from model.serving.remote.engine import RemoteEngine
from tests.model.serving.remote.servers import Server, at, error, event, serving, status

MODELS = resolve("tiny")
EDIT = EditRequest("a red house", "make it night")
PAINT = PaintRequest("a red house", (5,), width=64, height=64, steps=4, guidance=3.0)


@pytest.mark.parametrize("base", ["/v1", "/team/gateway/openai/v1", "/v1/"])
async def test_an_address_may_have_a_path(base: str) -> None:
    async with serving(Server(), base=base.rstrip("/")) as server:
        url = server.url.removesuffix(base.rstrip("/")) + base
        async with RemoteEngine(MODELS, words_at=at(url)) as engine:
            assert (await engine.edit(EDIT)).target_prompt == "a red house at night"


async def test_an_address_may_be_of_ipv6() -> None:
    async with serving(Server(), host="::1") as server:
        assert server.url.startswith("http://[::1]:")
        async with RemoteEngine(MODELS, words_at=at(server)) as engine:
            assert (await engine.edit(EDIT)).target_prompt == "a red house at night"


@pytest.mark.parametrize("model", ["", "m"])
async def test_an_address_without_its_v1_says_so(model: str) -> None:
    async with serving(Server()) as server:
        settings = at(server.url.removesuffix("/v1"), model=model, retries=0)
        async with RemoteEngine(MODELS, words_at=settings) as engine:
            with pytest.raises(EngineRefused, match=r"/v1|check urls"):
                await engine.edit(EDIT)


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
async def test_the_key_and_the_words_go_to_no_other_server(code: int) -> None:
    async with serving(Server()) as other:
        server = Server(
            words=[status(code, location=f"{other.url}/chat/completions")],
            pictures=[status(code, location=f"{other.url}/images/generations")],
        )
        async with serving(server):
            settings = at(server, retries=0)
            async with RemoteEngine(MODELS, words_at=settings, pictures_at=settings) as engine:
                for work in (engine.edit(EDIT), engine.paint(PAINT)):
                    with pytest.raises(EngineRefused, match="sends elsewhere, which is not followed"):
                        await work
    assert other.headers == []


async def endless(request: web.Request) -> web.StreamResponse:
    """Steps without end, none of which is the last."""
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    while True:
        await response.write(event("image_generation.progress", step=1, of=4))
        await asyncio.sleep(0.01)


async def test_a_stream_without_end_is_ended() -> None:
    async with serving(Server(pictures=[endless])) as server:
        async with RemoteEngine(MODELS, pictures_at=at(server, retries=0, timeout_s=0.3)) as engine:
            with pytest.raises(EngineUnreachable, match="in time"):
                await engine.paint(PAINT)
        await asyncio.wait_for(server.gone.wait(), 10)


def raw(body: bytes) -> Any:
    async def reply(_: web.Request) -> web.StreamResponse:
        return web.Response(body=body, content_type="application/json")

    return reply


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"choices": ' + b'{"a":' * 50_000,
        b'{"choices": ' + b"9" * 10_000 + b"}",
        b'{"choices": [' + b"0," * 300_000 + b"0]}",
        b"\xff\xfe{}",
    ],
    ids=["deep", "deeper", "a number", "many", "bytes"],
)
async def test_json_made_to_hurt_is_an_answer_that_is_none(body: bytes) -> None:
    server = Server(words=[raw(body)])
    async with serving(server), RemoteEngine(MODELS, words_at=at(server, retries=0)) as engine:
        with pytest.raises(BadAnswer):
            await engine.edit(EDIT)


async def test_half_a_character_is_taken_out() -> None:
    """JSON can carry lone surrogates, which no database takes."""
    body = b'{"choices": [{"message": {"content": "a red house \\ud800 at\\u0000 night"}}]}'
    server = Server(words=[raw(body)])
    async with serving(server), RemoteEngine(MODELS, words_at=at(server, retries=0)) as engine:
        assert (await engine.edit(EDIT)).target_prompt == "a red house at night"


async def test_a_list_of_models_made_to_hurt_is_told() -> None:
    server = Server(models=[{"id": f"m{number}"} for number in range(2000)])
    async with serving(server), RemoteEngine(MODELS, words_at=at(server, retries=0)) as engine:
        with pytest.raises(BadAnswer, match="list of models"):
            await engine.edit(EDIT)


async def test_errors_without_a_shape_are_still_told() -> None:
    for body in (error("x" * 100_000), ["no"], {"error": {"message": {"a": 1}}}, {"detail": [{"loc": 1}]}):
        server = Server(words=[status(400, body)])
        async with serving(server), RemoteEngine(MODELS, words_at=at(server, retries=0)) as engine:
            with pytest.raises(BadRequest, match="refuses the request") as raised:
                await engine.edit(EDIT)
        assert len(str(raised.value)) < 400
