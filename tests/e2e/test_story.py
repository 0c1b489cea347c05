"""The whole story through a real sandbox and an unmodified discord.py, with a restart in the middle."""

import hashlib
import os

import aiohttp
import pytest

from tests.bot.engines import SketchEngine
from tests.contract.openapi import validate_exchange
from tests.e2e.discordworld import Member, World, footer_of, open_world, pictures_of, turn_of, words_of


@pytest.fixture
async def world(tmp_path):
    async with open_world(tmp_path, SketchEngine(step_s=0.005), record=True, rate_limits=False) as world:
        await world.start_bot()
        yield world


async def test_a_picture_is_made_by_talking(world: World):
    async with Member.enter(world, "Ada") as ada, Member.enter(world, "Grace") as grace:
        channel = await ada.person.channel_id("pictures")

        first = await ada.imagine(channel, "a red house in a meadow", seed=42)
        thread = first["channel_id"]
        assert thread != channel
        assert (await ada.event("THREAD_CREATE"))["name"] == "a red house in a meadow"
        assert pictures_of(first)[0]["filename"] == "1-42-1.png"
        assert words_of(first) == "a red house in a meadow, **finely drawn**"
        assert "seed 42" in footer_of(first)

        await ada.person.say(thread, "make it night")
        second = await ada.picture()
        assert words_of(second).endswith("finely drawn, **make it night**")
        assert pictures_of(second)[0]["filename"] == "2-42-1.png"

        await ada.person.say(thread, "add a lantern")
        third = await ada.picture()

        await grace.person.say(thread, "make it snow", reply_to=first["id"])
        branch = await ada.picture()
        assert words_of(branch) == "a red house in a meadow, finely drawn, **make it snow**"

        await ada.person.react(thread, third["id"], "👍")
        await grace.person.react(thread, third["id"], "❤️")
        await world.until("SELECT 1 FROM votes WHERE kind = 'reaction' GROUP BY image_id HAVING count(*) = 2")

        await world.stop_bot()
        await world.start_bot()

        await ada.more(branch, "Reroll")
        reroll = await ada.picture()
        assert not footer_of(reroll).startswith("seed 42 ")

        await ada.more(reroll, "Undo")
        undone = await ada.answer("went back")
        assert undone["message_reference"]["message_id"] == branch["id"]

        await grace.person.react(thread, third["id"], "❤️", on=False)
        await world.until("SELECT 1 FROM votes WHERE retracted_at IS NOT NULL")

        _check_rows(world, ada, grace, [first, second, third, branch, reroll])
        await _check_files(world, [first, second, third, branch, reroll])
        await _check_what_is_left(ada, thread)
    _check_against_discords_description(world)


def _check_rows(world: World, ada: Member, grace: Member, messages) -> None:
    """One conversation, a tree of five turns, all done, head on the branch, votes as they were given."""
    turns = world.rows("SELECT id, parent_turn_id, kind, origin, author_id FROM turns ORDER BY id")
    assert [turn["id"] for turn in turns] == [turn_of(message) for message in messages]
    assert [turn["parent_turn_id"] for turn in turns] == [None, 1, 2, 1, 4]
    assert [turn["kind"] for turn in turns] == ["imagine", "refine", "refine", "refine", "reroll"]
    assert [turn["origin"] for turn in turns] == ["slash", "message", "message", "message", "button"]
    assert [turn["author_id"] for turn in turns] == [ada.id, ada.id, ada.id, grace.id, ada.id]
    assert world.one("SELECT head_turn_id, tip_turn_id FROM conversations") == {
        "head_turn_id": 4,
        "tip_turn_id": 5,
    }
    assert {row["state"] for row in world.rows("SELECT state FROM jobs")} == {"done"}
    images = world.rows("SELECT message_id FROM images ORDER BY turn_id")
    assert [str(image["message_id"]) for image in images] == [message["id"] for message in messages]
    votes = world.rows(
        "SELECT user_id, value, is_self, retracted_at IS NOT NULL AS back FROM votes "
        "WHERE kind = 'reaction' ORDER BY id"
    )
    assert votes == [
        {"user_id": ada.id, "value": 1, "is_self": 1, "back": 0},
        {"user_id": grace.id, "value": 2, "is_self": 0, "back": 1},
    ]


async def _check_files(world: World, messages) -> None:
    """Every row's file is there under its hash, no other is, and what was posted can be fetched."""
    rows = world.rows("SELECT sha256, path FROM images")
    folder = world.settings.store.pictures
    for row in rows:
        assert hashlib.sha256((folder / row["path"]).read_bytes()).hexdigest() == row["sha256"]
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*.png")} == {
        row["path"] for row in rows
    }
    async with aiohttp.ClientSession() as session:
        for message in messages:
            async with session.get(pictures_of(message)[0]["url"]) as response:
                assert (await response.read()).startswith(b"\x89PNG")


async def _check_what_is_left(ada: Member, thread: str) -> None:
    """In the thread are the pictures and what was said; every status line is gone."""
    said = [message["content"] for message in await ada.person.messages(thread)]
    assert not [text for text in said if text.startswith(("⏳", "✍️", "🎨 Painting", "⚠️"))]


def _check_against_discords_description(world: World) -> None:
    """Every request and answer of the story keeps to it, where DISCORD_OPENAPI names the file."""
    exchanges = world.sandbox.recorder.exchanges
    assert len(exchanges) > 30
    if "DISCORD_OPENAPI" in os.environ:
        assert [problem for exchange in exchanges for problem in validate_exchange(exchange)] == []
