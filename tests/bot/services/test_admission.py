"""The admission: paused everywhere, in one server, or while draining; and the rules it reads are stored."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.limits import Asker
from bot.errors import Paused
from bot.services.admission import Admission
from bot.settings import LimitsSettings
from bot.store.guilds import EVERYWHERE, GuildStore
from bot.store.schema import GuildSettingsRow
from bot.store.session import Database

HERE, ELSEWHERE = Asker(1, guild_id=5), Asker(1, guild_id=6)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with Database.open(tmp_path / "diffchat.sqlite") as opened:
        yield opened


def admission_of(database: Database) -> Admission:
    return Admission(GuildStore(database), LimitsSettings(daily_per_user=9))


async def test_an_open_gate_gives_the_allowance(database: Database) -> None:
    assert (await admission_of(database).admit(HERE)).daily_per_user == 9


async def test_a_servers_pause_is_its_own_and_outlives_a_restart(database: Database) -> None:
    await admission_of(database).pause(5, on=True)
    admission = admission_of(database)
    with pytest.raises(Paused):
        await admission.admit(HERE)
    await admission.admit(ELSEWHERE)
    await admission.pause(5, on=False)
    await admission.admit(HERE)


async def test_a_pause_of_everything_shuts_private_messages_too(database: Database) -> None:
    await admission_of(database).pause(EVERYWHERE, on=True)
    for asker in (HERE, Asker(1)):
        with pytest.raises(Paused):
            await admission_of(database).admit(asker)


async def test_draining_ends_with_the_process(database: Database) -> None:
    admission = admission_of(database)
    admission.draining = True
    with pytest.raises(Paused):
        await admission.admit(HERE)
    await admission_of(database).admit(HERE)


async def test_rules_leave_other_settings_of_the_server_alone(database: Database) -> None:
    admission = admission_of(database)
    await admission.pause(5, on=True)
    async with database.session() as session:
        row = await session.get_one(GuildSettingsRow, 5)
        row.settings = {**row.settings, "language": "de"}
    await admission.pause(5, on=False)
    async with database.reading() as session:
        row = await session.get_one(GuildSettingsRow, 5)
        assert (row.settings["language"], row.settings["paused"]) == ("de", False)
