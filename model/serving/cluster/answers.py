"""Answers over ASGI that end with what belongs to them: a place in the line, a count in the metrics."""

from collections.abc import AsyncGenerator, Callable
from contextlib import ExitStack, aclosing
from typing import Self

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from model.serving.openai_server.protocol import sse
from model.serving.openai_server.protocol.errors import explained

CLIENT_GONE = 499  # nginx's code for a client that closed the connection before the answer


class EventAnswer(Response):
    """A stream of events whose first one, or first silence, has come; built by `begun`."""

    def __init__(self, first: bytes, events: sse.Timed) -> None:
        # as a header of its own: Starlette adds a charset to a media type, and events are always UTF-8
        super().__init__(headers={"Content-Type": sse.CONTENT_TYPE, "Cache-Control": "no-cache"})
        del self.headers["content-length"]  # of the empty body that this class does not send
        self._first, self._events, self._inside = first, events, ExitStack()

    def keeping(self, inside: ExitStack) -> Self:
        """The same answer, which closes `inside` when the stream has ended, however it ended."""
        self._inside = inside
        return self

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the events as they come; an error is the last of them. Cancelled, it ends the work."""
        start = {"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers}
        with self._inside:
            async with aclosing(self._events):
                await send(start)
                async for data in self._encoded():
                    await send({"type": "http.response.body", "body": data, "more_body": True})
                await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _encoded(self) -> AsyncGenerator[bytes, None]:
        yield self._first
        try:
            async for event in self._events:
                yield sse.line(event)
        except Exception as error:  # noqa: BLE001  # `explained` logs what nobody expected
            # the event that OpenAI's clients raise as an APIError
            yield sse.encode({"type": "error", **explained(error).body()})


async def begun(events: sse.Events) -> EventAnswer:
    """The answer, once its first event is there or `sse.QUIET_SECONDS` have passed without one.

    What is refused at once is raised here, so that it is refused with its own status.
    """
    timed = sse.with_silences(events)
    try:
        first = sse.line(await anext(timed))
    except BaseException:
        await timed.aclose()
        raise
    return EventAnswer(first, timed)


class Counted(Response):
    """An answer that tells its status once it was sent, or `CLIENT_GONE` where it could not be."""

    def __init__(self, answer: Response, ended: Callable[[int], None]) -> None:
        super().__init__(status_code=answer.status_code)
        self._answer, self._ended = answer, ended

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        status = CLIENT_GONE
        try:
            await self._answer(scope, receive, send)
            status = self._answer.status_code
        finally:
            self._ended(status)
