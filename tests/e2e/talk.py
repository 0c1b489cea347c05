"""What the bot makes of a chat, with the shipped models on a local Discord: `python -m tests.e2e.talk FILE`.

The file has a chat on each paragraph, a message on each line; the first line is what /imagine paints. Printed
is a table for each chat: the message, and the prompt of the picture that is the current one after it, what
the bot answered, or its reaction. A line "de" at the head of a chat sets the person's Discord to German.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from model.presets import resolve
from model.serving.local_engine import LocalEngine
from tests.e2e.discordworld import Member, World, open_world, text_of

_QUIET_S = 1.0  # without anything new, the bot has said what it has to say
_PATIENCE_S = 30.0


async def _made_of(world: World, member: Member, place: str, text: str) -> str:
    """Say `text` and wait; what the bot made of it."""
    before = len(member.person.events)
    said = await member.person.say(place, text)
    await _settled(world, member, before)
    news = member.person.events[before:]
    told = {
        e["d"]["id"]: text_of(e["d"])
        for e in news
        if e["t"] in ("MESSAGE_CREATE", "MESSAGE_UPDATE")
        and e["d"].get("author", {}).get("bot")
        and text_of(e["d"])
    }
    gone = {e["d"]["id"] for e in news if e["t"] == "MESSAGE_DELETE"}
    faces = [
        e["d"]["emoji"]["name"]
        for e in news
        if e["t"] == "MESSAGE_REACTION_ADD" and e["d"]["message_id"] == said["id"]
    ]
    turns = world.rows(f"SELECT target_prompt FROM turns WHERE request_id = {said['id']}")
    painted = [turn["target_prompt"] for turn in turns if turn["target_prompt"]]
    answers = [" ".join(words.split()) for number, words in told.items() if number not in gone]
    return " · ".join([*(f"`{prompt}`" for prompt in painted), *answers, *faces]) or "nothing"


async def _settled(world: World, member: Member, before: int) -> None:
    began = time.monotonic()
    seen, since = before, began
    while time.monotonic() - began < _PATIENCE_S:
        await asyncio.sleep(0.1)
        if len(member.person.events) != seen:
            seen, since = len(member.person.events), time.monotonic()
        busy = world.rows("SELECT 1 FROM jobs WHERE state NOT IN ('done', 'failed', 'cancelled')")
        if not busy and time.monotonic() - since > _QUIET_S:
            return


async def _head(world: World) -> str:
    rows = world.rows(
        "SELECT t.target_prompt AS prompt FROM conversations c JOIN turns t ON t.id = c.head_turn_id "
        "ORDER BY c.id DESC LIMIT 1"
    )
    return str(rows[0]["prompt"]) if rows else ""


async def talk(lines: list[str], engine: Any, folder: Path) -> list[tuple[str, str, str]]:
    """(message, what came of it, the current picture's prompt) of each line."""
    locale = "en-US"
    if lines[0] == "de":
        locale, lines = "de", lines[1:]
    async with open_world(folder, engine, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Mia", locale) as member:
            channel = await member.person.channel_id("pictures")
            first = await member.imagine(channel, lines[0])
            await _settled(world, member, 0)
            rows = [(f"/imagine {lines[0]}", "", await _head(world))]
            for line in lines[1:]:
                came = await _made_of(world, member, first["channel_id"], line)
                rows.append((line, came, await _head(world)))
    return rows


async def _main(chats: list[list[str]]) -> None:
    async with LocalEngine(resolve("tiny")) as engine:
        for chat in chats:
            with tempfile.TemporaryDirectory() as folder:
                rows = [
                    ("message", "what the bot made of it", "the picture then"),
                    ("---", "---", "---"),
                    *await talk(chat, engine, Path(folder)),
                ]
            lines = (" | ".join(cell.replace("|", "/") for cell in row) for row in rows)
            sys.stdout.write("".join(f"| {line} |\n" for line in lines) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.talk", description=__doc__)
    parser.add_argument("file", type=Path)
    written = parser.parse_args().file.read_text("utf-8").strip()
    asyncio.run(_main([chat.splitlines() for chat in written.split("\n\n")]))
