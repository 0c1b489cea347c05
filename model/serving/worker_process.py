"""One worker process as the engine sees it: start, call, cancel, kill.

One call at a time; `model.serving.worker_queue` keeps to that. The worker's log goes to our standard error.
"""

import asyncio
import contextlib
import logging
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from model.engine import Capabilities, PainterInfo, PaintProgress
from model.errors import WorkerDied, by_name
from model.serving import wire

log = logging.getLogger(__name__)

CLOSE_SECONDS = 2.0
_ROOT = Path(__file__).parents[2]


class NotSent(WorkerDied):
    """The worker had ended before the request reached it: nothing was tried, its successor can have it."""


class WorkerProcess:
    """A started worker. `name` is that of the model it loaded, `capabilities` what that can do, `models` are
    the pipelines beside it.

    `ended` is set when it is gone.
    """

    def __init__(self, process: Process, on_end: Callable[[], None]) -> None:
        self.name = ""
        self.capabilities = Capabilities()
        self.models: dict[str, PainterInfo] = {}
        self.ended = False
        self._process = process
        self._on_end = on_end
        self._frames: asyncio.Queue[wire.Frame | None] = asyncio.Queue()
        self._reader = asyncio.create_task(self._read(), name=f"worker {process.pid}")
        self._call = 0

    @classmethod
    async def start(
        cls, arguments: Sequence[str], settings: dict[str, Any], on_end: Callable[[], None]
    ) -> "WorkerProcess":
        """Start `python *arguments` and wait until its model is loaded.

        Raises the worker's own LoadError or ConfigError, or WorkerDied. `on_end` is called when it ends.
        """
        # The worker must find `model` whatever folder the bot was started in
        environ = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(_ROOT), os.environ.get("PYTHONPATH", "")]),
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, stdin=PIPE, stdout=PIPE, env=environ
        )
        worker = cls(process, on_end)
        try:
            await worker._send({"settings": settings}, [])
            header, _ = await worker._receive()
            if "error" in header:
                raise by_name(header["error"], header["message"])
            worker.name = header["ready"]
            worker.capabilities = wire.capabilities(header["capabilities"])
            worker.models = {name: wire.painter_info(one) for name, one in header["models"].items()}
        except BaseException:
            await worker.close()
            raise
        return worker

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    async def call(
        self,
        op: str,
        requests: Sequence[wire.Frame],
        on_progress: Callable[[int, PaintProgress], None],
        on_outcome: Callable[[int, wire.Frame], None],
    ) -> None:
        """Send requests, fields and blobs of each, and wait until the worker has answered them.

        `on_progress` is given a request's place and its progress, `on_outcome` its place and its outcome, as
        soon as it is there. Raises WorkerDied, what they raise, and KeyError, TypeError or ValueError for an
        answer of no use.
        """
        self._call += 1
        header = {"id": self._call, "op": op, "requests": [fields for fields, _ in requests]}
        counts = [len(blobs) for _, blobs in requests]
        await self._send(header | {"counts": counts}, [blob for _, blobs in requests for blob in blobs])
        while True:
            answer, returned = await self._receive()
            if "end" in answer:
                return
            if "outcome" in answer:
                on_outcome(answer["index"], (answer["outcome"], returned))
                continue
            preview = returned[0] if returned else None
            on_progress(answer["index"], PaintProgress(**answer["progress"], preview=preview))

    def cancel(self, index: int) -> None:
        """Tell the worker that nobody waits for this request of its call. Never waits: it may hang."""
        # no drain(): a worker that hangs does not read its pipe, and waiting for it would hang us too
        if self._process.stdin and not self.ended:
            self._process.stdin.write(wire.pack({"cancel": self._call, "index": index}))

    def kill(self) -> None:
        """End the process now, whatever it does."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    async def close(self) -> None:
        """End the process: its input ends, so it exits at once; killed if it does not."""
        if self._process.stdin:
            self._process.stdin.close()
        await self._gone()
        await self._reader

    async def _gone(self) -> None:
        """Wait for the end of a process whose pipe has ended; it is killed if it hangs.

        Killing it at once would lose its exit code: `Popen.send_signal` looks whether the process has ended,
        which takes the code away from the thread with which asyncio waits for it (cpython#87744).
        """
        try:
            await asyncio.wait_for(self._process.wait(), CLOSE_SECONDS)
        except TimeoutError:
            self.kill()
            await self._process.wait()

    async def _send(self, header: dict[str, Any], blobs: list[bytes]) -> None:
        stdin = self._process.stdin
        if self.ended or stdin is None:
            raise NotSent(self._why())
        try:
            stdin.write(wire.pack(header, blobs))
            await stdin.drain()
        except ConnectionError as error:
            raise NotSent(self._why()) from error

    async def _receive(self) -> wire.Frame:
        frame = await self._frames.get()
        if frame is None:
            raise WorkerDied(self._why())
        return frame

    async def _read(self) -> None:
        """Move frames from the pipe to the queue until the worker ends; then leave a None."""
        stdout = self._process.stdout
        try:
            while stdout is not None and (frame := await wire.receive_frame(stdout)) is not None:
                self._frames.put_nowait(frame)
        except wire.BrokenFrame:
            log.exception("worker %d sent no frame and is ended", self.pid)
            self.kill()
        await self._gone()
        self.ended = True
        self._frames.put_nowait(None)
        self._on_end()

    def _why(self) -> str:
        code = self._process.returncode
        how = "" if code is None else f" (signal {-code})" if code < 0 else f" (exit code {code})"
        return f"The worker process ended while it had the request{how}: try again; its log says more."
