"""Finishing work although its task is cancelled, as it is when the bot stops."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar

log = logging.getLogger(__name__)

T = TypeVar("T")


async def shielded(work: Coroutine[Any, Any, T], patience: float | None = None) -> T:
    """Await `work`; a cancellation arrives only when the work has ended, or after `patience` seconds.

    An error of work that ends after the cancellation is logged.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task}, timeout=patience)
        if not task.done():
            task.cancel()
            await asyncio.wait({task})
        if not task.cancelled() and (error := task.exception()) is not None:
            log.warning("Work that had to be finished before stopping failed: %s", error, exc_info=error)
        raise
