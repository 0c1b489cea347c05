"""One trace over two machines: W3C Trace Context (`traceparent`) on requests to a server, and taken up there.

The bot's spans are OpenTelemetry's present span while an engine is asked, and `trace_headers` puts that
span's ids on the request. A server of ours whose traces are exported begins its spans below it. Nothing of
OpenTelemetry is imported where no traces are exported.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from model.errors import ConfigError, installing

if TYPE_CHECKING:  # what is not installed everywhere is imported where it is used
    from opentelemetry.sdk.trace import SpanProcessor

TRACES_PATH = "v1/traces"  # below an endpoint, by OpenTelemetry's "Protocol Exporter" page
_ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
_SERVER_ERROR = 500


def traces_url(endpoint: str = "", environ: Mapping[str, str] = os.environ) -> str | None:
    """The address that traces go to, or None where they are off; `endpoint` wins over the environment."""
    if environ.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":
        return None
    signal, base = (environ.get(name, "").strip() for name in _ENDPOINTS)
    if not endpoint and signal:
        return signal  # for one signal alone: taken as it is
    base = endpoint or base
    return f"{base.rstrip('/')}/{TRACES_PATH}" if base else None


def trace_headers() -> dict[str, str]:
    """The headers that tell of the present span; none where nothing is traced."""
    if "opentelemetry.sdk.trace" not in sys.modules:
        return {}
    from opentelemetry.propagate import inject

    headers: dict[str, str] = {}
    inject(headers)
    return headers


class ServerTracer:
    """Measures requests as spans that go to `processor`; a request's own trace is gone on with.

    Sampling follows OTEL_TRACES_SAMPLER, which by default does what the client decided; OTEL_SERVICE_NAME and
    OTEL_RESOURCE_ATTRIBUTES name the service. Spans hold no words of a request.
    """

    def __init__(self, processor: "SpanProcessor") -> None:
        from opentelemetry.sdk.resources import OTELResourceDetector, Resource
        from opentelemetry.sdk.trace import TracerProvider

        ours = Resource({"service.name": "diffchat-server"})
        self._provider: TracerProvider = TracerProvider(
            resource=ours.merge(OTELResourceDetector().detect()),  # the environment's win
            shutdown_on_exit=False,
        )
        self._provider.add_span_processor(processor)
        self._tracer = self._provider.get_tracer("diffchat")

    @contextmanager
    def request(self, method: str, route: str, headers: Mapping[str, str]) -> Iterator["Answered"]:
        """Measure the block as the answer to a request, named as OpenTelemetry's page "Semantic conventions
        for HTTP spans" has it; `headers` have lower-case names."""
        from opentelemetry.propagate import extract
        from opentelemetry.trace import SpanKind, StatusCode

        with self._tracer.start_as_current_span(
            f"{method} {route}",
            extract(headers),
            SpanKind.SERVER,
            {"http.request.method": method, "http.route": route},
            record_exception=False,  # errors may repeat people's words
            set_status_on_exception=False,
        ) as span:
            answered = Answered()
            try:
                yield answered
            finally:
                if answered.status:
                    span.set_attribute("http.response.status_code", answered.status)
                if answered.status >= _SERVER_ERROR:
                    span.set_status(StatusCode.ERROR)

    async def close(self) -> None:
        """Send what is left. The SDK waits for the collector, so that is done in a thread."""
        await asyncio.to_thread(self._provider.shutdown)


class Answered:
    """How a request was answered: its status, 0 where its client had gone."""

    status: int = 0


@asynccontextmanager
async def exporting(url: str | None) -> AsyncIterator[ServerTracer | None]:
    """A tracer whose spans go to `url` by OTLP over HTTP; None for none.

    Raises ConfigError where the package for it is missing.
    """
    if url is None:
        yield None
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise ConfigError(
            f"Traces are to be exported, and {error.name} is not installed: "
            f"{installing('tracing')} brings it, or leave OTEL_EXPORTER_OTLP_ENDPOINT empty."
        ) from error
    tracer = ServerTracer(BatchSpanProcessor(OTLPSpanExporter(endpoint=url)))
    try:
        yield tracer
    finally:
        await tracer.close()
