"""How long a stage may take."""

import asyncio

import pytest

from bot.errors import TookTooLong
from bot.jobs.progress import LOADING_S, LookingLimit, StageLimit
from bot.texts import errors as words


async def test_until_a_picture_was_looked_at_its_model_may_be_loaded_first() -> None:
    limit = LookingLimit(120.0)
    assert limit.allowed == 120.0 + LOADING_S
    with pytest.raises(ValueError, match="no picture"):
        async with limit():
            raise ValueError("no picture")
    assert limit.allowed == 120.0 + LOADING_S, "what failed may have failed before it was loaded"
    async with limit():
        pass
    assert limit.allowed == 120.0


async def test_after_that_the_plain_limit_holds() -> None:
    limit = LookingLimit(0.001)
    async with limit():
        pass
    with pytest.raises(TookTooLong) as late:
        async with limit():
            await asyncio.sleep(60)
    assert late.value.fields["seconds"] == 0.001


async def test_a_turn_may_also_take_the_time_of_those_before_it() -> None:
    limit = StageLimit(words.PAINTING, 0.2)
    order: list[object] = []

    async def late() -> None:
        try:
            async with limit():
                await asyncio.sleep(60)
        except TookTooLong as error:
            order.append(error.fields["seconds"])

    await asyncio.gather(late(), late(), late())
    assert order == [0.2, 0.4, pytest.approx(0.6)]
    await late()
    assert order[-1] == 0.2, "nobody is before it any more"
