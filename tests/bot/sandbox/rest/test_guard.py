"""Who may call from a browser: only the sandbox's own page, under the sandbox's own name."""

import logging

import aiohttp
import pytest
from aiohttp import web

from bot.sandbox.app import Sandbox
from bot.sandbox.person import Person
from bot.sandbox.rest.guard import no_traceback

FOREIGN = {"Origin": "https://evil.example"}
JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize("path", ["/faults", "/client/users", "/client/interactions", "/client/dm"])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (JSON | FOREIGN, 403),
        (JSON | {"Origin": "null"}, 403),
        (JSON | {"Sec-Fetch-Site": "cross-site"}, 403),
        (JSON | {"Sec-Fetch-Site": "same-site"}, 403),
        (JSON | {"Host": "evil.example"}, 403),
        (JSON | {"Host": "127.0.0.1.evil.example"}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
    ],
)
async def test_other_sites_change_nothing(sandbox: Sandbox, path: str, headers: dict, status: int) -> None:
    body = b'{"rest": [{"kind": 500, "times": 9}], "name": "Mallory"}'
    people = len(sandbox.hub.world.users)
    async with aiohttp.ClientSession() as session:
        response = await session.post(sandbox.url + path, data=body, headers=headers)
        assert response.status == status
        assert (await session.get(f"{sandbox.api_base}/gateway")).status == 200
    assert len(sandbox.hub.world.users) == people


async def test_other_sites_neither_clear_faults_nor_read_or_listen(sandbox: Sandbox, grace: Person) -> None:
    sandbox.faults.rest(503, path="/gateway")
    async with aiohttp.ClientSession(headers=FOREIGN) as session:
        assert (await session.delete(f"{sandbox.url}/faults")).status == 403
        assert (await session.get(f"{sandbox.url}/client/state")).status == 403
        with pytest.raises(aiohttp.WSServerHandshakeError) as refusal:
            await session.ws_connect(f"{sandbox.url}/client/events?user={grace.id}")
        assert refusal.value.status == 403
        assert (await session.get(f"{sandbox.api_base}/gateway")).status == 503


async def test_the_own_page_gets_through(sandbox: Sandbox) -> None:
    headers = {"Origin": sandbox.url, "Sec-Fetch-Site": "same-origin"}
    async with aiohttp.ClientSession(headers=headers) as session:
        assert (await session.post(f"{sandbox.url}/client/users", json={"name": "Rosa"})).status == 200
        assert (await session.get(f"{sandbox.url}/client/state")).status == 200


async def test_an_unexpected_error_is_logged_and_answered_without_its_traceback(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def broken(request: web.Request) -> web.Response:
        raise ZeroDivisionError("secret")

    application = web.Application(middlewares=[no_traceback])
    application.router.add_get("/", broken)
    runner = web.AppRunner(application)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        address = f"http://127.0.0.1:{runner.addresses[0][1]}/"
        async with aiohttp.ClientSession() as session, session.get(address) as response:
            body = await response.json()
    finally:
        await runner.cleanup()
    assert (response.status, body) == (500, {"message": "500: Internal Server Error", "code": 0})
    logged = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert [record.getMessage() for record in logged] == ["GET / failed."]
    assert logged[0].exc_info is not None
