"""Asks SQLite how it would carry out every statement of the store's methods, and finds whole tables read.

Both databases have the same indexes (`bot.store.schema`). SQLite plans for large tables as long as nobody ran
ANALYZE, which the bot never does; what PostgreSQL plans depends on its statistics and is not looked at.

A statement belongs to the method of a store that it is issued in, whichever functions lie between; those of
the tests themselves belong to none. What reads everything by its nature (copies, checks, migrations) is made
of functions and not of stores' methods, and is not looked at either.
"""

import functools
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Engine, event

import bot.store
from bot.store.schema import Base
from bot.store.session import Database

MAY_READ_ALL = {
    "RetentionStore.prune": "the nightly work looks at all that is old enough; nobody waits for it",
    "RetentionStore.expired": "what the nightly work would do, for an operator who asks",
    "ReportStore.undelivered": "when a session begins; of reports there is one for thousands of pictures",
    "PeopleStore.remove": "once in a person's life; reports that they settled as a moderator are few",
}
"""Methods that may read a whole table, and why."""

Found = dict[str, tuple[str, tuple[str, ...]]]
"""Method -> its statement, and the lines of the plan that read a whole table."""

_READS_OR_WRITES = re.compile(r"\s*(SELECT|UPDATE|DELETE|INSERT|WITH)\b", re.IGNORECASE)
# tables are called by their names, or as SQLAlchemy numbers their aliases: jobs_1
_WHOLE = re.compile(rf"SCAN ({'|'.join(Base.metadata.tables)})(_\d+)?\b")
# an index walked for "is not empty" is one for nearly all rows
_NOT_EMPTY = re.compile(r"SEARCH (\w+) USING (?:COVERING )?INDEX \w+ \((\w+)>\?\)")
_method: ContextVar[str] = ContextVar("the method of a store that runs", default="")
_plans: dict[str, tuple[str, ...]] = {}  # statement -> the lines of its plan that read a whole table


def _reads_all(line: str, sql: str) -> bool:
    """Whether the line of a plan means that a whole table is read, or a whole index of one."""
    index = _NOT_EMPTY.match(line)
    return bool(_WHOLE.match(line)) or (index is not None and f"{index[1]}.{index[2]} IS NOT NULL" in sql)


def stores() -> list[type[Any]]:
    """The classes of bot/store that give their methods a transaction."""
    found = []
    for module in pkgutil.iter_modules(bot.store.__path__, "bot.store."):
        classes = inspect.getmembers(importlib.import_module(module.name), inspect.isclass)
        found += [one for _, one in classes if one.__module__ == module.name and methods(one)]
    return [one for one in found if one is not Database and one.__name__[0] != "_"]


def methods(store: type[Any]) -> list[str]:
    """The names of its public coroutines."""
    return [name for name, one in vars(store).items() if inspect.iscoroutinefunction(one) and name[0] != "_"]


def name_methods() -> None:
    """Let every method of a store say that it runs, for as long as this process lives."""
    for store in stores():
        for name in methods(store):
            setattr(store, name, named(f"{store.__name__}.{name}", vars(store)[name]))


def named(name: str, method: Callable[..., Any]) -> Callable[..., Any]:
    """The method, whose statements are those of `name` where it is not called by another one."""

    @functools.wraps(method)
    async def run(*given: Any, **named: Any) -> Any:
        token = _method.set(_method.get() or name)
        try:
            return await method(*given, **named)
        finally:
            _method.reset(token)

    return run


@contextmanager
def watched() -> Iterator[Found]:
    """What read a whole table meanwhile: the method, with its statement and the lines of the plan."""
    found: Found = {}

    def explain(conn: Any, _cursor: Any, sql: str, values: Any, _context: Any, many: bool) -> None:
        method = _method.get()
        if not method or conn.dialect.name != "sqlite" or not _READS_OR_WRITES.match(sql):
            return
        if sql not in _plans:
            # a batch that gives its new keys back comes as many, with the values of all its rows in one
            one = values[0] if many and isinstance(values[0], tuple) else values
            cursor = conn.connection.cursor()
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", one)
            _plans[sql] = tuple(line[3] for line in cursor.fetchall() if _reads_all(line[3], sql))
            cursor.close()
        if _plans[sql] and method not in MAY_READ_ALL:
            found[method] = sql, _plans[sql]

    event.listen(Engine, "after_cursor_execute", explain)
    try:
        yield found
    finally:
        event.remove(Engine, "after_cursor_execute", explain)
