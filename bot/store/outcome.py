"""What became of a transaction of PostgreSQL whose connection was lost at its COMMIT.

The server may have committed and the answer been lost, or the other way round. It remembers for a long time
(PostgreSQL's documentation, "System Information Functions", pg_xact_status: "an application can determine
whether its transaction committed or aborted after the application and database server become disconnected
while a COMMIT is in progress").
"""

import itertools
import logging

from sqlalchemy import text
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bot.aio.retry import doubling, retry
from bot.store.failures import lost_connection

log = logging.getLogger(__name__)

ASKED_FOR = 40  # times, 0.1 s to 10 s apart: some six minutes
_UNDECIDED = "in progress"  # the server has not noticed yet that the connection is gone


class _Undecided(Exception):
    """The server still works on the transaction."""


async def transaction_number(session: AsyncSession) -> str | None:
    """The number of the session's transaction; None where nothing was written, and so nothing can be lost."""
    await session.flush()
    found = await session.scalar(text("SELECT CAST(pg_current_xact_id_if_assigned() AS text)"))
    return None if found is None else str(found)


async def was_committed(engine: AsyncEngine, number: str) -> bool:
    """Whether the transaction of that number was committed; waits for the server to come back.

    After some minutes the last failure is raised, and what became of it stays unknown. A number that the
    server does not know any more counts as not committed.
    """

    async def ask() -> bool:
        async with engine.connect() as connection:
            state = await connection.scalar(
                text("SELECT pg_xact_status(CAST(CAST(:number AS text) AS xid8))"), {"number": number}
            )
        if state == _UNDECIDED:
            raise _Undecided
        return bool(state == "committed")

    def may_help(error: Exception) -> bool:
        return isinstance(error, (_Undecided, PoolTimeout)) or lost_connection(error)

    async def failed(error: Exception, delay: float) -> None:
        log.info("Not known yet whether transaction %s was committed, asking again in %.1f s", number, delay)

    return await retry(ask, may_help, itertools.islice(doubling(0.1, 10.0), ASKED_FOR), failed)
