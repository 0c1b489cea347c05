"""The log: one line for each event on stderr, in UTC."""

import logging
import time

_FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
_CHATTY = ("alembic", "discord.gateway", "discord.http", "discord.shard", "aiohttp.access")


def log_to_stderr(level: str) -> None:
    """Log events of at least `level`; the libraries' own small talk only from warnings on."""
    formatter = logging.Formatter(_FORMAT, "%Y-%m-%d %H:%M:%S")
    formatter.converter = time.gmtime
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("discord.client").setLevel(logging.ERROR)  # it warns of missing voice libraries
    for name in _CHATTY:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))
