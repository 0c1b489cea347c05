"""The snapshot of a bot on PostgreSQL is that of the same bot on SQLite."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from bot.domain.conversation import Origin
from bot.store import transfer
from bot.store.people import PeopleStore
from tests.bot.house import ANN, BEN, open_house
from tests.postgres import Server
from training.config.preference_settings import ExportSettings
from training.errors import SnapshotError
from training.preferences import export


@pytest.fixture
def url(postgres: Server) -> Iterator[str]:
    made = postgres.empty()
    yield made
    postgres.drop(made)


async def test_both_databases_give_the_same_snapshot(tmp_path: Path, url: str) -> None:
    async with open_house(tmp_path / "data") as house:
        for person in (ANN, BEN):
            await PeopleStore(house.database).set_consent(person, True)
        first = await house.imagined()
        accepted = await house.turns.refine(first.conversation_id, "make it night", ANN, Origin.MODAL)
        await house.finished(accepted)
        await house.feedback.vote(first.message_id or 0, BEN, "👍", 1)
        await transfer.copy(house.database.address, url, lambda _: None)
    data = str(tmp_path / "data")
    one = await asyncio.to_thread(export.export, ExportSettings(data=data), tmp_path / "one")
    other = await asyncio.to_thread(export.export, ExportSettings(data=data, url=url), tmp_path / "other")
    assert other.records == one.records
    assert len(other.records) == 2
    assert other.header.sha256 == one.header.sha256


@pytest.mark.parametrize("change", [{"database": "missing"}, {"host": "127.0.0.1", "port": 1, "query": {}}])
def test_a_database_that_cannot_be_read_is_said_so_without_its_password(
    tmp_path: Path, url: str, change: dict[str, Any]
) -> None:
    (tmp_path / "data").mkdir()
    wrong = make_url(url).set(password="geheim", **change).render_as_string(hide_password=False)
    with pytest.raises(SnapshotError, match="cannot be read") as raised:
        export.export(ExportSettings(data=str(tmp_path / "data"), url=wrong), tmp_path / "out")
    assert "geheim" not in str(raised.value)
    assert "geheim" not in repr(ExportSettings(url=wrong))


def test_pictures_have_to_be_named_too(tmp_path: Path, url: str) -> None:
    with pytest.raises(SnapshotError, match="no folder"):
        export.export(ExportSettings(data=str(tmp_path / "nothing"), url=url), tmp_path / "out")
