"""REST calls fail in every way Discord knows: the picture comes, once, or the person is told why not."""

import asyncio
from typing import Any

import pytest

from bot.sandbox.model.permissions import Permission
from bot.sandbox.rest.faults import CUT_ANSWER, CUT_UPLOAD, RestFault
from tests.bot.engines import SketchEngine
from tests.e2e.discordworld import Member, World, shows_picture

MESSAGES = "/channels/*/messages"
ONE_MESSAGE = MESSAGES + "/*"
CALLBACK = "/interactions/*/*/callback"

PASSING: dict[str, dict[str, Any]] = {
    "429 on the route": {"kind": 429, "seconds": 0.05, "times": 2},
    "429 for everything": {"kind": 429, "seconds": 0.05, "is_global": True},
    "429 more often than discord.py tries": {"kind": 429, "seconds": 0.05, "times": 7},
    "429 for everything, more often": {"kind": 429, "seconds": 0.05, "times": 7, "is_global": True},
    "500": {"kind": 500},
    "502": {"kind": 502},
    "503": {"kind": 503},
    "503 for a while": {"kind": 503, "times": 3},
    "504": {"kind": 504},
    "cut in the middle of the upload": {"kind": CUT_UPLOAD},
    "obeyed, but the answer is lost": {"kind": CUT_ANSWER},
}
"""Faults after which trying again works."""

REFUSALS = (50013, 50001, 50083, 10003)
"""Missing permission, no access, an archived thread, an unknown channel."""


async def pictures(member: Member, place: str) -> list[Any]:
    return [m for m in await member.person.messages(place) if shows_picture(m)]


async def spoilt_post(
    world: World, engine: SketchEngine, member: Member, place: str, **fault: Any
) -> RestFault:
    """Ask for a change, and spoil the sending of its picture: not that of the status line before it."""
    engine.gate = asyncio.Event()
    said = int((await member.person.say(place, "make it night"))["id"])
    await member.event(
        "MESSAGE_CREATE", lambda d: d["channel_id"] == place and int(d["id"]) > said and "author" in d
    )
    spoilt = world.sandbox.faults.rest(method="POST", path=f"/channels/{place}/messages", **fault)
    engine.gate.set()
    return spoilt


@pytest.mark.parametrize("name", PASSING)
async def test_a_passing_fault_while_posting(
    world: World,
    engine: SketchEngine,
    ada: Member,
    channel: str,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.chat.posting.picture_sender.RETRY_DELAYS", (0.05,) * 5)
    first = await ada.imagine(channel, "a red house")
    fault = await spoilt_post(world, engine, ada, first["channel_id"], **PASSING[name])
    await ada.picture()
    await world.until("SELECT 1 FROM jobs WHERE turn_id = 2 AND state = 'done'")
    assert fault.times == 0
    assert len(await pictures(ada, first["channel_id"])) == 2


@pytest.mark.parametrize("code", REFUSALS)
async def test_a_refused_post_is_told_to_its_author(
    world: World, ada: Member, channel: str, code: int
) -> None:
    first = await ada.imagine(channel, "a red house")
    world.sandbox.faults.rest(code, method="POST", path=f"/channels/{first['channel_id']}/messages", times=50)
    await ada.person.say(first["channel_id"], "make it night")
    told = await ada.event("MESSAGE_CREATE", lambda d: d["author"].get("bot") and "⚠️" in d["content"])
    assert told["channel_id"] != first["channel_id"], "privately, since the place is closed"
    assert len(world.rows("SELECT 1 FROM turns")) == 2, "nothing is lost"


async def test_a_refused_picture_is_posted_when_the_permission_is_back(
    world: World, engine: SketchEngine, ada: Member, channel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.jobs.queue.RETRY_DELAYS", (0.2,))
    await world.stop_bot()
    await world.start_bot()
    first = await ada.imagine(channel, "a red house")
    fault = await spoilt_post(world, engine, ada, first["channel_id"], kind=50013, times=1)
    told = await ada.changed("Your picture is ready and kept")
    await ada.picture()
    await ada.event("MESSAGE_DELETE", lambda d: d["id"] == told["id"])
    assert fault.times == 0
    assert len(await pictures(ada, first["channel_id"])) == 2


async def test_a_refused_picture_is_posted_at_once_when_permissions_change(
    world: World, engine: SketchEngine, ada: Member, channel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.jobs.queue.RETRY_DELAYS", (3600.0,))
    await world.stop_bot()
    await world.start_bot()
    first = await ada.imagine(channel, "a red house")
    engine.gate = asyncio.Event()
    await ada.person.say(first["channel_id"], "make it night")
    await world.until("SELECT 1 FROM jobs WHERE turn_id = 2 AND state = 'painting'")
    world.forbid(channel, Permission.ATTACH_FILES)
    engine.gate.set()
    await ada.changed("Your picture is ready and kept")
    world.forbid(channel, Permission.ATTACH_FILES, Permission.ADD_REACTIONS)  # tried, and still refused
    world.forbid(channel)
    await ada.picture()
    await world.until("SELECT 1 FROM jobs WHERE turn_id = 2 AND state = 'done'")
    assert len(await pictures(ada, first["channel_id"])) == 2


async def test_a_place_closed_before_anything_was_said_is_told_in_private(
    world: World, ada: Member, channel: str
) -> None:
    first = await ada.imagine(channel, "a red house")
    world.sandbox.faults.rest(
        50013, method="POST", path=f"/channels/{first['channel_id']}/messages", times=50
    )
    await ada.person.say(first["channel_id"], "make it night")
    told = await ada.event("MESSAGE_CREATE", lambda d: d["author"].get("bot") and "⚠️" in d["content"])
    assert told["channel_id"] != first["channel_id"]


async def test_a_file_that_is_too_large_is_sent_smaller(
    world: World, engine: SketchEngine, ada: Member, channel: str
) -> None:
    first = await ada.imagine(channel, "a red house")
    fault = await spoilt_post(world, engine, ada, first["channel_id"], kind=40005)
    await ada.picture()
    await world.until("SELECT 1 FROM jobs WHERE turn_id = 2 AND state = 'done'")
    assert fault.times == 0


@pytest.mark.parametrize("code", [10008, 50083, 50013])
async def test_a_status_line_that_cannot_be_touched_costs_nothing(
    world: World, ada: Member, channel: str, code: int
) -> None:
    first = await ada.imagine(channel, "a red house")
    for method in ("PATCH", "DELETE"):
        world.sandbox.faults.rest(code, method=method, path=ONE_MESSAGE, times=20)
    await ada.person.say(first["channel_id"], "make it night")
    await ada.picture()
    await world.until("SELECT 1 FROM jobs WHERE turn_id = 2 AND state = 'done'")


@pytest.mark.parametrize("code", [10008, 50083, 50013])
async def test_reactions_that_cannot_be_put_cost_nothing(
    world: World, ada: Member, channel: str, code: int
) -> None:
    world.sandbox.faults.rest(code, method="PUT", path=ONE_MESSAGE + "/reactions/*/@me", times=20)
    await ada.imagine(channel, "a red house")
    await world.until("SELECT 1 FROM jobs WHERE state = 'done'")


@pytest.mark.parametrize("code", [10062, 50027, 40060])
async def test_an_interaction_that_cannot_be_answered_is_worked_on_all_the_same(
    world: World, ada: Member, channel: str, code: int
) -> None:
    first = await ada.imagine(channel, "a red house")
    fault = world.sandbox.faults.rest(code, method="POST", path=CALLBACK, times=1)
    await ada.person.slash(first["channel_id"], "refine", instruction="make it night")
    await ada.picture()
    assert fault.times == 0
    assert len(await pictures(ada, first["channel_id"])) == 2
