"""The trial of `check`: what it says of an engine that works, one that refuses, and one that cannot start."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.check import announcement, verdict
from bot.ops.preflight import Finding
from bot.ops.trial import CHANGED, FEW_STEPS, INSTRUCTION, PICTURE, SMALL, trial_findings
from bot.settings import Settings
from bot.settings.sections import ExperimentSettings, StoreSettings
from model.engine import Capabilities, Engine
from model.errors import BadRequest, EditError, LoadError, OutOfMemory
from model.serving.local_engine import LocalEngine
from model.settings import CHECKPOINTS
from tests.bot.engines import SketchEngine


@pytest.fixture
def settings(tmp_path):
    return Settings(store=StoreSettings(data_dir=tmp_path / "data"))


@asynccontextmanager
async def opening(engine: Engine) -> AsyncIterator[Engine]:
    yield engine


async def findings(settings: Settings, engine: SketchEngine) -> dict[str, Finding]:
    return {finding.subject: finding async for finding in trial_findings(settings, opening(engine))}


async def test_an_edit_and_a_picture_of_few_steps_are_made_and_shown(settings):
    engine = SketchEngine()
    found = await findings(settings, engine)
    assert list(found) == ["models", "edit", "picture", "captioner"]
    assert all(finding.good for finding in found.values())
    assert '-> "a red house in a meadow, make it night' in found["edit"].text
    assert engine.paints[0].steps == FEW_STEPS
    path = settings.store.data_dir / PICTURE
    assert str(path) in found["picture"].text
    assert path.stat().st_size > 0
    assert engine.described == [path.read_bytes()]


async def test_an_engine_that_edits_pictures_is_asked_for_one(settings, monkeypatch):
    engine = SketchEngine()
    info = replace(engine.info, capabilities=Capabilities(edit=True))
    monkeypatch.setattr(SketchEngine, "info", info)
    found = await findings(settings, engine)
    assert found["picture edit"].good
    asked = engine.paints[1]
    assert (asked.way, asked.instruction) == ("edit", INSTRUCTION)
    assert asked.init_image == (settings.store.data_dir / PICTURE).read_bytes()
    assert str(settings.store.data_dir / CHANGED) in found["picture edit"].text


async def test_a_captioner_that_cannot_be_loaded_is_said(settings, monkeypatch):
    async def describe(self: SketchEngine, image: bytes) -> str:
        raise LoadError("There is no captioner.")

    monkeypatch.setattr(SketchEngine, "describe", describe)
    found = await findings(settings, SketchEngine())
    assert found["picture"].good
    assert str(found["captioner"]) == "!!  captioner    There is no captioner."


async def test_a_captioner_without_words_is_no_good_one(settings, monkeypatch):
    async def describe(self: SketchEngine, image: bytes) -> str:
        return " "

    monkeypatch.setattr(SketchEngine, "describe", describe)
    found = await findings(settings, SketchEngine())
    assert not found["captioner"].good
    assert "[captioner] model" in found["captioner"].text


async def test_what_fails_is_said_and_the_rest_still_tried(settings):
    engine = SketchEngine(
        edit_errors=[EditError("No prompt came.")], paint_errors=[OutOfMemory("It does not fit.")]
    )
    found = await findings(settings, engine)
    assert (found["edit"].good, found["picture"].good) == (False, False)
    assert "No prompt came." in found["edit"].text
    assert "It does not fit." in found["picture"].text


async def test_both_adapters_of_an_experiment_are_tried(settings):
    engine = SketchEngine()
    tried = settings.model_copy(update={"experiment": ExperimentSettings(name="night", a="", b="./b")})
    found = await findings(tried, engine)
    assert [edit.variant for edit in engine.edits] == ["", "a", "b"]
    assert found["edit b"].good


async def test_an_engine_that_cannot_start_is_one_finding(settings):
    @asynccontextmanager
    async def failing() -> AsyncIterator[Engine]:
        if settings is not None:
            raise LoadError("The weights are gone.")
        yield SketchEngine()

    (finding,) = [finding async for finding in trial_findings(settings, failing())]
    assert str(finding).startswith("!!  models")
    assert "The weights are gone." in finding.text


async def test_a_folder_that_takes_no_picture_is_said(settings):
    settings.store.data_dir.write_text("a file is in the way")
    found = await findings(settings, SketchEngine())
    assert not found["picture"].good
    assert "cannot be written" in found["picture"].text


@pytest.fixture
def elsewhere(settings):
    """Settings with pictures on a server, of 512x512 pixels."""
    at = {"engine": {"kind": "remote"}, "pictures_at": {"urls": ("http://127.0.0.1:1/v1",)}}
    given = {**at, "image": {"width": 512, "height": 512}, "store": settings.store}
    return Settings.model_validate(given)


async def test_a_server_elsewhere_is_asked_for_a_small_picture(elsewhere):
    engine = SketchEngine()
    found = await findings(elsewhere, engine)
    assert [(paint.width, paint.height) for paint in engine.paints] == [(SMALL, SMALL)]
    assert f"{SMALL}x{SMALL} in " in found["picture"].text
    said = announcement(elsewhere)
    assert f"at most {SMALL}x{SMALL}" in said
    assert "--quick" in said
    assert "bill" not in announcement(Settings())


async def test_a_server_that_refuses_a_small_picture_is_asked_for_the_usual_one(elsewhere):
    engine = SketchEngine(paint_errors=[BadRequest("Invalid size")])
    found = await findings(elsewhere, engine)
    assert [paint.width for paint in engine.paints] == [SMALL, 512]
    assert found["picture"].good
    assert "512x512 in " in found["picture"].text


async def test_what_only_loading_shows_is_found(tmp_path: Path) -> None:
    base = shutil.copytree(CHECKPOINTS / "diffchat", tmp_path / "base")
    (base / "diffchat.json").unlink()
    settings = Settings.model_validate({"llm": {"model": str(base)}})
    engine = LocalEngine(settings.models(), only="llm")
    (finding,) = [finding async for finding in trial_findings(settings, engine)]
    assert (finding.good, finding.subject) == (False, "models")
    assert "no instruct model (no chat template)" in finding.text


def test_the_last_line_says_whether_the_bot_can_be_started():
    assert verdict([]).startswith("Ready")
    assert verdict(["token", "llm", "token"]) == "Not ready yet: see the lines with !! above (token, llm)."
