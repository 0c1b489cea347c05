"""Spans by themselves: the ids of a job's trace, what is noted, what is left out, and nothing while off."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from bot.errors import OperatorError
from bot.settings import TracingSettings
from bot.telemetry import trace_export
from bot.telemetry.logs import JsonFormatter, TextFormatter
from bot.telemetry.otel import OtelTracer
from bot.telemetry.trace_export import exporting, traces_url
from bot.telemetry.tracing import JobTrace, job_span, present, request_span, span, using

ROOT = Path(__file__).resolve().parents[3]
NONCE = "0123456789abcdef01234567"


@pytest.fixture
def exporter() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def traced(exporter: InMemorySpanExporter) -> Iterator[None]:
    with using(OtelTracer(SimpleSpanProcessor(exporter))):
        yield


def named(exporter: InMemorySpanExporter, name: str) -> ReadableSpan:
    [found] = [span for span in exporter.get_finished_spans() if span.name == name]
    return found


def test_processes_agree_on_the_trace_of_a_job(exporter: InMemorySpanExporter) -> None:
    """One takes the request on, another one works: each with a tracer of its own."""
    with using(OtelTracer(SimpleSpanProcessor(exporter))), request_span(NONCE, datetime.now(UTC)):
        pass
    with using(OtelTracer(SimpleSpanProcessor(exporter))), job_span(NONCE, job=7), span("paint"):
        pass
    request, job, paint = (named(exporter, name) for name in ("request", "job", "paint"))
    assert request.context is not None
    assert job.context is not None
    assert request.parent is None
    assert job.parent is not None
    assert paint.parent is not None
    assert job.parent.span_id == request.context.span_id == JobTrace.of(NONCE).request_span_id
    assert paint.parent.span_id == job.context.span_id
    assert {s.context.trace_id for s in (request, job, paint) if s.context} == {JobTrace.of(NONCE).trace_id}


@pytest.mark.usefixtures("traced")
def test_a_job_begun_within_another_has_its_own_trace(exporter: InMemorySpanExporter) -> None:
    with job_span(NONCE), job_span("another"), span("paint"):
        pass
    paint = named(exporter, "paint")
    assert paint.context is not None
    assert paint.context.trace_id == JobTrace.of("another").trace_id


@pytest.mark.usefixtures("traced")
def test_a_request_reaches_back_to_its_event_and_never_ahead(exporter: InMemorySpanExporter) -> None:
    now = datetime.now(UTC)
    with request_span(NONCE, now - timedelta(seconds=3)):
        pass
    with request_span("ahead", now + timedelta(minutes=5)):
        pass
    lengths = [
        ((s.end_time or 0) - (s.start_time or 0)) / 1e9
        for s in exporter.get_finished_spans()
        if s.name == "request"
    ]
    assert lengths[0] == pytest.approx(3, abs=2)
    assert 0 <= lengths[1] < 2


@pytest.mark.usefixtures("traced")
def test_an_error_is_noted_by_its_kind_without_its_words(exporter: InMemorySpanExporter) -> None:
    def edit_it() -> None:
        with job_span(NONCE), span("edit") as editing:
            editing.personal(instruction="a walrus")
            raise ValueError("a walrus")

    with pytest.raises(ValueError, match="walrus"):
        edit_it()
    edit = named(exporter, "edit")
    assert (edit.status.is_ok, edit.status.description) == (False, "ValueError")
    assert [dict(event.attributes or {}) for event in edit.events] == [{"exception.type": "ValueError"}]
    assert "walrus" not in edit.to_json()


def test_words_are_there_where_the_operator_wants_them(exporter: InMemorySpanExporter) -> None:
    with using(OtelTracer(SimpleSpanProcessor(exporter), personal=True)), span("edit") as editing:
        editing.personal(instruction="a walrus")
    assert dict(named(exporter, "edit").attributes or {}) == {"diffchat.instruction": "a walrus"}


@pytest.mark.usefixtures("traced")
def test_lines_of_the_log_carry_the_ids_of_the_present_span() -> None:
    line = logging.LogRecord("bot", logging.INFO, __file__, 1, "Posted", (), None)
    with job_span(NONCE), span("post") as posting:
        assert present() is posting
        text, fields = TextFormatter().format(line), JsonFormatter().format(line)
        assert text.endswith(f" trace_id={posting.ids['trace_id']} span_id={posting.ids['span_id']}")
        assert f'"trace_id": "{JobTrace.of(NONCE).trace_id:032x}"' in fields
    assert "trace_id" not in TextFormatter().format(line)


@pytest.mark.parametrize(
    ("endpoint", "environ", "url"),
    [
        ("", {}, None),
        ("", {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4318"}, "http://c:4318/v1/traces"),
        ("", {"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://c/otlp"}, "http://c/otlp"),
        ("https://d/", {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c"}, "https://d/v1/traces"),
        ("https://d", {"OTEL_SDK_DISABLED": "true"}, None),
    ],
)
def test_where_traces_go(endpoint: str, environ: dict[str, str], url: str | None) -> None:
    assert traces_url(TracingSettings(endpoint=endpoint), environ) == url


async def test_a_missing_package_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    settings = TracingSettings(endpoint="http://127.0.0.1:9")
    with pytest.raises(
        OperatorError, match=r"uv pip install --constraint requirements\.lock -e '\.\[tracing\]'"
    ):
        async with exporting(settings, personal=False):
            pass


async def test_without_an_endpoint_nothing_is_traced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trace_export, "traces_url", lambda _: None)
    async with exporting(TracingSettings(), personal=False):
        with request_span(NONCE, datetime.now(UTC)), job_span(NONCE), span("paint") as painting:
            painting.note(steps=4)
            painting.failed(ValueError())
            assert painting.ids == {}


def test_nothing_of_opentelemetry_is_imported_while_it_is_off() -> None:
    code = (
        "import asyncio, sys, bot.app\n"
        "from bot.settings import TracingSettings\n"
        "async def main():\n"
        "    async with bot.app.exporting(TracingSettings(), personal=False):\n"
        "        print(*[name for name in sys.modules if name.startswith('opentelemetry')])\n"
        "asyncio.run(main())"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={}, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == ""
