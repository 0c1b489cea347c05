"""What people do with pictures, told apart by kind: gone on from, rerolled, undone, picked."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.options import Options
from tests.bot.engines import SketchEngine
from tests.bot.house import ANN, BEN, House, open_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as opened:
        yield opened


async def signals(house: House, turn_id: int) -> list[tuple[int, int, str]]:
    """(position, person, kind) of what stands about a turn's pictures."""
    images = {image.id: image.position for image in (await house.conversations.turn(turn_id)).images}
    votes = await house.feedback.of_images(images)
    return [(images[v.image_id], v.user_id, v.kind) for v in votes if v.retracted_at is None]


async def test_words_said_while_a_picture_is_painted_speak_of_that_picture(tmp_path: Path) -> None:
    async with open_house(tmp_path, engine=SketchEngine(gate=asyncio.Event())) as house:
        first = await house.imagine()
        night = await house.refine(first.conversation.id, "make it night", author=BEN)
        assert house.engine.gate is not None
        house.engine.gate.set()
        await house.queue.idle()
        assert await signals(house, first.turn.id) == [(0, BEN, "base")]
        assert await signals(house, night.turn.id) == []


async def test_going_on_from_a_picked_picture_speaks_of_that_one_only(house: House) -> None:
    grid = await house.imagined(options=Options(count=3))
    await house.trees.pick(grid.id, BEN, 1)
    await house.refined(grid.conversation_id, "make it night")
    assert await signals(house, grid.id) == [(1, BEN, "pick"), (1, ANN, "base")]


async def test_going_on_from_a_whole_grid_speaks_of_each(house: House) -> None:
    grid = await house.imagined(options=Options(count=3))
    await house.refined(grid.conversation_id, "make it night")
    assert await signals(house, grid.id) == [(position, ANN, "base") for position in range(3)]


async def test_a_variation_speaks_of_the_picture_it_is_painted_over(house: House) -> None:
    grid = await house.imagined(options=Options(count=3))
    await house.finished(await house.derived.vary(grid.id, BEN, 0.6))
    assert await signals(house, grid.id) == [(0, BEN, "base")]


async def test_a_reroll_of_a_picked_grid_has_nothing_picked(house: House) -> None:
    grid = await house.imagined(options=Options(count=3))
    await house.trees.pick(grid.id, BEN, 2)
    again = await house.finished(await house.derived.reroll(grid.id, ANN))
    assert again.parameters.picked is None
    assert len(again.images) == 3
    assert (2, BEN, "pick") in await signals(house, grid.id)
    assert {one for one in await signals(house, grid.id) if one[2] == "reroll"} == {
        (position, ANN, "reroll") for position in range(3)
    }
