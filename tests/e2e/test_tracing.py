"""One trace from the Discord event to the post, of a whole bot: in memory, and by OTLP over HTTP."""

from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from bot.ops.preflight import trace_finding
from bot.telemetry.otel import OtelTracer
from bot.telemetry.tracing import using
from model.errors import EditError, WorkerDied
from tests.bot.engines import SketchEngine
from tests.e2e.discordworld import Member, World, open_world

Tree = dict[str, str]  # span -> the span above it


@asynccontextmanager
async def traced_world(
    folder: Path, engine: SketchEngine, *, personal: bool = False
) -> AsyncIterator[tuple[World, InMemorySpanExporter]]:
    """A world whose bot keeps its spans in memory."""
    exporter = InMemorySpanExporter()
    async with open_world(folder, engine, rate_limits=False) as world:
        with using(OtelTracer(SimpleSpanProcessor(exporter), personal=personal)):
            await world.start_bot()
        yield world, exporter


def traces(exporter: InMemorySpanExporter) -> list[list[ReadableSpan]]:
    """The finished spans by trace, in the order of their first one's begin."""
    found: dict[int, list[ReadableSpan]] = defaultdict(list)
    for span in sorted(exporter.get_finished_spans(), key=lambda span: span.start_time or 0):
        assert span.context is not None
        found[span.context.trace_id].append(span)
    return list(found.values())


def tree(spans: list[ReadableSpan]) -> Tree:
    """The name of each span with the name of the one above it."""
    names = {span.context.span_id: span.name for span in spans if span.context}
    return {span.name: names[span.parent.span_id] if span.parent else "" for span in spans}


def attributes(spans: list[ReadableSpan], name: str) -> dict[str, Any]:
    """Those of the only span of that name."""
    [span] = [span for span in spans if span.name == name]
    return {key.removeprefix("diffchat."): value for key, value in (span.attributes or {}).items()}


async def told(member: Member, *, by: str) -> None:
    """The posting of a first picture and of one refinement."""
    first = await member.imagine(await member.person.channel_id("pictures"), "a walrus")
    if by:
        await member.person.say(first["channel_id"], by)
        await member.picture()


WHOLE = {"request": "", "job": "request", "edit": "job", "paint": "job", "keep": "job", "post": "job"}


async def test_each_turn_is_one_trace_from_its_event_to_its_post(tmp_path: Path) -> None:
    async with traced_world(tmp_path, SketchEngine()) as (world, exporter):
        async with Member.enter(world, "Ada") as ada:
            await told(ada, by="add a hedgehog")
            await world.stop_bot()
        first, second = traces(exporter)
    assert tree(first) == tree(second) == WHOLE
    asked = attributes(second, "request")
    assert (asked["job"], asked["turn"], asked["kind"], asked["origin"]) == (2, 2, "refine", "message")
    worked = attributes(second, "job")
    assert (worked["job"], worked["turn"], worked["kind"], worked["attempt"]) == (2, 2, "refine", 1)
    painted = attributes(second, "paint")
    assert painted["model"]
    assert painted["pictures"] == 1
    assert painted["seconds"] >= 0
    assert all(span.status.is_ok or span.status.is_unset for span in first + second)
    said = "".join(span.to_json() for span in first + second)
    assert [word for word in ("walrus", "hedgehog", str(ada.id)) if word in said] == []


async def test_words_and_people_are_in_it_where_the_operator_wants_them(tmp_path: Path) -> None:
    async with traced_world(tmp_path, SketchEngine(), personal=True) as (world, exporter):
        async with Member.enter(world, "Ada") as ada:
            await told(ada, by="")
            await world.stop_bot()
        [spans] = traces(exporter)
    assert attributes(spans, "request")["author"] == ada.id
    assert "walrus" in attributes(spans, "edit")["target"]


async def test_what_fails_a_job_is_in_its_trace(tmp_path: Path) -> None:
    engine = SketchEngine(edit_errors=[EditError("A walrus, again and again.")])
    async with traced_world(tmp_path, engine) as (world, exporter):
        async with Member.enter(world, "Ada") as ada:
            await ada.person.slash(await ada.person.channel_id("pictures"), "imagine", prompt="a walrus")
            await world.until("SELECT 1 FROM jobs WHERE state = 'failed'")
            await world.stop_bot()
        [spans] = traces(exporter)
    assert tree(spans) == {"request": "", "job": "request", "edit": "job"}
    failed = {span.name: span.status.description for span in spans if not span.status.is_unset}
    assert failed == {"job": "EditError", "edit": "EditError"}
    assert "again and again" not in "".join(span.to_json() for span in spans)


async def test_a_job_tried_again_shows_both_tries(tmp_path: Path) -> None:
    async with traced_world(tmp_path, SketchEngine(paint_errors=[WorkerDied("gone")])) as (world, exporter):
        async with Member.enter(world, "Ada") as ada:
            await told(ada, by="")
            await world.stop_bot()
        [spans] = traces(exporter)
    assert [span.status.description for span in spans if span.name == "paint"] == ["WorkerDied", None]
    assert attributes(spans, "job")["attempt"] == 2


@asynccontextmanager
async def collector() -> AsyncIterator[tuple[str, list[ExportTraceServiceRequest]]]:
    """A receiver of OTLP over HTTP: its address, and what it was sent."""
    received: list[ExportTraceServiceRequest] = []

    async def take(request: web.Request) -> web.Response:
        received.append(ExportTraceServiceRequest.FromString(await request.read()))
        return web.Response(content_type="application/x-protobuf")

    application = web.Application()
    application.add_routes([web.post("/v1/traces", take)])
    runner = web.AppRunner(application)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}", received
    finally:
        await runner.cleanup()


async def test_check_says_whether_the_collector_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "1")
    async with collector() as (url, received):
        found = await trace_finding(f"{url}/v1/traces")
    assert (found.good, found.text) == (True, f"{url.removeprefix('http://')} takes them")
    assert len(received) == 1
    gone = await trace_finding(f"{url.replace('//', '//name:secret@')}/v1/traces")
    assert not gone.good
    assert "secret" not in gone.text


async def test_a_collector_gets_the_trace_at_the_latest_when_the_bot_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with collector() as (url, received):
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", url)
        monkeypatch.setenv("OTEL_SERVICE_NAME", "pictures")
        async with open_world(tmp_path, SketchEngine(), rate_limits=False) as world:
            await world.start_bot()
            async with Member.enter(world, "Ada") as ada:
                await told(ada, by="")
            await world.stop_bot()
    resources = [resource for request in received for resource in request.resource_spans]
    spans = [span for resource in resources for scope in resource.scope_spans for span in scope.spans]
    assert {span.name for span in spans} == set(WHOLE)
    assert len({span.trace_id for span in spans}) == 1
    named = {a.key: a.value.string_value for a in resources[0].resource.attributes}
    assert named["service.name"] == "pictures"
