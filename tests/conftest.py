"""What many tests share: numbers from one, a PostgreSQL server, and what is printed at the end of a run."""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import hypothesis
import pytest
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.util import LRUCache

from bot.store import migrate, numbering
from bot.store.address import Address
from tests.memory import memory_folder
from tests.postgres import LEFT_OUT, VARIABLE, Server, binaries, throw_away_cluster

# The tests run beside each other: threads of the little models, here and in the processes that tests start,
# would only wait for each other. Read when torch is imported.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# A busy machine makes any example slow; how time grows is measured in CPU time (tests/bot/test_long_words.py)
hypothesis.settings.register_profile(
    "suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("suite")

Counted = Callable[..., None]
SQLITE, POSTGRES = "sqlite", "postgres"
_PROPERTY, _POSTGRES = "counted", "postgres"


# Where tests mostly wait (for a browser, a pause of the bot, a process), and where they compute. A worker
# that draws a long file last would keep the others waiting: each list begins with what takes longest.
_WAIT = ("tests/e2e", "tests/faults", "tests/bot/sandbox", "tests/bot/jobs", "tests/model/serving")
_COMPUTE = (
    "tests/training/preferences",
    "tests/model",
    "tests/training",
    "tests/contract",
    "tests/bot/store",
)


# What the libraries and the collected tests consist of lives to the end: looked through for circles again and
# again it takes a twelfth of the run's processor time.
gc.disable()


def pytest_configure(config: pytest.Config) -> None:
    """Temporary files lie in memory, unless TMPDIR or --basetemp says where."""
    # workers are told by the process that starts them
    if not hasattr(config, "workerinput") and config.option.basetemp is None and "TMPDIR" not in os.environ:
        folder = memory_folder()
        if folder is not None:
            os.environ["TMPDIR"] = str(folder)
            tempfile.tempdir = None  # read anew


def pytest_collection_finish() -> None:
    gc.enable()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that wait and files that compute take turns, so that workers of both kinds run beside each other;
    needs `--no-loadscope-reorder`. Within each kind the order is that of the lists, browsers first."""
    files: dict[str, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.nodeid.partition("::")[0], []).append(item)

    def rank(name: str, places: tuple[str, ...]) -> int:
        return next((n for n, place in enumerate(places) if name.startswith(place)), len(places))

    def waits(name: str) -> bool:
        return rank(name, _WAIT) < len(_WAIT) or files[name][0].get_closest_marker("browser") is not None

    waiting = sorted(
        filter(waits, files),
        key=lambda name: (files[name][0].get_closest_marker("browser") is None, rank(name, _WAIT)),
    )
    computing = sorted((name for name in files if not waits(name)), key=lambda name: rank(name, _COMPUTE))
    places = [(n / len(kind), name) for kind in (waiting, computing) for n, name in enumerate(kind)]
    items[:] = [item for _, name in sorted(places) for item in files[name]]


@pytest.fixture(autouse=True)
def numbers_from_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new database numbers from 1, so that tests can name a turn; elsewhere it begins at random."""
    monkeypatch.setattr("bot.store.numbering.gap", lambda: 0)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with our tables, which numbers from 1; made once, since the migrations take 50 ms."""
    path = tmp_path_factory.mktemp("template") / "diffchat.sqlite"
    with mock.patch("bot.store.numbering.gap", return_value=0):
        migrate.upgrade(path)
    return path


@pytest.fixture(autouse=True)
def ready_made(sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`Database.open` makes a missing SQLite file by copying the template. Tests of how it is made, and of
    where its numbers begin, have the migrations run: a fixture of this name that does nothing."""

    def upgrade(address: Address) -> None:
        if isinstance(address, Path) and not address.exists() and numbering.gap() == 0:
            address.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(sqlite_template, address)
        migrate.upgrade(address)

    monkeypatch.setattr("bot.store.session.migrate", SimpleNamespace(upgrade=upgrade))


@pytest.fixture(scope="session", autouse=True)
def statements_compiled_once() -> Iterator[None]:
    """Databases of one kind share their compiled statements, as all work of one bot on its database does:
    tests open hundreds, and compiling each statement anew for each took a tenth of their time."""
    compiled: LRUCache[Any, Any] = LRUCache(2_000)

    def create(*arguments: Any, **options: Any) -> AsyncEngine:
        engine = create_async_engine(*arguments, **options)
        engine.sync_engine._compiled_cache = compiled
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.store.engines.create_async_engine", create)
        for kind in (SQLiteDialect_aiosqlite, PGDialect_asyncpg):  # the dialect is a part of the cache's key
            patch.setattr(kind, "__hash__", lambda self: hash(type(self)))
            patch.setattr(kind, "__eq__", lambda self, other: type(self) is type(other))
        yield


@pytest.fixture
def counted(record_property: Callable[[str, object], None]) -> Counted:
    """`counted("worker killed", jobs=3, done=3)` puts that line among the figures of the run."""

    def note(what: str, **figures: object) -> None:
        record_property(
            _PROPERTY, f"{what}: " + ", ".join(f"{n} {k.replace('_', ' ')}" for k, n in figures.items())
        )

    return note


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server | None]:
    """The server of this process's tests; None where there is none."""
    with ExitStack() as stack:
        url = os.environ.get(VARIABLE)
        if url is None and binaries() is not None:
            url = stack.enter_context(throw_away_cluster())
        if url is None:
            yield None
            return
        server = Server(url)
        yield server
        server.close()


@pytest.fixture
def postgres(postgres_server: Server | None, record_property: Callable[[str, object], None]) -> Server:
    """The PostgreSQL server; a test that asks for it is left out where there is none, and that is said."""
    if postgres_server is None:
        pytest.skip(LEFT_OUT)
    record_property(_POSTGRES, postgres_server.version)
    return postgres_server


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `database_kind` runs on both, or on the one that it is marked to be about."""
    if "database_kind" not in metafunc.fixturenames:
        return
    kinds = [SQLITE, POSTGRES]
    for only in kinds:
        if metafunc.definition.get_closest_marker(f"{only}_only"):
            kinds = [only]
    metafunc.parametrize("database_kind", kinds, indirect=True)


@pytest.fixture
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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was counted, and on which PostgreSQL tests ran, or that they did not."""
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    lines = [str(value) for report in reports for key, value in report.user_properties if key == _PROPERTY]
    if lines:
        terminalreporter.section("what was broken on purpose, and what came of it")
        for line in lines:
            terminalreporter.write_line(line)
    versions = [value for report in reports for key, value in report.user_properties if key == _POSTGRES]
    if versions:
        terminalreporter.write_line(f"{len(versions)} tests ran on PostgreSQL {versions[0]}")
    left_out = [
        report for report in terminalreporter.getreports("skipped") if LEFT_OUT in str(report.longrepr)
    ]
    if left_out:
        terminalreporter.write_line(f"{len(left_out)} tests: {LEFT_OUT}", yellow=True)
