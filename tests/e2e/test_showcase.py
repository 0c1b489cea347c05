"""The showcase channel, through the wire."""

import pytest

from tests.e2e.discordworld import Member, World, parts_of, text_of
from tests.e2e.test_gallery import HEART, consent, linus, look_s, opened, pictures, shown_in

__all__ = ["linus", "look_s"]  # fixtures


async def test_the_showcase_shows_a_picture_once_and_only_with_consent(
    world: World, ada: Member, grace: Member, linus: Member, channel: str
) -> None:
    showcase = await opened(ada)
    house, cat = await ada.imagine(channel, "a red house"), await grace.imagine(channel, "a blue cat")
    await consent(ada, channel, "Yes, with my name")
    for member in (grace, linus):
        await member.person.react(house["channel_id"], house["id"], HEART)
    for member in (ada, linus):
        await member.person.react(cat["channel_id"], cat["id"], HEART)
    [shown] = await shown_in(ada, showcase, 1)
    assert "red house" in text_of(shown)
    assert f"<@{ada.id}>" in text_of(shown)
    assert shown["mentions"] == []
    assert pictures(shown)[0]["description"]
    [link] = [part["url"] for part in parts_of(shown) if part.get("url")]
    assert link.endswith(f"/{house['channel_id']}/{house['id']}")
    await world.until("SELECT 1 FROM showcase WHERE state = 'shown'")
    await linus.person.react(house["channel_id"], house["id"], HEART, on=False)
    await linus.person.react(house["channel_id"], house["id"], HEART)
    await world.until("SELECT 1 FROM gallery WHERE hearts = 2 AND guild_id IS NOT NULL")
    await consent(grace, channel, "No")
    await shown_in(ada, showcase, 1)
    await ada.delete(house)
    assert await shown_in(ada, showcase, 0) == []
    await world.until("SELECT 1 FROM (SELECT count(*) AS n FROM showcase) AS rows_left WHERE n = 0")


async def test_the_showcase_credits_as_its_author_wishes_and_lets_go_when_they_do(
    world: World, ada: Member, grace: Member, channel: str
) -> None:
    showcase = await opened(ada, hearts=1)
    house = await ada.imagine(channel, "a red house")
    await consent(ada, channel, "Yes, without it")
    await grace.person.react(house["channel_id"], house["id"], HEART)
    [shown] = await shown_in(ada, showcase, 1)
    assert "by somebody here" in text_of(shown)
    await world.until("SELECT 1 FROM showcase WHERE state = 'shown'")
    await ada.person.slash(channel, "settings")
    panel = await ada.answer("What others see")
    await ada.person.choose(panel, ["named"], "dc:v1:settings:showing")
    named = await ada.event("MESSAGE_UPDATE", lambda d: d["id"] == shown["id"])
    assert f"<@{ada.id}>" in text_of(named)
    assert pictures(named), "the picture stays"
    await ada.person.choose(panel, ["hidden"], "dc:v1:settings:showing")
    assert await shown_in(ada, showcase, 0) == []


@pytest.mark.parametrize("died", ["before it was posted", "before it was noted"])
async def test_a_bot_that_died_shows_the_picture_all_the_same_and_not_twice(
    world: World, ada: Member, grace: Member, channel: str, died: str
) -> None:
    showcase = await opened(ada, hearts=1)
    house = await ada.imagine(channel, "a red house")
    await consent(ada, channel, "Yes, with my name")
    await grace.person.react(house["channel_id"], house["id"], HEART)
    [shown] = await shown_in(ada, showcase, 1)
    await world.until("SELECT 1 FROM showcase WHERE state = 'shown'")
    await world.stop_bot()
    world.execute("UPDATE showcase SET state = 'post', message_id = NULL")
    if died == "before it was posted":
        message = world.sandbox.hub.world.message(int(showcase), int(shown["id"]))
        world.sandbox.messages.delete(message.author_id, message)
    await world.start_bot()
    await world.until("SELECT 1 FROM showcase WHERE state = 'shown' AND message_id IS NOT NULL")
    [now] = await shown_in(ada, showcase, 1)
    assert (now["id"] == shown["id"]) is (died == "before it was noted")


async def test_a_deleted_picture_leaves_the_showcase_at_once_and_comes_back_with_it(
    world: World, ada: Member, grace: Member, channel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chat.pictures.deletion.GIVE_BACK_S", 60.0)
    showcase = await opened(ada, hearts=1)
    house = await ada.imagine(channel, "a red house")
    await consent(ada, channel, "Yes, without it")
    await grace.person.react(house["channel_id"], house["id"], HEART)
    [shown] = await shown_in(ada, showcase, 1)
    await world.until("SELECT 1 FROM showcase WHERE state = 'shown'")
    await ada.hide(house)
    hidden = await ada.event(
        "MESSAGE_UPDATE", lambda d: d["id"] == house["id"] and "Bring back" in str(d["components"])
    )
    assert await shown_in(ada, showcase, 0) == []
    assert world.one("SELECT deleted_at FROM turns") == {"deleted_at": None}
    await ada.person.click(hidden, "Bring back")
    [again] = await shown_in(ada, showcase, 1)
    assert again["id"] != shown["id"]
    assert world.rows("SELECT 1 FROM showcase") == [{"1": 1}]


async def test_deleting_ones_data_empties_the_showcase(
    world: World, ada: Member, grace: Member, channel: str
) -> None:
    showcase = await opened(ada, hearts=1)
    house = await ada.imagine(channel, "a red house")
    await consent(ada, channel, "Yes, with my name")
    await grace.person.react(house["channel_id"], house["id"], HEART)
    await shown_in(ada, showcase, 1)
    await world.until("SELECT 1 FROM showcase WHERE state = 'shown'")
    await ada.person.slash(channel, "privacy")
    told = await ada.answer("What I keep about you")
    await ada.person.click(told, "Delete my data…")
    await ada.person.click(await ada.answer("for good"), "Yes, delete everything")
    assert await shown_in(ada, showcase, 0) == []
