"""`serve --ray` without Ray: what is refused before it starts, and the order of things at the end."""

import os
import queue
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from model.errors import ConfigError, LoadError
from model.presets import resolve
from model.serving.cluster import run
from model.serving.cluster.settings import ClusterSettings
from model.serving.openai_server.options import ServeOptions
from model.serving.openai_server.run import serve

OPTIONS = ServeOptions(port=8765, ray=())


class FakeServe:
    """Ray Serve's module and a gateway's handle: keeps what was done, in order."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.happened: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.drained = threading.Event()
        self.drained.set()
        self.fails = False

    def _do(self, what: str) -> None:
        self.done.append(what)
        self.happened.put(what)

    def start(self, http_options: dict[str, Any]) -> None:
        self._do(f"start {http_options['host']}:{http_options['port']}")

    def run(self, app: object, name: str) -> "FakeServe":
        self._do(f"run {name}")
        if self.fails:
            raise RuntimeError("replicas failed")
        return self

    def broadcast(self, method: str) -> "FakeServe":
        self._do(method)
        return self

    def results(self, timeout_s: float) -> list[bool]:
        assert self.drained.wait(60)
        return [True]

    def delete(self, name: str, _blocking: bool = True) -> None:
        self._do(f"delete {name} {_blocking}")


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServe]:
    # by default, so that `signalled` sees when `_serve` has set its own; other tests leave theirs behind
    kept = {number: signal.signal(number, signal.SIG_DFL) for number in (signal.SIGTERM, signal.SIGINT)}
    fake = FakeServe()
    monkeypatch.setattr(run, "serve", fake)
    yield fake
    fake.drained.set()
    for number, handler in kept.items():
        signal.signal(number, handler)


def signalled(fake: FakeServe, *after: str) -> threading.Thread:
    """A SIGTERM to this process each time that one of these was done."""

    def watch() -> None:
        wanted = list(after)
        while wanted:
            if fake.happened.get() == wanted[0]:
                wanted.pop(0)
                until_handled()
                os.kill(os.getpid(), signal.SIGTERM)

    def until_handled() -> None:
        while signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
            threading.Event().wait(0.01)

    thread = threading.Thread(target=watch)
    thread.start()
    return thread


def ran(fake: FakeServe) -> list[str]:
    app: Any = object()
    run._serve(app, OPTIONS, ClusterSettings())
    return fake.done


def test_a_signal_drains_before_the_application_is_deleted(fake: FakeServe) -> None:
    watching = signalled(fake, "run diffchat")
    assert ran(fake) == ["start 127.0.0.1:8765", "run diffchat", "drain", "delete diffchat True"]
    watching.join()


def test_a_second_signal_does_not_wait(fake: FakeServe) -> None:
    fake.drained.clear()
    watching = signalled(fake, "run diffchat", "drain")
    assert ran(fake)[-1] == "delete diffchat False"
    watching.join()


def test_replicas_that_do_not_come_up_are_told(fake: FakeServe) -> None:
    fake.fails = True
    with pytest.raises(LoadError, match="replicas failed"):
        ran(fake)
    assert fake.done[-1] == "delete diffchat True"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (ServeOptions(host="0.0.0.0", port=8765, ray=()), "needs a key"),
        (ServeOptions(port=0, ray=()), "a port is needed"),
        (ServeOptions(port=8765, ray=("colour=red",)), "KEY=VALUE"),
    ],
)
def test_what_is_wrong_is_told_before_ray_starts(
    options: ServeOptions, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ray.init", lambda *_, **__: pytest.fail("Ray was started"))
    with pytest.raises(ConfigError, match=said):
        serve(resolve("tiny"), options, {})


def test_a_port_that_is_taken_is_told_before_ray_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ray.init", lambda *_, **__: pytest.fail("Ray was started"))
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(ConfigError, match="in use"):
        serve(resolve("tiny"), ServeOptions(port=taken.getsockname()[1], ray=()), {})


def test_without_ray_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    # as if its import of ray had failed; the module itself stays for the other tests
    monkeypatch.setitem(sys.modules, "model.serving.cluster.run", None)
    with pytest.raises(
        ConfigError, match=r"uv pip install --constraint requirements\.lock -e '\.\[cluster\]'"
    ):
        serve(resolve("tiny"), OPTIONS, {})
