"""A server of files on loopback that can break off, change a file, and call it by another content type."""

import json
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest


class Server(ThreadingHTTPServer):
    """Serves `bodies` by path; `cut` answers break off after so many bytes. `asked` are the Range headers."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.bodies: dict[str, bytes] = {}
        self.kind, self.etag, self.cut = "application/json", '"one"', []  # type: str, str, list[int]
        self.asked: list[str | None] = []

    def url(self, path: str, body: Any) -> str:
        self.bodies[path] = body if isinstance(body, bytes) else json.dumps(body).encode()
        return f"http://127.0.0.1:{self.server_port}{path}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        asked = self.headers.get("Range")
        self.server.asked.append(asked)
        body = self.server.bodies.get(self.path)
        if body is None:
            self.send_error(404)
            return
        start = 0
        if asked and self.headers.get("If-Range") == self.server.etag:
            start = int(re.findall(r"\d+", asked)[0])
        self.send_response(206 if start else 200)
        self.send_header("Content-Type", self.server.kind)
        self.send_header("ETag", self.server.etag)
        self.send_header("Content-Length", str(len(body) - start))
        self.end_headers()
        rest = body[start:]
        self.wfile.write(rest[: self.server.cut.pop(0)] if self.server.cut else rest)

    def do_HEAD(self) -> None:
        self.send_response(200 if self.path in self.server.bodies else 404)
        self.send_header("Content-Length", str(len(self.server.bodies.get(self.path, b""))))
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Nothing on the console."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with Server() as running:
        thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()
