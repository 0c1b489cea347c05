"""PostgreSQL alone: what an operator reads when it cannot be used; servers and connections that go away."""

import asyncio
import importlib.util
import logging
import os
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, make_url, select, text

from bot.errors import DatabaseAway, DatabaseBusy, StoreError
from bot.ops.preflight import database_finding
from bot.settings import Settings
from bot.store import migrate
from bot.store.address import address_of, postgres_url, shown
from bot.store.schema import UserRow
from bot.store.session import Database
from tests.postgres import LOCKED, VARIABLE, Proxy, Server

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.postgres_only


@pytest.fixture
def url(postgres: Server) -> Iterator[str]:
    made = postgres.fresh()
    yield made
    postgres.drop(made)


@pytest.fixture
async def proxy(url: str) -> AsyncIterator[Proxy]:
    between = Proxy(url)
    await between.start()
    yield between
    await between.stop()


@pytest.fixture
async def database(proxy: Proxy) -> AsyncIterator[Database]:
    async with Database.open(proxy.url) as opened:
        yield opened


async def add(database: Database, user_id: int) -> None:
    async with database.session() as session:
        session.add(UserRow(user_id=user_id, created_at=NOW))


async def users(database: Database) -> list[int]:
    async with database.reading() as session:
        return list(await session.scalars(select(UserRow.user_id).order_by(UserRow.user_id)))


def changed(url: str, **parts: Any) -> str:
    return make_url(url).set(**parts).render_as_string(hide_password=False)


def sentence(url: str) -> str:
    """What the operator reads of a database that cannot be opened; never the password."""
    with pytest.raises(StoreError) as raised:
        migrate.upgrade(url)
    finding = database_finding(Settings.model_validate({"store": {"url": url}}))
    assert not finding.good
    assert finding.text == str(raised.value)
    assert "geheim" not in str(raised.value)
    return str(raised.value)


def test_a_server_that_is_not_there(url: str) -> None:
    nowhere = changed(url, host="127.0.0.1", port=1, password="geheim", query={})
    assert "cannot be reached" in sentence(nowhere)
    with pytest.raises(DatabaseAway):
        migrate.upgrade(nowhere)


def test_a_database_that_is_not_there(url: str) -> None:
    assert "no such database; make it with `createdb`" in sentence(changed(url, database="nothing"))


@pytest.fixture
def stranger(postgres: Server) -> Iterator[str]:
    """An account without rights."""
    name = "diffchat_stranger"
    postgres.query(f"CREATE ROLE {name} LOGIN")
    yield name
    postgres.query(f"DROP ROLE {name}")


def test_an_account_that_may_not_make_tables(postgres: Server, stranger: str) -> None:
    empty = postgres.empty()
    postgres.query("REVOKE CREATE ON SCHEMA public FROM PUBLIC", empty)
    try:
        assert "make it the owner" in sentence(changed(empty, username=stranger))
    finally:
        postgres.drop(empty)


def test_an_account_that_may_not_write(url: str, stranger: str) -> None:
    assert "may not do that (" in sentence(changed(url, username=stranger))


@pytest.fixture
def locked(postgres: Server) -> Iterator[str]:
    if VARIABLE in os.environ:
        pytest.skip("whose password another server asks for is its own affair")
    postgres.query(f"CREATE ROLE {LOCKED} LOGIN SUPERUSER PASSWORD 'geheim'")
    yield LOCKED
    postgres.query(f"DROP ROLE {LOCKED}")


def test_a_wrong_password(url: str, locked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "refuses the password" in sentence(changed(url, username=locked, password="geheim?"))
    monkeypatch.setenv("PGPASSWORD", "geheim!")
    assert "refuses the password" in sentence(changed(url, username=locked))


def test_the_password_may_come_from_the_environment(
    url: str, locked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", "geheim")
    assert migrate.revision_of(changed(url, username=locked)) == migrate.latest_revision()


def test_a_server_that_is_too_old(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "OLDEST_POSTGRES", 99)
    assert "this program needs 99 or newer" in sentence(url)


def test_a_database_that_cannot_hold_every_character(postgres: Server) -> None:
    latin = postgres.empty(ENCODING="'LATIN1'", TEMPLATE="template0", LC_COLLATE="'C'", LC_CTYPE="'C'")
    try:
        assert "keeps text as LATIN1" in sentence(latin)
    finally:
        postgres.drop(latin)


def test_a_standby(postgres: Server, url: str) -> None:
    postgres.query(f'ALTER DATABASE "{make_url(url).database}" SET default_transaction_read_only = on')
    finding = database_finding(Settings.model_validate({"store": {"url": url}}))
    assert "takes no writes" in finding.text


def test_without_the_driver(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "asyncpg" else found(name))
    assert "extra `postgres`" in sentence(url)


@pytest.mark.parametrize(
    ("text_", "words"),
    [
        ("mysql://bot:geheim@host/bot", "no database that this program knows"),
        ("postgresql://bot:geheim@host", "names no database"),
        ("postgresql://bot:geheim@host:port/bot", "is no URL"),
        ("sqlite://", "no database that this program knows"),
    ],
)
def test_what_is_no_url_of_postgresql(text_: str, words: str) -> None:
    with pytest.raises(StoreError, match=words) as raised:
        address_of(text_)
    assert "geheim" not in str(raised.value)


def test_urls_as_others_write_them() -> None:
    for form in ("postgres", "postgresql", "postgresql+asyncpg"):
        taken = postgres_url(f"{form}://bot:geheim@host/bot?sslmode=require")
        assert (taken.drivername, taken.query["ssl"]) == ("postgresql+asyncpg", "require")
    assert shown("postgresql://bot:geheim@host/bot") == "postgresql://bot:***@host/bot"


async def test_no_password_reaches_the_log(url: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with_password = changed(url, password="geheim")
    async with Database.open(with_password) as database:
        await add(database, 1)
        assert "geheim" not in database.name
    with pytest.raises(StoreError):
        async with Database.open(changed(with_password, database="nothing")):
            pass
    assert "geheim" not in caplog.text


async def test_processes_that_start_at_once_make_the_tables_once(postgres: Server) -> None:
    empty = postgres.empty()
    try:
        await asyncio.gather(*(asyncio.to_thread(migrate.upgrade, empty) for _ in range(4)))
        assert migrate.latest_revision() == (await asyncio.to_thread(migrate.revision_of, empty))
    finally:
        postgres.drop(empty)


async def test_a_server_that_was_gone_is_used_again(database: Database, proxy: Proxy) -> None:
    await add(database, 1)
    await proxy.stop()
    with pytest.raises(DatabaseAway, match="cannot be reached"):
        await add(database, 2)
    with pytest.raises(DatabaseAway):
        await users(database)
    await proxy.start()
    await add(database, 3)
    assert await users(database) == [1, 3]


async def test_connections_ended_by_the_server_are_replaced(
    database: Database, postgres: Server, url: str
) -> None:
    await asyncio.gather(*(add(database, number) for number in range(5)))
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1"
    postgres.query(end, None, make_url(url).database)
    await asyncio.gather(*(add(database, number) for number in range(5, 10)))
    assert await users(database) == list(range(10))


async def test_a_connection_lost_in_the_middle_keeps_nothing(database: Database) -> None:
    async def write_and_be_ended() -> None:
        async with database.session() as session:
            session.add(UserRow(user_id=1, created_at=NOW))
            await session.flush()
            await session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(DatabaseAway):
        await write_and_be_ended()
    assert await users(database) == []


async def test_a_commit_whose_answer_was_lost_is_known_to_have_been_done(
    database: Database, proxy: Proxy
) -> None:
    proxy.lose_answer_to = b"COMMIT;"
    await add(database, 1)
    assert proxy.lost == 1
    assert await users(database) == [1]


async def test_a_commit_that_never_arrived_is_known_not_to_have_been_done(
    database: Database, proxy: Proxy
) -> None:
    proxy.lose = b"COMMIT;"
    with pytest.raises(DatabaseAway):
        await add(database, 1)
    assert proxy.lost == 1
    assert await users(database) == []


async def test_a_row_held_too_long_is_said_so(
    url: str, postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.engines.BUSY_TIMEOUT_S", 0.2)
    async with Database.open(url) as database:
        await add(database, 1)
        async with database.session() as other:
            await other.execute(text("UPDATE users SET training_consent = true"))
            with pytest.raises(DatabaseBusy, match="too busy"):
                async with database.session() as session:
                    await session.execute(text("UPDATE users SET training_consent = false"))


async def test_writers_work_beside_each_other(database: Database) -> None:
    """One that takes its time holds up nobody who changes something else."""
    async with database.session() as slow:
        slow.add(UserRow(user_id=1, created_at=NOW))
        await slow.flush()
        async with asyncio.timeout(5):
            await add(database, 2)
    async with database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(UserRow)) == 2
