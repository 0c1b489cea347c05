"""A PostgreSQL server for tests: the one that DIFFCHAT_TEST_POSTGRES names, or a throw-away one of our own.

DIFFCHAT_TEST_POSTGRES is the URL of a server on which the tests may make and drop databases. Without it a
cluster is made in a temporary folder, reached by a Unix socket there, where `initdb` is found (Debian's
package `postgresql` has it outside of PATH); it does not survive a power cut and is removed at the end.
"""

import asyncio
import ctypes
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar
from unittest import mock

import asyncpg
from sqlalchemy import make_url

from bot.store import migrate

T = TypeVar("T")
VARIABLE = "DIFFCHAT_TEST_POSTGRES"
LEFT_OUT = (
    f"PostgreSQL was left out: {VARIABLE} is not set, and there is no initdb (Debian: apt install postgresql)"
)
LOCKED = "diffchat_locked"
_OPTIONS = (
    "listen_addresses=''",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "shared_buffers=32MB",
    "max_connections=200",
    "autovacuum=off",
)


def _unprivileged() -> dict[str, Any]:
    """Whom to run the server as: PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            account = pwd.getpwnam(name)
            return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise RuntimeError("neither postgres nor nobody is an account of this machine")


def _end_with_parent() -> None:
    """Let the server end also where its test run is killed (Linux: prctl(2), PR_SET_PDEATHSIG)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGQUIT)


def binaries() -> Path | None:
    """The folder with `initdb` and `postgres`; None where they are not installed."""
    found = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if debian:
        return debian[-1].parent
    return Path(found).resolve().parent if found else None


@contextmanager
def throw_away_cluster() -> Iterator[str]:
    """The URL of a new server, which ends with the block."""
    tools = binaries()
    assert tools is not None
    account = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="diffchat-pg-"))  # short: a socket's path has at most 107 bytes
    if account:
        os.chown(folder, account["user"], account["group"])
    run = {**account, "cwd": folder, "env": {"PATH": os.defpath, "LC_ALL": "C"}}
    data = folder / "data"
    make: list[str | Path] = [tools / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    subprocess.run([*make, "--no-sync", "--no-instructions"], check=True, stdout=subprocess.DEVNULL, **run)
    # one account that needs its password, for the tests of being refused
    (data / "pg_hba.conf").write_text(f"local all {LOCKED} scram-sha-256\nlocal all all trust\n")
    options = [part for option in _OPTIONS for part in ("-c", option.replace("''", ""))]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [tools / "postgres", "-D", data, "-k", folder, *options],
            stdout=log,
            stderr=log,
            preexec_fn=_end_with_parent,  # noqa: PLW1509  # no other thread holds a lock it would need
            **run,
        )
    try:
        yield _wait(f"postgresql+asyncpg://postgres@/postgres?host={folder}", server)
    finally:
        server.send_signal(signal.SIGQUIT)  # at once, without saving anything
        server.wait(30)
        shutil.rmtree(folder)


def _wait(url: str, process: subprocess.Popen[bytes]) -> str:
    server = Server(url)
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError("PostgreSQL ended at its start")
        try:
            server.query("SELECT 1")
        except (OSError, asyncpg.PostgresError):
            threading.Event().wait(0.1)
        else:
            server.close()
            return url
    raise TimeoutError("PostgreSQL does not answer")


class Server:
    """A server on which databases are made and dropped. Its own connections live in a thread of their own,
    so that tests may ask it whether they have an event loop or not."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._open: dict[str, asyncpg.Connection] = {}
        self._template = ""

    @property
    def version(self) -> str:
        """As in 15.18."""
        return str(self.query("SHOW server_version")[0]["server_version"]).split(" ", maxsplit=1)[0]

    def empty(self, **options: str) -> str:
        """The URL of a new database without tables."""
        name = f"diffchat_test_{os.getpid()}_{secrets.token_hex(4)}"
        words = " ".join(f"{key} {value}" for key, value in options.items())
        self.query(f"CREATE DATABASE {name} {words}")
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def fresh(self) -> str:
        """The URL of a new database with our tables, which numbers from 1."""
        if not self._template:
            url = self.empty()
            with mock.patch("bot.store.numbering.gap", return_value=0):
                self._apart(asyncio.to_thread(migrate.upgrade, url))
            self._template = str(make_url(url).database)
        return self.empty(TEMPLATE=self._template)

    def query(self, statement: str, url: str | None = None, *values: Any) -> list[dict[str, Any]]:
        """The rows of a statement."""
        return self._apart(self._query(url or self.url, statement, values))

    def drop(self, url: str) -> None:
        """Remove a database, whoever uses it."""
        self._apart(self._forget(url))
        self.query(f'DROP DATABASE IF EXISTS "{make_url(url).database}" WITH (FORCE)')

    def close(self) -> None:
        """End our own connections; what was made is dropped."""
        if self._template:
            self.query(f'DROP DATABASE "{self._template}" WITH (FORCE)')
        for url in list(self._open):
            self._apart(self._forget(url))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _apart(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    async def _query(self, url: str, statement: str, values: tuple[Any, ...]) -> list[dict[str, Any]]:
        connection = self._open.get(url)
        if connection is None or connection.is_closed():
            plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
            connection = self._open[url] = await asyncpg.connect(plain)
        return [dict(row) for row in await connection.fetch(statement, *values)]

    async def _forget(self, url: str) -> None:
        connection = self._open.pop(url, None)
        if connection is not None:
            connection.terminate()


class Proxy:
    """Stands between the bot and the server on a port of this machine, and can be gone for a while.

    `lose` loses the connection at a statement with these words, `lose_answer_to` once the server has answered
    it, before the answer is handed on; both once. `skip` so many such statements come through before.
    """

    def __init__(self, url: str) -> None:
        self._server = make_url(url)
        self.skip = 0
        self.lose: bytes | None = None
        self.lose_answer_to: bytes | None = None
        self.lost = 0
        self._listening: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._port = 0

    @property
    def direct(self) -> str:
        """The database as it is reached past here."""
        return self._server.render_as_string(hide_password=False)

    @property
    def url(self) -> str:
        """The database as it is reached through here."""
        through = self._server.set(host="127.0.0.1", port=self._port, query={})
        return through.render_as_string(hide_password=False)

    async def start(self) -> None:
        """Let connections through, on the same port as before."""
        self._listening = await asyncio.start_server(self._serve, "127.0.0.1", self._port)
        self._port = self._listening.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Refuse connections, and end those that are open."""
        assert self._listening is not None
        self._listening.close()
        for writer in list(self._writers):
            writer.transport.abort()
        await asyncio.sleep(0)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        folder = self._server.query.get("host")
        if folder is None:
            there = await asyncio.open_connection(self._server.host, self._server.port or 5432)
        else:
            there = await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.{self._server.port or 5432}")
        self._writers |= {writer, there[1]}
        asked = {"lose": False}
        try:
            await asyncio.gather(self._up(reader, there[1], asked), self._down(there[0], writer, asked))
        except OSError:
            pass
        finally:
            for end in (writer, there[1]):
                self._writers.discard(end)
                end.close()

    async def _up(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: dict) -> None:
        while data := await reader.read(65536):
            if self.lose is not None and self.lose in data:
                self.lose, self.lost = None, self.lost + 1
                for end in list(self._writers):
                    end.transport.abort()
                return
            if self.lose_answer_to is not None and self.lose_answer_to in data:
                if self.skip:
                    self.skip -= 1
                else:
                    asked["lose"], self.lose_answer_to = True, None
            writer.write(data)
            await writer.drain()
        writer.close()

    async def _down(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: dict) -> None:
        while data := await reader.read(65536):
            if asked["lose"]:
                self.lost += 1
                writer.transport.abort()
                return
            writer.write(data)
            await writer.drain()
        writer.close()
