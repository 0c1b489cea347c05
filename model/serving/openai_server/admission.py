"""How many requests may be in the server at once, for words and for pictures: a bounded queue.

The engine's own queues take everything; without this bound a server that is slower than its clients would
keep more and more bodies in memory and answer each of them later.
"""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager

from model.serving.openai_server.protocol.errors import draining, queue_full

LONGEST_WAIT = 60  # seconds that a client is sent away for at most


class Line:
    """The requests to one model. `batch` of them are worked on together; `most` more may wait."""

    def __init__(self, batch: int, most: int) -> None:
        self._batch, self._most = batch, most
        self._seconds = 1.0  # of one batch, smoothed
        self.inside = 0
        self.draining = False
        self._empty = asyncio.Event()
        self._empty.set()

    def widen(self, times: int) -> None:
        """Let so many batches be worked on side by side, as by several copies of the model."""
        self._batch *= times

    @property
    def waiting(self) -> int:
        """How many wait, as far as can be told from outside: those beyond one batch."""
        return max(0, self.inside - self._batch)

    async def emptied(self) -> None:
        """Wait until nobody is inside."""
        await self._empty.wait()

    @contextmanager
    def place(self) -> Iterator["Place"]:
        """A place for the block. Raises ApiError: 503 while the server drains, 429 when the line is full."""
        if self.draining:
            raise draining()
        if self.inside >= self._batch + self._most:
            raise queue_full(self._retry_after())
        self.inside += 1
        self._empty.clear()
        batches = self._batches()
        begun = time.monotonic()
        place = Place(self)
        try:
            yield place
        finally:
            was_left = place.is_left
            place.leave()
        # only what went well: refusals are quick and say nothing of the work
        if not was_left:
            self._seconds += 0.2 * ((time.monotonic() - begun) / batches - self._seconds)

    def left(self) -> None:
        """Take that one who was inside is not any more."""
        self.inside -= 1
        if not self.inside:
            self._empty.set()

    def _batches(self) -> int:
        return max(1, -(-self.inside // self._batch))

    def _retry_after(self) -> int:
        """Seconds until about half the line has been served."""
        return max(1, min(LONGEST_WAIT, round(self._seconds * self._batches() / 2)))


class Place:
    """A place in a line, as long as the block of `Line.place` lasts or until it is left."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self.is_left = False

    def leave(self) -> None:
        """Let another one in, before the block ends too: the request turned out to be for another line."""
        if not self.is_left:
            self.is_left = True
            self._line.left()
