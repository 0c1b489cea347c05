"""Words from servers elsewhere: what is asked, what comes back, and every way in which that goes wrong."""

import asyncio
import logging
import time
from contextlib import AsyncExitStack
from email.utils import formatdate
from typing import Any

import pytest
from aiohttp import web

from model.engine import EditRequest, Elsewhere, Engine, Reloadable, Step, Supervised
from model.errors import (
    BadAnswer,
    BadImage,
    BadRequest,
    EditError,
    EngineClosed,
    EngineRefused,
    EngineUnreachable,
    ModelError,
    OutOfMemory,
    PromptRefused,
    Unsupported,
)
from model.language.messages import conversation_messages, read_conversation
from model.presets import resolve
from model.serving.remote.engine import RemoteEngine
from model.settings import ModelSettings
from tests.model.serving.remote.servers import (
    KEY,
    Server,
    at,
    b64,
    closed_port,
    completion,
    error,
    png,
    serving,
    slow,
    status,
    stream,
)

pytestmark = pytest.mark.usefixtures("no_waiting")

MODELS = resolve("tiny")
REQUEST = EditRequest("a red house", "make it night", seed=7)


async def asked_once(server: Server, *answers: Any, **settings: Any) -> Any:
    """The outcome of one edit when the server gives these answers."""
    server.words = list(answers)
    async with serving(server), RemoteEngine(MODELS, words_at=at(server, retries=0, **settings)) as engine:
        return await engine.edit(REQUEST)


async def test_an_edit_is_asked_for_as_of_any_instruct_server() -> None:
    engine: Engine
    server = Server(models=[{"id": "Qwen/Qwen3-8B"}], key=KEY)
    async with serving(server), RemoteEngine(MODELS, words_at=at(server)) as engine:
        result = await engine.edit(REQUEST)
        assert (result.target_prompt, result.model) == ("a red house at night", "Qwen/Qwen3-8B")
        assert engine.info.llm == "Qwen/Qwen3-8B"
        assert isinstance(engine, Supervised)
        assert isinstance(engine, Elsewhere)
        assert not isinstance(engine, Reloadable)
        assert [(state.kind, state.alive) for state in engine.workers()] == [("llm", True)]
        assert [dict(state.outcomes) for state in engine.servers()] == [{"ok": 1}]
    assert server.asked == [
        {
            "model": "Qwen/Qwen3-8B",
            "messages": conversation_messages("a red house", "make it night"),
            "temperature": 0.0,
            "seed": 7,
            "max_tokens": MODELS.llm.max_new_tokens,
            "chat_template_kwargs": {"enable_thinking": False},
        }
    ]
    with pytest.raises(EngineClosed):
        await engine.edit(REQUEST)


async def test_what_is_never_made_is_sent_nowhere() -> None:
    server = Server()
    async with serving(server), RemoteEngine(MODELS, words_at=at(server)) as engine:
        with pytest.raises(PromptRefused, match="minors"):
            await engine.edit(EditRequest("a child on a beach", "make it naked"))
    assert server.asked == []


@pytest.mark.parametrize("first", [completion(""), completion("x", "length"), completion(None)])
async def test_an_answer_that_is_no_prompt_is_asked_for_once_more_with_sampling(first: Any) -> None:
    server = Server(words=[first, completion("a red house at night")])
    async with serving(server), RemoteEngine(MODELS, words_at=at(server)) as engine:
        assert (await engine.edit(REQUEST)).target_prompt == "a red house at night"
        assert [(asked["temperature"], asked["seed"]) for asked in server.asked] == [(0.0, 7), (0.7, 8)]
        server.words = [completion("Source: a\nInstruction: b")]
        with pytest.raises(EditError):
            await engine.edit(REQUEST)


async def test_a_variant_is_asked_for_by_its_name_where_it_is_served() -> None:
    models = [{"id": "m"}, {"id": "b", "parent": "m"}]
    server = Server(models=models)
    async with serving(server), RemoteEngine(MODELS, words_at=at(server)) as engine:
        assert (await engine.edit(EditRequest("a", "b", variant="b"))).model == "b"
        assert (await engine.edit(EditRequest("a", "b", variant="c"))).model == "m"


def with_variants(*names: str) -> ModelSettings:
    llm = MODELS.llm.model_copy(update={"variants": dict.fromkeys(names, "")})
    return MODELS.model_copy(update={"llm": llm})


async def test_an_arm_that_is_not_served_is_told_at_the_start() -> None:
    server = Server(models=[{"id": "m"}, {"id": "a", "parent": "m"}])
    async with serving(server):
        with pytest.raises(EngineRefused, match=r"b of \[experiment\] is not listed"):
            await RemoteEngine(with_variants("a", "b"), words_at=at(server)).__aenter__()


async def test_an_arm_is_never_silently_the_plain_model() -> None:
    """Of two servers one lists it; one that tells no list is asked by its name."""
    without, with_it = Server(), Server(models=[{"id": "m"}, {"id": "b", "parent": "m"}])
    unsaid = Server(models=[])
    request = EditRequest("a", "b", variant="b")
    async with serving(without), serving(with_it), serving(unsaid):
        async with RemoteEngine(with_variants("b"), words_at=at(without, with_it)) as engine:
            assert [(await engine.edit(request)).model for _ in range(3)] == ["b"] * 3
        assert without.asked == []
        async with RemoteEngine(with_variants("b"), words_at=at(unsaid, model="m")) as engine:
            await engine.edit(request)
    assert [asked["model"] for asked in unsaid.asked] == ["b"]


UNKNOWN = {
    "openai": error(
        "Unknown parameter: 'chat_template_kwargs'.", "unknown_parameter", "chat_template_kwargs"
    ),
    "fastapi": {
        "detail": [
            {"loc": ["body", "chat_template_kwargs"], "msg": "Extra inputs are not permitted", "input": "x"}
        ]
    },
    "transformers serve": {"detail": "Unexpected keys in the request: {'chat_template_kwargs'}"},
}


@pytest.mark.parametrize("refusal", UNKNOWN.values(), ids=UNKNOWN)
async def test_a_field_that_a_server_does_not_know_is_left_out_from_then_on(refusal: Any) -> None:
    server = Server(words=[status(422, refusal), completion("a red house at night")])
    async with serving(server), RemoteEngine(MODELS, words_at=at(server)) as engine:
        for _ in range(2):
            assert (await engine.edit(REQUEST)).target_prompt == "a red house at night"
    assert ["chat_template_kwargs" in asked for asked in server.asked] == [True, False, False]
    assert all("seed" in asked for asked in server.asked)


FAULTS: dict[str, tuple[Any, type[ModelError]]] = {
    "wrong key": (status(401, error("Incorrect API key", "invalid_api_key")), EngineRefused),
    "forbidden": (status(403), EngineRefused),
    "no such model": (status(404, error("The model `m` does not exist", "model_not_found")), EngineRefused),
    "redirect": (status(302, location="http://169.254.169.254/"), EngineRefused),
    "method": (status(405), EngineRefused),
    "busy": (status(429, retry_after="120"), EngineUnreachable),
    "server error": (status(500), EngineUnreachable),
    "an HTML page of a proxy": (status(502, "<html>Bad Gateway</html>"), EngineUnreachable),
    "draining": (status(503, error("draining")), EngineUnreachable),
    "its worker died": (status(503, error("gone", "worker_died")), EngineUnreachable),
    "too large for it": (status(503, error("too large", "out_of_memory")), OutOfMemory),
    "bad request": (status(400, error("too long", "context_length_exceeded")), BadRequest),
    "validation": (status(422, {"detail": [{"loc": ["body", "seed"], "msg": "too large"}]}), BadRequest),
    "too many bytes": (status(413), BadRequest),
    "refused words": (status(400, error("no", "prompt_refused")), PromptRefused),
    "moderation": (status(400, error("a red house", "moderation_blocked")), PromptRefused),
    "no prompt": (status(422, error("no", "edit_failed")), EditError),
    "filtered": (completion("x", "content_filter"), PromptRefused),
    "an HTML page": (status(200, "<html>Welcome</html>"), BadAnswer),
    "nonsense": ({"choices": []}, BadAnswer),
    "another shape": ({"choices": [{"text": "a"}]}, BadAnswer),
    "no text": (completion(["a"]), BadAnswer),
    "far too much": (completion("word " * 5000), BadAnswer),
    "half an answer": (stream(b'{"choices": [', whole=False), EngineUnreachable),
    "never": (slow(), EngineUnreachable),
}


@pytest.mark.parametrize(("answer", "kind"), FAULTS.values(), ids=FAULTS)
async def test_every_fault_has_its_error(
    answer: Any, kind: type[ModelError], caplog: pytest.LogCaptureFixture
) -> None:
    server = Server()
    with pytest.raises(ModelError) as raised:
        await asked_once(server, answer, timeout_s=0.3 if answer is FAULTS["never"][0] else 10.0)
    assert type(raised.value) is kind
    assert KEY not in caplog.text + str(raised.value)
    assert "a red house" not in caplog.text
    if kind in (EngineRefused, EngineUnreachable, BadAnswer):
        assert server.url in str(raised.value)
        assert server.url in caplog.text


async def test_too_long_an_answer_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.serving.remote.words.MAX_ANSWER", 1000)
    for long in (status(500, error("x" * 5000)), stream(b"x" * 5000)):
        with pytest.raises(BadAnswer, match="more than an answer needs"):
            await asked_once(Server(), long)


async def test_a_packed_answer_is_not_unpacked() -> None:
    async def packed(_: web.Request) -> web.StreamResponse:
        response = web.json_response(completion("a" * 100))
        response.enable_compression(web.ContentCoding.gzip)
        return response

    server = Server()
    with pytest.raises(BadAnswer, match="packed"):
        await asked_once(server, lambda request: _forced(packed, request))
    assert {headers["Accept-Encoding"] for headers in server.headers} == {"identity"}


async def _forced(reply: Any, request: web.Request) -> web.StreamResponse:
    response: web.StreamResponse = await reply(request)
    return response


async def test_a_server_that_is_away_is_told_and_taken_back_when_it_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("model.serving.remote.pool.LOOK_EVERY_S", 0.02)
    port = closed_port()
    settings = at(f"http://127.0.0.1:{port}/v1")
    async with RemoteEngine(MODELS, words_at=settings) as engine:
        with pytest.raises(EngineUnreachable, match="cannot be reached"):
            await engine.edit(REQUEST)
        assert [state.alive for state in engine.workers()] == [False]
        async with serving(Server(), port=port):
            async with asyncio.timeout(10):
                while not engine.workers()[0].alive:  # noqa: ASYNC110  # nothing to wait for but this
                    await asyncio.sleep(0.01)
            assert (await engine.edit(REQUEST)).target_prompt == "a red house at night"


async def test_a_server_that_went_away_stays_away_until_it_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.serving.remote.pool.LOOK_EVERY_S", 0.05)
    monkeypatch.setattr("model.serving.remote.server._FIRST_REST", 0.05)
    port = closed_port()
    settings = at(f"http://127.0.0.1:{port}/v1", retries=0)
    async with AsyncExitStack() as server, AsyncExitStack() as stack:
        await server.enter_async_context(serving(Server(), port=port))
        engine = await stack.enter_async_context(RemoteEngine(MODELS, words_at=settings))
        assert engine.workers()[0].alive
        await server.aclose()
        with pytest.raises(EngineUnreachable):
            await engine.edit(REQUEST)
        for _ in range(60):  # many times as long as it rests for one failure
            await asyncio.sleep(0.01)
            assert not engine.workers()[0].alive, "nobody asked, and it counts as up"
        async with serving(Server(), port=port), asyncio.timeout(10):
            while not engine.workers()[0].alive:  # noqa: ASYNC110  # nothing to wait for but this
                await asyncio.sleep(0.01)


async def test_another_server_takes_over_and_the_first_rests() -> None:
    bad, good = Server(words=[status(500)]), Server()
    async with serving(bad), serving(good), RemoteEngine(MODELS, words_at=at(bad, good)) as engine:
        for _ in range(4):
            assert (await engine.edit(REQUEST)).target_prompt == "a red house at night"
        states = {state.url: dict(state.outcomes) for state in engine.servers()}
    assert states[good.url] == {"ok": 4}
    assert set(states[bad.url]) == {"EngineUnreachable"}


async def test_the_least_busy_server_is_asked() -> None:
    servers = Server(), Server()
    gate = asyncio.Event()

    async def waiting(_: web.Request) -> web.StreamResponse:
        await gate.wait()
        return web.json_response(completion("a red house at night"))

    for server in servers:
        server.words = [waiting]
    async with AsyncExitStack() as stack:
        for server in servers:
            await stack.enter_async_context(serving(server))
        engine = await stack.enter_async_context(RemoteEngine(MODELS, words_at=at(*servers)))
        edits = [asyncio.create_task(engine.edit(REQUEST)) for _ in range(6)]
        async with asyncio.timeout(10):
            while sum(len(server.asked) for server in servers) < 6:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        gate.set()
        await asyncio.gather(*edits)
    assert [len(server.asked) for server in servers] == [3, 3]


async def test_a_failure_that_may_pass_is_tried_again_at_the_same_server() -> None:
    server = Server(words=[status(500), status(429, retry_after="0.01"), completion("a red house at night")])
    async with serving(server), RemoteEngine(MODELS, words_at=at(server, retries=2)) as engine:
        assert (await engine.edit(REQUEST)).target_prompt == "a red house at night"
    assert len(server.asked) == 3


@pytest.mark.parametrize("given", ["120", "date"])
async def test_what_a_server_asks_to_be_left_alone_for_is_told_to_who_waits(given: str) -> None:
    """A date is set against the server's own clock, which may be an hour off ours."""
    then = time.time() - 3600
    headers = {"retry_after": given}
    if given == "date":
        headers = {
            "retry_after": formatdate(then + 120, usegmt=True),
            "date": formatdate(then, usegmt=True),
        }
    with pytest.raises(EngineUnreachable) as raised:
        await asked_once(Server(), status(429, error("busy"), **headers))
    assert raised.value.after == 120


async def test_cancelling_hangs_up() -> None:
    server = Server(words=[slow()])
    async with serving(server), RemoteEngine(MODELS, words_at=at(server)) as engine:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(engine.edit(REQUEST), 0.1)
        await asyncio.wait_for(server.gone.wait(), 10)
        assert dict(engine.servers()[0].outcomes) == {"cancelled": 1}


@pytest.mark.parametrize("models", [[{"id": "a"}, {"id": "b"}], []], ids=["several", "none"])
async def test_a_model_that_is_not_clear_must_be_named(models: list[dict[str, Any]]) -> None:
    server = Server(models=models)
    async with serving(server), RemoteEngine(MODELS, words_at=at(server, retries=0)) as engine:
        with pytest.raises(EngineRefused, match="set model to its name"):
            await engine.edit(REQUEST)
    named = Server(models=models)
    async with serving(named), RemoteEngine(MODELS, words_at=at(named, model="b")) as engine:
        assert (await engine.edit(REQUEST)).model == "b"


async def test_of_our_own_server_the_model_for_words_is_meant() -> None:
    models = [
        {"id": "diffchat", "capabilities": {"kind": "words"}},
        {"id": "x", "parent": "diffchat", "capabilities": {"kind": "words"}},
        {"id": "sd", "capabilities": {"kind": "pictures"}},
    ]
    server = Server(models=models)
    async with serving(server), RemoteEngine(MODELS, words_at=at(server)) as engine:
        assert (await engine.edit(REQUEST)).model == "diffchat"
    assert "chat_template_kwargs" not in server.asked[0]


async def test_a_wrong_key_is_told_at_the_start(caplog: pytest.LogCaptureFixture) -> None:
    server = Server(key="another")
    async with serving(server):
        with pytest.raises(EngineRefused, match="Incorrect API key"):
            await RemoteEngine(MODELS, words_at=at(server)).__aenter__()
    assert KEY not in caplog.text


async def test_the_log_says_what_is_served_and_never_the_key(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server = Server(key=KEY)
    async with serving(server), RemoteEngine(MODELS, words_at=at(server)) as engine:
        await engine.edit(REQUEST)
    assert f"{server.url} serves words: there are m" in caplog.text
    assert KEY not in caplog.text


async def test_a_picture_is_described_by_a_captioner_that_is_listed() -> None:
    models = [{"id": "m", "capabilities": {"kind": "words"}}]
    server = Server(models=models, words=[completion("a fox \n in the snow")])
    async with serving(server), RemoteEngine(MODELS, words_at=at(server)) as engine:
        assert not engine.info.capabilities.captions
        with pytest.raises(Unsupported):
            await engine.describe(png())
    models.append({"id": "captioner", "capabilities": {"kind": "captions"}})
    async with serving(server), RemoteEngine(MODELS, words_at=at(server)) as engine:
        assert engine.info.capabilities.captions
        assert await engine.describe(png()) == "a fox in the snow"
        with pytest.raises(BadImage):
            await engine.describe(b"no picture")
    [asked] = server.asked
    assert asked["model"] == "captioner"
    assert asked["messages"][0]["content"][1]["image_url"]["url"].startswith("data:image/png;base64,")
    assert b64()[:20] in str(asked)


async def test_the_steps_go_along_as_turns_and_marks_are_read() -> None:
    history = (Step("a red house", "make it night"), Step("a red house at night", "add a fox"))
    request = EditRequest("a red house and a fox at night", "take the first", history=history)
    server = Server(words=[completion("!back a red house")])
    async with serving(server), RemoteEngine(MODELS, words_at=at(server)) as engine:
        result = await engine.edit(request)
        assert (result.kind, result.target_prompt) == ("back", "a red house")
        said = [(message["role"], message["content"]) for message in server.asked[0]["messages"]]
        assert read_conversation(said) == (request.source_prompt, "take the first", history)
        server.words = [completion("!undo the fox")]
        with pytest.raises(EditError, match="behind a mark"):
            await engine.edit(request)


async def test_of_a_very_long_conversation_the_beginning_and_the_end_are_sent() -> None:
    history = tuple(Step(f"a fox {n}, {'soft light, ' * 40}", "more") for n in range(40))
    server = Server(words=[completion("a fox")])
    async with serving(server), RemoteEngine(MODELS, words_at=at(server)) as engine:
        await engine.edit(EditRequest("a fox", "less", history=history))
    texts = [message["content"] for message in server.asked[0]["messages"]]
    numbers = [int(text.split()[1]) for text in texts if text.startswith("Step ")][-20:]
    assert (numbers[-1], 1 in numbers, 20 in numbers) == (40, True, False)


async def test_what_the_history_must_not_say_is_sent_nowhere() -> None:
    server = Server()
    history = (Step("a child on a beach", "make it naked"),)
    async with serving(server), RemoteEngine(MODELS, words_at=at(server)) as engine:
        with pytest.raises(PromptRefused, match="minors"):
            await engine.edit(EditRequest("a beach", "make it night", history=history))
    assert server.asked == []
