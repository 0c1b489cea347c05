"""Where people can talk with the bot: own threads, other threads, channels without threads, in private."""

import asyncio

import pytest

from bot.sandbox.model.permissions import Permission
from bot.sandbox.model.records import ChannelType
from tests.bot.engines import SketchEngine
from tests.e2e.discordworld import Member, World, open_world, text_of, title_of, words_of


async def test_without_leave_to_open_threads_pictures_answer_each_other(world, ada, channel):
    world.forbid(channel, Permission.CREATE_PUBLIC_THREADS)
    first = await ada.imagine(channel, "a fox")
    assert first["channel_id"] == channel
    await ada.person.say(channel, "what a fine day")
    await ada.person.say(channel, "make it night", reply_to=first["id"])
    second = await ada.picture()
    assert title_of(second) == "make it night"
    await ada.more(second, "Reroll")
    third = await ada.picture()
    assert third["message_reference"]["message_id"] == second["id"]
    assert world.one("SELECT count(*) AS n FROM turns")["n"] == 3


async def test_who_prefers_it_gets_the_picture_in_the_channel_itself(world, ada, channel):
    await ada.person.slash(channel, "settings")
    panel = await ada.answer("**More of your defaults**")
    await ada.person.choose(panel, ["channel"], "dc:v1:settings:place")
    await world.until("SELECT 1 FROM users WHERE preferences LIKE '%channel%'")
    first = await ada.imagine(channel, "a fox")
    assert first["channel_id"] == channel
    await ada.person.say(channel, "make it night", reply_to=first["id"])
    second = await ada.picture()
    assert (second["channel_id"], title_of(second)) == (channel, "make it night")
    assert not (await ada.person.state())["guilds"][0]["threads"]


async def test_in_a_thread_that_somebody_opened_on_a_picture_a_mention_goes_on_from_it(tmp_path):
    settings = {"imagine": {"place": "channel"}}
    async with open_world(tmp_path, SketchEngine(), settings, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            channel = await ada.person.channel_id("pictures")
            fox = await ada.imagine(channel, "a fox")
            body = {"name": "fox", "message_id": fox["id"]}
            thread = (await ada.person.call("POST", f"/channels/{channel}/threads", json=body))["id"]
            me = world.sandbox.hub.world.application.bot_id
            await ada.person.say(thread, "what a fine fox")
            await ada.person.say(thread, f"<@{me}> hello!")
            await ada.answer("Hello! Type `/imagine`")
            await ada.person.say(thread, f"<@{me}> make it night")
            shown = [await ada.picture(), await ada.picture()]
            assert [picture["channel_id"] for picture in shown] == [thread] * 2
            assert title_of(shown[1]) == "make it night"
            await ada.person.say(thread, f"<@{me}> add snow")
            third = await ada.picture()
            assert (third["channel_id"], title_of(third)) == (thread, "add snow")
            assert world.one("SELECT count(*) AS n FROM conversations")["n"] == 2


async def test_thanks_in_a_channel_with_pictures_are_for_people(world, ada, grace, channel):
    world.forbid(channel, Permission.CREATE_PUBLIC_THREADS)
    picture = await ada.imagine(channel, "a fox")
    plain = await grace.person.say(channel, "merci beaucoup !")
    await ada.person.say(channel, "make it night", reply_to=picture["id"])
    await ada.picture()
    reacted = {e["d"]["message_id"] for e in grace.person.events if e["t"] == "MESSAGE_REACTION_ADD"}
    assert plain["id"] not in reacted


async def test_thanks_in_the_thread_of_a_picture_get_a_heart(world, ada, channel):
    picture = await ada.imagine(channel, "a fox")
    thanks = await ada.person.say(picture["channel_id"], "merci beaucoup !")
    assert await ada.event("MESSAGE_REACTION_ADD", lambda d: d["message_id"] == thanks["id"])


async def test_two_people_change_two_pictures_of_a_channel_at_once(world, ada, grace, channel):
    world.forbid(channel, Permission.CREATE_PUBLIC_THREADS)
    fox, cat = await ada.imagine(channel, "a fox"), await ada.imagine(channel, "a cat")
    await asyncio.gather(
        ada.person.say(channel, "make it night", reply_to=fox["id"]),
        grace.person.say(channel, "add snow", reply_to=cat["id"]),
        ada.person.say(channel, "what a fine day"),
    )
    await world.until("SELECT 1 FROM (SELECT count(*) AS n FROM images) AS all_of_them WHERE n = 4")
    rows = world.rows("SELECT instruction, source_prompt FROM turns ORDER BY id")[2:]
    assert {(row["instruction"], row["source_prompt"].split(",")[0]) for row in rows} == {
        ("make it night", "a fox"),
        ("add snow", "a cat"),
    }


async def test_the_operator_may_have_all_pictures_in_the_channel(tmp_path):
    settings = {"imagine": {"place": "channel"}}
    async with open_world(tmp_path, SketchEngine(), settings, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            channel = await ada.person.channel_id("pictures")
            assert (await ada.imagine(channel, "a fox"))["channel_id"] == channel
            await ada.person.slash(channel, "settings")
            panel = await ada.answer("**More of your defaults**")
            await ada.person.choose(panel, ["thread"], "dc:v1:settings:place")
            await world.until("SELECT 1 FROM users WHERE preferences LIKE '%thread%'")
            assert (await ada.imagine(channel, "a cat"))["channel_id"] != channel, "a person's choice counts"


async def test_in_somebody_elses_thread_pictures_answer_each_other(world, ada, channel):
    thread = await ada.person.call("POST", f"/channels/{channel}/threads", json={"name": "chat"})
    first = await ada.imagine(thread["id"], "a fox")
    assert first["channel_id"] == thread["id"]
    await ada.person.say(thread["id"], "plain talk is not for the bot here")
    await ada.person.slash(thread["id"], "refine", instruction="add snow")
    second = await ada.picture()
    assert title_of(second) == "add snow"
    assert world.one("SELECT count(*) AS n FROM turns")["n"] == 2


async def test_in_private_every_word_goes_on_with_the_latest_picture(world, ada):
    private = await ada.person.call("POST", "/dm", json={"user_id": str(world.sandbox.hub.world.bot.id)})
    await ada.person.say(private["id"], "hello")
    await ada.answer("Type `/imagine` and say what to paint")
    first = await ada.imagine(private["id"], "a fox")
    await ada.person.say(private["id"], "make it night")
    second = await ada.picture()
    assert second["channel_id"] == first["channel_id"] == private["id"]
    assert title_of(second) == "make it night"


async def test_the_first_wish_in_private_is_painted(world, ada):
    private = await ada.person.call("POST", "/dm", json={"user_id": str(world.sandbox.hub.world.bot.id)})
    await ada.person.say(private["id"], "what can you do?")
    await ada.answer("Type `/imagine` and say what to paint")
    await ada.person.say(private["id"], "a green boat at sunset")
    first = await ada.picture()
    assert title_of(first) == "a green boat at sunset"
    await ada.person.say(private["id"], "make it night")
    assert title_of(await ada.picture()) == "make it night"


async def test_talk_between_people_is_not_queued(world, ada, grace, channel):
    thread = (await ada.imagine(channel, "a fox"))["channel_id"]
    await ada.person.say(thread, "make it night")
    await ada.picture()
    await grace.person.say(thread, "hi Ada, how is your day?")
    await grace.person.say(thread, "ada, did you see the news")
    await grace.person.say(thread, "good morning!")
    await grace.person.say(thread, "add a lantern")
    assert title_of(await ada.picture()) == "add a lantern"
    assert world.one("SELECT count(*) AS n FROM turns")["n"] == 3


async def test_words_go_on_from_another_picture_of_the_place_where_theirs_was_deleted(world, ada, channel):
    thread = (await ada.imagine(channel, "a fox"))["channel_id"]
    await ada.imagine(thread, "a cat")
    world.execute("DELETE FROM images WHERE turn_id = 1")
    world.execute("UPDATE turns SET deleted_at = finished_at WHERE id = 1")
    world.execute("UPDATE conversations SET head_turn_id = NULL, tip_turn_id = NULL WHERE id = 1")
    await ada.person.say(thread, "make it night")
    picture = await ada.picture()
    assert words_of(picture) == "a cat, finely drawn, **make it night**"


async def test_a_reply_to_a_picture_that_is_deleted_meanwhile_goes_on_from_the_one_there_is(
    world, ada, grace, channel, engine
):
    first = await ada.imagine(channel, "a fox")
    thread = first["channel_id"]
    await ada.person.say(thread, "make it night")
    second = await ada.picture()
    engine.gate = asyncio.Event()
    await ada.more(first, "Reroll")
    await world.until("SELECT 1 FROM jobs WHERE state = 'painting'")
    await grace.person.say(thread, "add a lantern", reply_to=second["id"])
    await world.until("SELECT 1 FROM jobs WHERE turn_id = 4")
    await ada.delete(second)
    engine.gate.set()
    await ada.picture()
    picture = await ada.picture()
    assert "add a lantern" in title_of(picture)
    assert world.one("SELECT parent_turn_id FROM turns WHERE id = 4")["parent_turn_id"] != 2


async def test_talk_that_is_meant_for_others_is_left_alone(world, ada, grace, channel):
    picture = await ada.imagine(channel, "a fox")
    thread = picture["channel_id"]
    said = await ada.person.say(thread, f"<@{grace.id}> do you like it?")
    await grace.person.say(thread, "very much", reply_to=said["id"])
    await ada.person.say(thread, f"<@{grace.id}> and this one?", reply_to=picture["id"])
    await ada.person.say(thread, "make it night")
    assert title_of(await ada.picture()) == "make it night"
    assert world.one("SELECT count(*) AS n FROM turns")["n"] == 2


async def test_talk_in_the_thread_is_not_painted(world, ada, grace, channel, engine):
    picture = await ada.imagine(channel, "a fox")
    await grace.person.say(picture["channel_id"], "lol")
    line = await ada.changed("-# 💬 I found nothing in that to change in the picture.")
    assert line["components"] == []
    assert len(engine.paints) == 1
    assert world.one("SELECT state FROM jobs WHERE id = 2") == {"state": "cancelled"}
    assert world.rows("SELECT 1 FROM votes WHERE kind = 'base'") == [], "nothing was made from it"
    await ada.person.say(picture["channel_id"], "make it night")
    second = await ada.picture()
    assert words_of(second) == "a fox, finely drawn, **make it night**"


async def test_words_that_name_the_bot_beside_others_are_for_it_too(world, ada, grace, channel):
    thread = (await ada.imagine(channel, "a fox"))["channel_id"]
    bot = world.sandbox.hub.world.bot.id
    await ada.person.say(thread, f"<@{bot}> make it night for <@{grace.id}>")
    assert title_of(await ada.picture()) == "make it night for"
    [role] = [r for g in world.sandbox.hub.world.guilds.values() for r in g.roles.values() if r.managed_by]
    await ada.person.say(thread, f"<@&{role.id}> add a lantern")
    assert title_of(await ada.picture()) == "add a lantern"


async def test_in_a_forum_post_pictures_answer_each_other_and_a_new_thread_is_a_post(world, ada, grace):
    hub = world.sandbox.hub
    [guild] = hub.world.guilds.values()
    forum = world.sandbox.channels.create(guild.id, "gallery", ChannelType.FORUM)
    post = world.sandbox.threads.open(ada.id, forum, {"name": "foxes"})
    place = str(post.id)
    await ada.person.say(place, "show your foxes here")
    first = await ada.imagine(place, "a fox")
    assert first["channel_id"] == place
    await grace.person.say(place, "what a lovely fox")
    await grace.person.say(place, "make it night", reply_to=first["id"])
    second = await ada.picture()
    assert (second["channel_id"], title_of(second)) == (place, "make it night")
    await ada.more(second, "New thread")
    third = await ada.picture()
    opened = hub.world.channel(int(third["channel_id"]))
    assert (opened.parent_id, opened.name) == (forum.id, "a fox, finely drawn, make it night")
    await ada.person.say(third["channel_id"], "add a lantern")
    assert (await ada.picture())["channel_id"] == third["channel_id"]
    assert len(world.rows("SELECT 1 FROM turns")) == 4


async def test_a_forum_that_requires_a_tag_gets_that_of_the_post_or_its_only_one(world, ada):
    [guild] = world.sandbox.hub.world.guilds.values()
    forums = {
        ("Fox", "Boat"): ["Boat"],  # as the post has it
        ("Fox",): [],  # the post is from before a tag was required
    }
    for tags, worn in forums.items():
        forum = world.sandbox.channels.create_forum(guild.id, f"gallery-{len(tags)}", tags)
        post = await ada.person.post(str(forum.id), "mine", "look", worn)
        world.sandbox.channels.change(ada.id, forum, {"flags": 1 << 4})
        await ada.more(await ada.imagine(post["id"], "a fox"), "New thread")
        opened = await ada.person.channel((await ada.picture())["channel_id"])
        known = {tag.id: tag.name for tag in forum.available_tags}
        assert [known[int(tag)] for tag in opened["applied_tags"]] == (worn or list(tags))


async def test_a_forum_whose_required_tag_cannot_be_chosen_is_named(world, ada):
    [guild] = world.sandbox.hub.world.guilds.values()
    forum = world.sandbox.channels.create_forum(guild.id, "gallery", ["Fox", "Boat"])
    post = await ada.person.post(str(forum.id), "mine", "look")
    world.sandbox.channels.change(ada.id, forum, {"flags": 1 << 4})
    await ada.more(await ada.imagine(post["id"], "a fox"), "New thread")
    assert (await ada.answer("Require people to select tags when posting"))["flags"] & 64
    assert world.one("SELECT count(*) AS n FROM turns") == {"n": 1}


async def test_in_private_there_is_no_thread_to_open(world, ada):
    private = await ada.person.call("POST", "/dm", json={"user_id": str(world.sandbox.hub.world.bot.id)})
    picture = await ada.imagine(private["id"], "a fox")
    await ada.more(picture, "New thread")
    await ada.answer("I cannot open a thread here.")


async def test_a_mention_elsewhere_gets_a_friendly_word(world, ada, channel):
    await ada.person.say(channel, f"<@{world.sandbox.hub.world.bot.id}> what are you?")
    hello = await ada.answer("Type `/imagine` and say what to paint")
    assert hello["channel_id"] == channel


async def test_without_the_message_content_intent_mention_form_and_command_do_the_same(tmp_path):
    settings = {"discord": {"message_content": False}}
    async with open_world(
        tmp_path, SketchEngine(), settings, message_content=False, rate_limits=False
    ) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            first = await ada.imagine(await ada.person.channel_id("pictures"), "a fox")
            assert "mention me" in text_of(first)
            thread = first["channel_id"]
            await ada.person.say(thread, "nobody reads this")
            await ada.person.say(thread, f"<@{world.sandbox.hub.world.bot.id}> make it night")
            second = await ada.picture()
            assert title_of(second) == "make it night"
            await ada.person.slash(thread, "refine", instruction="add a lantern")
            await ada.picture()
            assert await refined_by_form(ada, first, "make it snow") == "make it snow"
        assert [row["origin"] for row in world.rows("SELECT origin FROM turns ORDER BY id")] == [
            "slash",
            "message",
            "slash",
            "modal",
        ]


async def refined_by_form(member: Member, picture, instruction: str) -> str:
    """Press Refine, fill in the form; the title of the picture that comes."""
    await member.more(picture, "Refine")
    form = (await member.event("INTERACTION_MODAL"))["modal"]
    await member.person.submit(picture["channel_id"], form, {"instruction": instruction})
    return title_of(await member.picture())


async def test_a_form_that_was_open_over_a_restart_is_still_taken(world, ada, channel):
    picture = await ada.imagine(channel, "a fox")
    await ada.more(picture, "Refine")
    form = (await ada.event("INTERACTION_MODAL"))["modal"]
    await world.stop_bot()
    await world.start_bot()
    await ada.person.submit(picture["channel_id"], form, {"instruction": "make it night"})
    assert title_of(await ada.picture()) == "make it night"
    assert world.rows("SELECT parent_turn_id FROM turns WHERE origin = 'modal'") == [{"parent_turn_id": 1}]


@pytest.mark.parametrize("name", ["pictures", "general"])
async def test_styles_are_offered_as_one_types(world: World, ada, name):
    channel = await ada.person.channel_id(name)
    offered = await ada.person.autocomplete(channel, "imagine", "style", "water")
    assert [choice["name"] for choice in offered] == ["watercolour"]
    assert len(await ada.person.autocomplete(channel, "imagine", "style", "")) > 3


async def test_a_thread_that_a_killed_process_opened_is_found_and_what_was_said_there_heard(
    world, ada, channel
):
    """Killed between Discord's answer and the database, the thread stands there and no row knows of it."""
    first = await ada.imagine(channel, "a fox")
    await world.stop_bot()
    world.execute("UPDATE conversations SET thread_id = NULL")
    said = await ada.person.say(first["channel_id"], "make it night")
    await world.start_bot()
    picture = await ada.picture()
    assert picture["channel_id"] == first["channel_id"] != channel
    assert picture["message_reference"]["message_id"] == said["id"]
