"""Events come twice, in the wrong order, or not at all for an hour; a member leaves in the middle."""

import asyncio
import time

import pytest

from tests.bot.engines import SketchEngine
from tests.conftest import Counted
from tests.e2e.discordworld import Member, World


def head(world: World) -> int:
    return int(world.one("SELECT head_turn_id FROM conversations")["head_turn_id"])


async def test_every_event_twice(
    world: World, ada: Member, grace: Member, channel: str, counted: Counted
) -> None:
    """Commands, words, buttons, forms and votes: each counts once, and is answered once."""
    world.sandbox.faults.duplicate_events(1000)
    first = await ada.imagine(channel, "a red house")
    place = first["channel_id"]
    await ada.person.say(place, "make it night")
    second = await ada.picture()
    await ada.person.slash(place, "refine", instruction="add snow")
    await ada.picture()
    await ada.more(second, "Reroll")
    reroll = await ada.picture()
    await ada.more(reroll, "Undo")
    await ada.answer("went back")
    assert head(world) == 2, "one step back, not two"
    await ada.more(second, "Refine")
    form = (await ada.event("INTERACTION_MODAL"))["modal"]
    await ada.person.submit(place, form, {"instruction": "add a lantern"})
    await ada.picture()
    await ada.person.slash(place, "undo")
    await world.until("SELECT 1 FROM conversations WHERE head_turn_id = 2")
    await grace.person.react(place, second["id"], "👍")
    await grace.person.react(place, second["id"], "❤️")
    await grace.person.react(place, second["id"], "❤️", on=False)
    await world.until("SELECT 1 FROM votes WHERE retracted_at IS NOT NULL")
    await ada.person.say(place, "last word")
    await ada.picture()
    posted = await ada.shown(place)
    await ada.person.say(place, "", files={"cat.png": b"\x89PNG"})
    await ada.answer("attachments")
    turns = world.rows("SELECT kind FROM turns ORDER BY id")
    assert [turn["kind"] for turn in turns] == ["imagine", "refine", "refine", "reroll", "refine", "refine"]
    assert posted == len(turns)
    said = [message["content"] for message in await ada.person.messages(place)]
    assert sum("attachments" in text for text in said) == 1
    assert sum("went back" in text for text in said) == 2
    votes = world.rows("SELECT 1 FROM votes WHERE kind = 'reaction'")
    assert len(votes) == 2
    counted("every event twice", posted=posted, turns=len(turns), votes=len(votes))


async def test_events_in_the_wrong_order(
    world: World, ada: Member, grace: Member, channel: str, counted: Counted
) -> None:
    first = await ada.imagine(channel, "a red house")
    place, message = first["channel_id"], first["id"]
    world.sandbox.faults.reorder_events(2)
    await ada.person.say(place, "make it night")
    await ada.person.say(place, "add snow")
    await ada.picture()
    await ada.picture()
    said = world.rows("SELECT instruction FROM turns WHERE instruction != '' ORDER BY instruction")
    assert [row["instruction"] for row in said] == ["add snow", "make it night"]
    world.sandbox.faults.reorder_events(4)
    await grace.person.react(place, message, "👍")
    await grace.person.react(place, message, "❤️")
    await grace.person.react(place, message, "❤️", on=False)
    await ada.person.react(place, message, "👎")
    await world.until("SELECT 1 FROM votes WHERE emoji = '👍' AND retracted_at IS NULL")
    # what was taken back before it was given stands, until Discord's own list is looked at
    await world.stop_bot()
    await world.start_bot()
    await world.until("SELECT 1 FROM votes WHERE emoji = '❤' AND retracted_at IS NOT NULL")
    standing = world.rows(
        "SELECT user_id, emoji FROM votes WHERE kind = 'reaction' AND retracted_at IS NULL "
        "ORDER BY emoji DESC"
    )
    assert standing == [{"user_id": ada.id, "emoji": "👎"}, {"user_id": grace.id, "emoji": "👍"}]
    counted("events in the wrong order", turns=len(said), votes_kept=len(standing))


async def test_an_hour_offline(
    world: World,
    ada: Member,
    grace: Member,
    channel: str,
    monkeypatch: pytest.MonkeyPatch,
    counted: Counted,
) -> None:
    """Words of the whole hour become pictures in their order, and votes are as Discord has them."""
    clock = Clock()
    monkeypatch.setattr("bot.sandbox.model.snowflake.time", clock)
    world.sandbox.hub.world.new_id._last = 0
    clock.minutes_ago = 65
    first = await ada.imagine(channel, "a red house")
    place = first["channel_id"]
    await ada.person.say(place, "make it night")
    await ada.picture()
    await grace.person.react(place, first["id"], "👍")
    await world.until("SELECT 1 FROM votes WHERE emoji = '👍'")
    await world.stop_bot()
    missed = {60: "add snow", 30: "add a lantern", 0: "as a watercolour"}
    for clock.minutes_ago, words in missed.items():
        await (ada if clock.minutes_ago else grace).person.say(place, words)
    await grace.person.react(place, first["id"], "👍", on=False)
    await grace.person.react(place, first["id"], "👎")
    await ada.person.react(place, first["id"], "❤️")
    await world.start_bot()
    await world.until("SELECT 1 WHERE (SELECT count(*) FROM jobs WHERE state = 'done') = 5")
    said = [row["instruction"] for row in world.rows("SELECT instruction FROM turns ORDER BY id")]
    assert said == ["", "make it night", *missed.values()]
    await world.until("SELECT 1 WHERE (SELECT count(*) FROM votes WHERE kind = 'reaction') = 3")
    votes = world.rows("SELECT emoji, retracted_at IS NULL AS stands FROM votes WHERE kind = 'reaction'")
    assert {vote["emoji"]: vote["stands"] for vote in votes} == {"👍": 0, "👎": 1, "❤": 1}
    answered = len(said) - 2
    counted("an hour offline", words_missed=len(missed), answered=answered, votes_reconciled=len(votes))


async def test_a_super_reaction_stands_after_a_restart(
    world: World, ada: Member, grace: Member, channel: str
) -> None:
    """Discord lists super-reactions apart from the plain ones."""
    first = await ada.imagine(channel, "a red house")
    place, message = first["channel_id"], first["id"]
    await grace.person.react(place, message, "👍", burst=True)
    await world.until("SELECT 1 FROM votes WHERE emoji = '👍'")
    await world.stop_bot()
    await ada.person.react(place, message, "❤️", burst=True)
    await ada.person.react(place, message, "👎")
    await world.start_bot()
    await world.until("SELECT 1 WHERE (SELECT count(*) FROM votes WHERE kind = 'reaction') = 3")
    standing = world.rows("SELECT emoji FROM votes WHERE kind = 'reaction' AND retracted_at IS NULL")
    assert {vote["emoji"] for vote in standing} == {"👍", "❤", "👎"}


class Clock:
    """Stands in for the sandbox's clock, which dates what is said."""

    minutes_ago = 0

    def time(self) -> float:
        return time.time() - self.minutes_ago * 60


async def test_a_member_who_leaves(
    world: World, engine: SketchEngine, ada: Member, grace: Member, channel: str, counted: Counted
) -> None:
    """What was asked for is made, what fails is told, and a vote stays one."""
    first = await ada.imagine(channel, "a red house")
    place = first["channel_id"]
    engine.gate, engine.begun = asyncio.Event(), asyncio.Semaphore(0)
    await grace.person.say(place, "make it night")
    await grace.person.react(place, first["id"], "👍")
    await engine.begun.acquire()
    await world.until("SELECT 1 FROM votes WHERE kind = 'reaction'")
    guild = next(iter(world.sandbox.hub.world.guilds.values()))
    world.sandbox.people.leave(guild, grace.id)
    engine.gate.set()
    await ada.picture()
    await world.stop_bot()
    await world.start_bot()
    await ada.person.say(place, "add snow")
    await ada.picture()
    await world.until("SELECT 1 WHERE (SELECT count(*) FROM jobs WHERE state = 'done') = 3")
    votes = world.rows("SELECT 1 FROM votes WHERE kind = 'reaction' AND retracted_at IS NULL")
    assert len(votes) == 1
    posted = await ada.shown(place)
    assert posted == world.jobs
    counted(
        "a member leaves while their picture is painted",
        jobs=world.jobs, posted=posted, votes_kept=len(votes),
    )  # fmt: skip
