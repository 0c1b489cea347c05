"""The log: one line for each event on stderr, in UTC, as text or as JSON.

What belongs to a job carries the ids of its conversation, turn and job, wherever in the code it is logged.
"""

import json
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s%(ids)s"
_CHATTY = (
    "alembic",
    "discord.gateway",
    "discord.http",
    "discord.shard",
    "aiohttp.access",
    "httpx2",
    "httpcore2",
    "openai",  # at DEBUG it logs whole requests, with people's words
)

_ids: ContextVar[dict[str, int | str] | None] = ContextVar("ids of what is worked on", default=None)


@contextmanager
def bound(**ids: int | str) -> Iterator[None]:
    """Everything logged in the block, and in tasks begun in it, carries these ids."""
    token = _ids.set({**(_ids.get() or {}), **ids})
    try:
        yield
    finally:
        _ids.reset(token)


def log_to_stderr(level: str, form: str = "text") -> None:
    """Log events of at least `level`; the libraries' own small talk only from warnings on.

    `form` is "text", or "json" for one object a line: time, level, logger, message, the ids and, where there
    is one, the traceback as `error`.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter() if form == "json" else TextFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("discord.client").setLevel(logging.ERROR)  # it warns of missing voice libraries
    for name in _CHATTY:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))


class TextFormatter(logging.Formatter):
    """A line for people, with the ids as key=value at its end."""

    def __init__(self) -> None:
        super().__init__(_FORMAT, "%Y-%m-%d %H:%M:%S")
        self.converter = time.gmtime

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's own name
        """The line, with the ids of what is being worked on."""
        record.ids = "".join(f" {name}={number}" for name, number in (_ids.get() or {}).items())
        return super().formatMessage(record)


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for machines."""

    def format(self, record: logging.LogRecord) -> str:
        """One JSON object on one line: time, level, logger, message, and ids of what is being worked on."""
        fields: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **(_ids.get() or {}),
        }
        if record.exc_info:
            fields["error"] = self.formatException(record.exc_info)
        return json.dumps(fields, ensure_ascii=False, default=str)
