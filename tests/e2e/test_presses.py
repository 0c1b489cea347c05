"""Buttons of an earlier life of the bot, or of another place: they act on nothing, and say so privately."""

import asyncio
import sqlite3
from typing import Any

import aiohttp
import pytest

from bot.chat.pictures.actions import Action, custom_id
from bot.store.jobs import JobStore
from tests.e2e.discordworld import Member, Message, World, shows_picture, turn_of

EPHEMERAL = 64
OLD = "belongs to an earlier life of mine"
UNDER_A_PICTURE = [
    Action.REFINE,
    Action.REROLL,
    Action.UNDO,
    Action.REDO,
    Action.DELETE,
    Action.BRING_BACK,
    Action.PICK_1,
    Action.VARY,
    Action.UPSCALE,
    Action.RECOMPOSE,
    Action.INFO,
    Action.REPORT,
]
IN_THE_MENU = [Action.HISTORY, Action.THREAD, Action.REPORT, Action.INFO, Action.VARY]
ELSEWHERE = [Action.CANCEL, Action.DELETE_NOW]


async def old_message(world: World, place: str, *components: dict[str, Any]) -> Message:
    """A message that the bot posted in another life, with these buttons or menus, each in its row."""
    rows = [{"type": 1, "components": [component]} for component in components]
    url = f"{world.sandbox.url}/api/v10/channels/{place}/messages"
    headers = {"Authorization": f"Bot {world.token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(url, json={"content": "from long ago", "components": rows}) as response,
    ):
        assert response.status == 200, await response.text()
        return dict(await response.json())


def button(key: str) -> dict[str, Any]:
    return {"type": 2, "style": 2, "label": "press", "custom_id": key}


def menu(turn: int, action: Action) -> dict[str, Any]:
    options = [{"label": "choose", "value": action.key}]
    return {"type": 3, "custom_id": f"dc:v1:more:{turn}", "options": options}


async def private_chat(world: World, member: Member) -> str:
    bot = str(world.sandbox.hub.world.bot.id)
    return str((await member.person.call("POST", "/dm", json={"user_id": bot}))["id"])


async def presses(world: World, member: Member, place: str, turn: int) -> None:
    """Press everything that an old message could carry of a turn; each is refused, to the person alone."""
    keys = [custom_id(action, turn) for action in (*UNDER_A_PICTURE, *ELSEWHERE)]
    for number, component in enumerate(
        [*map(button, keys), *(menu(turn, action) for action in IN_THE_MENU)], member.told(OLD) + 1
    ):
        message = await old_message(world, place, component)
        if component["type"] == 2:
            await member.more(message, "press")
        else:
            await member.person.choose(message, [component["options"][0]["value"]])
        await told_times(member, number)
    assert all(m["flags"] & EPHEMERAL for m in told(member))


async def public(member: Member, place: str) -> int:
    """How many messages of a place everybody sees."""
    return sum(not message["flags"] & EPHEMERAL for message in await member.person.messages(place))


async def told_times(member: Member, times: int) -> None:
    """Wait until a person was told so often that a button is of an earlier life."""
    await member.world.until_true(lambda: member.told(OLD) == times)


def told(member: Member) -> list[Message]:
    seen = [event["d"] for event in member.person.events if event["t"] == "MESSAGE_CREATE"]
    return [message for message in seen if OLD in message.get("content", "")]


def everything(world: World) -> list[Any]:
    tables = ("turns", "jobs", "images", "votes", "conversations", "reports", "users")
    return [world.rows(f"SELECT * FROM {table} ORDER BY 1") for table in tables]


async def test_nothing_of_a_private_chat_is_reached_from_a_channel_or_another_chat(
    world: World, ada: Member, grace: Member, channel: str
) -> None:
    private = await private_chat(world, ada)
    secret = await ada.imagine(private, "a secret fox", count=2)
    kept, shown = everything(world), len(await ada.person.messages(private))
    for place in (channel, await private_chat(world, grace)):
        await presses(world, grace, place, turn_of(secret))
    assert everything(world) == kept
    assert len(await ada.person.messages(private)) == shown
    assert not any("secret" in str(event["d"]) for event in grace.person.events)


async def test_nothing_of_a_channel_is_reached_from_elsewhere_or_from_another_message(
    world: World, ada: Member, grace: Member, channel: str
) -> None:
    picture = await ada.imagine(channel, "a fox", count=2)
    thread = picture["channel_id"]
    kept, shown = everything(world), await public(ada, thread)
    for place in (channel, await private_chat(world, ada)):
        await presses(world, ada, place, turn_of(picture))
    for component in map(button, [custom_id(action, turn_of(picture)) for action in UNDER_A_PICTURE]):
        before = ada.told(OLD)
        await ada.person.click(await old_message(world, thread, component), "press")
        await told_times(ada, before + 1)
    assert everything(world) == kept
    assert await public(ada, thread) == shown + len(UNDER_A_PICTURE), "the old ones alone"


async def test_the_question_whether_to_delete_is_answered_only_by_whom_it_was_put_to(
    world: World, ada: Member, channel: str
) -> None:
    picture = await ada.imagine(channel, "a fox")
    key = custom_id(Action.DELETE_NOW, turn_of(picture))
    await ada.person.click(await old_message(world, picture["channel_id"], button(key)), "press")
    await ada.answer(OLD)
    assert world.one("SELECT deleted_at FROM turns") == {"deleted_at": None}


async def test_an_old_cancel_ends_no_work_of_a_turn_that_got_its_number(
    world: World, ada: Member, channel: str, engine: Any
) -> None:

    thread = (await ada.imagine(channel, "a fox"))["channel_id"]
    following = world.one("SELECT max(id) AS n FROM turns")["n"] + 1
    old = await old_message(world, thread, button(custom_id(Action.CANCEL, following)))
    engine.gate = asyncio.Event()
    await ada.person.say(thread, "make it night")
    await world.until(f"SELECT 1 FROM jobs WHERE turn_id = {following} AND state = 'painting'")
    await ada.more(old, "press")
    await ada.answer(OLD)
    engine.gate.set()
    await ada.picture()


async def test_buttons_of_a_database_that_was_moved_away_say_so(
    world: World, ada: Member, grace: Member, channel: str
) -> None:
    old = await ada.imagine(channel, "a fox")
    await world.stop_bot()
    for file in world.settings.store.data_dir.glob("*.sqlite*"):
        file.unlink()
    await world.start_bot()
    grace.seen.add(old["id"])
    await grace.imagine(channel, "a secret house")
    await ada.more(old, "More…")
    assert (await ada.answer(OLD))["flags"] & EPHEMERAL
    await ada.more(old, "Reroll")
    await told_times(ada, 2)


async def test_a_copy_put_back_gives_numbers_out_again_and_old_buttons_still_reach_nobody(
    world: World, ada: Member, grace: Member, channel: str
) -> None:
    first = await ada.imagine(channel, "a fox")
    await world.stop_bot()
    database = world.settings.store.database
    copy = database.with_name("copy")
    with sqlite3.connect(database) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    await world.start_bot()
    lost = await ada.imagine(channel, "a boat")
    await world.stop_bot()
    for file in world.settings.store.data_dir.glob(f"{database.name}*"):
        file.unlink()
    copy.rename(database)
    await world.start_bot()
    private = await private_chat(world, grace)
    grace.seen |= {first["id"], lost["id"]}
    secret = await grace.imagine(private, "a secret house")
    assert turn_of(secret) == turn_of(lost), "as a plain copy does not know what was given out"
    await ada.more(lost, "More…")
    await ada.answer(OLD)
    await ada.more(lost, "Refine")
    await told_times(ada, 2)
    assert not any("secret" in str(event["d"]) for event in ada.person.events)


async def test_privacy_buttons_act_only_for_the_person_who_was_shown_them(
    world: World, ada: Member, channel: str
) -> None:
    await ada.imagine(channel, "a fox")
    kept = everything(world)
    for number, choice in enumerate(("allow", "now", "all", "copy"), 1):
        await ada.person.click(await old_message(world, channel, button(f"dc:v1:privacy:{choice}")), "press")
        await told_times(ada, number)
    options = [{"label": "choose", "value": "landscape"}]
    setting = {"type": 3, "custom_id": "dc:v1:settings:size", "options": options}
    await ada.person.choose(await old_message(world, channel, setting), ["landscape"])
    await told_times(ada, 5)
    assert everything(world) == kept


@pytest.mark.parametrize("decision", ["remove", "dismiss"])
async def test_a_moderators_button_decides_only_in_the_message_of_its_report(
    world: World, ada: Member, grace: Member, channel: str, decision: str
) -> None:
    general = await ada.person.channel_id("general")
    await ada.person.slash(general, "admin reports", channel=general)
    await ada.answer("Reports go to")
    picture = await ada.imagine(channel, "a fox")
    await grace.more(picture, "Report")
    form = (await grace.event("INTERACTION_MODAL"))["modal"]
    await grace.person.submit(picture["channel_id"], form, {"reason": "rude"})
    await ada.answer("was reported by")
    report = (await world.until("SELECT id FROM reports WHERE message_id IS NOT NULL"))[0]["id"]
    for number, place in enumerate((general, channel), 1):
        key = f"dc:v1:report:{decision}:{report}"
        await ada.person.click(await old_message(world, place, button(key)), "press")
        await told_times(ada, number)
    assert world.one("SELECT state FROM reports") == {"state": "open"}
    assert world.one("SELECT deleted_at FROM turns") == {"deleted_at": None}


async def test_a_number_that_no_database_can_hold_is_an_old_button_too(
    world: World, ada: Member, channel: str
) -> None:
    for number, key in enumerate((f"dc:v1:info:{10**19 - 1}", f"dc:v1:report:remove:{10**19 - 1}"), 1):
        await ada.person.click(await old_message(world, channel, button(key)), "press")
        await told_times(ada, number)


async def test_a_branch_reaches_only_pictures_of_its_place(
    world: World, ada: Member, grace: Member, channel: str
) -> None:
    mine = await ada.imagine(channel, "a fox")
    grace.seen.add(mine["id"])
    theirs = await grace.imagine(channel, "a secret house")
    await grace.person.say(theirs["channel_id"], "make it night")
    await grace.picture()
    await ada.person.slash(mine["channel_id"], "branch", picture=2)
    await ada.answer("That picture was deleted")
    heads = world.rows("SELECT head_turn_id FROM conversations ORDER BY id")
    await ada.person.slash(mine["channel_id"], "branch", picture=turn_of(theirs) + 1)
    await world.until_true(lambda: ada.told("That picture was deleted") == 2)
    assert world.rows("SELECT head_turn_id FROM conversations ORDER BY id") == heads


async def test_a_press_before_the_post_is_noted_works(
    world: World, ada: Member, channel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Discord shows the picture a moment before the database says in which message."""

    noted, posted = asyncio.Event(), JobStore.posted

    async def later(self: JobStore, *where: Any) -> None:
        await noted.wait()
        await posted(self, *where)

    monkeypatch.setattr(JobStore, "posted", later)
    await ada.person.slash(channel, "imagine", prompt="a fox")
    picture = await ada.event("MESSAGE_CREATE", shows_picture)
    await ada.more(picture, "Info")
    await ada.answer("**Seed**")
    noted.set()
    await ada.picture()
