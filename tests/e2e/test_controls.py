"""Buttons, several pictures at once, the status line, and what a restart must not do twice."""

import asyncio
import time
from datetime import timedelta

import discord
import pytest

from bot.chat.posting.picture_sender import PictureSender
from tests.e2e.discordworld import World, footer_of, parts_of, pictures_of, shows_picture, text_of, words_of

EPHEMERAL = 64


async def test_only_the_author_deletes_a_picture_and_everything_of_it_goes(world, ada, grace, channel):
    first = await ada.imagine(channel, "a fox")
    await ada.person.say(first["channel_id"], "make it night")
    second = await ada.picture()

    assert "Delete" not in {part.get("label") for part in parts_of(await grace.behind_more(second))}
    await ada.delete(second)
    assert world.one("SELECT head_turn_id FROM conversations") == {"head_turn_id": 1}
    assert world.one("SELECT instruction, target_prompt FROM turns WHERE id = 2") == {
        "instruction": "",
        "target_prompt": None,
    }
    assert len(list(world.settings.store.pictures.rglob("*.png"))) == 1


async def test_a_moderator_deletes_anybodys_picture(world, ada, grace, channel):
    """Ada owns the server, so she may manage messages."""
    picture = await grace.imagine(channel, "a fox")
    await ada.delete(picture)
    assert world.rows("SELECT 1 FROM images") == []
    assert list(world.settings.store.pictures.rglob("*.png")) == []


async def test_a_deleted_picture_can_be_brought_back_for_a_minute(world, ada, grace, channel, monkeypatch):
    monkeypatch.setattr("bot.chat.pictures.deletion.GIVE_BACK_S", 60.0)
    picture = await ada.imagine(channel, "a fox")
    await ada.more(picture, "Delete")
    assert (await ada.answer("Delete this picture"))["flags"] & EPHEMERAL
    assert len(world.rows("SELECT 1 FROM images")) == 1, "nothing is deleted yet"
    await ada.hide(picture)
    hidden = await ada.changed("deleted this picture")
    assert (hidden["id"], pictures_of(hidden)) == (picture["id"], [])
    await grace.person.click(hidden, "Bring back")
    refusal = await grace.answer("Only the person who asked for this picture, or a moderator")
    assert refusal["flags"] & EPHEMERAL
    await ada.person.click(hidden, "Bring back")
    back = await ada.event("MESSAGE_UPDATE", lambda d: d["id"] == picture["id"] and shows_picture(d))
    assert pictures_of(back)[0]["filename"] == pictures_of(picture)[0]["filename"]
    assert text_of(back) == text_of(picture)
    assert words_of(back) == words_of(picture)
    await ada.enabled(picture, "Delete", True)
    assert world.one("SELECT deleted_at FROM turns") == {"deleted_at": None}


async def test_confirming_twice_at_the_same_moment_leaves_the_minute(world, ada, channel, monkeypatch):
    monkeypatch.setattr("bot.chat.pictures.deletion.GIVE_BACK_S", 60.0)
    picture = await ada.imagine(channel, "a fox")
    asked = []
    for _ in range(4):
        await ada.more(picture, "Delete")
        asked.append(await ada.answer("Delete this picture"))
    await asyncio.gather(*(ada.person.click(question, "Yes, delete it") for question in asked))
    hidden = await ada.changed("deleted this picture")
    await ada.person.click(hidden, "Bring back")
    await ada.event("MESSAGE_UPDATE", lambda d: d["id"] == picture["id"] and shows_picture(d))
    assert world.one("SELECT deleted_at FROM turns") == {"deleted_at": None}


async def test_a_stop_carries_a_deletion_out(world, ada, channel, monkeypatch):
    monkeypatch.setattr("bot.chat.pictures.deletion.GIVE_BACK_S", 60.0)
    await ada.hide(await ada.imagine(channel, "a fox"))
    await ada.changed("deleted this picture")
    await world.stop_bot()
    assert world.rows("SELECT 1 FROM images") == []
    assert world.one("SELECT source_prompt FROM turns") == {"source_prompt": ""}


async def test_a_deletion_that_a_killed_bot_left_half_done_is_carried_out(world, ada, channel, monkeypatch):
    async def killed(self):
        """A killed process closes nothing."""

    monkeypatch.setattr("bot.chat.pictures.deletion.GIVE_BACK_S", 60.0)
    monkeypatch.setattr("bot.chat.pictures.deletion.Deletions.close", killed)
    picture = await ada.imagine(channel, "a fox")
    await ada.hide(picture)
    await ada.changed("deleted this picture")
    await world.stop_bot()
    assert len(world.rows("SELECT 1 FROM images")) == 1
    await world.start_bot()
    await ada.event("MESSAGE_DELETE", lambda d: d["id"] == picture["id"])
    assert world.rows("SELECT 1 FROM images") == []


async def test_undo_at_the_first_picture_says_so(world, ada, channel):
    first = await ada.imagine(channel, "a fox")
    await ada.person.slash(first["channel_id"], "undo")
    answer = await ada.answer("This is the first picture")
    assert answer["flags"] & EPHEMERAL


async def test_several_pictures_come_in_one_message(world, ada, channel):
    message = await ada.imagine(channel, "a fox", count=3, seed=7, size="portrait", style="watercolour")
    assert [a["filename"] for a in pictures_of(message)] == ["1-7-1.png", "1-8-2.png", "1-9-3.png"]
    assert pictures_of(message)[0]["height"] > pictures_of(message)[0]["width"]
    assert "seed 7, 8, 9" in footer_of(message)
    assert "watercolor painting" in world.one("SELECT source_prompt FROM turns")["source_prompt"]


async def test_work_can_be_cancelled_from_its_status_line(world, ada, grace, channel, engine):
    engine.gate = asyncio.Event()
    await ada.person.slash(channel, "imagine", prompt="a fox")
    await world.until("SELECT 1 FROM jobs WHERE state = 'painting'")
    line = await ada.event("MESSAGE_CREATE", lambda d: bool(d["components"]))
    await grace.person.click(line, "Cancel")
    await grace.answer("Only the person who asked for this picture")
    await ada.person.click(line, "Cancel")
    said = await ada.changed("This picture was cancelled.")
    assert said["id"] == line["id"]
    assert world.one("SELECT state FROM jobs") == {"state": "cancelled"}


async def test_what_waits_can_be_cancelled_too(world, ada, channel, engine):
    first = await ada.imagine(channel, "a fox")
    engine.gate = asyncio.Event()
    for words in ("make it night", "add a lantern"):
        await ada.person.say(first["channel_id"], words)
    line = await ada.event("MESSAGE_CREATE", lambda d: "You are next." in d["content"])
    await ada.person.click(line, "Cancel")
    assert (await ada.changed("This picture was cancelled."))["id"] == line["id"]
    engine.gate.set()
    await ada.picture()
    assert [row["state"] for row in world.rows("SELECT state FROM jobs ORDER BY id")] == [
        "done",
        "done",
        "cancelled",
    ]
    assert len(engine.paints) == 2


async def test_the_status_line_moves_and_goes(world, ada, channel, engine):
    engine.gate = asyncio.Event()
    await ada.person.slash(channel, "imagine", prompt="a fox")
    line = await ada.event("MESSAGE_CREATE", lambda d: bool(d["components"]))
    assert line["content"].startswith("✍️ Writing")
    moved = await ada.changed("🎨 Painting")
    assert moved["id"] == line["id"]
    engine.gate.set()
    await ada.picture()
    await ada.event("MESSAGE_DELETE", lambda d: d["id"] == line["id"])


async def test_a_reply_while_another_is_painted_waits_and_goes_on_with_its_result(
    world, ada, channel, engine
):
    first = await ada.imagine(channel, "a fox")
    engine.gate = asyncio.Event()
    await ada.person.say(first["channel_id"], "make it night")
    await ada.person.say(first["channel_id"], "add a lantern")
    await ada.answer("You are next.")
    engine.gate.set()
    await ada.picture()
    third = await ada.picture()
    assert words_of(third) == "a fox, finely drawn, make it night, **add a lantern**"
    bases = world.rows("SELECT turn_id FROM votes JOIN images ON images.id = image_id WHERE kind = 'base'")
    assert [row["turn_id"] for row in bases] == [1, 2], "each was the base of the next"


async def test_a_job_is_resumed_after_a_restart_and_its_line_goes_on(world, ada, channel, engine):
    engine.gate = asyncio.Event()
    await ada.person.slash(channel, "imagine", prompt="a fox")
    await world.until("SELECT 1 FROM jobs WHERE state = 'painting'")
    line = await ada.event("MESSAGE_CREATE", lambda d: bool(d["components"]))
    await world.stop_bot()
    assert world.one("SELECT state FROM jobs") == {"state": "painting"}
    engine.gate.set()
    await world.start_bot()
    await ada.picture()
    await ada.event("MESSAGE_DELETE", lambda d: d["id"] == line["id"])
    assert world.one("SELECT state FROM jobs") == {"state": "done"}


async def test_a_picture_posted_just_before_a_crash_is_not_posted_again(world, ada, channel):
    posted = await ada.imagine(channel, "a fox")
    await world.stop_bot()
    forget_the_post(world)
    await world.start_bot()
    await world.until("SELECT 1 FROM jobs WHERE state = 'done'")
    shown = [m for m in await ada.person.messages(posted["channel_id"]) if shows_picture(m)]
    assert [message["id"] for message in shown] == [posted["id"]]
    assert world.one("SELECT message_id FROM images") == {"message_id": int(posted["id"])}


def forget_the_post(world: World) -> None:
    """Put the database back to the moment between Discord's answer and its being written down."""
    world.execute("UPDATE conversations SET head_turn_id = NULL, tip_turn_id = NULL")
    world.execute("UPDATE images SET message_id = NULL, channel_id = NULL")
    world.execute("UPDATE turns SET finished_at = NULL")
    world.execute("UPDATE jobs SET state = 'posting'")


@pytest.mark.parametrize("kind", [503, "cut_answer"])
async def test_a_post_that_fails_on_the_way_arrives_once(world, ada, channel, kind):
    fault = world.sandbox.faults.rest(kind, method="POST", path="/channels/*/messages", times=2)
    await ada.person.slash(channel, "imagine", prompt="a fox")
    picture = await ada.picture()
    await world.until("SELECT 1 FROM jobs WHERE state = 'done'")
    assert fault.times == 0
    shown = [m for m in await ada.person.messages(picture["channel_id"]) if shows_picture(m)]
    assert len(shown) == 1


async def test_an_event_delivered_twice_makes_one_turn(world, ada, channel):
    first = await ada.imagine(channel, "a fox")
    world.sandbox.faults.duplicate_events(1)
    await ada.person.say(first["channel_id"], "make it night")
    await ada.picture()
    assert world.one("SELECT count(*) AS n FROM turns")["n"] == 2


async def test_help_is_for_the_person_alone(world, ada, channel):
    await ada.person.slash(channel, "help")
    answer = await ada.answer("Paint by talking")
    assert answer["flags"] & EPHEMERAL
    assert "👍 ❤️ 👎" in answer["content"]


async def test_a_post_is_recognised_though_the_clock_was_set_back(world, ada, channel, monkeypatch):
    """Also when Discord's memory for nonces has passed."""
    posted = await ada.imagine(channel, "a fox")
    await world.stop_bot()
    forget_the_post(world)
    world.execute("UPDATE turns SET created_at = '2099-01-01 00:00:00.000000'")
    monkeypatch.setattr("bot.sandbox.rules.messages.NONCE_MEMORY", timedelta())
    await world.start_bot()
    await world.until("SELECT 1 FROM jobs WHERE state = 'done'")
    shown = [m for m in await ada.person.messages(posted["channel_id"]) if shows_picture(m)]
    assert [message["id"] for message in shown] == [posted["id"]]


async def test_a_new_thread_is_stored_before_it_is_acknowledged(world, ada, channel, monkeypatch):
    """So that a bot that is killed meanwhile shows the picture at its next start, in the present place."""
    first = await ada.imagine(channel, "a fox")

    async def never(*_):
        await asyncio.Event().wait()

    with monkeypatch.context() as killed:
        killed.setattr("bot.chat.conversations.threads.open_in", never)
        await ada.more(first, "New thread")
        await ada.event("INTERACTION_SUCCESS")
        await world.until("SELECT 1 FROM jobs WHERE turn_id = 2 AND state = 'posting'")
        await world.stop_bot()
    await world.start_bot()
    second = await ada.picture()
    assert second["channel_id"] == first["channel_id"]
    await ada.more(second, "Info")
    await ada.answer("**Seed**")


async def test_a_new_thread_that_cannot_be_opened_leaves_nothing(world, ada, channel):
    first = await ada.imagine(channel, "a fox")
    world.sandbox.faults.rest(50013, method="POST", path="/channels/*/messages/*/threads")
    await ada.more(first, "New thread")
    await world.until("SELECT 1 FROM turns WHERE id = 2 AND deleted_at IS NOT NULL")
    assert world.one("SELECT state FROM jobs WHERE turn_id = 2") == {"state": "failed"}
    await ada.press(first, "Info")
    await ada.answer("**Seed**")
    assert len(list(world.settings.store.pictures.rglob("*.png"))) == 1


async def test_a_long_rate_limit_frees_the_place_and_is_waited_for(world, ada, channel, monkeypatch):
    monkeypatch.setattr("bot.chat.posting.picture_sender.LONGEST_PAUSE", 0.2)
    monkeypatch.setattr("bot.jobs.queue.RETRY_DELAYS", (0.01,))
    first = await ada.imagine(channel, "a fox")
    await world.stop_bot()
    await world.start_bot()
    refused: list[float] = []
    send = PictureSender._send

    async def limited(self, finished):
        refused.append(time.monotonic())
        if len(refused) == 1:
            raise discord.RateLimited(1.0)
        return await send(self, finished)

    monkeypatch.setattr(PictureSender, "_send", limited)
    await ada.person.say(first["channel_id"], "make it night")
    await ada.changed("Your picture is ready and kept")
    assert world.running.queue.running == 0
    await ada.picture()
    assert refused[1] - refused[0] >= 1.0
