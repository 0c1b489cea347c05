"""Acknowledging: once the work is kept, or before Discord gives up on us."""

import asyncio
import logging
from types import SimpleNamespace
from typing import Any

import pytest

from bot.chat.requests.replies import acknowledging, answering
from bot.errors import QueueFull, TookTooLong
from bot.i18n import Language
from bot.texts.errors import READING_THE_PICTURE


def pressed(happened: list[str]) -> Any:
    async def defer(**_: Any) -> None:
        happened.append("acknowledged")

    return SimpleNamespace(id=1, response=SimpleNamespace(defer=defer))


async def test_what_is_kept_is_acknowledged_afterwards() -> None:
    happened: list[str] = []

    async def keep() -> str:
        await asyncio.sleep(0)
        happened.append("kept")
        return "turn"

    assert await acknowledging(pressed(happened), keep()) == "turn"
    assert happened == ["kept", "acknowledged"]


async def test_a_slow_database_is_not_waited_for_longer_than_discord_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.chat.requests.replies._PATIENCE", 0.01)
    happened: list[str] = []

    async def keep() -> None:
        await asyncio.sleep(0.1)
        happened.append("kept")

    await acknowledging(pressed(happened), keep())
    assert happened == ["acknowledged", "kept"]


async def test_what_is_refused_is_told_in_place_of_an_acknowledgement() -> None:
    happened: list[str] = []

    async def refuse() -> None:
        raise QueueFull

    with pytest.raises(QueueFull):
        await acknowledging(pressed(happened), refuse())
    assert happened == []


async def test_a_time_limit_is_told_and_one_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    told: list[str] = []

    async def send(text: str, **_: Any) -> None:
        told.append(text)

    async def of(_: object) -> Language:
        return Language.ENGLISH

    async def too_long() -> None:
        raise TookTooLong(stage=READING_THE_PICTURE, seconds=60)

    response = SimpleNamespace(is_done=lambda: False, send_message=send)
    asked: Any = SimpleNamespace(id=1, user=SimpleNamespace(id=2), channel_id=3, response=response)
    languages: Any = SimpleNamespace(of=of)
    async with answering(asked, languages):
        await asyncio.wait_for(too_long(), 1)
    assert "60" in told[0]
    (line,) = caplog.records
    assert (line.levelno, line.exc_info) == (logging.WARNING, None)
