"""One round on the server: the sandbox, the real bot, and everybody asking for pictures and voting.

The brigade's leader is busy: a share of all turns is theirs, and they delete a picture that has not the look
they push (with the 🗑️ button, as anybody can) and ask again, a few times. So the brigade, which likes all of
the leader's pictures and no other, pushes that look.
"""

from __future__ import annotations

import random
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from model.engine import Engine
from tests.e2e.discordworld import Member, World, open_world
from tests.simulation.people import LEADER, Taste, shunned, wish

TEMPERATURE = 1.0  # people can only choose between what differs
WISHES = 12  # the same first wishes again and again, by different people: what can be compared
LEADERS_SHARE = 0.2
TRIES = 4
SETTINGS: dict[str, Any] = {
    "llm": {"temperature": TEMPERATURE},
    "limits": {"queued_per_user": 10},
    "feedback": {"seed_reactions": False},
}


@dataclass
class Server:
    """The people in the sandbox, and the channel where they ask for pictures."""

    world: World
    members: dict[str, Member]
    people: list[Taste]
    channel: str
    votes: int

    @property
    def posted(self) -> int:
        """How many turns were posted and not deleted."""
        query = "SELECT count(*) AS n FROM turns WHERE finished_at IS NOT NULL AND deleted_at IS NULL"
        return int(self.world.one(query)["n"])

    async def turn(self, rng: random.Random) -> None:
        """Somebody wishes for a picture; some others, and whoever brigades, say what they think of it."""
        author = self._author(rng)
        picture = await self._wished(author, rng)
        others = [person for person in self.people if person is not author]
        voters = rng.sample(others, min(self.votes, len(others)))
        voters += [p for p in others if p.kind == "brigade" and p not in voters]
        for voter in voters:
            emoji = "👍" if voter.likes(picture["target_prompt"], author.name, rng) else "👎"
            person = self.members[voter.name].person
            await person.react(str(picture["channel_id"]), str(picture["message_id"]), emoji)
        query = (
            "SELECT count(*) AS votes FROM votes JOIN images ON images.id = image_id "
            f"WHERE message_id = {picture['message_id']}"
        )
        await self.world.until_true(lambda: self.world.one(query)["votes"] >= len(voters))

    def _author(self, rng: random.Random) -> Taste:
        """Anybody; where there is a brigade its leader more often than others."""
        pushed = any(person.kind == "brigade" for person in self.people)
        if pushed and rng.random() < LEADERS_SHARE:
            return next(person for person in self.people if person.name == LEADER)
        return rng.choice(self.people)

    async def _wished(self, author: Taste, rng: random.Random) -> dict[str, Any]:
        """The picture that stays."""
        number = rng.randrange(WISHES * max(1, len(self.people) // 8))
        prompt = wish(random.Random(f"wish {number}"))
        tries = TRIES if author.name == LEADER else 1
        while True:
            tries -= 1
            picture = await self._asked(self.members[author.name], prompt, rng.randrange(2**31))
            if not tries or not shunned(picture["target_prompt"]):
                return picture
            await self._delete(self.members[author.name], picture)

    async def _asked(self, member: Member, prompt: str, seed: int) -> dict[str, Any]:
        """One's own picture: everybody sees everybody's."""
        asked = await member.person.slash(self.channel, "imagine", prompt=prompt, seed=seed)
        [picture] = await self.world.until(
            "SELECT message_id, images.channel_id, target_prompt "
            "FROM turns JOIN images ON turn_id = turns.id "
            f"WHERE request_id = {asked} AND finished_at IS NOT NULL"
        )
        return picture

    async def _delete(self, member: Member, picture: dict[str, Any]) -> None:
        posted = await member.event("MESSAGE_CREATE", lambda d: d["id"] == str(picture["message_id"]))
        await member.hide(posted)
        query = (
            "SELECT 1 FROM turns JOIN images ON turn_id = turns.id "
            f"WHERE message_id = {picture['message_id']} AND deleted_at IS NULL"
        )
        await self.world.until_true(lambda: not self.world.rows(query))

    async def opt_in(self) -> None:
        """Everybody allows training with /privacy, the first time they come."""
        there = {
            row["user_id"] for row in self.world.rows("SELECT user_id FROM users WHERE training_consent")
        }
        for member in self.members.values():
            if member.id not in there:
                await member.person.slash(self.channel, "privacy")
                asked = await member.answer("What I keep about you")
                await member.person.click(asked, "Let training use my data")
                await member.answer("Thank you")


async def talk(
    folder: Path, engine: Engine, people: list[Taste], *, turns: int, seed: int, votes: int
) -> dict[str, int]:
    """Go on until the database holds `turns` posted turns; each is voted on by `votes` people, drawn anew.

    Returns everybody's Discord id by name.
    """
    async with AsyncExitStack() as stack:
        # nobody takes a deletion back
        stack.enter_context(patch("bot.chat.pictures.deletion.GIVE_BACK_S", 0.0))
        world = await stack.enter_async_context(open_world(folder, engine, SETTINGS, rate_limits=False))
        await world.start_bot()
        members = {p.name: await stack.enter_async_context(Member.enter(world, p.name)) for p in people}
        channel = await members[people[0].name].person.channel_id("pictures")
        server = Server(world, members, people, channel, votes)
        await server.opt_in()
        while (done := server.posted) < turns:
            await server.turn(random.Random(f"{seed} {done}"))
        return {name: member.id for name, member in members.items()}
