"""Whether traces are exported, and to where: by [tracing] endpoint or OpenTelemetry's own variables.

Nothing of OpenTelemetry is imported while they are not.
"""

import logging
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from bot.errors import OperatorError
from bot.settings import TracingSettings
from bot.telemetry.tracing import using

log = logging.getLogger(__name__)

TRACES_PATH = "v1/traces"  # below an endpoint, by OpenTelemetry's "Protocol Exporter" page
_ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
MISSING = (
    "Traces are to be exported, and {name} is not installed: install diffchat-bot[tracing], or leave "
    "[tracing] endpoint and OTEL_EXPORTER_OTLP_ENDPOINT empty."
)


def traces_url(settings: TracingSettings, environ: Mapping[str, str] = os.environ) -> str | None:
    """The address that traces go to, or None where they are off; bot.toml wins over the environment."""
    if environ.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":
        return None
    signal, base = (environ.get(name, "").strip() for name in _ENDPOINTS)
    if not settings.endpoint and signal:
        return signal  # for one signal alone: taken as it is
    base = settings.endpoint or base
    return f"{base.rstrip('/')}/{TRACES_PATH}" if base else None


@asynccontextmanager
async def exporting(settings: TracingSettings, *, personal: bool) -> AsyncIterator[None]:
    """Export the spans of the block and of tasks begun in it, where that is asked for.

    Leaving sends what is left, for ten seconds at most where the collector does not answer (the exporter's
    time limit, OTEL_EXPORTER_OTLP_TIMEOUT). Raises `OperatorError` where the package is missing.
    """
    url = traces_url(settings)
    if url is None:
        yield
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        from bot.telemetry.otel import OtelTracer
    except ImportError as error:
        raise OperatorError(MISSING.format(name=error.name)) from error
    tracer = OtelTracer(BatchSpanProcessor(OTLPSpanExporter(endpoint=url)), personal=personal)
    log.info("Exporting traces to %s", urlsplit(url).hostname)  # an address may carry a password
    try:
        with using(tracer):
            yield
    finally:
        await tracer.close()
