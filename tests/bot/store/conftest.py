"""Every test of the store runs twice, on SQLite and on PostgreSQL, but for those marked `sqlite_only`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import numbering
from tests.postgres import Server

SQLITE, POSTGRES = "sqlite", "postgres"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """On which databases a test runs."""
    only = next(metafunc.definition.iter_markers("sqlite_only"), None)
    metafunc.parametrize("database_kind", [SQLITE] if only else [SQLITE, POSTGRES], indirect=True)


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
