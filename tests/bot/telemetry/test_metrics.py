"""What is measured, and that documents and dashboard name exactly what there is."""

import asyncio
import json
import re
import time
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.errors import DiskFull, PicturesUnreachable, TookTooLong
from bot.jobs.processor import TurnProcessor
from bot.jobs.resources import Stores
from bot.store.answers import AnswerStore
from bot.store.preferences import PreferenceStore
from bot.telemetry.metrics import Metrics
from model.engine import ServerState, WorkerState
from model.errors import EngineUnreachable, WorkerDied
from tests.bot.engines import SketchEngine
from tests.bot.house import AnyPlace, House, open_house

ROOT = Path(__file__).resolve().parents[3]


class Workers:
    """An engine that can be looked at, with servers elsewhere."""

    def servers(self) -> tuple[ServerState, ...]:
        return (ServerState("llm", "http://gpu:8000/v1", True, {"ok": 3, "EngineUnreachable": 1}),)

    def workers(self) -> tuple[WorkerState, ...]:
        return (WorkerState("llm", "diffchat", True, 0), WorkerState("picture", "", False, 2))

    async def reload_llm(self) -> None:
        raise WorkerDied("not here")


@pytest.fixture
def metrics() -> Metrics:
    measured = Metrics()
    measured.watch_engine(Workers())
    measured.watch_shards(lambda: {0: True, 1: False})
    return measured


def values(metrics: Metrics) -> dict[tuple[str, ...], float]:
    """Every sample that is not 0: its name and label values."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(metrics.exposition().decode())
        for sample in family.samples
        if sample.value and not sample.name.endswith(("_created", "_bucket"))
    }


def ours(metrics: Metrics) -> set[str]:
    """The names of our metrics as Prometheus shows them, without the parts of a histogram."""
    return {
        family.name + ("_total" if family.type == "counter" else "")
        for family in text_string_to_metric_families(metrics.exposition().decode())
        if family.name.startswith("diffchat_") and not family.name.endswith("_created")
    }


async def work(house: House, metrics: Metrics) -> dict[tuple[str, ...], float]:
    """One job measured."""
    house.queue._worker = TurnProcessor(
        house.engine,
        Stores(
            house.conversations,
            house.jobs,
            house.images,
            house.brought,
            AnswerStore(house.database),
            PreferenceStore(house.database),
        ),
        house.presenter,
        AnyPlace(),
        metrics=metrics,
    )
    await house.imagine()
    await house.queue.idle()
    return values(metrics)


async def test_a_job_is_measured_by_stage(tmp_path: Path, metrics: Metrics) -> None:
    async with open_house(tmp_path) as house:
        found = await work(house, metrics)
    for stage in ("edit", "paint", "post"):
        assert found["diffchat_stage_seconds_count", stage] == 1
    assert found["diffchat_jobs_total", "done"] == 1
    assert found["diffchat_queue_wait_seconds_count",] == 1


async def test_a_failure_is_counted_by_its_cause_and_not_as_a_duration(
    tmp_path: Path, metrics: Metrics
) -> None:
    engine = SketchEngine(paint_errors=[TookTooLong(stage="painting", seconds=1)])
    async with open_house(tmp_path, engine=engine) as house:
        found = await work(house, metrics)
    assert found["diffchat_failures_total", "TookTooLong"] == 1
    assert found["diffchat_jobs_total", "failed"] == 1
    assert ("diffchat_stage_seconds_count", "paint") not in found


@pytest.mark.sqlite_only
async def test_what_holds_a_job_up_is_counted_by_its_cause(
    tmp_path: Path, metrics: Metrics, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.aio.retry.DELAYS", (0.0,))
    monkeypatch.setattr("bot.jobs.engine_wait.FIRST_DELAY", 0.0)
    engine = SketchEngine(paint_errors=[EngineUnreachable("away")])
    async with open_house(tmp_path, engine=engine) as house:
        keep, refusals = house.images.files.write, [PicturesUnreachable("away"), DiskFull("full")]

        async def write(path: str, data: bytes) -> None:
            if refusals:
                raise refusals.pop()
            await keep(path, data)

        monkeypatch.setattr(house.images.files, "write", write)
        found = await work(house, metrics)
    for cause in ("EngineUnreachable", "PicturesUnreachable", "DiskFull"):
        assert found["diffchat_held_up_total", cause] == 1
    assert found["diffchat_jobs_total", "done"] == 1


def test_workers_are_asked_when_scraped(metrics: Metrics) -> None:
    found = values(metrics)
    assert found["diffchat_worker_up", "llm"] == 1
    assert ("diffchat_worker_up", "picture") not in found
    assert found["diffchat_worker_restarts_total", "picture"] == 2


def test_servers_are_asked_when_scraped(metrics: Metrics) -> None:
    found = values(metrics)
    # the exposition names labels by the alphabet: outcome, url, worker
    assert found["diffchat_engine_up", "http://gpu:8000/v1", "llm"] == 1
    outcomes = {key[1]: count for key, count in found.items() if key[0] == "diffchat_engine_requests_total"}
    assert outcomes == {"ok": 3, "EngineUnreachable": 1}


async def test_a_blocked_event_loop_shows(metrics: Metrics, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telemetry.metrics._LAG_EVERY", 0.01)
    async with metrics.measuring_lag():
        await asyncio.sleep(0.02)
        time.sleep(0.1)  # noqa: ASYNC251  # the very thing that is measured
        await asyncio.sleep(0.02)
    assert values(metrics)["diffchat_loop_lag_seconds_sum",] > 0.05


def test_the_documents_list_exactly_our_metrics(metrics: Metrics) -> None:
    page = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(diffchat_\w+)` \|", page, re.MULTILINE)) == ours(metrics)


def test_the_dashboard_names_only_what_there_is_and_all_of_ours(metrics: Metrics) -> None:
    board = json.loads((ROOT / "docs" / "grafana.json").read_text(encoding="utf-8"))
    asked = " ".join(target["expr"] for panel in board["panels"] for target in panel["targets"])
    named = set(re.findall(r"\b(?:diffchat|process)_\w+", asked))
    there = {
        sample.name
        for family in text_string_to_metric_families(metrics.exposition().decode())
        for sample in family.samples
    }
    # a metric with labels has no sample before its first use
    there |= {name + part for name in ours(metrics) for part in ("", "_bucket", "_sum", "_count")}
    assert named <= there
    assert {name.removesuffix("_bucket") for name in named if name.startswith("diffchat_")} == ours(metrics)


def test_every_panel_has_its_own_place(metrics: Metrics) -> None:
    board = json.loads((ROOT / "docs" / "grafana.json").read_text(encoding="utf-8"))
    places = [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in board["panels"]]
    assert len(set(places)) == len(places) == len({panel["title"] for panel in board["panels"]})
