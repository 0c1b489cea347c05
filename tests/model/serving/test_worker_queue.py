"""Workers that die, hang, fail or are not wanted any more, tried on real processes without models."""

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pytest

from model.engine import PaintProgress
from model.errors import EditError, EngineClosed, LoadError, ModelError, WorkerDied
from model.serving.worker_queue import Manner, Together, WorkerQueue

ECHO = [str(Path(__file__).parents[1] / "echo_worker.py")]


def frame(fields: dict[str, Any], blobs: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    return fields, blobs


@contextlib.asynccontextmanager
async def running(settings: dict[str, Any] | None = None, **more: Any) -> AsyncIterator[WorkerQueue]:
    queue = WorkerQueue(ECHO, settings or {}, **{"batch": 4, "grace": 0.3, **more})
    await queue.start()
    try:
        yield queue
    finally:
        await queue.close()


async def echo(queue: WorkerQueue, **fields: Any) -> dict[str, Any]:
    """The answer; requests of one `size` go together, and take up so many places."""
    size = fields.get("size", 0)
    together = None if size is None else Together(size, fields.get("places", 1))
    return (await queue.ask("echo", fields, read=frame, together=together))[0]


async def test_requests_and_blobs_come_back() -> None:
    async with running() as queue:
        assert queue.worker.name == "echo"
        fields, blobs = await queue.ask("echo", {"text": "grüße 🦊"}, [b"\x00\xff", b""], read=frame)
        assert fields["text"] == "grüße 🦊"
        assert blobs == [b"\x00\xff", b""]


async def test_what_waits_goes_in_one_batch() -> None:
    async with running() as queue:
        first = asyncio.create_task(echo(queue, seconds=0.2))
        await asyncio.sleep(0.05)
        rest = [asyncio.create_task(echo(queue, number=i)) for i in range(5)]
        assert (await first)["batch"] == 1
        assert [(r["number"], r["batch"]) for r in await asyncio.gather(*rest)] == [
            (0, 4), (1, 4), (2, 4), (3, 4), (4, 1),
        ]  # fmt: skip


async def test_each_is_answered_when_it_is_done_and_keeps_that_when_the_worker_dies(tmp_path: Path) -> None:
    go_on = tmp_path / "go on"
    async with running() as queue:
        first = asyncio.create_task(echo(queue, seconds=0.2))
        await asyncio.sleep(0.05)
        early = asyncio.create_task(echo(queue, early=True, number=1))
        late = asyncio.create_task(echo(queue, early=True, when_exists=str(go_on), number=2))
        doomed = asyncio.create_task(echo(queue, die=True))
        await first
        assert (await early)["number"] == 1
        assert not late.done()
        assert not doomed.done()
        go_on.touch()
        assert (await late)["number"] == 2, "what was answered stays though its batch is lost then"
        with pytest.raises(WorkerDied):
            await doomed


async def test_a_batch_is_as_large_as_its_first_request_allows() -> None:
    async with running() as queue:
        first = asyncio.create_task(echo(queue, seconds=0.2))
        await asyncio.sleep(0.05)
        keys = [Together("few", most=2)] * 3 + [Together("many", most=6)] * 5
        rest = [asyncio.create_task(queue.ask("echo", {}, read=frame, together=key)) for key in keys]
        await first
        answers = await asyncio.gather(*rest)
        assert [fields["batch"] for fields, _ in answers] == [2, 2, 1, 5, 5, 5, 5, 5]


async def test_a_look_at_a_picture_goes_before_what_waits_to_be_painted() -> None:
    async with running() as queue:
        order: list[int] = []

        async def ask(number: int, manner: Manner) -> None:
            await queue.ask("echo", {"seconds": 0.05}, read=frame, manner=manner)
            order.append(number)

        await asyncio.gather(
            ask(0, "steps"), ask(1, "steps"), ask(2, "whole"), ask(3, "look"), ask(4, "look")
        )
        assert order == [3, 4, 0, 1, 2]
        first = asyncio.create_task(ask(5, "steps"))
        await asyncio.sleep(0.02)
        await asyncio.gather(first, ask(6, "steps"), ask(7, "look"))
        assert order[5:] == [5, 7, 6], "what has begun is finished"


@pytest.mark.parametrize(("op", "manner"), [("load", "steps"), ("echo", "whole")])
async def test_who_leaves_while_a_model_is_loaded_or_a_picture_looked_at_does_no_harm(
    op: str, manner: Manner
) -> None:
    async with running(grace=0.1) as queue:
        pid, told = queue.worker.pid, asyncio.Event()
        leaving = asyncio.create_task(
            queue.ask(op, {"seconds": 0.8}, (), lambda _: told.set(), read=frame, manner=manner)
        )
        staying = asyncio.create_task(echo(queue, number=1))
        if op == "load":
            await asyncio.wait_for(told.wait(), 30)
        else:
            await asyncio.sleep(0.3)
        leaving.cancel()
        assert (await staying)["pid"] == pid, "the worker was killed"
        assert queue.restarts == 0


async def test_what_does_not_go_together_keeps_its_place_and_holds_nobody_up() -> None:
    async with running() as queue:
        first = asyncio.create_task(echo(queue, seconds=0.2))
        await asyncio.sleep(0.05)
        asked = [(1, 1), (2, 1), (1, 2), (None, 1), (1, 2), (2, 1), (None, 1)]  # size, places
        rest = [asyncio.create_task(echo(queue, size=size, places=places)) for size, places in asked]
        await first
        answers = await asyncio.gather(*rest)
        assert [answer["batch"] for answer in answers] == [2, 2, 2, 1, 1, 2, 1]


async def test_blobs_of_a_batch_come_back_to_whom_they_belong() -> None:
    async with running() as queue:
        first = asyncio.create_task(echo(queue, seconds=0.2))
        await asyncio.sleep(0.05)
        given = [[b"one", b"two"], [], [b"three"]]
        asked = [queue.ask("echo", {}, blobs, read=frame, together=Together("all")) for blobs in given]
        answers = await asyncio.gather(*asked)
        assert [(fields["batch"], blobs) for fields, blobs in answers] == [(3, blobs) for blobs in given]
        await first


async def test_a_request_that_is_cancelled_leaves_its_batch_and_the_others_go_on() -> None:
    seen: tuple[list[PaintProgress], list[PaintProgress]] = [], []
    started = asyncio.Event()

    def hear(reports: list[PaintProgress], progress: PaintProgress) -> None:
        reports.append(progress)
        started.set()

    async with running() as queue:
        first = asyncio.create_task(echo(queue, seconds=0.1))
        await asyncio.sleep(0.05)
        leaving, staying = (
            asyncio.create_task(
                queue.ask(
                    "work", {"steps": 25}, (), partial(hear, reports), read=frame, together=Together("work")
                )
            )
            for reports in seen
        )
        await first
        await asyncio.wait_for(started.wait(), 30)
        leaving.cancel()
        assert (await staying)[0] == {"steps": 25, "batch": 2}
        assert [report.step for report in seen[1]] == list(range(1, 26))
        assert len(seen[0]) < 25


async def test_a_failure_is_the_requests_own_and_keeps_its_class_and_words() -> None:
    async with running(batch=1) as queue:
        pid = queue.worker.pid
        with pytest.raises(EditError, match=r"^no prompt$"):
            await echo(queue, refuse="no prompt")
        with pytest.raises(ModelError, match="RuntimeError"):
            await echo(queue, bug=True)
        with pytest.raises(ModelError, match="KeyError"):
            await queue.ask("no such thing", {}, read=frame)
        assert (await echo(queue))["pid"] == pid


async def test_a_worker_that_dies_takes_only_its_batch_along() -> None:
    async with running(batch=1) as queue:
        pid = queue.worker.pid
        doomed = asyncio.create_task(echo(queue, die=True))
        waiting = asyncio.create_task(echo(queue, number=1))
        with pytest.raises(WorkerDied, match="exit code 7"):
            await doomed
        assert (await waiting)["pid"] != pid


async def test_a_worker_killed_while_idle_is_back_for_the_next_request() -> None:
    async with running() as queue:
        pid = queue.worker.pid
        process = psutil.Process(pid)
        process.kill()
        psutil.wait_procs([process], timeout=5)  # and the loop has not heard of it yet
        assert (await asyncio.wait_for(echo(queue, number=1), 120))["pid"] != pid


async def test_a_load_failure_is_told_at_start_and_when_starting_again(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match=r"^There is no model$"):
        async with running({"fail": "There is no model"}):
            pass
    with pytest.raises(LoadError, match=r"could not start \(RuntimeError\)"):
        async with running({"bug": "in a library"}):
            pass
    gone = tmp_path / "gone"
    async with running({"fail_when_exists": str(gone)}) as queue:
        gone.touch()
        with pytest.raises(WorkerDied):
            await echo(queue, die=True)
        with pytest.raises(LoadError, match="put them back"):
            await echo(queue)
        gone.unlink()
        assert (await echo(queue, number=3))["number"] == 3


async def test_progress_and_previews_arrive_while_it_works() -> None:
    seen: list[PaintProgress] = []
    async with running() as queue:
        await queue.ask("work", {"steps": 3}, on_progress=seen.append, read=frame)
    assert seen == [PaintProgress(1, 3, b"preview"), PaintProgress(2, 3), PaintProgress(3, 3)]


async def test_a_callback_that_fails_spoils_nothing() -> None:
    def broken(progress: PaintProgress) -> None:
        raise RuntimeError

    async with running() as queue:
        assert (await queue.ask("work", {"steps": 2}, on_progress=broken, read=frame))[0] == {
            "steps": 2,
            "batch": 1,
        }


async def test_cancelling_ends_the_work_between_steps_and_keeps_the_worker() -> None:
    async with running(grace=120) as queue:
        pid = queue.worker.pid
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(queue.ask("work", {"steps": 1000}, read=frame), 0.2)
        started = time.monotonic()
        assert (await echo(queue))["pid"] == pid
        assert time.monotonic() - started < 15  # 1000 steps would take 20


async def test_cancelling_what_waits_leaves_the_rest_in_order() -> None:
    async with running(batch=1) as queue:
        busy = asyncio.create_task(echo(queue, seconds=0.2))
        given_up = asyncio.create_task(echo(queue, number=1))
        kept = asyncio.create_task(echo(queue, number=2))
        await asyncio.sleep(0.05)
        given_up.cancel()
        await busy
        assert (await kept)["number"] == 2


@pytest.mark.parametrize("how", ["deaf", "stopped"])
async def test_a_worker_that_hangs_in_a_cancelled_request_is_replaced(how: str) -> None:
    async with running() as queue:
        pid = queue.worker.pid
        if how == "stopped":
            os.kill(pid, signal.SIGSTOP)
        fields = {"steps": 10_000, "deaf": how == "deaf"}
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(queue.ask("work", fields, [bytes(1_000_000)], read=frame), 0.1)
        assert (await asyncio.wait_for(echo(queue), 120))["pid"] != pid
        assert not psutil.pid_exists(pid)


async def test_an_answer_that_cannot_be_read_ends_the_worker_and_nothing_else() -> None:
    async with running() as queue:
        pid = queue.worker.pid
        with pytest.raises(WorkerDied, match="cannot be read"):
            await queue.ask("nonsense", {}, read=frame)
        assert (await echo(queue))["pid"] != pid


async def test_closing_fails_what_is_left_and_leaves_no_process() -> None:
    async with running(batch=1) as queue:
        pid = queue.worker.pid
        jobs = [
            asyncio.create_task(queue.ask("work", {"steps": 1000, "deaf": True}, read=frame))
            for _ in range(2)
        ]
        await asyncio.sleep(0.1)
        started = time.monotonic()
        await queue.close()
        assert time.monotonic() - started < 15
        for outcome in await asyncio.gather(*jobs, return_exceptions=True):
            assert isinstance(outcome, EngineClosed)
        with pytest.raises(EngineClosed):
            await echo(queue)
    assert not psutil.pid_exists(pid)


async def test_giving_up_while_it_loads_leaves_no_process() -> None:
    before = set(psutil.Process().children(recursive=True))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(WorkerQueue(ECHO, {"load_seconds": 60}, batch=1, grace=1).start(), 1.5)
    assert set(psutil.Process().children(recursive=True)) <= before


async def test_a_reload_exchanges_the_worker_and_loses_no_request() -> None:
    async with running(batch=1) as queue:
        old = queue.worker.pid
        under_way = [asyncio.create_task(echo(queue, number=number, seconds=0.05)) for number in range(4)]
        await queue.reload()
        assert queue.worker.pid != old
        assert not psutil.pid_exists(old) or psutil.Process(old).status() == psutil.STATUS_ZOMBIE
        answers = await asyncio.gather(*under_way)
        assert [answer["number"] for answer in answers] == [0, 1, 2, 3]
        assert (await echo(queue))["pid"] == queue.worker.pid
        assert queue.restarts == 0


async def test_a_reload_that_fails_leaves_the_old_worker_serving(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    async with running({"fail_when_exists": str(broken)}) as queue:
        pid = queue.worker.pid
        broken.touch()
        with pytest.raises(LoadError, match="weights have gone"):
            await queue.reload()
        assert (await echo(queue))["pid"] == pid


async def test_deaths_are_counted() -> None:
    async with running(batch=1) as queue:
        with pytest.raises(WorkerDied):
            await echo(queue, die=True)
        await echo(queue)
        assert queue.restarts == 1
        assert queue.alive
    assert not queue.alive
