"""The engine over Serve's handles: replicas that die, refusals, progress, cancellation."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from ray.exceptions import ActorUnavailableError

from model.engine import (
    Capabilities,
    EditRequest,
    EditResult,
    EngineInfo,
    PaintProgress,
    PaintRequest,
    PaintResult,
)
from model.errors import BadImage, EditError, MinorsRefused, OutOfMemory, WorkerDied
from model.serving.cluster.engine import ATTEMPTS, RayEngine
from model.serving.cluster.outcomes import Refusal
from tests.model.serving.cluster.handles import Handle, says
from tests.model.serving.openai_server.engines import SETTINGS

EDIT = EditRequest("a red house", "make it night")
EDITED = EditResult("a red house at night", "words", 0.1)
PAINT = PaintRequest("a fox", (1,), 64, 64, 2, 3.0)
PAINTED = PaintResult((), "pictures", 0.1)


def died() -> Exception:
    return ActorUnavailableError("the node went away", b"0" * 16)


async def engine(
    words: Handle | None = None, pictures: Handle | None = None, captions: Handle | None = None
) -> RayEngine:
    given: Any = (words or Handle(), pictures or Handle(), captions or Handle())
    return RayEngine(SETTINGS, *given)


class Failing:
    """An edit that fails so many times before it goes well."""

    def __init__(self, times: int) -> None:
        self.times, self.asked = times, 0

    async def edit(self, request: EditRequest) -> EditResult:
        self.asked += 1
        if self.asked <= self.times:
            raise died()
        return EDITED


async def test_an_edit_goes_to_another_replica_when_its_own_dies() -> None:
    failing = Failing(ATTEMPTS - 1)
    assert await (await engine(Handle(edit=failing.edit))).edit(EDIT) == EDITED
    assert failing.asked == ATTEMPTS


async def test_replicas_that_die_again_and_again_are_told() -> None:
    failing = Failing(ATTEMPTS)
    with pytest.raises(WorkerDied):
        await (await engine(Handle(edit=failing.edit))).edit(EDIT)
    assert failing.asked == ATTEMPTS


async def test_a_painting_begins_anew_with_its_steps() -> None:
    lives = iter([False, True])

    async def paint(request: PaintRequest) -> AsyncGenerator[Any, None]:
        living = next(lives)
        yield PaintProgress(1, 2)
        if not living:
            raise died()
        yield PaintProgress(2, 2)
        yield PAINTED

    steps: list[int] = []
    pictures = Handle(paint=paint)
    result = await (await engine(pictures=pictures)).paint(PAINT, lambda step: steps.append(step.step))
    assert (result, steps) == (PAINTED, [1, 1, 2])


async def test_refusals_are_raised_and_not_tried_again() -> None:
    async def edit(request: EditRequest) -> Refusal:
        return Refusal("EditError", "No prompt.")

    async def paint(request: PaintRequest) -> AsyncGenerator[Any, None]:
        yield Refusal("OutOfMemory", "Too large.")

    async def describe(image: bytes, reading: int) -> Refusal:
        return Refusal("BadImage", "No picture.")

    words, pictures, captions = Handle(edit=edit), Handle(paint=paint), Handle(describe=describe)
    served = await engine(words, pictures, captions)
    with pytest.raises(EditError, match=r"No prompt\."):
        await served.edit(EDIT)
    with pytest.raises(OutOfMemory, match=r"Too large\."):
        await served.paint(PAINT)
    with pytest.raises(BadImage, match=r"No picture\."):
        await served.describe(b"")
    assert [len(handle.responses) for handle in (words, pictures, captions)] == [1, 1, 1]


async def test_a_stream_without_a_picture_is_an_error() -> None:
    async def paint(request: PaintRequest) -> AsyncGenerator[Any, None]:
        yield PaintProgress(1, 2)

    with pytest.raises(WorkerDied, match="without a picture"):
        await (await engine(pictures=Handle(paint=paint))).paint(PAINT)


async def test_the_rules_hold_before_any_replica_is_asked() -> None:
    words, pictures = Handle(), Handle()
    served = await engine(words, pictures)
    with pytest.raises(MinorsRefused):
        await served.edit(EditRequest("a toddler", "make the toddler naked"))
    with pytest.raises(MinorsRefused):
        await served.paint(PaintRequest("a naked toddler", (1,), 64, 64, 2, 3.0))
    assert words.responses == pictures.responses == []


async def test_cancelling_cancels_in_the_replica() -> None:
    begun = asyncio.Event()

    async def edit(request: EditRequest) -> EditResult:
        begun.set()
        await asyncio.Event().wait()
        return EDITED

    async def paint(request: PaintRequest) -> AsyncGenerator[Any, None]:
        yield PaintProgress(1, 2)
        begun.set()
        await asyncio.Event().wait()

    words, pictures = Handle(edit=edit), Handle(paint=paint)
    served = await engine(words, pictures)
    for work, handle in ((served.edit(EDIT), words), (served.paint(PAINT), pictures)):
        begun.clear()
        running: asyncio.Task[Any] = asyncio.ensure_future(work)
        await begun.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert [response.cancelled for response in handle.responses] == [True]


async def test_adapters_are_asked_for_by_serves_own_option() -> None:
    async def paint(request: PaintRequest) -> AsyncGenerator[Any, None]:
        yield PAINTED

    words, pictures = Handle(edit=Failing(0).edit), Handle(paint=paint)
    served = await engine(words, pictures)
    await served.edit(EDIT)
    await served.edit(EditRequest("a fox", variant="bold"))
    await served.paint(PaintRequest("a fox", (1,), 64, 64, 2, 3.0, lora="comic"))
    assert words.chosen == [{"multiplexed_model_id": "bold"}]
    assert pictures.chosen == [{"stream": True, "multiplexed_model_id": "comic"}]


async def test_names_and_abilities_are_asked_for_once() -> None:
    able = Capabilities(edit=True, strength=False)
    words, pictures = Handle(name=says("words")), Handle(name=says("pictures"), capabilities=says(able))
    served = await engine(words, pictures)
    await served.start()
    await served.start()
    read = ("en", "de")  # as the card of the model in the settings says
    assert served.info == EngineInfo("words", "pictures", able, languages=read)
    assert len(words.responses) == 1
