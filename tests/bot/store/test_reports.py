"""Reports in the database: one a person and picture, so many an hour, settled together and once."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.reports import ReportState
from bot.errors import ReportedAlready, ReportSettled, TooManyReports
from bot.store.reports import ReportStore
from tests.bot.house import ANN, BEN, CLEO, GUILD, House, open_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as opened:
        for prompt in ("a fox", "a boat", "a house"):
            await opened.imagined(prompt)
        yield opened


@pytest.fixture
def reports(house: House) -> ReportStore:
    return ReportStore(house.database, hourly=2)


async def test_a_report_knows_whose_picture_it_is_about_and_where(reports: ReportStore) -> None:
    report = await reports.take(1, BEN, "rude")
    assert (report.turn_id, report.guild_id, report.author_id, report.reporter_id) == (1, GUILD, ANN, BEN)
    assert (report.reason, report.state, report.message_id) == ("rude", ReportState.OPEN, None)
    assert await reports.get(report.id) == report


async def test_one_a_person_and_picture(reports: ReportStore) -> None:
    await reports.take(1, BEN, "rude")
    for refused in (reports.check(1, BEN), reports.take(1, BEN, "very rude")):
        with pytest.raises(ReportedAlready):
            await refused
    await reports.check(2, BEN)
    await reports.take(1, CLEO, "rude")


async def test_so_many_an_hour_and_then_the_time_is_told(reports: ReportStore) -> None:
    await reports.take(1, BEN, "rude")
    await reports.take(2, BEN, "rude")
    with pytest.raises(TooManyReports, match=r"reported 2 pictures within an hour.*<t:\d+:R>") as refusal:
        await reports.take(3, BEN, "rude")
    assert re.search(r"<t:\d+:R>", str(refusal.value.fields["frees"]))
    await reports.take(3, CLEO, "rude")


async def test_all_open_reports_of_a_picture_are_settled_once(reports: ReportStore) -> None:
    first = await reports.take(1, BEN, "rude")
    await reports.take(1, CLEO, "rude")
    other = await reports.take(2, BEN, "rude")
    closed = await reports.settle(1, ReportState.DISMISSED, ANN)
    assert [report.reporter_id for report in closed] == [BEN, CLEO]
    for refused in (reports.get(first.id), reports.settle(1, ReportState.REMOVED, ANN)):
        with pytest.raises(ReportSettled):
            await refused
    assert await reports.get(other.id) == other
    with pytest.raises(ReportedAlready):
        await reports.take(1, BEN, "again")


async def test_what_the_moderators_do_not_have_yet_is_found(reports: ReportStore) -> None:
    first, second = await reports.take(1, BEN, "rude"), await reports.take(2, BEN, "rude")
    await reports.placed(first.id, 7, 8)
    assert [report.id for report in await reports.undelivered()] == [second.id]
    assert [(r.channel_id, r.message_id) for r in await reports.open_of(1)] == [(7, 8)]
    assert await reports.open_of(2) == []
    await reports.withdraw(second.id)
    assert await reports.undelivered() == []
