"""Forums and the tags of their posts."""

import discord
import pytest

from bot.sandbox.app import Sandbox
from bot.sandbox.model.records import Channel
from bot.sandbox.person import Person, Refused


@pytest.fixture
def forum(sandbox: Sandbox) -> Channel:
    guild = next(iter(sandbox.hub.world.guilds))
    return sandbox.channels.create_forum(guild, "gallery", ["Fox", "Boat"], require_tag=True)


async def test_a_required_tag_is_required(sandbox: Sandbox, forum: Channel, bot, grace: Person) -> None:
    seen = bot.get_channel(forum.id)
    assert isinstance(seen, discord.ForumChannel)
    assert (seen.flags.require_tag, [tag.name for tag in seen.available_tags]) == (True, ["Fox", "Boat"])
    with pytest.raises(discord.HTTPException) as refusal:
        await seen.create_thread(name="untagged", content="hello")
    assert refusal.value.code == 40067
    with pytest.raises(Refused, match="40067"):
        await grace.post(str(forum.id), "untagged", "hello")
    assert list(sandbox.hub.world.threads(forum.id)) == [], "nothing half made is left"


async def test_posts_bear_their_tags(forum: Channel, bot, grace: Person) -> None:
    post = await grace.post(str(forum.id), "A fox", "look", ["Fox"], files={"a.txt": b"x"})
    opened = await bot.until("thread_create")
    assert [tag.name for tag in opened.applied_tags] == ["Fox"]
    assert (post["message"]["content"], post["message"]["id"]) == ("look", post["id"])
    made = await bot.get_channel(forum.id).create_thread(
        name="A boat", content="look", applied_tags=[forum_tag(bot, forum, "Boat")]
    )
    changed = await made.thread.edit(applied_tags=[forum_tag(bot, forum, "Fox")])
    assert [tag.name for tag in changed.applied_tags] == ["Fox"]


async def test_unknown_and_moderated_tags_are_refused(
    sandbox: Sandbox, forum: Channel, grace: Person
) -> None:
    forum.available_tags[0].moderated = True
    with pytest.raises(Refused, match="50013"):
        await grace.post(str(forum.id), "A fox", "look", ["Fox"])
    path, fields = f"/channels/{forum.id}/threads", {"name": "x", "message": {"content": "x"}}
    with pytest.raises(Refused, match="10087"):
        await grace.call("POST", path, json=fields | {"applied_tags": ["1"]})


async def test_the_owner_changes_tags_and_whether_one_is_required(forum: Channel, ada: Person) -> None:
    kept = {"id": str(forum.available_tags[0].id), "name": "Foxes"}
    body = {"flags": 0, "available_tags": [kept, {"name": "New", "emoji_name": "🆕"}]}
    changed = await ada.call("PATCH", f"/channels/{forum.id}", json=body)
    assert [tag["name"] for tag in changed["available_tags"]] == ["Foxes", "New"]
    assert changed["available_tags"][0]["id"] == kept["id"]
    await ada.post(str(forum.id), "untagged", "hello")


def forum_tag(bot, forum: Channel, name: str) -> discord.ForumTag:
    return next(tag for tag in bot.get_channel(forum.id).available_tags if tag.name == name)
