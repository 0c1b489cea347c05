"""The checks of [safety] by themselves, in a worker process: for what is painted elsewhere.

It is started when something is first looked at: a server may give verdicts of its own, and then nothing is.
"""

import asyncio

from model.pictures.safety import checks_pictures
from model.serving.worker_queue import WorkerQueue
from model.settings import SafetySettings

GRACE_SECONDS = 15.0


class SafetyCheckProcess:
    """Looks at prompts and finished pictures as `settings` say; close it at the end."""

    def __init__(self, settings: SafetySettings) -> None:
        self._texts, self._pictures = bool(settings.text_classifier), checks_pictures(settings)
        fields = settings.model_dump(mode="json")
        self._queue = WorkerQueue(
            ["-m", "model.serving.worker", "check"], fields, batch=1, grace=GRACE_SECONDS
        )
        self._started: asyncio.Task[None] | None = None

    async def check_text(self, prompt: str) -> None:
        """Raise PromptRefused where the text classifier refuses a prompt; or as `verdict` does."""
        if self._texts:
            await self._start()
            await self._queue.ask("text", {"prompt": prompt}, read=lambda fields, _: fields)

    async def verdict(self, png: bytes) -> str:
        """What the checks have against a picture; "" for nothing.

        Raises LoadError when a check cannot be loaded, WorkerDied, EngineClosed or BadImage.
        """
        if not self._pictures:
            return ""
        await self._start()
        return await self._queue.ask("picture", {}, [png], read=lambda fields, _: str(fields["unsafe"]))

    async def _start(self) -> None:
        if self._started is None or (self._started.done() and self._started.exception()):
            self._started = asyncio.create_task(self._queue.start(), name="safety checks")
        # shielded: whoever waits first may be cancelled, and others wait for the same start
        await asyncio.shield(self._started)

    async def close(self) -> None:
        """End the process, if it was started."""
        if self._started is not None:
            self._started.cancel()
            await asyncio.wait([self._started])
        await self._queue.close()
