"""Acknowledging: once the work is kept, or before Discord gives up on us."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from bot.chat.requests.replies import acknowledging
from bot.errors import QueueFull


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
