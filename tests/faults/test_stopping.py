"""The bot is stopped while commands stream in: whatever it read is answered."""

import asyncio

import discord

from tests.conftest import Counted
from tests.e2e.discordworld import Member, World

STOPS, STREAMS, COMMANDS = 3, 4, 8


async def test_no_command_that_was_read_goes_unanswered(
    world: World, ada: Member, grace: Member, channel: str, counted: Counted
) -> None:
    """Each stop comes at another moment; of those read some become jobs, and some are refused in words."""
    asked: set[int] = set()
    read: set[int] = set()

    async def note(interaction: discord.Interaction) -> None:
        read.add(interaction.id)

    async def stream(person: Member) -> None:
        for number in range(COMMANDS):
            name, options = ("imagine", {"prompt": f"house {number}"}) if number % 3 else ("help", {})
            asked.add(int(await person.person.slash(channel, name, **options)))

    for stop in range(STOPS):
        running = world.running if stop == 0 else await world.start_bot()
        running.client.add_listener(note, "on_interaction")
        enough = len(read) + 1 + 5 * stop
        streaming = [asyncio.create_task(stream((ada, grace)[n % 2])) for n in range(STREAMS)]
        while len(read) < enough:  # noqa: ASYNC110  # every turn of the loop counts here
            await asyncio.sleep(0)
        await world.stop_bot()
        await asyncio.gather(*streaming)

    given = world.sandbox.interactions._by_id
    unanswered = {number for number in read if not given[number].answered}
    counted(
        f"stopped {STOPS} times while commands stream in",
        asked=len(asked), read=len(read), read_but_unanswered=len(unanswered),
    )  # fmt: skip
    assert unanswered == set()
