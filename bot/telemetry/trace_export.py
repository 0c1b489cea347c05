"""Whether traces are exported, and to where: by [tracing] endpoint or OpenTelemetry's own variables.

Nothing of OpenTelemetry is imported while they are not.
"""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.errors import OperatorError
from bot.settings import TracingSettings
from bot.telemetry.tracing import using
from model.errors import installing
from model.serving import tracing

if TYPE_CHECKING:  # what is not installed everywhere is imported where it is used
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

log = logging.getLogger(__name__)

MISSING = (
    "Traces are to be exported, and {name} is not installed: "
    f"{installing('tracing')} brings it, or leave [tracing] "
    "endpoint and OTEL_EXPORTER_OTLP_ENDPOINT empty."
)


def traces_url(settings: TracingSettings, environ: Mapping[str, str] = os.environ) -> str | None:
    """The address that traces go to, or None where they are off; bot.toml wins over the environment."""
    return tracing.traces_url(settings.endpoint, environ)


def host_of(url: str) -> str:
    """What may be shown of an address: the rest may hold a key."""
    return urlsplit(url).netloc.rpartition("@")[2]


async def collector_answers(url: str) -> bool:
    """Whether the collector takes traces: it is sent none, with the headers and certificates of the others.

    Why it does not is a line of the exporter's in the log. Raises `OperatorError` as `exporting` does.
    """
    exporter = _exporter(url)
    sent = await asyncio.to_thread(exporter.export, ())
    return sent.name == "SUCCESS"


@asynccontextmanager
async def exporting(settings: TracingSettings, *, personal: bool) -> AsyncIterator[None]:
    """Export the spans of the block and of tasks begun in it, where that is asked for.

    Leaving sends what is left; for each 512 spans a collector that does not answer is waited for ten seconds
    (OTEL_EXPORTER_OTLP_TIMEOUT). Raises `OperatorError` where the package is missing.
    """
    url = traces_url(settings)
    if url is None:
        yield
        return
    exporter = _exporter(url)
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    from bot.telemetry.otel import OtelTracer

    tracer = OtelTracer(BatchSpanProcessor(exporter), personal=personal)
    log.info("Exporting traces to %s", host_of(url))
    try:
        with using(tracer):
            yield
    finally:
        await tracer.close()


def _exporter(url: str) -> "OTLPSpanExporter":
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    except ImportError as error:
        raise OperatorError(MISSING.format(name=error.name)) from error
    return OTLPSpanExporter(endpoint=url)
