"""Plain reactions and super-reactions: two lists under one emoji."""

import discord
import pytest

from bot.sandbox.app import Sandbox
from bot.sandbox.model.errors import ApiError
from bot.sandbox.person import Person


async def users(reaction: discord.Reaction, kind: discord.ReactionType) -> list[str]:
    return [user.name async for user in reaction.users(type=kind)]


async def test_super_reactions_are_a_list_of_their_own(bot, ada: Person, grace: Person) -> None:
    message = await bot.guilds[0].text_channels[0].send("hello")
    place = str(message.channel.id), str(message.id)
    await ada.react(*place, "👍")
    await grace.react(*place, "👍", burst=True)
    events = [await bot.until("raw_reaction_add", times=n) for n in (1, 2)]
    assert [(event.burst, event.type.value) for event in events] == [(False, 0), (True, 1)]
    sent = await ada.wait_for("MESSAGE_REACTION_ADD", lambda d: d["burst"])
    assert sent["burst_colors"], "discord.py 2.7.1 looks for `burst_colours`, which Discord does not send"
    reaction = (await message.channel.fetch_message(message.id)).reactions[0]
    assert (reaction.count, reaction.normal_count, reaction.burst_count) == (2, 1, 1)
    assert await users(reaction, discord.ReactionType.normal) == ["Ada"]
    assert await users(reaction, discord.ReactionType.burst) == ["Grace"]


async def test_a_message_shows_both_kinds(bot, ada: Person, grace: Person) -> None:
    message = await bot.guilds[0].text_channels[0].send("hello")
    channel, message_id = str(message.channel.id), str(message.id)
    await grace.react(channel, message_id, "🔥", burst=True)
    seen = {
        name: (await person.messages(channel))[0]["reactions"][0]
        for name, person in (("Ada", ada), ("Grace", grace))
    }
    assert seen["Grace"]["count_details"] == {"burst": 1, "normal": 0}
    assert (seen["Grace"]["me"], seen["Grace"]["me_burst"], seen["Ada"]["me_burst"]) == (False, True, False)
    assert seen["Ada"]["burst_colors"]


async def test_each_kind_is_taken_back_alone(bot, ada: Person) -> None:
    message = await bot.guilds[0].text_channels[0].send("hello")
    place = str(message.channel.id), str(message.id)
    for burst in (False, True):
        await ada.react(*place, "👍", burst=burst)
    await ada.react(*place, "👍", on=False, burst=True)
    gone = await bot.until("raw_reaction_remove")
    assert (gone.burst, gone.type.value) == (True, 1)
    reaction = (await message.channel.fetch_message(message.id)).reactions[0]
    assert (reaction.count, reaction.burst_count) == (1, 0)


async def test_bots_have_no_super_reactions(sandbox: Sandbox, grace: Person) -> None:
    said = await grace.say(await grace.channel_id("general"), "hello")
    message = sandbox.hub.world.message(int(said["channel_id"]), int(said["id"]))
    with pytest.raises(ApiError, match="50013"):
        sandbox.reactions.add(sandbox.hub.world.bot.id, message, "👍", burst=True)
