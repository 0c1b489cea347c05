"""/admin by the owner, by a moderator and by a nobody; refusals say when to ask again."""

import asyncio
import re

import pytest

from bot.sandbox.model.permissions import Permission
from tests.bot.engines import SketchEngine
from tests.e2e.discordworld import Member, World

EPHEMERAL = 64
# Ada owns the server and the application; Grace has no rights


@pytest.fixture
async def moderator(world: World, grace: Member) -> Member:
    """Grace, who may manage the server now."""
    guild = next(iter(world.sandbox.hub.world.guilds.values()))
    everybody = guild.roles[guild.id]
    allowed = everybody.permissions | int(Permission.MANAGE_GUILD)
    world.sandbox.people.set_permissions(guild, guild.id, allowed)
    return grace


async def admin(member: Member, place: str, command: str, part: str, **options: object) -> str:
    """Use a sub-command of /admin; the answer with `part`, which only this person sees."""
    await member.person.slash(place, f"admin {command}", **options)
    answer = await member.answer(part)
    assert answer["flags"] & EPHEMERAL
    return str(answer["content"])


async def refused(member: Member, channel: str, part: str) -> str:
    """Ask for a picture and be told, privately, why not."""
    await member.person.slash(channel, "imagine", prompt="a fox")
    answer = await member.answer(part)
    assert answer["flags"] & EPHEMERAL
    return str(answer["content"])


async def test_a_nobody_is_not_offered_the_command(grace: Member, channel: str) -> None:
    with pytest.raises(LookupError):
        await grace.person.slash(channel, "admin status")


async def test_status_says_how_the_bot_is(ada: Member, channel: str, engine: SketchEngine) -> None:
    engine.paint_errors = [RuntimeError("a bug")]
    await ada.person.slash(channel, "imagine", prompt="a fox")
    await ada.event("MESSAGE_UPDATE", lambda d: "Something went wrong" in d.get("content", ""))
    said = await admin(ada, channel, "status", "DiffChat 0.1.0")
    assert "at most 120 s for a prompt and for each look at a picture (/describe; the first" in said
    assert "I am taking requests" in said
    # the failure is told a moment before its job counts as done
    assert re.search(r"0 waiting, [01] under way", said)
    assert "GiB free of" in said
    assert re.search(r"job 1: RuntimeError, <t:\d+:R>", said)


async def test_a_moderators_pause_outlives_a_restart(
    world: World, moderator: Member, ada: Member, channel: str
) -> None:
    await admin(moderator, channel, "pause", "I take nothing new on here")
    await refused(ada, channel, "I take nothing new on right now")
    await world.stop_bot()
    await world.start_bot()
    await ada.person.slash(channel, "imagine", prompt="a fox")
    await world.until_true(lambda: ada.told("I take nothing new on right now") == 2)
    await admin(moderator, channel, "resume", "I am taking requests again here")
    await ada.imagine(channel, "a fox")
    assert len(world.rows("SELECT 1 FROM turns")) == 1


async def test_only_the_owner_decides_for_all_servers(
    world: World, moderator: Member, ada: Member, channel: str
) -> None:
    await admin(moderator, channel, "pause", "only the owner of the bot", everywhere=True)
    await admin(moderator, channel, "drain", "only the owner of the bot")
    await admin(ada, channel, "pause", "I take nothing new on anywhere", everywhere=True)
    await admin(moderator, channel, "resume", "I am paused everywhere")
    await refused(ada, channel, "I take nothing new on right now")
    await admin(ada, channel, "resume", "again anywhere", everywhere=True)
    await ada.imagine(channel, "a fox")


async def test_a_drain_finishes_what_runs_and_says_so(
    world: World, ada: Member, grace: Member, channel: str, engine: SketchEngine
) -> None:
    engine.gate = asyncio.Event()
    await ada.person.slash(channel, "imagine", prompt="a fox")
    await world.until("SELECT 1 FROM jobs WHERE state = 'painting'")
    await admin(ada, channel, "drain", "1 under way")
    await refused(grace, channel, "I take nothing new on right now")
    engine.gate.set()
    await ada.picture()
    await ada.answer("I can be stopped now")


async def test_a_purge_cancels_what_waits_of_one_person(
    world: World, ada: Member, grace: Member, channel: str, engine: SketchEngine
) -> None:
    await world.stop_bot()
    few = world.settings.limits.model_copy(update={"running": 2})
    world.settings = world.settings.model_copy(update={"limits": few})
    await world.start_bot()
    engine.gate = asyncio.Event()
    for member, prompt in ((ada, "one"), (ada, "two"), (ada, "three"), (grace, "four")):
        await member.person.slash(channel, "imagine", prompt=prompt)
        await world.until(f"SELECT 1 FROM turns WHERE source_prompt = '{prompt}'")
    await world.until("SELECT count(*) FROM jobs WHERE state = 'painting' HAVING count(*) = 2")
    waiting = world.rows("SELECT author_id FROM turns JOIN jobs ON turns.id = turn_id WHERE state = 'queued'")
    theirs = sum(row["author_id"] == ada.id for row in waiting)
    await ada.person.slash(channel, "admin purge", person=str(ada.id))
    await ada.changed(f"Cancelled {theirs} waiting")
    assert len(world.rows("SELECT 1 FROM jobs WHERE state = 'cancelled'")) == theirs > 0
    engine.gate.set()
    await ada.picture()


async def test_a_servers_limit_refuses_with_the_time(
    world: World, moderator: Member, ada: Member, channel: str
) -> None:
    said = await admin(moderator, channel, "limits", "For everybody")
    assert "waiting, any number an hour, any number a day, as the operator set it" in said
    await admin(moderator, channel, "limits", "3 waiting, any number an hour, 1 a day\n", daily=1)
    await ada.imagine(channel, "a fox")
    said = await refused(ada, channel, "You have had 1 pictures within a day")
    assert re.search(r"The next one is free <t:\d+:R>\.", said)
    thread = world.one("SELECT thread_id FROM conversations")["thread_id"]
    await ada.person.say(str(thread), "make it night")
    assert (await ada.answer("You have had 1 pictures"))["content"]
    assert len(world.rows("SELECT 1 FROM turns")) == 1


async def test_other_channels_and_roles_are_sent_where_they_are_served(
    world: World, moderator: Member, ada: Member, channel: str
) -> None:
    general = await ada.person.channel_id("general")
    await admin(moderator, channel, "serve", f"<#{channel}>", channel=channel)
    said = await refused(ada, general, "I make pictures only in")
    assert f"<#{channel}>" in said
    first = await ada.imagine(channel, "a fox")
    await ada.person.say(first["channel_id"], "make it night")
    await ada.picture()
    guild = next(iter(world.sandbox.hub.world.guilds.values()))
    bots_role = next(role for role in guild.roles.values() if role.managed_by)
    await admin(moderator, channel, "serve", f"<@&{bots_role.id}>", role=str(bots_role.id))
    await refused(ada, channel, "only for people with one of these roles")


async def test_a_model_is_kept_to_a_role_and_given_back(moderator: Member, channel: str) -> None:
    said = await admin(moderator, channel, "models", "There is one model here")
    assert "[models.NAME]" in said
    said = await admin(moderator, channel, "models", "cannot be", model="photo", remove=True)
    assert "The model" in said
