"""The requests to one worker: they wait in order (looks at pictures first), go in batches, and stay when the
worker dies.

A batch is the request that waits longest and those after it that go together with it; nobody waits for a
batch to fill. A worker that dies takes only the batch it had with it; what waits is served by its successor.
A request that nobody waits for any more is cancelled; if that holds for a whole batch and the worker does not
come back from it, the worker is killed.
"""

import asyncio
import logging
from asyncio import Future, Task
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, TypeVar

from model.engine import OnProgress, PaintProgress
from model.errors import EngineClosed, ModelError, WorkerDied, by_name
from model.serving import wire
from model.serving.worker_process import NotSent, WorkerProcess

log = logging.getLogger(__name__)

Outcome = TypeVar("Outcome")
Read = Callable[[dict[str, Any], list[bytes]], Outcome]

Manner = Literal["steps", "whole", "look"]
"""How a request is worked on: in steps, between which it can be stopped; as a whole; or as a look at a
picture, a whole that takes a moment and goes before what waits, which takes many."""

FIRST_DELAY = 0.25  # seconds until a worker that ended is started again, doubled with every failed start
UNSTOPPABLE_S = 300.0  # longest that loading a model, or looking at a picture, is thought to take
LONGEST_DELAY = 30.0  # the bot's `bot.aio.retry` is not for here: `model` imports nothing of the bot


@dataclass(frozen=True, slots=True)
class Together:
    """Requests of one `op` and an equal `key` may go in one batch of at most `most` places (0: as many as the
    queue's batches have), in which this one takes `places`."""

    key: Hashable
    places: int = 1
    most: int = 0


@dataclass(eq=False)
class _Job:
    """One waiting request. The future takes what `read` makes of the outcome, or a ModelError.

    One without `together` goes alone.
    """

    op: str
    fields: dict[str, Any]
    blobs: list[bytes]
    on_progress: OnProgress | None
    future: "Future[Any]"
    read: Read[Any]
    together: Together | None
    manner: Manner
    loading: bool = False

    def progress(self, progress: PaintProgress) -> None:
        self.loading = bool(progress.loading)
        if self.on_progress is None or self.future.done():
            return
        try:
            self.on_progress(progress)
        except Exception:
            log.exception("a progress callback failed")

    def fail(self, error: ModelError) -> None:
        if not self.future.done():
            self.future.set_exception(error)

    def settle(self, fields: dict[str, Any], blobs: list[bytes]) -> None:
        if "error" in fields:
            self.fail(by_name(fields["error"], fields["message"]))
            return
        outcome = self.read(fields, blobs)
        if not self.future.done():
            self.future.set_result(outcome)


class WorkerQueue:
    """Requests to the worker `python *arguments`, in batches of at most `batch` places.

    A cancelled batch has `grace` seconds to end before its worker is killed, or `UNSTOPPABLE_S` where it does
    what cannot be stopped: that one person no longer waits is no reason to load everybody's models anew.
    """

    def __init__(
        self, arguments: Sequence[str], settings: dict[str, Any], *, batch: int, grace: float
    ) -> None:
        self._arguments, self._settings = arguments, settings
        self._batch, self._grace = batch, grace
        self._waiting: deque[_Job] = deque()
        self._wake = asyncio.Event()
        self._failures = 0
        self._worker: WorkerProcess | None = None
        self._successor: WorkerProcess | None = None
        self._exchanged = asyncio.Event()
        self.restarts = 0  # workers that died and were started again
        self._runner: Task[None] | None = None

    @property
    def worker(self) -> WorkerProcess:
        """The process that serves now. Raises EngineClosed before `start` and after `close`."""
        if self._worker is None:
            raise EngineClosed("The engine is not running: start it before you ask it.")
        return self._worker

    async def start(self) -> None:
        """Start the worker and wait until it is loaded. Raises its LoadError, ConfigError or WorkerDied."""
        self._worker = await self._new_worker()
        self._runner = asyncio.create_task(self._run(), name=f"queue {self._worker.name}")

    async def close(self) -> None:
        """End the worker; whatever still waits fails with EngineClosed."""
        # both fields are cleared before anything is awaited, so that `ask` and `reload` refuse from now on
        workers, self._worker, self._successor = (self._worker, self._successor), None, None
        if self._runner is not None:
            self._runner.cancel()
            await asyncio.wait([self._runner])
        for worker in workers:
            if worker is not None:
                await worker.close()
        self._exchanged.set()
        _fail(self._waiting, EngineClosed("The engine was closed before it came to this request."))
        self._waiting.clear()

    @property
    def alive(self) -> bool:
        """Whether a worker is there to serve."""
        return self._worker is not None and not self._worker.ended

    async def reload(self) -> None:
        """Let a new worker, which loads its model anew, take over between two batches; no request is lost.

        The old one serves until then, so both are in memory for a moment. Raises the new one's LoadError,
        ConfigError or WorkerDied; the old one goes on then.
        """
        _ = self.worker
        successor = await self._new_worker()
        if self._worker is None or self._successor is not None:
            # loading took seconds: the queue may have been closed, or another reload been quicker
            await successor.close()
            raise EngineClosed("The engine was closed, or reloaded once more, meanwhile.")
        self._exchanged.clear()
        self._successor = successor
        self._wake.set()
        await self._exchanged.wait()

    async def ask(
        self,
        op: str,
        fields: dict[str, Any],
        blobs: Sequence[bytes] = (),
        on_progress: OnProgress | None = None,
        *,
        read: Read[Outcome],
        together: Together | None = None,
        manner: Manner = "steps",
    ) -> Outcome:
        """What `read` makes of the outcome's fields and blobs. Cancelling the await cancels the work.

        One without `together` goes alone. `read` raises KeyError, TypeError or ValueError for an outcome of
        no use: its worker is ended then. Raises ModelErrors.
        """
        _ = self.worker
        future = asyncio.get_running_loop().create_future()
        job = _Job(op, fields, list(blobs), on_progress, future, read, together, manner)
        looks = sum(waiting.manner == "look" for waiting in self._waiting)
        self._waiting.insert(looks if manner == "look" else len(self._waiting), job)
        self._wake.set()
        outcome: Outcome = await job.future
        return outcome

    async def _new_worker(self) -> WorkerProcess:
        return await WorkerProcess.start(self._arguments, self._settings, self._wake.set)

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            # cleared before looking: what is set while a batch is served wakes the loop once more
            self._wake.clear()
            while self._successor or self.worker.ended or self._waiting:
                if self._successor:
                    await self._exchange(self._successor)
                elif self.worker.ended:
                    await self._revive()
                elif batch := self._take():
                    await self._serve(batch)

    def _take(self) -> list[_Job]:
        """The job that waits longest of those still wanted, with those that go with it."""
        waiting = deque(job for job in self._waiting if not job.future.done())
        if not waiting:
            self._waiting = waiting
            return []
        first = waiting.popleft()
        batch, rest, own = [first], deque[_Job](), first.together
        room = 0 if own is None else (own.most or self._batch) - own.places
        for job in waiting:
            other = job.together
            joins = own is not None and other is not None and (job.op, other.key) == (first.op, own.key)
            if joins and other is not None and other.places <= room:
                batch.append(job)
                room -= other.places
            else:
                rest.append(job)
        self._waiting = rest
        return batch

    async def _serve(self, batch: list[_Job]) -> None:
        """One call for the batch; its jobs are settled one by one, or fail with what ended the worker."""
        requests = [(job.fields, job.blobs) for job in batch]
        left = set(range(len(batch)))

        def settle(index: int, outcome: wire.Frame) -> None:
            left.remove(index)
            batch[index].settle(*outcome)

        call = asyncio.create_task(
            self.worker.call(
                batch[0].op, requests, lambda index, progress: batch[index].progress(progress), settle
            )
        )
        try:
            await self._until_done_or_unwanted(call, batch)
            await call
            if left:
                raise ValueError(f"{len(left)} of {len(batch)} requests have no outcome")
            self._failures = 0
        except NotSent:
            # the worker had ended before it read the request, so its successor may have it, first in line
            self._waiting.extendleft(reversed(batch))
            await self.worker.close()
        except ModelError as error:
            _fail(batch, error)
        except (KeyError, TypeError, ValueError):
            log.exception("worker %d answered with nonsense, ending it", self.worker.pid)
            await self.worker.close()
            _fail(batch, WorkerDied("The worker process gave an answer that cannot be read: try again."))
        except asyncio.CancelledError:
            call.cancel()
            _fail(batch, EngineClosed("The engine was closed while it had this request."))
            raise

    async def _until_done_or_unwanted(self, call: "Task[None]", batch: list[_Job]) -> None:
        """Wait for the call; tell the worker whose caller has gone, and kill it if it hangs without any."""
        worker = self.worker

        def gone(index: int, future: Future[Any]) -> None:
            if future.cancelled() and not call.done() and not call.cancelling():
                worker.cancel(index)

        for index, job in enumerate(batch):
            job.future.add_done_callback(partial(gone, index))
        callers = asyncio.gather(*(job.future for job in batch), return_exceptions=True)
        either: list[Future[Any]] = [call, callers]
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if call.done():
            return
        stoppable = all(job.manner == "steps" and not job.loading for job in batch)
        seconds = self._grace if stoppable else max(self._grace, UNSTOPPABLE_S)
        await asyncio.wait([call], timeout=seconds)
        if not call.done():
            log.error("worker %d did not end a cancelled request in %g s, killing it", worker.pid, seconds)
            worker.kill()

    async def _exchange(self, successor: WorkerProcess) -> None:
        old, self._worker, self._successor = self.worker, successor, None
        self._failures = 0
        await old.close()
        self._exchanged.set()

    async def _revive(self) -> None:
        """Start the worker again, later each time it fails; what waits fails with a failed attempt."""
        # doubling delays: a worker that dies while loading must not keep a core busy for ever
        delay = min(LONGEST_DELAY, FIRST_DELAY * 2**self._failures)
        self._failures += 1
        log.warning("the worker of %s ended, starting it again in %g s", self.worker.name, delay)
        await asyncio.sleep(delay)
        try:
            self._worker = await self._new_worker()
            self.restarts += 1
        except ModelError as error:
            log.warning("the worker could not be started again: %s", error)
            _fail(self._waiting, error)
            self._waiting.clear()


def _fail(jobs: Iterable[_Job], error: ModelError) -> None:
    for job in jobs:
        job.fail(error)
