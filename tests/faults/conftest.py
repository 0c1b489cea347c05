"""A world to break: the sandbox, the real bot, a quick engine, and two members."""

from tests.e2e.conftest import ada, channel, engine, grace, world

__all__ = ["ada", "channel", "engine", "grace", "world"]
