"""The gallery and favourites, through the wire."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest

from bot.sandbox.model.permissions import Permission
from bot.sandbox.model.records import Overwrite
from tests.e2e.discordworld import WAIT, Member, Message, World, parts_of, shows_picture, text_of

EPHEMERAL = 64
HEART, STAR = "❤️", "⭐"


@pytest.fixture(autouse=True)
def look_s(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits half a minute for a deleted picture to leave the showcase."""
    monkeypatch.setattr("bot.chat.gallery.showcase.LOOK_S", 0.05)


@pytest.fixture
async def linus(world: World) -> AsyncIterator[Member]:
    async with Member.enter(world, "Linus") as member:
        yield member


async def gallery(member: Member, channel: str, **options: Any) -> Message:
    """The answer to /gallery, once it is there."""
    used = await member.person.slash(channel, "gallery", **options)
    return await member.event(
        "MESSAGE_UPDATE", lambda d: (d.get("interaction_metadata") or {}).get("id") == used
    )


async def consent(member: Member, channel: str, answer: str) -> None:
    """Answer the question under /gallery, which is there once the member's first picture is noted."""
    async with asyncio.timeout(10):
        asked = await gallery(member, channel)
        while answer not in buttons(asked):
            asked = await gallery(member, channel)
    await member.person.click(asked, answer)
    await member.answer("👍")


def buttons(message: Message) -> list[str]:
    """The labels of a message's buttons."""
    return [part["label"] for part in parts_of(message) if part.get("label")]


def pictures(message: Message) -> list[Any]:
    """What a message's frame shows."""
    return [item for part in parts_of(message) for item in part.get("items", ())]


async def shown_in(member: Member, channel: str, count: int) -> list[Message]:
    """The messages of the showcase, once there are so many."""
    deadline = time.monotonic() + WAIT
    while len(found := [m for m in await member.person.messages(channel) if shows_picture(m)]) != count:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{len(found)} pictures instead of {count}")
        await asyncio.sleep(0.05)
    return found


async def opened(ada: Member, hearts: int = 2) -> str:
    """The showcase of the server, in #general."""
    general = await ada.person.channel_id("general")
    await ada.person.slash(general, "admin showcase", channel=general, hearts=hearts)
    await ada.answer(f"{hearts} ❤️ are shown in")
    return general


async def test_ones_own_pictures_page_by_page_and_by_words(world: World, ada: Member, channel: str) -> None:
    for number in range(5):
        await ada.imagine(channel, f"a red house number {number}")
    answer = await gallery(ada, channel)
    assert answer["flags"] & EPHEMERAL
    assert "Your pictures" in text_of(answer)
    assert "house number 4" in text_of(answer)
    assert [picture["description"].split(",")[0] for picture in pictures(answer)] == [
        f"{place}: a red house number {number}" for place, number in enumerate((4, 3, 2, 1), start=1)
    ]
    await world.stop_bot()
    await world.start_bot()
    await ada.person.click(answer, "Next")
    page = await ada.changed("page 2")
    assert "house number 0" in text_of(page)
    assert len(pictures(page)) == 1
    assert "number 3" in text_of(await gallery(ada, channel, words="HOUSE 3"))
    assert "has these words" in text_of(await gallery(ada, channel, words="giraffe"))


async def test_a_picture_leads_to_its_place_and_is_gone_on_from(
    world: World, ada: Member, channel: str
) -> None:
    picture = await ada.imagine(channel, "a red house")
    answer = await gallery(ada, channel)
    assert f"/{picture['channel_id']}/{picture['id']}" in text_of(answer)
    await ada.person.click(answer, "Go on")
    again = await ada.picture()
    assert again["channel_id"] not in (channel, picture["channel_id"]), "in a thread of its own"
    assert "a red house" in text_of(again)
    await ada.person.say(again["channel_id"], "make it night")
    assert "night" in text_of(await ada.picture())


async def test_favourites_come_by_star_and_by_button(
    world: World, ada: Member, grace: Member, channel: str
) -> None:
    house, cat = await ada.imagine(channel, "a red house"), await ada.imagine(channel, "a blue cat")
    await grace.person.react(house["channel_id"], house["id"], STAR)
    await grace.more(cat, "Favourite")
    await grace.answer("shows your favourites")
    await world.until("SELECT 1 FROM (SELECT count(*) AS n FROM favourites) AS all_of_them WHERE n = 2")
    said = text_of(await gallery(grace, channel, show="favourites"))
    assert "red house" in said
    assert "blue cat" in said
    await grace.person.react(house["channel_id"], house["id"], STAR, on=False)
    await grace.more(cat, "Favourite")
    await grace.answer("no favourite of yours")
    await world.until("SELECT 1 FROM (SELECT count(*) AS n FROM favourites) AS all_of_them WHERE n = 0")


async def test_the_best_are_shown_with_consent_that_is_asked_for_once(
    world: World, ada: Member, grace: Member, channel: str
) -> None:
    house = await ada.imagine(channel, "a red house")
    await grace.person.react(house["channel_id"], house["id"], HEART)
    await world.until("SELECT 1 FROM gallery WHERE hearts = 1")
    assert "Nothing yet" in text_of(await gallery(grace, channel, show="best"))
    asked = await gallery(ada, channel)
    assert buttons(asked)[-3:] == ["Yes, with my name", "Yes, without it", "No"]
    await ada.person.click(asked, "Yes, with my name")
    await ada.answer("with your name")
    assert "May others" not in text_of(await gallery(ada, channel)), "asked once"
    best = text_of(await gallery(grace, channel, show="best"))
    assert "red house" in best
    assert f"<@{ada.id}>" in best
    await ada.person.slash(channel, "settings")
    panel = await ada.answer("What others see")
    await ada.person.choose(panel, ["hidden"], "dc:v1:settings:showing")
    await world.until("SELECT 1 FROM users WHERE showing = 'hidden'")
    assert "Nothing yet" in text_of(await gallery(grace, channel, show="best"))


async def test_pictures_of_channels_that_one_does_not_see_are_not_shown(
    world: World, ada: Member, grace: Member, channel: str
) -> None:
    house = await ada.imagine(channel, "a red house")
    await consent(ada, channel, "Yes, without it")
    await grace.person.react(house["channel_id"], house["id"], HEART)
    await world.until("SELECT 1 FROM gallery WHERE hearts = 1")
    general = await grace.person.channel_id("general")
    best = await gallery(grace, general, show="best")
    assert "red house" in text_of(best)
    assert f"<@{ada.id}>" not in text_of(best)
    hidden = world.sandbox.hub.world.channel(int(channel))
    bot = world.sandbox.hub.world.application.bot_id
    view = int(Permission.VIEW_CHANNEL)
    world.sandbox.channels.overwrite(hidden, Overwrite(id=bot, type=1, allow=view))
    world.sandbox.channels.overwrite(hidden, Overwrite(id=hidden.guild_id or 0, type=0, deny=view))

    def overwrites() -> int:
        seen = world.running.client.get_channel(int(channel))
        return len(seen.overwrites) if isinstance(seen, discord.TextChannel) else 0

    await world.until_true(lambda: overwrites() == 2)
    assert "Nothing yet" in text_of(await gallery(grace, general, show="best"))
    await grace.person.click(best, "Go on")
    assert await grace.answer("That picture was deleted")


async def test_what_has_no_letter_is_not_looked_for(world: World, ada: Member, channel: str) -> None:
    await ada.person.slash(channel, "gallery", words="🦊 *")
    assert (await ada.answer("There are no words in that"))["flags"] & EPHEMERAL


async def test_a_page_whose_pictures_went_meanwhile_gives_way_to_the_last(
    world: World, ada: Member, channel: str
) -> None:
    for number in range(5):
        await ada.imagine(channel, f"a red house number {number}")
    answer = await gallery(ada, channel)
    world.execute("DELETE FROM gallery WHERE image_id = (SELECT min(image_id) FROM gallery)")
    await ada.person.click(answer, "Next")
    page = await ada.event("MESSAGE_UPDATE", lambda d: d["id"] == answer["id"] and "Next" not in buttons(d))
    assert "page 2" not in text_of(page)
    assert len(pictures(page)) == 4
    assert "Newer" not in buttons(page)


async def test_a_picture_that_is_being_deleted_is_out_of_sight_and_comes_back(
    world: World, ada: Member, channel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chat.pictures.deletion.GIVE_BACK_S", 60.0)
    house = await ada.imagine(channel, "a red house")
    before = await gallery(ada, channel)
    await ada.hide(house)
    # not any update without a picture: that it can be brought back is what says that it is hidden
    hidden = await ada.event(
        "MESSAGE_UPDATE", lambda d: d["id"] == house["id"] and "Bring back" in str(d["components"])
    )
    assert "red house" not in text_of(await gallery(ada, channel))
    await ada.person.click(before, "Go on")
    assert await ada.answer("That picture was deleted")
    await ada.person.click(hidden, "Bring back")
    await ada.event("MESSAGE_UPDATE", lambda d: d["id"] == house["id"] and shows_picture(d))
    assert "red house" in text_of(await gallery(ada, channel))


async def test_pictures_of_age_restricted_channels_stay_there(
    world: World, ada: Member, grace: Member, channel: str
) -> None:
    showcase = await opened(ada, hearts=1)
    dark = await ada.person.channel_id("after-dark")
    house, cat = await ada.imagine(dark, "a red house"), await ada.imagine(channel, "a blue cat")
    await consent(ada, channel, "Yes, with my name")
    for picture in (house, cat):
        await grace.person.react(picture["channel_id"], picture["id"], HEART)
    [shown] = await shown_in(ada, showcase, 1)
    assert "blue cat" in text_of(shown)
    assert "red house" not in text_of(await gallery(grace, channel, show="best"))
    assert "red house" in text_of(await gallery(grace, dark, show="best"))
    mine = await gallery(ada, channel)
    covered = {p["description"].split(",")[0]: "SPOILER_" in p["media"]["url"] for p in pictures(mine)}
    assert covered == {"1: a blue cat": False, "2: a red house": True}


async def test_of_a_channel_that_is_not_known_a_picture_is_covered_and_discord_is_asked(
    world: World, ada: Member, channel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As of an archived thread, and of a server that another process serves."""
    dark = await ada.person.channel_id("after-dark")
    await ada.imagine(dark, "a red house")
    monkeypatch.setattr(world.running.client, "get_channel", lambda _: None)
    mine = await gallery(ada, channel)
    assert all("SPOILER_" in picture["media"]["url"] for picture in pictures(mine))
    await ada.person.click(mine, "Go on")
    assert await ada.answer("only in age-restricted channels")
    await ada.imagine(channel, "a blue cat")
    await ada.person.click(await gallery(ada, channel, words="cat"), "Go on")
    assert "blue cat" in text_of(await ada.picture())


async def test_pictures_of_a_private_thread_stay_there(
    world: World, ada: Member, grace: Member, channel: str
) -> None:
    showcase = await opened(ada, hearts=1)
    place = world.sandbox.hub.world.channel(int(channel))
    sees = Overwrite(
        id=world.sandbox.hub.world.application.bot_id, type=1, allow=int(Permission.MANAGE_THREADS)
    )
    world.sandbox.channels.overwrite(place, sees)
    thread = await ada.person.call("POST", f"/channels/{channel}/threads", json={"name": "us", "type": 12})
    house = await ada.imagine(thread["id"], "a red house")
    await consent(ada, channel, "Yes, with my name")
    # by votes of those who are in the thread, too
    world.execute("UPDATE gallery SET votes = 2, hearts = 2")
    guild = world.one("SELECT guild_id FROM gallery")["guild_id"]
    await world.running.client.services.gallery.showcase.consider(guild, int(house["id"]))
    assert world.rows("SELECT 1 FROM showcase") == []
    assert await shown_in(ada, showcase, 0) == []
    assert "Nothing yet" in text_of(await gallery(grace, channel, show="best"))
    assert "red house" in text_of(await gallery(ada, channel)), "found by who made it"


async def test_in_private_there_are_ones_own_pictures_and_no_servers(
    world: World, ada: Member, grace: Member, channel: str
) -> None:
    house = await ada.imagine(channel, "a red house")
    await consent(ada, channel, "Yes, with my name")
    await grace.person.react(house["channel_id"], house["id"], HEART)
    await grace.person.react(house["channel_id"], house["id"], STAR)
    await world.until("SELECT 1 FROM favourites")
    bot = {"user_id": str(world.sandbox.hub.world.bot.id)}
    ours, theirs = [(await one.person.call("POST", "/dm", json=bot))["id"] for one in (ada, grace)]
    mine = await gallery(ada, ours)
    assert "red house" in text_of(mine)
    for shelf in ("best", "favourites"):
        assert "Nothing yet" in text_of(await gallery(grace, theirs, show=shelf))
    await ada.person.click(mine, "Go on")
    assert (await ada.picture())["channel_id"] == ours


async def test_one_servers_pictures_are_not_shown_on_another(
    world: World, ada: Member, grace: Member, channel: str
) -> None:
    showcase = await opened(ada, hearts=1)
    _, there = world.sandbox.guilds.found("Another Club")
    await world.until_true(lambda: world.running.client.get_channel(there.id))
    elsewhere = str(there.id)
    house = await ada.imagine(elsewhere, "a red house")
    await consent(ada, channel, "Yes, with my name")
    for emoji in (HEART, STAR):
        await grace.person.react(house["channel_id"], house["id"], emoji)
    await world.until("SELECT 1 FROM favourites JOIN gallery ON hearts = 1")
    for shelf in ("best", "favourites"):
        assert "Nothing yet" in text_of(await gallery(grace, channel, show=shelf))
        assert "red house" in text_of(await gallery(grace, elsewhere, show=shelf))
    assert await shown_in(ada, showcase, 0) == []
    await ada.person.click(await gallery(ada, channel), "Go on")
    again = await ada.picture()
    assert "red house" in text_of(again), "who made it takes it along"
    await ada.delete(house)
    assert "Nothing yet" in text_of(await gallery(grace, elsewhere, show="favourites"))


async def test_a_new_thread_shows_nothing_of_a_private_one(world: World, ada: Member, channel: str) -> None:
    place = world.sandbox.hub.world.channel(int(channel))
    bot = world.sandbox.hub.world.application.bot_id
    world.sandbox.channels.overwrite(place, Overwrite(id=bot, type=1, allow=int(Permission.MANAGE_THREADS)))
    thread = await ada.person.call("POST", f"/channels/{channel}/threads", json={"name": "us", "type": 12})
    house = await ada.imagine(thread["id"], "a red house")
    await ada.more(house, "New thread")
    assert await ada.answer("This thread is private")
    assert len((await ada.person.state())["guilds"][0]["threads"]) == 1
    assert world.rows("SELECT 1 FROM turns") == world.rows("SELECT 1 FROM turns WHERE id = 1")
