"""An S3 server with an empty bucket for each test."""

import socket
from collections.abc import AsyncIterator, Iterator

import aiohttp
import pytest

from tests.bot.store.picture_files.s3 import Door, door_to, make_bucket, s3_server, use_credentials


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with s3_server() as url:
        yield url


@pytest.fixture
async def door(server: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Door]:
    """The way to the server, with an empty bucket behind it."""

    use_credentials(monkeypatch)
    async with aiohttp.ClientSession() as session, session.post(f"{server}/moto-api/reset") as answer:
        assert answer.status == 200
    await make_bucket(server)
    async with door_to(server) as opened:
        yield opened


@pytest.fixture
def closed_port() -> str:
    """An address where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"
