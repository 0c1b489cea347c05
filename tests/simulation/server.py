"""One round on the server: the sandbox, the real bot, and everybody asking for pictures and voting."""

from __future__ import annotations

import random
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from model.engine import Engine
from tests.e2e.discordworld import Member, World, open_world
from tests.simulation.people import Taste, wish

TEMPERATURE = 1.0  # people can only choose between what differs
WISHES = 12  # the same first wishes again and again, by different people: what can be compared


async def talk(
    folder: Path, engine: Engine, people: list[Taste], *, turns: int, seed: int, votes: int
) -> int:
    """Go on until the database holds `turns` posted turns; each is voted on by `votes` people, drawn anew.

    Returns how many turns there are. Everybody opts in with /privacy the first time they come.
    """
    settings: dict[str, Any] = {
        "llm": {"temperature": TEMPERATURE},
        "limits": {"queued_per_user": 10},
        "feedback": {"seed_reactions": False},
    }
    async with AsyncExitStack() as stack:
        world = await stack.enter_async_context(open_world(folder, engine, settings, rate_limits=False))
        await world.start_bot()
        members = {p.name: await stack.enter_async_context(Member.enter(world, p.name)) for p in people}
        channel = await members[people[0].name].person.channel_id("pictures")
        await _opt_in(world, members, channel)
        while (done := _posted(world)) < turns:
            await _turn(world, members, people, channel, random.Random(f"{seed} {done}"), votes)
        return done


async def _turn(
    world: World,
    members: dict[str, Member],
    people: list[Taste],
    channel: str,
    rng: random.Random,
    votes: int,
) -> None:
    """Somebody wishes for a picture; some others, and whoever brigades, say what they think of it."""
    wishes = [wish(random.Random(f"wish {number}")) for number in range(WISHES * max(1, len(people) // 8))]
    author = rng.choice(people)
    asked = await members[author.name].person.slash(channel, "imagine", prompt=rng.choice(wishes))
    [posted] = await world.until(  # one's own picture: everybody sees everybody's
        "SELECT message_id, images.channel_id, target_prompt FROM turns JOIN images ON turn_id = turns.id "
        f"WHERE request_id = {asked} AND finished_at IS NOT NULL"
    )
    others = [person for person in people if person is not author]
    voters = rng.sample(others, min(votes, len(others)))
    voters += [p for p in others if p.kind == "brigade" and p not in voters]
    for voter in voters:
        emoji = "👍" if voter.likes(posted["target_prompt"], author.name, rng) else "👎"
        await members[voter.name].person.react(str(posted["channel_id"]), str(posted["message_id"]), emoji)
    query = (
        "SELECT count(*) AS votes FROM votes JOIN images ON images.id = image_id "
        f"WHERE message_id = {posted['message_id']}"
    )
    await world.until_true(lambda: world.one(query)["votes"] >= len(voters))


async def _opt_in(world: World, members: dict[str, Member], channel: str) -> None:
    there = {row["user_id"] for row in world.rows("SELECT user_id FROM users WHERE training_consent")}
    for member in members.values():
        if member.id not in there:
            await member.person.slash(channel, "privacy")
            await member.person.click(
                await member.answer("What I keep about you"), "Let training use my data"
            )
            await member.answer("Thank you")


def _posted(world: World) -> int:
    return int(world.one("SELECT count(*) AS n FROM turns WHERE finished_at IS NOT NULL")["n"])
