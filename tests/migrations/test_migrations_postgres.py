"""The same migrations on PostgreSQL: up, down, without drift, all or nothing."""

import asyncio
from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect

from bot.errors import DatabaseNewer
from bot.store import migrate, numbering
from bot.store.schema import Base
from tests.postgres import Server


@pytest.fixture
def url(postgres: Server) -> Iterator[str]:
    made = postgres.empty()
    yield made
    postgres.drop(made)


def tables(url: str) -> set[str]:
    found = migrate.on_connection(url, lambda connection: set(inspect(connection).get_table_names()))
    return found - {"alembic_version"}


def test_up_makes_every_table_without_drift_and_down_takes_it_away(url: str) -> None:
    def drift(connection: Connection) -> list:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, Base.metadata)

    assert migrate.revision_of(url) is None
    migrate.upgrade(url)
    assert tables(url) == set(Base.metadata.tables)
    assert migrate.on_connection(url, drift) == []
    migrate.downgrade(url, "base")
    assert tables(url) == set()
    migrate.upgrade(url)
    assert migrate.revision_of(url) == migrate.latest_revision()


def test_numbers_and_seeds_have_64_bits(url: str, postgres: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.numbering.gap", lambda: 2**40)
    migrate.upgrade(url)
    found = migrate.on_connection(url, numbering.given_out)
    assert set(found.values()) == {2**40}
    migrate.skip_ahead(url)
    assert set(migrate.on_connection(url, numbering.given_out).values()) == {2**41}
    wide = "SELECT table_name, column_name FROM information_schema.columns WHERE data_type = 'integer'"
    narrow = {row["column_name"] for row in postgres.query(wide + " AND table_schema = 'public'", url)}
    assert narrow == {
        "prompt_version",
        "edits",
        "cost",
        "attempts",
        "position",
        "width",
        "height",
        "key",
        "value",
        "votes",
        "hearts",
    }


def test_a_newer_database_is_refused(url: str, postgres: Server) -> None:
    migrate.upgrade(url)
    postgres.query("UPDATE alembic_version SET version_num = '9999'", url)
    with pytest.raises(DatabaseNewer, match="9999"):
        migrate.upgrade(url)


def test_a_failing_migration_leaves_the_database_as_it_was(url: str, postgres: Server) -> None:
    postgres.query("CREATE TABLE votes (id INTEGER)", url)  # in the way of the last table of the first one
    with pytest.raises(Exception, match='"votes" already exists'):
        migrate.upgrade(url)
    assert tables(url) == {"votes"}
    assert migrate.revision_of(url) is None


async def test_an_upgrade_may_be_asked_for_within_an_event_loops_thread_pool(url: str) -> None:
    await asyncio.to_thread(migrate.upgrade, url)
    assert await asyncio.to_thread(migrate.revision_of, url) == migrate.latest_revision()
