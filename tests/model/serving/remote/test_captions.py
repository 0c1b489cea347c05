"""Pictures described by a model of its own, as vLLM or OpenAI serve them."""

import pytest

from model.errors import EngineUnreachable
from model.presets import resolve
from model.serving.choice import engine_for
from model.serving.remote.engine import RemoteEngine
from tests.model.serving.remote.servers import Server, at, b64, completion, png, serving, status

MODELS = resolve("tiny")


async def test_a_captioner_of_its_own_is_asked_before_one_that_others_list() -> None:
    listed = [
        {"id": "sd", "capabilities": {"kind": "pictures"}},
        {"id": "c", "capabilities": {"kind": "captions"}},
    ]
    painter = Server(models=listed)
    reader = Server(models=[{"id": "Qwen/Qwen3-VL-8B"}], words=[completion("a fox \n in the snow")])
    async with (
        serving(painter),
        serving(reader),
        RemoteEngine(MODELS, pictures_at=at(painter), captions_at=at(reader)) as engine,
    ):
        assert engine.info.capabilities.captions
        assert await engine.describe(png()) == "a fox in the snow"
        states = {state.kind: dict(state.outcomes) for state in engine.servers()}
        assert [state.kind for state in engine.workers()] == ["picture"]
    assert states == {"picture": {}, "captioner": {"ok": 1}}
    assert painter.asked == []
    [asked] = reader.asked
    assert asked["model"] == "Qwen/Qwen3-VL-8B"
    words, image = asked["messages"][0]["content"]
    assert words["type"] == "text"
    assert image["image_url"]["url"].startswith(f"data:image/png;base64,{b64()[:20]}")


async def test_a_captioner_that_is_away_leaves_words_and_pictures_as_they_are() -> None:
    server, away = Server(), Server(words=[status(503)])
    async with (
        serving(server),
        serving(away),
        engine_for(MODELS, at(server), at(server), at(away, retries=0)) as engine,
    ):
        with pytest.raises(EngineUnreachable):
            await engine.describe(png())
        states = engine.workers()  # type: ignore[attr-defined]
        assert [(state.kind, state.alive) for state in states] == [("llm", True), ("picture", True)]
