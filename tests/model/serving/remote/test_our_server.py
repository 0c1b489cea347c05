"""`RemoteEngine` and `model serve` with each other: everything that an engine does, over HTTP."""

import asyncio
import dataclasses
from collections.abc import Iterator

import pytest

from model.engine import (
    Capabilities,
    EditRequest,
    EditResult,
    PainterInfo,
    PaintProgress,
    PaintRequest,
    Step,
)
from model.errors import (
    BadImage,
    BadRequest,
    EditError,
    EngineRefused,
    EngineUnreachable,
    ModelError,
    OutOfMemory,
    PictureRefused,
    PromptRefused,
    Unsupported,
    WorkerDied,
)
from model.serving.remote.engine import RemoteEngine
from model.settings import NamedImageSettings, RemoteServers
from tests.model.serving.openai_server.engines import INFO, SETTINGS, FakeEngine, Served, png
from tests.model.serving.remote.servers import KEY, at

REQUEST = PaintRequest("a red house", (5, 6), width=64, height=128, steps=4, guidance=3.0)

ABLE = Capabilities(edit=True, region=True, several_pictures=True)
EDITED = dataclasses.replace(
    REQUEST,
    way="edit",
    init_image=png(),
    instruction="make it blue",
    more_images=(png(72, 72),),
    picture_guidance=1.5,
)
INSIDE = dataclasses.replace(
    REQUEST, way="region", init_image=png(), mask=png(64, 64), keep=0.3, instruction="make it blue"
)


@pytest.fixture
def behind() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def served(behind: FakeEngine) -> Iterator[RemoteServers]:
    with Served(behind, key=KEY) as running:
        yield at(running.url, retries=0)


async def test_everything_an_engine_does(behind: FakeEngine, served: RemoteServers) -> None:
    seen: list[PaintProgress] = []
    async with RemoteEngine(SETTINGS, words_at=served, pictures_at=served) as engine:
        assert (engine.info.llm, engine.info.painter) == ("words-model", "picture-model")
        assert engine.info.capabilities == Capabilities()
        for instruction in ("make it night", ""):
            await engine.edit(EditRequest("a red house", instruction, seed=3, variant="bold"))
        painted = await engine.paint(REQUEST, seen.append)
        assert [(p.seed, p.width, p.height) for p in painted.pictures] == [(5, 64, 128), (6, 64, 128)]
        over = dataclasses.replace(
            REQUEST,
            seeds=(9, 4),
            way="keep",
            init_image=png(),
            keep=0.4,
            lora="comic",
            negative_prompt="blurry",
        )
        assert len((await engine.paint(over)).pictures) == 2
        behind.able = ABLE
        async with RemoteEngine(SETTINGS, pictures_at=served) as able:
            assert able.info.capabilities == dataclasses.replace(ABLE, references=("edit",))
            after = dataclasses.replace(EDITED, more_images=(), reference=png(), reference_as="character")
            await able.paint(after)
            sent = behind.paints.pop()
            assert sent.instruction == f"{EDITED.instruction}, with the same character as in image 2"
            assert sent.more_images == (png(),)
            for wrong in (
                dataclasses.replace(after, reference_weight=0.5),
                dataclasses.replace(REQUEST, reference=png()),
            ):
                with pytest.raises(Unsupported, match="for edits alone"):
                    await able.paint(wrong)
            await able.paint(EDITED)
            await able.paint(INSIDE)
            assert [behind.paints.pop(), behind.paints.pop()] == [INSIDE, EDITED]
        named = dataclasses.replace(REQUEST, scheduler="DDIM")
        behind.able = Capabilities(schedulers=("DDIM", "EulerDiscrete"))
        async with RemoteEngine(SETTINGS, pictures_at=served) as able:
            assert able.info.capabilities.schedulers == ("DDIM", "EulerDiscrete")
            await able.paint(named)
            assert behind.paints.pop() == named
            with pytest.raises(Unsupported, match="the scheduler LCM"):
                await able.paint(dataclasses.replace(REQUEST, scheduler="LCM"))
        behind.able = INFO.capabilities
        async with RemoteEngine(SETTINGS, pictures_at=served) as able:
            with pytest.raises(Unsupported, match="do not say that they follow instructions"):
                await able.paint(EDITED)
        assert await engine.describe(png()) == "a red square"
        assert await engine.describe(png(), 2) == "a red square, reading 2"
    assert [(e.source_prompt, e.instruction, e.seed, e.variant) for e in behind.edits] == [
        ("a red house", "make it night", 3, "bold"),
        ("a red house", "", 3, "bold"),
    ]
    first, second = behind.paints[0], behind.paints[1]
    assert first == REQUEST
    assert (second.keep, second.lora, second.negative_prompt) == (0.4, "comic", "blurry")
    assert sorted(seed for paint in behind.paints[1:] for seed in paint.seeds) == [4, 9]
    assert [(p.step, p.of) for p in seen if p.preview is None][-1] == (4, 4)


@pytest.mark.parametrize(
    ("raised", "kind"),
    [
        (EditError("x"), EditError),
        (BadRequest("x"), BadRequest),
        (BadImage("x"), BadImage),
        (OutOfMemory("x"), OutOfMemory),
        (PromptRefused("x"), PromptRefused),
        (PictureRefused("x"), PictureRefused),
        (WorkerDied("x"), EngineUnreachable),
        (ModelError("x"), EngineUnreachable),
        (ValueError("a bug"), EngineUnreachable),
    ],
)
@pytest.mark.parametrize("late", [False, True])
async def test_errors_come_through_as_what_they_are(
    behind: FakeEngine, served: RemoteServers, raised: Exception, kind: type[ModelError], late: bool
) -> None:
    """Before the answer has begun they are a status, within a stream an event."""
    behind.fails, behind.fails_late = raised, late
    async with RemoteEngine(SETTINGS, words_at=served, pictures_at=served) as engine:
        with pytest.raises(ModelError) as caught:
            await engine.paint(REQUEST)
        assert type(caught.value) is kind
        with pytest.raises(ModelError) as caught:
            await engine.edit(EditRequest("a red house", "make it night"))
        assert type(caught.value) is kind


async def test_cancelling_ends_the_work_there(behind: FakeEngine, served: RemoteServers) -> None:
    behind.open.clear()
    async with RemoteEngine(SETTINGS, words_at=served, pictures_at=served) as engine:
        for work in (engine.paint(REQUEST), engine.edit(EditRequest("a", "b"))):
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(work, 0.3)
        async with asyncio.timeout(10):
            while behind.cancelled < 2:  # noqa: ASYNC110  # in another thread
                await asyncio.sleep(0.01)


async def test_a_wrong_key_is_refused(served: RemoteServers) -> None:
    wrong = served.model_copy(update={"key": None})
    with pytest.raises(EngineRefused):
        await RemoteEngine(SETTINGS, words_at=wrong).__aenter__()


async def test_history_and_kinds_survive_the_way(
    behind: FakeEngine, served: RemoteServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = (Step("a red house", "make it night"), Step("a red house at night", "ADD A FOX"))
    request = EditRequest("a fox", "take the first", seed=3, history=history)
    kinds = {
        "back": ("a red house", ""),
        "choose": ("a fox", "2"),
        "undo": ("a fox", ""),
        "edit": ("b", ""),
        "unclear": ("a fox", ""),
    }
    for kind, (target, detail) in kinds.items():
        edits = kind == "edit"
        result = EditResult(target, "m", 0.1, kind, detail, doubtful=edits, second="c" if edits else "")  # type: ignore[arg-type]

        async def edit(asked: EditRequest, result: EditResult = result) -> EditResult:
            assert asked.history == (history[0], Step("a red house at night", "add a fox"))
            return result

        monkeypatch.setattr(behind, "edit", edit)
        async with RemoteEngine(SETTINGS, words_at=served) as engine:
            got = await engine.edit(request)
        assert (got.kind, got.target_prompt, got.detail) == (kind, target, detail)
        assert (got.doubtful, got.second) == ((True, "c") if edits else (False, ""))


async def test_pipelines_by_name_are_listed_and_asked_for(
    behind: FakeEngine,
) -> None:
    photo = NamedImageSettings(model="photo", steps=7, guidance=5.0, width=64, height=64)
    there = SETTINGS.model_copy(update={"models": {"photo": photo}})
    behind.models = {"photo": PainterInfo("photo-painter", Capabilities(edit=True, negative_prompt=False))}
    here = SETTINGS.model_copy(update={"models": {"film": photo.model_copy(update={"model": "photo"})}})
    with Served(behind, there, key=KEY) as running:
        at_it = at(running.url, retries=0)
        async with RemoteEngine(here, words_at=at_it, pictures_at=at_it) as engine:
            # who names no model still gets the usual one, though two are listed
            assert engine.info.painter == "picture-model"
            assert not engine.info.paints("film").capabilities.negative_prompt
            assert engine.info.paints("film").capabilities.edit
            assert not engine.info.capabilities.edit
            result = await engine.paint(dataclasses.replace(REQUEST, model="film"))
            await engine.paint(REQUEST)
            with pytest.raises(Unsupported, match="one name"):
                await engine.paint(dataclasses.replace(REQUEST, model="film", lora="comic"))
            with pytest.raises(BadRequest, match='no model "gone"'):
                await engine.paint(dataclasses.replace(REQUEST, model="gone"))
    assert result.model == "photo"
    assert [request.model for request in behind.paints] == ["photo", ""]


async def test_a_pipeline_that_no_server_lists_is_told_at_the_start(served: RemoteServers) -> None:
    gone = NamedImageSettings(model="gone", steps=7, guidance=5.0, width=64, height=64)
    wrong = SETTINGS.model_copy(update={"models": {"film": gone}})
    with pytest.raises(EngineRefused, match="gone"):
        async with RemoteEngine(wrong, words_at=served, pictures_at=served):
            pass


async def test_a_server_says_which_languages_its_model_reads(
    behind: FakeEngine, served: RemoteServers
) -> None:
    async with RemoteEngine(SETTINGS, words_at=served, pictures_at=served) as engine:
        assert engine.info.languages == (), "one that does not say it may read all"
    behind.languages = ("en", "de")
    async with RemoteEngine(SETTINGS, words_at=served, pictures_at=served) as engine:
        assert engine.info.languages == ("en", "de")
