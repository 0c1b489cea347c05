"""Bringing a database to the present schema, with Alembic and the steps in `migrations/`.

The configuration is made here, so that an installed package, which has no pyproject.toml, can upgrade too;
[tool.alembic] in pyproject.toml is for the `alembic` command in a checkout.

Each upgrade or downgrade is one transaction, so that a failing migration leaves the database as it was; and
before an existing database is changed, a copy is put beside it. These functions block: call them in a thread.
"""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.pool import NullPool

from bot.errors import DatabaseNewer
from bot.store import numbering
from bot.store.failures import as_store_error

log = logging.getLogger(__name__)

BUSY_TIMEOUT_S = 15.0  # another program's lock of ten seconds is waited out


def latest_revision() -> str | None:
    """The revision that this version of the program works with."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def revision_of(path: Path) -> str | None:
    """The revision of the database at `path`, None for an empty or missing one."""
    if not path.exists():
        return None
    with as_store_error(path), _connected(path) as connection:
        return _revision(connection)


def probe_writing(path: Path) -> None:
    """Raise `StoreError` where the database at `path` takes no writes; what is tried is taken back.

    A bot that is writing just now is waited for, as by any other writer.
    """
    with as_store_error(path), _connected(path) as connection, connection.begin() as transaction:
        if _revision(connection) is not None:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = version_num")
        transaction.rollback()


def upgrade(path: Path) -> None:
    """Bring the database at `path` to the latest revision, making it first where there is none.

    Raises `DatabaseNewer` when a newer version of the program wrote it, `NotADatabase`, `DatabaseBusy`,
    `DiskFull` or another `StoreError` when it cannot be used.
    """
    with as_store_error(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        found, latest = revision_of(path), latest_revision()
        if found == latest:
            return
        refuse_newer(path, found)
        if found is not None:
            log.info("Kept a copy of the database at %s", back_up(path, f"before-{latest}"))
        with _transaction(path) as connection:
            command.upgrade(_config(connection), "head")
            if found is None:
                numbering.skip_ahead(connection)
        log.info("Brought the database %s from revision %s to %s", path, found, latest)


def skip_ahead(path: Path) -> None:
    """Let the database at `path`, a restored one, give out no number that a later one gave out before."""
    with as_store_error(path), _transaction(path) as connection:
        numbering.skip_ahead(connection)


def downgrade(path: Path, revision: str) -> None:
    """Take the database at `path` back to `revision` ("base" for the empty database)."""
    with as_store_error(path), _transaction(path) as connection:
        command.downgrade(_config(connection), revision)


def back_up(path: Path, label: str) -> Path:
    """Copy the database at `path`, also while it is in use, to `<stem>.<label>.sqlite` beside it."""
    copy = path.with_name(f"{path.stem}.{label}.sqlite")
    part = copy.with_suffix(".part")  # renamed when complete: a file with the copy's name is always whole
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as target:
        source.backup(target)
    return part.replace(copy)


def refuse_newer(path: Path, found: str | None) -> None:
    """Raise `DatabaseNewer` when this version of the program does not know the revision `found` at `path`."""
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if found is not None and found not in known:
        raise DatabaseNewer(
            f"{path} was written by a newer version of this program (revision {found}, known here up to "
            f"{latest_revision()}); update the program, or restore the copy made before that update."
        )


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    # Alembic's configuration substitutes %(name)s: a percent sign in the path is doubled
    config.set_main_option("script_location", str(files("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@contextmanager
def _transaction(path: Path) -> Iterator[Connection]:
    """One write transaction; foreign keys are off, as rebuilding tables needs, and checked at the end."""
    with _connected(path) as connection, connection.begin():
        yield connection
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise sqlite3.IntegrityError(f"rows that point nowhere after the migration: {broken[:3]}")


@contextmanager
def _connected(path: Path) -> Iterator[Connection]:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),  # a path may hold "?", "%" and "#"
        poolclass=NullPool,
        connect_args={"timeout": BUSY_TIMEOUT_S, "isolation_level": None},
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.connect() as connection:
        yield connection
    engine.dispose()
