"""The way to a server: through the proxy that the environment names, and around it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from model.engine import EditRequest
from model.errors import ConfigError
from model.presets import resolve
from model.serving.remote.engine import RemoteEngine
from model.serving.remote.proxies import proxy_for
from tests.model.serving.remote.servers import Server, at, serving

VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
PROXY = "http://proxy.test:3128"


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.mark.parametrize(
    ("environ", "url", "proxy"),
    [
        ({}, "https://gpu.test/v1", None),
        ({"HTTPS_PROXY": PROXY}, "https://gpu.test/v1", PROXY),
        ({"https_proxy": PROXY}, "https://gpu.test/v1", PROXY),
        ({"HTTPS_PROXY": PROXY}, "http://gpu.test/v1", None),
        ({"HTTP_PROXY": "proxy.test:3128"}, "http://gpu.test/v1", PROXY),
        ({"ALL_PROXY": PROXY}, "http://[fd00::2]:8000/v1", PROXY),
        ({"ALL_PROXY": PROXY, "NO_PROXY": "other.test, gpu.test"}, "https://gpu.test:8443/v1", None),
        ({"ALL_PROXY": PROXY, "NO_PROXY": "test"}, "https://gpu.test/v1", None),
        ({"ALL_PROXY": PROXY, "NO_PROXY": "*"}, "https://gpu.test/v1", None),
        ({"ALL_PROXY": PROXY}, "http://127.0.0.1:8000/v1", None),
        ({"ALL_PROXY": PROXY}, "http://[::1]:8000/v1", None),
        ({"ALL_PROXY": PROXY}, "http://localhost:8000/v1", None),
    ],
)
def test_the_environment_names_it(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], url: str, proxy: str | None
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert proxy_for(url) == proxy


def test_another_kind_of_proxy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://proxy.test:1080")
    with pytest.raises(ConfigError, match=r"no HTTP proxy: name one in HTTPS_PROXY, or put gpu\.test"):
        RemoteEngine(resolve("tiny"), words_at=at("https://gpu.test/v1"))


@asynccontextmanager
async def forwarding(seen: list[bytes], to: str) -> AsyncIterator[str]:
    """A proxy for plain HTTP that sends everything to the server at `to`, whatever host is asked for."""
    host, port = to.removeprefix("http://").removesuffix("/v1").split(":")

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.close()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = await reader.readline()
        seen.append(line)
        method, url, version = line.split(b" ")
        there, back = await asyncio.open_connection(host, int(port))
        back.write(b" ".join((method, b"/" + url.split(b"/", 3)[3], version)))
        await asyncio.gather(pump(reader, back), pump(there, writer), return_exceptions=True)

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


async def test_requests_go_through_it(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []
    async with serving(Server()) as server, forwarding(seen, server.url) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy)
        settings = at("http://gpu.test:8000/v1", retries=0)  # a name that only the proxy could look up
        async with RemoteEngine(resolve("tiny"), words_at=settings) as engine:
            result = await engine.edit(EditRequest("a red house", "make it night"))
    assert result.target_prompt == "a red house at night"
    assert seen[0] == b"GET http://gpu.test:8000/v1/models HTTP/1.1\r\n"
