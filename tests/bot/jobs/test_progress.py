"""How long it may take to put a picture into words."""

import asyncio

import pytest

from bot.errors import TookTooLong
from bot.jobs.progress import LOADING_S, LookingLimit


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
