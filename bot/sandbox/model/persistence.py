"""The saved world: one SQLite file of JSON records, written in one transaction per batch of changes."""

import asyncio
import logging
import sqlite3
from pathlib import Path
from types import TracebackType

from bot.sandbox.model.records import Application, Channel, Command, Entity, Guild, Message, User
from bot.sandbox.model.world import World

log = logging.getLogger(__name__)
FLUSH_SECONDS = 0.2


class WorldFile:
    """The file a world lives in between two runs; with `path` None nothing is kept.

    `async with WorldFile(path) as file:` saves while it is open and once more when it closes, so that
    at most the last fraction of a second is lost to a kill, and never half an object.
    """

    def __init__(self, path: Path | None) -> None:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(path or ":memory:", isolation_level=None)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=NORMAL")  # no wait for the disk in the event loop
        self._database.execute(
            "CREATE TABLE IF NOT EXISTS entity"
            " (kind TEXT NOT NULL, id INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, id)) STRICT"
        )
        self._kept = path is not None
        self._saving: asyncio.Task[None] | None = None
        self._world: World | None = None

    def load(self) -> list[Entity]:
        """All saved entities, oldest id first; none in a new file."""
        kinds = {kind.__name__: kind for kind in (Application, User, Guild, Channel, Message, Command)}
        rows = self._database.execute("SELECT kind, body FROM entity ORDER BY id")
        return [kinds[kind].model_validate_json(body) for kind, body in rows]

    def follow(self, world: World) -> None:
        """Save the changes of `world` from now on."""
        self._world = world
        self._saving = asyncio.create_task(self._save_often())

    def save(self) -> None:
        """Write what changed since the last time."""
        if self._world is None or not self._world.changes:
            return
        changes = self._world.changes
        self._world.changes = {}
        if not self._kept:
            return
        gone = [key for key, entity in changes.items() if entity is None]
        kept = [(*key, entity.model_dump_json()) for key, entity in changes.items() if entity is not None]
        self._database.execute("BEGIN")
        self._database.executemany("DELETE FROM entity WHERE kind = ? AND id = ?", gone)
        self._database.executemany("INSERT OR REPLACE INTO entity VALUES (?, ?, ?)", kept)
        self._database.execute("COMMIT")

    async def _save_often(self) -> None:
        while True:
            await asyncio.sleep(FLUSH_SECONDS)
            self.save()

    async def __aenter__(self) -> "WorldFile":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._saving is not None:
            self._saving.cancel()
            await asyncio.gather(self._saving, return_exceptions=True)
        self.save()
        self._database.close()
