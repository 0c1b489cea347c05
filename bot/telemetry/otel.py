"""The tracer that hands spans to OpenTelemetry's SDK. Imported only where traces are exported.

Attributes of our own are named `diffchat.…`, as OpenTelemetry's page "Attribute naming" asks of applications.
"""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.sdk.trace.sampling import Decision
from opentelemetry.trace import NonRecordingSpan, SpanContext, SpanKind, StatusCode, TraceFlags

from bot.telemetry.tracing import JobTrace, Value
from bot.version import VERSION


class OtelTracer:
    """A `bot.telemetry.tracing.Tracer` whose ended spans go to `processor`.

    `personal` says whether people's words and ids are kept too. Sampling follows OTEL_TRACES_SAMPLER, names
    of the service and further attributes OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES.
    """

    def __init__(self, processor: SpanProcessor, *, personal: bool = False) -> None:
        self._ids = _GivenIds()
        self._personal = personal
        ours = Resource({"service.name": "diffchat", "service.version": VERSION})
        self._provider = TracerProvider(
            resource=ours.merge(OTELResourceDetector().detect()),  # the environment's win
            id_generator=self._ids,
            shutdown_on_exit=False,
        )
        self._provider.add_span_processor(processor)
        self._tracer = self._provider.get_tracer("diffchat", VERSION)

    async def close(self) -> None:
        """Send what is left. The SDK waits for the collector, so that is done in a thread."""
        await asyncio.to_thread(self._provider.shutdown)

    @contextmanager
    def request(self, job: JobTrace, begun: datetime) -> Iterator["OtelSpan"]:
        """The first span of the job's trace, with the ids that its other spans take for granted."""
        self._ids.given = job
        begun = min(begun, datetime.now(UTC))
        span = self._tracer.start_span(
            "request", Context(), SpanKind.SERVER, start_time=int(begun.timestamp() * 1e9)
        )
        self._ids.given = None
        with trace.use_span(span, end_on_exit=True, record_exception=False):
            yield OtelSpan(span, personal=self._personal)

    @contextmanager
    def span(self, name: str, job: JobTrace | None = None) -> Iterator["OtelSpan"]:
        """A span below the present one or the job's request."""
        context = None if job is None else self._below(job)
        # errors are noted below: the SDK would record their texts and tracebacks, which may hold words
        with self._tracer.start_as_current_span(
            name, context, record_exception=False, set_status_on_exception=False
        ) as begun:
            span = OtelSpan(begun, personal=self._personal)
            try:
                yield span
            except asyncio.CancelledError:
                span.note(cancelled=True)  # by a person or by a bot that stops: no failure
                raise
            except BaseException as error:
                span.failed(error)
                raise

    def _below(self, job: JobTrace) -> Context:
        """The context of the job's `request`, which another process may have noted.

        It is sampled if the sampler says so for its trace: the same there and here, for samplers by trace id.
        """
        decided = self._provider.sampler.should_sample(None, job.trace_id, "request").decision
        sampled = decided is Decision.RECORD_AND_SAMPLE
        flags = TraceFlags(TraceFlags.SAMPLED if sampled else TraceFlags.DEFAULT)
        parent = SpanContext(job.trace_id, job.request_span_id, is_remote=True, trace_flags=flags)
        return trace.set_span_in_context(NonRecordingSpan(parent), Context())


class OtelSpan:
    """A `bot.telemetry.tracing.Span` of the SDK."""

    def __init__(self, span: trace.Span, *, personal: bool) -> None:
        self._span = span
        self._personal = personal

    @property
    def ids(self) -> Mapping[str, str]:
        """Named as OpenTelemetry's page "Trace Context in non-OTLP Log Formats" names them."""
        context = self._span.get_span_context()
        return {
            "trace_id": trace.format_trace_id(context.trace_id),
            "span_id": trace.format_span_id(context.span_id),
        }

    def note(self, **attributes: Value) -> None:
        """Add attributes."""
        self._span.set_attributes({f"diffchat.{name}": value for name, value in attributes.items()})

    def personal(self, **attributes: Value) -> None:
        """Add attributes where people's words and ids are wanted."""
        if self._personal:
            self.note(**attributes)

    def failed(self, error: BaseException) -> None:
        """The kind of the error; its text only where words are wanted, as a text may repeat them."""
        self._span.set_status(StatusCode.ERROR, type(error).__name__)
        told = {"exception.type": type(error).__name__}
        if self._personal:
            told["exception.message"] = str(error)
        self._span.add_event("exception", told)


class _GivenIds(RandomIdGenerator):
    """Random ids, except for the span that is begun while some are `given`."""

    given: JobTrace | None = None

    def generate_trace_id(self) -> int:
        return self.given.trace_id if self.given else super().generate_trace_id()

    def generate_span_id(self) -> int:
        return self.given.request_span_id if self.given else super().generate_span_id()
