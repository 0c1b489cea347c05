"""The gateway breaks in every way it can: what people ask for meanwhile, or after, is answered once."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import discord
import pytest

from bot.chat.pictures.reaction_votes import ReactionVotes
from tests.bot.engines import SketchEngine
from tests.e2e.discordworld import Member, World, open_world, shows_picture

RECONNECTABLE = (4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009)
"""Close codes after which Discord documents that a client may reconnect."""

BREAKS: dict[str, Callable[[World], None]] = {
    "asked to reconnect (op 7)": lambda world: world.sandbox.faults.reconnect(),
    "session invalid, resumable (op 9)": lambda world: world.sandbox.faults.invalidate(resumable=True),
    "session invalid, gone (op 9)": lambda world: world.sandbox.faults.invalidate(resumable=False),
    "cut without a word": lambda world: world.sandbox.faults.drop(),
}


async def refined_once(world: World, member: Member, place: str, words: str = "make it night") -> None:
    """The words' picture comes, and they became exactly one turn."""
    await member.picture()
    found = world.rows("SELECT instruction FROM turns WHERE instruction != ''")
    assert [row["instruction"] for row in found] == [words]
    pictures = [m for m in await member.person.messages(place) if shows_picture(m)]
    assert len(pictures) == 2


@pytest.mark.parametrize("name", BREAKS)
async def test_words_during_a_break_are_answered_once(
    world: World, ada: Member, channel: str, name: str
) -> None:
    first = await ada.imagine(channel, "a red house")
    BREAKS[name](world)
    await ada.person.say(first["channel_id"], "make it night")
    await refined_once(world, ada, first["channel_id"])


@pytest.mark.parametrize("code", RECONNECTABLE)
async def test_each_reconnectable_close_code(world: World, ada: Member, channel: str, code: int) -> None:
    first = await ada.imagine(channel, "a red house")
    await world.sandbox.faults.close(code)
    await ada.person.say(first["channel_id"], "make it night")
    await refined_once(world, ada, first["channel_id"])


async def test_a_connection_that_is_silently_dead_is_noticed(tmp_path: Path) -> None:
    async with open_world(tmp_path, SketchEngine(), rate_limits=False, heartbeat_seconds=1.0) as world:
        running = await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            first = await ada.imagine(await ada.person.channel_id("pictures"), "a red house")
            # discord.py waits a minute before it calls a connection dead; the next connection takes this over
            running.client._connection.heartbeat_timeout = 2.5
            world.sandbox.faults.reconnect()
            await ada.person.say(first["channel_id"], "make it night")
            await refined_once(world, ada, first["channel_id"])
            gateway = world.sandbox.gateway
            dead = set(gateway.connections)
            world.sandbox.faults.silence()
            await ada.person.say(first["channel_id"], "add snow")
            await world.until_true(lambda: not dead & gateway.connections)
            world.sandbox.faults.silence(on=False)
            await ada.picture()
            assert len(world.rows("SELECT 1 FROM turns WHERE instruction = 'add snow'")) == 1


async def test_what_was_said_while_away_too_long_to_resume_is_read_afterwards(
    world: World, ada: Member, channel: str
) -> None:
    first = await ada.imagine(channel, "a red house")
    world.sandbox.faults.refuse_connects()
    world.sandbox.faults.forget_sessions()
    world.sandbox.faults.drop()
    await ada.person.say(first["channel_id"], "make it night")
    world.sandbox.faults.refuse_connects(on=False)
    await refined_once(world, ada, first["channel_id"])


async def test_what_was_said_while_the_bot_was_stopped_is_read_at_its_start(
    world: World, ada: Member, channel: str
) -> None:
    first = await ada.imagine(channel, "a red house")
    await world.stop_bot()
    await ada.person.say(first["channel_id"], "make it night")
    await ada.person.say(channel, "nice weather today")
    await world.start_bot()
    await refined_once(world, ada, first["channel_id"])


async def test_an_answered_question_is_not_answered_again(world: World, ada: Member, channel: str) -> None:
    first = await ada.imagine(channel, "a red house")
    await ada.person.say(first["channel_id"], "", files={"cat.png": b"\x89PNG"})
    await ada.answer("attachments")
    before = len(await ada.person.messages(first["channel_id"]))
    await world.stop_bot()
    await world.start_bot()
    await ada.person.say(first["channel_id"], "make it night")
    await world.until("SELECT 1 FROM jobs WHERE turn_id = 2 AND state = 'done'")
    after = await ada.person.messages(first["channel_id"])
    assert len([m for m in after if "attachments" in m["content"]]) == 1
    assert len(after) >= before


@pytest.fixture
async def liked(world: World, ada: Member, grace: Member, channel: str) -> tuple[str, str]:
    """Place and message of Ada's picture, which Grace has liked; the bot is away since."""
    first = await ada.imagine(channel, "a red house")
    place, message = first["channel_id"], first["id"]
    await grace.person.react(place, message, "👍")
    await world.until("SELECT 1 FROM votes WHERE emoji = '👍' AND retracted_at IS NULL")
    await world.stop_bot()
    return place, message


async def test_votes_given_and_taken_back_while_away_are_reconciled(
    world: World, ada: Member, grace: Member, liked: tuple[str, str]
) -> None:
    place, message = liked
    await grace.person.react(place, message, "👍", on=False)
    await ada.person.react(place, message, "❤️")
    await world.start_bot()
    await world.until("SELECT 1 FROM votes WHERE emoji = '❤' AND is_self = 1")
    await world.until("SELECT 1 FROM votes WHERE emoji = '👍' AND retracted_at IS NOT NULL")
    assert len(world.rows("SELECT 1 FROM votes")) == 2, "the bot's own reactions are no votes"


async def test_votes_given_and_taken_back_during_the_comparison_stay_as_said(
    world: World, ada: Member, grace: Member, liked: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list of reactions was read before: it knows neither."""
    place, message = liked
    compare, compared = ReactionVotes.reconcile, asyncio.Event()

    async def meanwhile(self: ReactionVotes, read: discord.Message) -> int:
        await grace.person.react(place, message, "👍", on=False)
        await ada.person.react(place, message, "❤️")
        await world.until("SELECT 1 FROM votes WHERE emoji = '❤' AND retracted_at IS NULL")
        await world.until("SELECT 1 FROM votes WHERE emoji = '👍' AND retracted_at IS NOT NULL")
        changed = await compare(self, read)
        compared.set()
        return changed

    monkeypatch.setattr(ReactionVotes, "reconcile", meanwhile)
    await world.start_bot()
    await asyncio.wait_for(compared.wait(), 20)
    standing = world.rows("SELECT emoji FROM votes WHERE retracted_at IS NULL")
    assert [row["emoji"] for row in standing] == ["❤"]
