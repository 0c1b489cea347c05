"""The rules of a server, as several processes see them."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.store.guilds import REMEMBERED_S, GuildStore
from bot.store.session import Database
from tests.bot import house
from tests.bot.house import GUILD


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[tuple[GuildStore, GuildStore, list[float]]]:
    """The stores of two processes on one database, and the clock of both."""
    address, now = house.address_in(tmp_path), [1000.0]
    async with Database.open(address) as first, Database.open(address) as second:
        yield GuildStore(first, lambda: now[0]), GuildStore(second, lambda: now[0]), now


async def test_a_change_by_another_process_holds_after_a_few_seconds(
    two: tuple[GuildStore, GuildStore, list[float]],
) -> None:
    here, there, now = two
    assert not (await here.rules(GUILD)).paused
    await there.change(GUILD, lambda rules: replace(rules, paused=True))
    assert (await there.rules(GUILD)).paused, "at once where it was made"
    assert not (await here.rules(GUILD)).paused
    now[0] += REMEMBERED_S
    assert (await here.rules(GUILD)).paused


async def test_a_change_keeps_what_another_process_changed_a_moment_ago(
    two: tuple[GuildStore, GuildStore, list[float]],
) -> None:
    here, there, _ = two
    await here.rules(GUILD)
    await there.change(GUILD, lambda rules: rules.serving({7}, set()))
    changed = await here.change(GUILD, lambda rules: replace(rules, reports_channel=8))
    assert (changed.channels, changed.reports_channel) == (frozenset({7}), 8)
    assert await here.rules(GUILD) == changed
