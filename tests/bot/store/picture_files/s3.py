"""A server that speaks S3 on loopback (moto's), and a door before it that fails when it is told to."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field

import aiohttp
import pytest
from aiohttp import web

BUCKET = "diffchat-pictures"
URL = f"s3://{BUCKET}/here"


@contextmanager
def s3_server() -> Iterator[str]:
    """The address of an S3 server with an empty bucket."""
    from moto.server import ThreadedMotoServer  # half a second, which only the worker of these tests needs

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def use_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the operator has in the environment; nothing of this machine's own account is read."""
    values = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL", "AWS_CONFIG_FILE"):
        monkeypatch.delenv(name, raising=False)


@dataclass
class Door:
    """Passes requests on to a server: the next `failing` are answered 500, each takes `delay` seconds."""

    behind: str
    url: str = ""
    failing: int = 0
    delay: float = 0.0
    seen: list[str] = field(default_factory=list)

    async def pass_on(self, request: web.Request) -> web.Response:
        """Answer one request."""
        self.seen.append(f"{request.method} {request.path}")
        body = await request.read()
        await asyncio.sleep(self.delay)
        if self.failing:
            self.failing -= 1
            error = "<Error><Code>InternalError</Code><Message>We encountered an error.</Message></Error>"
            return web.Response(status=500, body=error, content_type="application/xml")
        async with (
            aiohttp.ClientSession(auto_decompress=False) as session,
            session.request(
                request.method, self.behind + request.raw_path, data=body, headers=request.headers
            ) as answer,
        ):
            own = {"connection", "date", "server"}  # this server writes its own
            kept = {name: value for name, value in answer.headers.items() if name.lower() not in own}
            return web.Response(status=answer.status, body=await answer.read(), headers=kept)


@asynccontextmanager
async def door_to(behind: str) -> AsyncIterator[Door]:
    """A door on a port of its own."""
    door = Door(behind)
    application = web.Application(client_max_size=0)
    application.router.add_route("*", "/{path:.*}", door.pass_on)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    door.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield door
    finally:
        await runner.cleanup()


async def make_bucket(endpoint: str, name: str = BUCKET) -> None:
    """An empty bucket of that name."""
    async with aiohttp.ClientSession() as session, session.put(f"{endpoint}/{name}") as answer:
        assert answer.status == 200
