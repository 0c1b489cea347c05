"""Starting and stopping: addresses that cannot be had, and what SIGTERM leaves time for."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from model.errors import ConfigError
from model.presets import resolve
from model.serving.openai_server.listener import bound
from model.serving.openai_server.options import ServeOptions
from model.serving.openai_server.run import serve

ROOT = Path(__file__).parents[4]
_SERVER = """
import asyncio, logging, sys
from model.serving.openai_server.listener import bound
from model.serving.openai_server.options import ServeOptions
from model.serving.openai_server.run import serve_on
from tests.model.serving.openai_server.engines import SETTINGS, FakeEngine

class Slow(FakeEngine):
    async def paint(self, request, on_progress=None):
        print("painting", file=sys.stderr, flush=True)
        await asyncio.sleep(float(request.prompt))
        return await super().paint(request, on_progress)

logging.basicConfig(level="INFO")
options = ServeOptions(port=0, drain_seconds=float(sys.argv[1]))
asyncio.run(serve_on(bound(options.host, 0), Slow(), SETTINGS, options, None))
"""


class Process:
    """A server with a slow fake engine, and one request in it that takes `seconds`."""

    def __init__(self, drain: float, seconds: float) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _SERVER, str(drain)], cwd=ROOT, stderr=subprocess.PIPE, text=True
        )
        self.port = int(self.said(r"Serving .* on http://127\.0\.0\.1:(\d+)/v1"))
        self.running = self.connection()
        body = json.dumps({"prompt": str(seconds)})
        self.running.request("POST", "/v1/images/generations", body, {"Content-Type": "application/json"})
        self.said("painting()")

    def connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def said(self, pattern: str) -> str:
        """Wait for a line of the log."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            if found := re.search(pattern, line):
                return found[1]
        raise AssertionError(f"the server ended without saying {pattern}")

    def signal(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    def end(self) -> int:
        self.running.close()
        code = self.process.wait(60)
        if self.process.stderr is not None:
            self.process.stderr.close()
        return code


@pytest.fixture
def processes() -> Iterator[list[Process]]:
    started: list[Process] = []
    yield started
    for each in started:
        each.process.kill()
        each.end()


def test_sigterm_lets_running_requests_end_and_takes_no_new_ones(processes: list[Process]) -> None:
    processes.append(server := Process(drain=60, seconds=1.5))
    server.signal()
    server.said("(Stopping): no new requests")
    late = server.connection()
    late.request("GET", "/health")
    answer = late.getresponse()
    assert (answer.status, json.loads(answer.read())["status"]) == (503, "draining")
    late.close()
    assert server.running.getresponse().status == 200
    assert server.end() == 0


@pytest.mark.parametrize("drain", [0.2, 60])
def test_what_takes_too_long_is_ended_and_so_is_everything_by_a_second_signal(
    processes: list[Process], drain: float
) -> None:
    processes.append(server := Process(drain=drain, seconds=600))
    server.signal()
    server.said("(Stopping)")
    if drain > 1:
        server.signal()
    server.said("(cancelled)")
    assert server.end() == 0


def test_without_a_key_no_other_machine_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIFFCHAT_SERVER_KEY", raising=False)
    with pytest.raises(ConfigError, match="needs a key"):
        serve(resolve("tiny"), ServeOptions(host="0.0.0.0"), os.environ)


def test_an_address_that_cannot_be_had_is_told_before_models_load() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=f"127.0.0.1 port {port} cannot be bound .*in use"):
            serve(resolve("tiny"), ServeOptions(port=port), {})
    with pytest.raises(ConfigError, match="cannot be bound"):
        bound("no-such-host.invalid", 0)
