"""The check of pictures by itself, in a worker process: for pictures that were painted elsewhere.

It is started when the first picture needs it, since a server may give verdicts of its own.
"""

import asyncio

from model.pictures.safety import checks_pictures
from model.serving.worker_queue import WorkerQueue
from model.settings import SafetySettings

GRACE_SECONDS = 15.0


class PictureCheckProcess:
    """Looks at finished pictures as `settings` say; close it at the end."""

    def __init__(self, settings: SafetySettings) -> None:
        fields = settings.model_dump(mode="json")
        self._queue = WorkerQueue(
            ["-m", "model.serving.worker", "check"], fields, batch=1, grace=GRACE_SECONDS
        )
        self._started: asyncio.Task[None] | None = None

    async def verdict(self, png: bytes) -> str:
        """What the check has against a picture; "" for nothing.

        Raises LoadError when the check cannot be loaded, WorkerDied, EngineClosed or BadImage.
        """
        if self._started is None or (self._started.done() and self._started.exception()):
            self._started = asyncio.create_task(self._queue.start(), name="picture check")
        # shielded: whoever waits first may be cancelled, and others wait for the same start
        await asyncio.shield(self._started)
        return await self._queue.ask("check", {}, [png], read=lambda fields, _: str(fields["unsafe"]))

    async def close(self) -> None:
        """End the process, if it was started."""
        if self._started is not None:
            self._started.cancel()
            await asyncio.wait([self._started])
        await self._queue.close()


def picture_check(settings: SafetySettings) -> PictureCheckProcess | None:
    """The check that the settings name; None where they name none."""
    return PictureCheckProcess(settings) if checks_pictures(settings) else None
