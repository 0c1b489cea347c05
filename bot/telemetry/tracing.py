"""Traces: which step of which job took how long and what failed it, as spans. Off unless a tracer is in use.

One trace tells of one job. `request` reaches from the Discord event to the stored turn; below it is `job`,
the work of one process on it, and below that `describe`, `edit`, `paint`, `keep` and `post`.

In W3C Trace Context the ids of a trace travel with a request. Here the job's row lies between the event and
the work, and after a restart another process may take it up. So the ids derive from the job's nonce
(`JobTrace`): whoever reads the row knows them, and the table needs no column for them.

The tracer travels with the context, as the ids in the log do: what a bot's tasks do goes to its own tracer.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.telemetry.logs import bound

Value = str | int | float | bool
Attributes = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class JobTrace:
    """The ids of a job's trace (128 bits) and of its span `request` (64 bits)."""

    trace_id: int
    request_span_id: int

    @classmethod
    def of(cls, nonce: str) -> "JobTrace":
        """The ids for the job of that nonce (`bot.domain.job.Job`), the same in every process."""
        digest = hashlib.sha256(f"trace {nonce}".encode()).digest()
        return cls(int.from_bytes(digest[:16], "big"), int.from_bytes(digest[16:24], "big"))


class Span(Protocol):
    """A step that is measured."""

    @property
    def ids(self) -> Mapping[str, str]:
        """`trace_id` and `span_id` in hexadecimal digits, for the log."""

    def note(self, **attributes: Value) -> None:
        """Add what has become known: never ids of persons, nor anybody's words."""

    def personal(self, **attributes: Value) -> None:
        """Add people's words and ids, which are kept only where [logging] prompts is on."""

    def failed(self, error: BaseException) -> None:
        """Mark the step as failed by that error."""


class Tracer(Protocol):
    """Where spans go (`bot.telemetry.otel.OtelTracer`)."""

    def request(self, job: JobTrace, begun: datetime) -> AbstractContextManager[Span]:
        """The span `request` of a job, from `begun` to the end of the block."""

    def span(self, name: str, job: JobTrace | None = None) -> AbstractContextManager[Span]:
        """Measure the block, below the present span or, with `job`, below the `request` of that job."""


class _Untraced:
    """The span of what nobody traces."""

    ids: Mapping[str, str] = {}  # never changed

    def note(self, **attributes: Value) -> None:
        """Nothing is kept."""

    def personal(self, **attributes: Value) -> None:
        """Nothing is kept."""

    def failed(self, error: BaseException) -> None:
        """Nothing is kept."""


_UNTRACED = _Untraced()
_tracer: ContextVar[Tracer | None] = ContextVar("where spans go", default=None)
_span: ContextVar[Span] = ContextVar("the present span", default=_UNTRACED)


@contextmanager
def using(tracer: Tracer) -> Iterator[None]:
    """Spans of the block, and of tasks begun in it, go to `tracer`."""
    _tracer.set(tracer)
    try:
        yield
    finally:
        # no token: a fixture or an exit stack may be left in another context than it was entered in
        _tracer.set(None)


def present() -> Span:
    """The span of the present block."""
    return _span.get()


@contextmanager
def span(name: str, **attributes: Value) -> Iterator[Span]:
    """Measure the block as a step of what the present span measures; an error that leaves it is noted."""
    tracer = _tracer.get()
    if tracer is None:
        yield _UNTRACED
        return
    with tracer.span(name) as begun, _as_present(begun):
        begun.note(**attributes)
        yield begun


@contextmanager
def job_span(nonce: str, **attributes: Value) -> Iterator[Span]:
    """Measure the work of this process on the job of that nonce, in the job's own trace."""
    tracer = _tracer.get()
    if tracer is None:
        yield _UNTRACED
        return
    # by the job, not by the context: a job's task is begun wherever a place becomes free, as by another job
    with tracer.span("job", JobTrace.of(nonce)) as begun, _as_present(begun):
        begun.note(**attributes)
        yield begun


@contextmanager
def request_span(nonce: str, begun: datetime) -> Iterator[Span]:
    """The beginning of a job's trace, from the Discord event to this moment, noted once the job is stored.

    `begun` is by Discord's clock; where that is ahead of ours, the span has no length.
    """
    tracer = _tracer.get()
    if tracer is None:
        yield _UNTRACED
        return
    with tracer.request(JobTrace.of(nonce), begun) as noted:
        yield noted


@contextmanager
def _as_present(begun: Span) -> Iterator[None]:
    """Let `present` give this span, and every line of the log carry its ids."""
    token = _span.set(begun)
    try:
        with bound(**begun.ids):
            yield
    finally:
        _span.reset(token)
