"""Work that a cancellation may not tear apart."""

import asyncio
import logging

import pytest

from bot.aio.shield import shielded


async def test_a_result_and_an_error_pass_through() -> None:
    async def work(fails: bool) -> int:
        if fails:
            raise ValueError("no")
        return 7

    assert await shielded(work(False)) == 7
    with pytest.raises(ValueError, match="no"):
        await shielded(work(True))


async def test_a_cancellation_arrives_after_the_end() -> None:
    done: list[str] = []

    async def work() -> None:
        await asyncio.sleep(0.02)
        done.append("end")

    task = asyncio.create_task(shielded(work()))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert done == ["end"]


async def test_patience_ends() -> None:
    stopped: list[str] = []

    async def work() -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            stopped.append("stopped")
            raise

    task = asyncio.create_task(shielded(work(), patience=0.01))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert stopped == ["stopped"]


async def test_an_error_after_the_cancellation_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def work() -> None:
        await asyncio.sleep(0.01)
        raise ValueError("too late")

    task = asyncio.create_task(shielded(work()))
    await asyncio.sleep(0)
    task.cancel()
    with caplog.at_level(logging.WARNING), pytest.raises(asyncio.CancelledError):
        await task
    assert "too late" in caplog.text
