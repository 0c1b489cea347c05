"""Replies in quick succession, through the wire: one instruction, one picture, nothing lost or said late."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.patience import SHORT_S
from tests.bot.engines import SketchEngine
from tests.e2e.discordworld import Member, World, open_world, title_of

LONG = 30.0  # seconds that no test waits for: something else ends the burst


@pytest.fixture
def pause() -> float:
    return LONG


@pytest.fixture
def typing() -> bool:
    """Without Discord's events about it, every wait is the longest."""
    return False


@pytest.fixture
async def world(tmp_path: Path, engine: SketchEngine, pause: float, typing: bool) -> AsyncIterator[World]:
    settings = {"imagine": {"join_within_s": pause}, "discord": {"typing": typing}}
    async with open_world(tmp_path, engine, settings, rate_limits=False) as world:
        await world.start_bot()
        yield world


def held(world: World, *texts: str) -> bool:
    """Whether the bot holds exactly these words, in all places together."""
    bursts = world.running.services.messages._bursts._held.values()
    return [part.text for burst in bursts for part in burst.parts] == list(texts)


async def title(member: Member) -> str:
    """What the next picture was asked for with."""
    return title_of(await member.picture())


@pytest.mark.parametrize("pause", [0.05])
async def test_words_are_taken_when_a_person_pauses(world: World, ada: Member, channel: str) -> None:
    first = await ada.imagine(channel, "a fox")
    await ada.person.say(first["channel_id"], "make it night")
    assert await title(ada) == "make it night"


@pytest.mark.parametrize(("pause", "typing"), [(LONG, True)])
async def test_who_begins_to_type_again_is_waited_for(
    world: World, ada: Member, grace: Member, channel: str
) -> None:
    place = (await ada.imagine(channel, "a fox"))["channel_id"]
    await ada.person.say(place, "make it night")
    assert await title(ada) == "make it night", "a lone message waits a short while"
    await ada.person.say(place, "add a lantern")
    await ada.person.call("POST", f"/channels/{place}/typing")
    await asyncio.sleep(3 * SHORT_S)
    assert held(world, "add a lantern")
    await ada.person.say(place, "a red one")
    await grace.person.call("POST", f"/channels/{place}/typing")  # that somebody else types says nothing
    assert await title(ada) == "add a lantern, a red one"


async def test_a_burst_is_one_picture_that_answers_its_last_message(
    world: World, ada: Member, grace: Member, channel: str
) -> None:
    first = await ada.imagine(channel, "a fox")
    place = first["channel_id"]
    await ada.person.say(place, "make it night")
    await ada.person.say(place, "and add a lantern")
    last = await ada.person.say(place, "please")
    await grace.person.say(place, "now with snow")  # somebody else speaks: Ada's burst is over
    picture = await ada.picture()
    assert title_of(picture) == "make it night, and add a lantern, please"
    assert picture["message_reference"]["message_id"] == last["id"]
    await world.stop_bot()  # Grace's words are not held any more, but a job
    assert [row["instruction"] for row in world.rows("SELECT instruction FROM turns ORDER BY id")] == [
        "",
        "make it night, and add a lantern, please",
        "now with snow",
    ]
    await world.start_bot()
    assert await title(ada) == "now with snow"
    assert len(world.rows("SELECT 1 FROM turns")) == 3, "no message is read again at the start"


async def test_a_command_comes_after_what_was_said_before_it(
    world: World, ada: Member, channel: str, engine: SketchEngine
) -> None:
    first = await ada.imagine(channel, "a fox")
    await ada.person.say(first["channel_id"], "make it night")
    await world.until_true(lambda: held(world, "make it night"))
    await ada.person.slash(first["channel_id"], "refine", instruction="add a lantern")
    assert [await title(ada), await title(ada)] == ["make it night", "add a lantern"]
    assert engine.paints[-1].prompt == "a fox, finely drawn, make it night, add a lantern"


async def test_words_said_while_the_bot_was_stopped_are_joined_as_well(
    world: World, ada: Member, channel: str
) -> None:
    place = (await ada.imagine(channel, "a fox"))["channel_id"]
    await world.stop_bot()
    await ada.person.say(place, "make it night")
    await ada.person.say(place, "add a lantern")
    await world.start_bot()
    await world.until_true(lambda: held(world, "make it night", "add a lantern"))
    await world.stop_bot()
    await world.start_bot()
    assert await title(ada) == "make it night, add a lantern"


async def test_held_words_count_as_they_stand_when_they_are_taken(
    world: World, ada: Member, grace: Member, channel: str
) -> None:
    place = (await ada.imagine(channel, "a fox"))["channel_id"]
    slip = await ada.person.say(place, "make it nihgt")
    regret = await ada.person.say(place, "and a dragon")
    await world.until_true(lambda: held(world, "make it nihgt", "and a dragon"))
    await ada.person.call(
        "PATCH", f"/channels/{place}/messages/{slip['id']}", json={"content": "make it night"}
    )
    await ada.person.call("DELETE", f"/channels/{place}/messages/{regret['id']}")
    await world.until_true(lambda: held(world, "make it night"))
    await grace.person.say(place, "now with snow")
    assert await title(ada) == "make it night"


@pytest.mark.parametrize("pause", [0.0])
async def test_work_for_words_that_are_gone_is_dropped(
    world: World, ada: Member, channel: str, engine: SketchEngine
) -> None:
    place = (await ada.imagine(channel, "a fox"))["channel_id"]
    engine.gate = asyncio.Event()
    await ada.person.say(place, "make it night")
    await world.until("SELECT 1 FROM jobs WHERE id = 2 AND state = 'painting'")
    regret = await ada.person.say(place, "and a dragon")
    after = await ada.person.say(place, "add a lantern")
    await world.until("SELECT 1 FROM jobs WHERE id = 4 AND state = 'queued'")
    await ada.person.call("DELETE", f"/channels/{place}/messages/{regret['id']}")
    await world.until("SELECT 1 FROM jobs WHERE id = 3 AND state = 'cancelled'")
    engine.gate.set()
    await ada.picture()
    last = await ada.picture()
    assert last["message_reference"]["message_id"] == after["id"]
    assert engine.paints[-1].prompt == "a fox, finely drawn, make it night, add a lantern"
    await ada.person.call("DELETE", f"/channels/{place}/messages/{after['id']}")
    await world.until_true(lambda: any(e["t"] == "MESSAGE_DELETE" for e in ada.person.events))
    assert world.one("SELECT state FROM jobs WHERE id = 4") == {"state": "done"}, "a finished picture stays"


@pytest.mark.parametrize("pause", [0.0])
async def test_words_taken_back_while_the_bot_is_stopped_give_no_picture(
    world: World, ada: Member, channel: str, engine: SketchEngine
) -> None:
    place = (await ada.imagine(channel, "a fox"))["channel_id"]
    engine.gate = asyncio.Event()
    regret = await ada.person.say(place, "make it night")
    await world.until("SELECT 1 FROM jobs WHERE id = 2 AND state = 'painting'")
    await ada.person.say(place, "add a lantern")
    await world.until("SELECT 1 FROM jobs WHERE id = 3 AND state = 'queued'")
    await world.stop_bot()
    await ada.person.call("DELETE", f"/channels/{place}/messages/{regret['id']}")
    engine.gate.set()
    await world.start_bot()
    await ada.picture()
    states = world.rows("SELECT state FROM jobs ORDER BY id")
    assert [row["state"] for row in states] == ["done", "cancelled", "done"]
    assert engine.paints[-1].prompt == "a fox, finely drawn, add a lantern"
    lines = [m for m in await ada.person.messages(place) if m["content"].startswith(("✍️", "🎨 Painting"))]
    assert not lines, "no line is left moving"
