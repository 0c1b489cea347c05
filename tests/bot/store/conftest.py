"""Every test of the store runs on SQLite and on PostgreSQL, unless it is marked as about one of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import numbering
from tests.postgres import Server

SQLITE, POSTGRES = "sqlite", "postgres"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """On which databases a test runs."""
    kinds = [SQLITE, POSTGRES]
    for only in (SQLITE, POSTGRES):
        if metafunc.definition.get_closest_marker(f"{only}_only"):
            kinds = [only]
    metafunc.parametrize("database_kind", kinds, indirect=True)


@pytest.fixture(autouse=True)
def database_kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where the test's houses have their database: a file in their folder, or one of a server for each."""
    if request.param == SQLITE:
        yield SQLITE
        return
    server: Server = request.getfixturevalue("postgres")
    made: dict[Path, str] = {}

    def address_in(folder: Path) -> str:
        if folder not in made:
            # the ready-made one numbers from 1: of no use to a test that looks at where numbers begin
            made[folder] = server.fresh() if numbering.gap() == 0 else server.empty()
        return made[folder]

    monkeypatch.setattr("tests.bot.house.address_in", address_in)
    yield POSTGRES
    for url in made.values():
        server.drop(url)
