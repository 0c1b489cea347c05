"""The page's side: what people see, may do, and are told."""

import aiohttp
import discord
import pytest

from bot.sandbox.app import Sandbox
from bot.sandbox.model.permissions import Permission
from bot.sandbox.model.records import Overwrite
from bot.sandbox.person import Person, Refused


async def test_state_shows_what_the_person_may_see(sandbox: Sandbox, ada: Person, grace: Person) -> None:
    guild = next(iter(sandbox.hub.world.guilds.values()))
    general = sandbox.hub.world.channel(int(await grace.channel_id("general")))
    hidden = Overwrite(id=guild.id, type=0, deny=int(Permission.VIEW_CHANNEL))
    sandbox.channels.overwrite(general, hidden)
    owner, member = await ada.state(), await grace.state()
    assert owner["me"]["username"] == "Ada"
    assert [c["name"] for c in owner["guilds"][0]["channels"]] == ["pictures", "general", "after-dark"]
    assert [c["name"] for c in member["guilds"][0]["channels"]] == ["pictures", "after-dark"]
    assert (member["application"]["name"], member["bot_online"]) == ("DiffChat", False)
    with pytest.raises(Refused, match="50001"):
        await grace.messages(str(general.id))


async def test_people_join_once_by_name(sandbox: Sandbox, ada: Person) -> None:
    first = await ada.call("POST", "/users", json={"name": " Rosa  P "})
    again = await ada.call("POST", "/users", json={"name": "rosa p"})
    joined = await ada.wait_for("GUILD_MEMBER_ADD")
    assert (first["username"], first["id"], joined["user"]["id"]) == ("Rosa P", again["id"], first["id"])
    with pytest.raises(Refused, match="50035"):
        await ada.call("POST", "/users", json={"name": "  "})


async def test_without_a_user_nothing_can_be_done(sandbox: Sandbox, ada: Person) -> None:
    general = await ada.channel_id("general")
    async with aiohttp.ClientSession() as session:
        url = f"{sandbox.url}/client/channels/{general}/messages"
        assert (await session.post(url, json={"content": "x"})).status == 400
        bot = {"X-Sandbox-User": str(sandbox.hub.world.bot.id)}
        assert (await session.post(url, json={"content": "x"}, headers=bot)).status == 400


async def test_messages_are_edited_deleted_and_replied_to_live(
    sandbox: Sandbox, ada: Person, grace: Person
) -> None:
    general = await grace.channel_id("general")
    said = await grace.say(general, "first")
    path = f"/channels/{general}/messages/{said['id']}"
    await grace.call("PATCH", path, json={"content": "second"})
    await ada.say(general, "reply", reply_to=said["id"])
    with pytest.raises(Refused, match="50005"):
        await ada.call("PATCH", path, json={"content": "not hers"})
    await ada.call("DELETE", path)  # the owner moderates
    changed = await ada.wait_for("MESSAGE_UPDATE")
    reply = await grace.wait_for("MESSAGE_CREATE", lambda d: d["content"] == "reply")
    gone = await grace.wait_for("MESSAGE_DELETE")
    assert (changed["content"], changed["edited_timestamp"] is not None) == ("second", True)
    assert [user["id"] for user in reply["mentions"]] == [grace.id]
    assert gone["id"] == said["id"]
    assert (await ada.messages(general))[0]["referenced_message"] is None


async def test_typing_threads_and_the_bots_presence_are_told(sandbox: Sandbox, bot, grace: Person) -> None:
    general = await grace.channel_id("general")
    thread = await grace.call("POST", f"/channels/{general}/threads", json={"name": "talk"})
    async with bot.get_channel(int(general)).typing():
        typing = await grace.wait_for("TYPING_START")
    assert (thread["type"], thread["owner_id"]) == (11, grace.id)
    assert typing["user_id"] == str(bot.user.id)
    assert (await grace.state())["bot_online"]
    await bot.close()
    assert await grace.wait_for("BOT_STATUS", lambda d: not d["online"])


async def test_direct_messages_are_private(sandbox: Sandbox, bot, ada: Person, grace: Person) -> None:
    channel = await grace.call("POST", "/dm", json={"user_id": str(bot.user.id)})
    await grace.say(channel["id"], "between us")
    heard = await bot.until("message")
    assert isinstance(heard.channel, discord.DMChannel)
    assert heard.content == "between us"
    assert [c["id"] for c in (await grace.state())["dms"]] == [channel["id"]]
    assert (await ada.state())["dms"] == []
    with pytest.raises(Refused, match="50001"):
        await ada.messages(channel["id"])


async def test_commands_are_offered_where_they_may_be_used(
    sandbox: Sandbox, ada: Person, grace: Person
) -> None:
    plain = {"name": "plain", "description": "x"}
    admin = plain | {"name": "admin", "default_member_permissions": str(int(Permission.MANAGE_GUILD))}
    adult = plain | {"name": "adult", "nsfw": True}
    private = plain | {"name": "private", "contexts": [1]}
    sandbox.commands.replace_all([plain, admin, adult, private], None)

    async def names(person: Person, channel: str) -> list[str]:
        found = await person.call("GET", f"/channels/{await person.channel_id(channel)}/commands")
        return [command["name"] for command in found]

    assert await names(grace, "general") == ["plain"]
    assert await names(ada, "general") == ["plain", "admin"]
    assert await names(grace, "after-dark") == ["plain", "adult"]
    dm = sandbox.channels.open_dm(int(grace.id))
    offered = await grace.call("GET", f"/channels/{dm.id}/commands")
    assert [command["name"] for command in offered] == ["plain", "admin", "adult", "private"]


async def test_commands_are_shown_in_the_persons_language(sandbox: Sandbox, grace: Person) -> None:
    option = {"type": 3, "name": "a", "description": "b", "name_localizations": {"de": "ä"}}
    body = {"name": "look", "description": "x", "description_localizations": {"de": "y"}, "options": [option]}
    sandbox.commands.put(body, None)
    async with Person.enter(sandbox.url, "Heidi", "de-AT") as heidi:
        shown = await heidi.command(await heidi.channel_id("general"), "look")
    assert shown["description_localized"] == "y"
    assert shown["options"][0]["name_localized"] == "ä"
    assert "name_localized" not in shown
    plain = await grace.command(await grace.channel_id("general"), "look")
    assert "description_localized" not in plain


@pytest.mark.parametrize(
    ("options", "place"),
    [
        ([], "options.prompt"),
        ([{"name": "prompt", "value": "x"}, {"name": "nonsense", "value": 1}], "options.nonsense"),
        ([{"name": "prompt", "value": "x"}, {"name": "count", "value": 9}], "options.count"),
        ([{"name": "prompt", "value": "x"}, {"name": "count", "value": "many"}], "options.count"),
        ([{"name": "prompt", "value": "x" * 31}], "options.prompt"),
        ([{"name": "prompt", "value": "x"}, {"name": "size", "value": "huge"}], "options.size"),
    ],
)
async def test_options_that_do_not_fit_are_refused_by_name(
    sandbox: Sandbox, grace: Person, options: list, place: str
) -> None:
    prompt = {"type": 3, "name": "prompt", "description": "x", "required": True, "max_length": 30}
    count = {"type": 4, "name": "count", "description": "x", "min_value": 1, "max_value": 4}
    size = {"type": 3, "name": "size", "description": "x", "choices": [{"name": "Small", "value": "s"}]}
    body = {"name": "imagine", "description": "x", "options": [prompt, count, size]}
    command, _ = sandbox.commands.put(body, None)
    fields = {"type": 2, "channel_id": await grace.channel_id("general"), "command_id": str(command.id)}
    with pytest.raises(Refused, match=place):
        await grace.interact(fields | {"options": options})


async def test_components_must_be_there_and_enabled(sandbox: Sandbox, bot, grace: Person) -> None:
    channel = bot.guilds[0].text_channels[0]
    view = discord.ui.View()
    view.add_item(discord.ui.Button(label="Off", custom_id="off", disabled=True))
    message = await channel.send("x", view=view)
    fields = {"type": 3, "channel_id": str(channel.id), "message_id": str(message.id), "component_type": 2}
    for custom_id in ("off", "nonsense"):
        with pytest.raises(Refused, match="Component validation failed"):
            await grace.interact(fields | {"custom_id": custom_id})
    with pytest.raises(Refused, match="not open any more"):
        await grace.interact({"type": 5, "channel_id": str(channel.id), "custom_id": "x", "components": []})


async def test_uploads_are_served_harmlessly(sandbox: Sandbox, grace: Person) -> None:
    general = await grace.channel_id("general")
    page = b"<script>alert(1)</script>"
    message = await grace.say(general, "", files={"../evil page.html": page})
    attachment = message["attachments"][0]
    async with aiohttp.ClientSession() as session, session.get(attachment["url"]) as response:
        assert await response.read() == page
        assert response.content_type == "application/octet-stream"
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert attachment["filename"] == "evil_page.html"


async def test_leaving_and_deleting_reach_the_bot(sandbox: Sandbox, bot, grace: Person) -> None:
    guild = next(iter(sandbox.hub.world.guilds.values()))
    general = sandbox.hub.world.channel(int(await grace.channel_id("general")))
    sandbox.channels.remove(general)
    assert (await bot.until("guild_channel_delete")).name == "general"
    sandbox.people.delete_guild(guild)
    assert (await bot.until("guild_remove")).name == "Paint Club"
    assert list(bot.guilds) == []


async def test_the_page_and_the_bot_are_refused_alike(sandbox: Sandbox, ada: Person, grace: Person) -> None:
    """The same handlers and rules serve both: a person without the permission may not type either."""
    general = sandbox.hub.world.channel(int(await grace.channel_id("general")))
    guild = next(iter(sandbox.hub.world.guilds))
    silent = Overwrite(id=guild, type=0, deny=int(Permission.SEND_MESSAGES))
    sandbox.channels.overwrite(general, silent)
    with pytest.raises(Refused, match="50013"):
        await grace.call("POST", f"/channels/{general.id}/typing")
    with pytest.raises(Refused, match="50035"):
        await grace.call("GET", f"/channels/{general.id}/messages?limit=x")
    headers = {"Authorization": f"Bot {sandbox.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        url = f"{sandbox.api_base}/channels/{general.id}"
        assert (await (await session.post(f"{url}/typing")).json())["code"] == 50013
        assert (await (await session.get(f"{url}/messages?limit=x")).json())["code"] == 50035


async def test_files_of_a_command_may_have_names_of_their_own(sandbox: Sandbox, bot, grace: Person) -> None:
    option = {"type": 11, "name": "image", "description": "x"}
    sandbox.commands.put({"name": "look", "description": "x", "options": [option]}, None)
    await grace.slash(await grace.channel_id("general"), "look", image=("picture", b"x"))
    interaction = await bot.until("interaction")
    attachment = next(iter(interaction.data["resolved"]["attachments"].values()))
    assert (attachment["filename"], "content_type" in attachment) == ("picture", False)
