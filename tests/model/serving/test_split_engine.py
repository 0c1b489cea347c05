"""Words here and pictures elsewhere, or the other way round."""

from pathlib import Path
from typing import Any

import pytest

from model.engine import EditRequest, Elsewhere, PaintRequest, Reloadable
from model.errors import EngineRefused
from model.presets import resolve
from model.serving.choice import engine_for
from model.serving.local_engine import LocalEngine
from model.settings import RemoteServers
from tests.model.serving.remote.servers import Server, at, serving

MODELS = resolve("tiny")
ECHO = str(Path(__file__).parents[1] / "echo_worker.py")


@pytest.fixture(autouse=True)
def small_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers that load no model."""
    real = LocalEngine.__init__

    def init(self: LocalEngine, settings: Any, **options: Any) -> None:
        real(self, settings, worker=[ECHO], **options)

    monkeypatch.setattr(LocalEngine, "__init__", init)


@pytest.mark.parametrize("here", ["words", "pictures", "both"])
async def test_each_half_is_where_it_was_said_to_be(here: str) -> None:
    async with serving(Server()) as server:
        at_server: RemoteServers = at(server)
        words_at = None if here in ("words", "both") else at_server
        pictures_at = None if here in ("pictures", "both") else at_server
        async with engine_for(MODELS, words_at, pictures_at) as engine:
            assert isinstance(engine, Reloadable) is (here != "pictures")
            assert isinstance(engine, Elsewhere) is (here != "both")
            workers = engine.workers()  # type: ignore[attr-defined]
            assert [(state.kind, state.alive) for state in workers] == [("llm", True), ("picture", True)]
            assert engine.info.capabilities.strength is (here != "words")
            if here == "words":
                assert (engine.info.llm, engine.info.painter) == ("echo", "m")
                result = await engine.paint(PaintRequest("a fox", (1,), 64, 64, 2, 3.0))
                assert result.model == "m"
            if here == "pictures":
                assert (engine.info.llm, engine.info.painter) == ("m", "echo")
                assert (await engine.edit(EditRequest("a", "b"))).model == "m"
        assert not any(state.alive for state in engine.workers())  # type: ignore[attr-defined]


async def test_a_wrong_key_is_told_before_the_models_here_are_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    async def loaded(_: LocalEngine) -> LocalEngine:
        raise AssertionError("the models are loaded for nothing")

    monkeypatch.setattr(LocalEngine, "__aenter__", loaded)
    async with serving(Server(key="another")) as server:
        with pytest.raises(EngineRefused):
            await engine_for(MODELS, None, at(server)).__aenter__()
