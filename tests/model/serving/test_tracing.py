"""One trace over both machines: what the bot's side sends, and what a server of ours goes on with."""

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from model.engine import EditRequest, PaintRequest
from model.errors import ModelError, PromptRefused
from model.serving.remote.engine import RemoteEngine
from model.serving.tracing import ServerTracer, exporting, trace_headers
from tests.model.serving.openai_server.engines import SETTINGS, FakeEngine, Served
from tests.model.serving.remote.servers import KEY, at

EDIT = EditRequest("a red house", "make it night")
PAINT = PaintRequest("a red house", (5,), width=64, height=64, steps=4, guidance=3.0)


class Spans:
    """A tracer, and the spans that ended in it."""

    def __init__(self) -> None:
        self.exporter = InMemorySpanExporter()
        self.processor = SimpleSpanProcessor(self.exporter)

    def ended(self) -> dict[str, ReadableSpan]:
        return {span.name: span for span in self.exporter.get_finished_spans()}


@pytest.fixture
def there() -> Spans:
    """The server's."""
    return Spans()


@pytest.fixture
def behind() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def served(behind: FakeEngine, there: Spans) -> Iterator[Any]:
    with Served(behind, key=KEY) as running:
        running.service.tracer = ServerTracer(there.processor)
        yield at(running.url, retries=0)


@pytest.mark.parametrize("traced", [True, False])
async def test_the_server_goes_on_with_the_trace_of_its_client(
    served: Any, there: Spans, traced: bool
) -> None:
    here = Spans()
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(here.processor)
    tracer = provider.get_tracer("test")
    async with RemoteEngine(SETTINGS, words_at=served, pictures_at=served) as engine:
        there.exporter.clear()  # of the looks at what there is
        with tracer.start_as_current_span("edit") if traced else nullcontext():
            await engine.edit(EDIT)
        with tracer.start_as_current_span("paint") if traced else nullcontext():
            await engine.paint(PAINT)
    began, found = here.ended(), there.ended()
    for name, route in (("edit", "/v1/chat/completions"), ("paint", "/v1/images/generations")):
        span = found[f"POST {route}"]
        assert span.kind is SpanKind.SERVER
        assert dict(span.attributes or {}) == {
            "http.request.method": "POST",
            "http.route": route,
            "http.response.status_code": 200,
        }
        if not traced:
            assert span.parent is None
            continue
        assert span.parent is not None
        assert span.parent.span_id == began[name].context.span_id
        assert span.context.trace_id == began[name].context.trace_id


async def test_a_span_tells_of_a_failure_but_not_of_words(
    served: Any, there: Spans, behind: FakeEngine
) -> None:
    async with RemoteEngine(SETTINGS, words_at=served) as engine:
        for error in (ValueError("a red house"), PromptRefused("a red house")):
            there.exporter.clear()
            behind.fails = error
            with pytest.raises(ModelError):
                await engine.edit(EDIT)
            span = there.ended()["POST /v1/chat/completions"]
            assert (span.status.status_code is StatusCode.ERROR) is isinstance(error, ValueError)
            assert "a red house" not in span.to_json()


async def test_nothing_is_sent_or_kept_where_nothing_is_traced() -> None:
    assert trace_headers() == {}
    async with exporting(None) as tracer:
        assert tracer is None
