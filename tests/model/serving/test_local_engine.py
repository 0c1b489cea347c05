"""The engine with small real models: both workers, all methods, and what is left when its owner is killed."""

import asyncio
import dataclasses
import logging
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from model.engine import Capabilities, EditRequest, Engine, PaintProgress, PaintRequest, Supervised
from model.errors import (
    BadImage,
    BadRequest,
    EditError,
    EngineClosed,
    LoadError,
    PromptRefused,
    WorkerDied,
)
from model.moderation.prompt_rules import PromptRules
from model.presets import resolve
from model.serving import wire
from model.serving.local_engine import LocalEngine
from model.serving.worker_queue import WorkerQueue
from model.settings import CaptionerSettings, ImageSettings, LLMSettings, ModelSettings, NamedImageSettings
from tests.model.conftest import EDITS

REQUEST = PaintRequest("a red house", (1, 2), width=64, height=64, steps=3, guidance=3.0)


def settings(llm: Path, pipeline: Path) -> ModelSettings:
    return ModelSettings(
        preset="tiny",
        llm=LLMSettings(model=str(llm), device="cpu", max_new_tokens=48, threads=1),
        image=ImageSettings(
            model=str(pipeline), steps=3, guidance=3.0, width=64, height=64, device="cpu", threads=1
        ),
        captioner=CaptionerSettings(model=str(pipeline / "nowhere")),
        styles={},
    )


async def test_everything_an_engine_does(trained_llm: Path, pipelines: dict[str, Path]) -> None:
    """One long test, since each start loads the model libraries twice."""
    engine: Engine
    xl = NamedImageSettings(
        model=str(pipelines["sdxl"]),
        steps=2,
        guidance=3.0,
        width=64,
        height=64,
        device="cpu",
        threads=1,
        diffedit=True,
    )
    given = settings(trained_llm, pipelines["sd"]).model_copy(update={"models": {"xl": xl}})
    async with LocalEngine(given) as engine:
        assert (engine.info.llm, engine.info.painter) == ("diffchat-small", "small-sd")
        able = dataclasses.replace(engine.info.capabilities, schedulers=())
        assert able == Capabilities(region=True)
        seen: list[PaintProgress] = []
        edits = [engine.edit(EditRequest(source, wish)) for source, wish, _ in EDITS]
        painting = engine.paint(REQUEST, seen.append)
        answers, result = await asyncio.gather(asyncio.gather(*edits), painting)
        assert [answer.target_prompt for answer in answers] == [target for *_, target in EDITS]
        assert [(p.step, p.of) for p in seen] == [(1, 3), (2, 3), (3, 3)]
        assert [p.seed for p in result.pictures] == [1, 2]
        assert (await engine.paint(REQUEST)).pictures == result.pictures

        with pytest.raises(EditError, match="too long"):
            await engine.edit(EditRequest("wine " * 400, "make it night"))
        with pytest.raises(BadRequest):
            await engine.paint(PaintRequest("x", (), 64, 64, 3, 3.0))
        with pytest.raises(BadImage):
            await engine.paint(dataclasses.replace(REQUEST, way="keep", init_image=b"no picture", keep=0.5))
        with pytest.raises(LoadError, match="no CLIP model"):
            await engine.describe(result.pictures[0].png)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(engine.paint(PaintRequest("x", (1,), 64, 64, 500, 3.0)), 0.3)
        assert (await engine.paint(REQUEST)).pictures == result.pictures

        await a_second_pipeline_is_loaded_when_it_is_asked_for(engine)
        await an_edit_of_a_place_waits_for_no_later_one(engine, result.pictures[0].png)

        assert isinstance(engine, Supervised)
        before = await engine.edit(EditRequest("a red house"))
        await engine.reload_llm()
        assert (await engine.edit(EditRequest("a red house"))).target_prompt == before.target_prompt
        assert [(w.kind, w.alive, w.restarts) for w in engine.workers()] == [
            ("llm", True, 0),
            ("picture", True, 0),
        ]
    assert not any(worker.alive for worker in engine.workers())
    with pytest.raises(EngineClosed):
        await engine.edit(EditRequest("x"))


async def a_second_pipeline_is_loaded_when_it_is_asked_for(engine: Engine) -> None:
    assert engine.info.paints("xl").name == "small-sdxl"
    assert engine.info.paints("gone") == engine.info.paints(None) == engine.info.paints("")
    seen: list[PaintProgress] = []
    result = await engine.paint(dataclasses.replace(REQUEST, model="xl", seeds=(1,)), seen.append)
    assert result.model == "small-sdxl"
    assert [(p.loading, p.step, p.of) for p in seen] == [("xl", 0, 0), ("", 1, 3), ("", 2, 3), ("", 3, 3)]
    with pytest.raises(BadRequest, match='no model "gone"'):
        await engine.paint(dataclasses.replace(REQUEST, model="gone"))


async def an_edit_of_a_place_waits_for_no_later_one(engine: Engine, picture: bytes) -> None:
    """It is painted by itself, so one call for several would only keep it until the last of them is done."""
    events: list[str] = []

    async def edit(name: str) -> None:
        request = dataclasses.replace(
            REQUEST, model="xl", seeds=(1,), way="edit", init_image=picture, instruction="add a lantern",
            source_prompt="a fox",
        )  # fmt: skip
        await engine.paint(request, lambda _: events.append(name))
        events.append(f"{name} has it")

    await asyncio.gather(edit("first"), edit("second"))
    assert events.index("first has it") < events.index("second")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What reaches the workers, none of which is there."""
    ops: list[str] = []

    async def ask(self: WorkerQueue, op: str, *_: object, **__: object) -> wire.Frame:
        ops.append(op)
        raise WorkerDied("nobody is there")

    monkeypatch.setattr(WorkerQueue, "ask", ask)
    return ops


@pytest.mark.parametrize(
    ("source", "instruction"),
    [("a naked toddler", ""), ("a child on a beach", "make it naked"), ("a fox", "add a naked toddler")],
)
async def test_what_is_never_made_reaches_no_model_by_whatever_door(
    tmp_path: Path, asked: list[str], source: str, instruction: str
) -> None:
    """Exact words and jobs of an earlier run come in as prompts to paint, without an edit."""
    engine = LocalEngine(settings(tmp_path, tmp_path))
    with pytest.raises(PromptRefused, match="minors"):
        await engine.edit(EditRequest(source, instruction))
    with pytest.raises(PromptRefused, match="minors"):
        await engine.paint(dataclasses.replace(REQUEST, prompt=f"{source}, {instruction}"))
    assert asked == []


async def test_every_text_is_checked_once_as_it_comes_in(
    tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def find(_: PromptRules, text: str) -> str:
        seen.append(text)
        return ""

    monkeypatch.setattr(PromptRules, "find", find)
    engine = LocalEngine(settings(tmp_path, tmp_path))
    with pytest.raises(WorkerDied):
        await engine.edit(EditRequest("a fox", "make it night"))
    with pytest.raises(WorkerDied):
        await engine.paint(REQUEST)
    assert seen == ["a fox\nmake it night", "a red house"]
    assert asked == ["edit", "paint"]


async def test_a_model_that_cannot_be_loaded_is_told_at_start(tmp_path: Path) -> None:
    before = set(psutil.Process().children(recursive=True))
    nowhere = tmp_path / "nowhere"
    with pytest.raises(LoadError, match="does not exist"):
        async with LocalEngine(settings(nowhere, nowhere)):
            pass
    assert set(psutil.Process().children(recursive=True)) <= before


ROOT = Path(__file__).parents[3]
_OWNER = """
import asyncio, sys
from model.serving.worker_queue import WorkerQueue

async def main():
    queue = WorkerQueue([sys.argv[1]], {}, batch=1, grace=1)
    await queue.start()
    work = asyncio.create_task(queue.ask("work", {"steps": 10**5, "deaf": True}, read=lambda f, _: f))
    await asyncio.sleep(0.1)
    print(queue.worker.pid, flush=True)
    await work

asyncio.run(main())
"""


def test_workers_end_when_their_owner_is_killed() -> None:
    echo = str(Path(__file__).parents[1] / "echo_worker.py")
    with subprocess.Popen(
        [sys.executable, "-c", _OWNER, echo], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as owner:
        assert owner.stdout is not None
        worker = psutil.Process(int(owner.stdout.readline()))
        assert worker.is_running()
        os.kill(owner.pid, signal.SIGKILL)
    gone, alive = psutil.wait_procs([worker], timeout=60)
    assert not alive
    assert gone == [worker]


def test_the_process_of_the_bot_loads_no_model_library() -> None:
    code = (
        "import sys, model.serving.local_engine, model.presets, model.pictures.decoding;"
        "model.presets.resolve('tiny');"
        "print([m for m in ('torch', 'transformers', 'diffusers', 'open_clip') if m in sys.modules])"
    )
    output = subprocess.check_output([sys.executable, "-c", code], text=True, cwd=ROOT)
    assert output.strip() == "[]"


def test_the_worker_of_the_language_model_loads_no_diffusers() -> None:
    code = "import sys, model.language.llm; print('diffusers' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True, cwd=ROOT).strip() == "False"


async def loaded_slowly(
    settings: ModelSettings, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Load workers without a model, which counts as taking long; the log is in `caplog`."""
    monkeypatch.setattr("model.serving.local_engine.STILL_LOADING_S", 0.02)
    echo = str(Path(__file__).parents[1] / "echo_worker.py")
    caplog.set_level(logging.INFO, "model.serving.local_engine")
    async with LocalEngine(settings, worker=[echo]):
        pass


async def test_the_log_tells_what_is_loading_and_for_how_long(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    await loaded_slowly(resolve("tiny"), caplog, monkeypatch)
    for kind, name in (("language", "diffchat"), ("picture", "sd")):
        assert f"Loading the {kind} model {name}" in caplog.text
        assert f"Still loading the {kind} model {name}" in caplog.text
        assert f"The {kind} model echo is loaded" in caplog.text
    assert "downloads" not in caplog.text  # the embedded models lie in the package


async def test_a_long_first_start_from_the_hub_is_explained(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = resolve("sd15", llm={"device": "cpu"}, image={"device": "cpu"})
    await loaded_slowly(settings, caplog, monkeypatch)
    assert "(the first time downloads it)" in caplog.text
