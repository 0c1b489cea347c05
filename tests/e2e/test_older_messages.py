"""Messages that an older version posted, as an embed with rows of buttons: they answer and stay so."""

import json
from typing import Any

import aiohttp
import pytest

from tests.e2e.discordworld import Member, Message, World, parts_of, pictures_of

LAYOUT = 1 << 15


def button(action: str, turn: int, **fields: Any) -> dict[str, Any]:
    return {"type": 2, "style": 2, "label": action.title(), "custom_id": f"dc:v1:{action}:{turn}", **fields}


async def older(world: World, turn: int, picture: Message) -> str:
    """Post a turn's message as the version before this one did, and let the turn have it; its id."""
    [file] = pictures_of(picture)
    rows = [
        [button("refine", turn), button("undo", turn), button("redo", turn, disabled=True)],
        [button("delete", turn), button("info", turn)],
        [{"type": 3, "custom_id": f"dc:v1:more:{turn}", "options": [{"label": "x", "value": "history"}]}],
    ]
    body = {
        "content": "<@1>",
        "embeds": [{"title": "a fox", "footer": {"text": "seed 7"}}],
        "components": [{"type": 1, "components": row} for row in rows],
    }
    form = aiohttp.FormData({"payload_json": json.dumps(body)})
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {world.token}"}) as session:
        async with session.get(file["url"]) as response:
            form.add_field("files[0]", await response.read(), filename="1-7-1.png")
        url = f"{world.sandbox.url}/api/v10/channels/{picture['channel_id']}/messages"
        async with session.post(url, data=form) as response:
            message = await response.json()
    world.execute(f"UPDATE images SET message_id = {message['id']} WHERE turn_id = {turn}")
    return str(message["id"])


async def now(member: Member, place: str, message_id: str) -> Message:
    return next(m for m in await member.person.messages(place) if m["id"] == message_id)


def disabled(message: Message) -> dict[str, bool]:
    shown = {part.get("label"): part.get("disabled", False) for part in parts_of(message)}
    return {label: shown[label] for label in ("Undo", "Redo")}


@pytest.fixture
async def place(world: World, ada: Member, channel: str) -> tuple[str, list[str]]:
    """A thread with two older messages, and the bot begun anew."""
    first = await ada.imagine(channel, "a fox", seed=7)
    thread = first["channel_id"]
    await ada.person.say(thread, "make it night")
    second = await ada.picture()
    await world.stop_bot()
    ids = [await older(world, turn, picture) for turn, picture in ((1, first), (2, second))]
    await world.start_bot()
    return thread, ids


async def test_their_buttons_answer_and_are_kept_right_in_their_form(
    world: World, ada: Member, place: tuple[str, list[str]]
) -> None:
    thread, ids = place
    shown = await now(ada, thread, ids[1])
    await ada.person.click(shown, "Undo")
    await ada.answer("went back")
    for message_id in ids:
        await ada.enabled(await now(ada, thread, message_id), "Redo", True)
        message = await now(ada, thread, message_id)
        assert disabled(message) == {"Undo": True, "Redo": False}
        assert not message["flags"] & LAYOUT
        assert (message["content"], message["embeds"][0]["title"]) == ("<@1>", "a fox")
        assert [file["filename"] for file in message["attachments"]] == ["1-7-1.png"]
    await ada.person.click(shown, "Info")
    await ada.answer("**Seed**")
    await ada.person.choose(shown, ["history"])
    await ada.changed("2 pictures")


async def test_one_that_is_deleted_and_brought_back_is_as_it_was(
    world: World, ada: Member, place: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chat.pictures.deletion.GIVE_BACK_S", 60.0)
    thread, ids = place
    before = await now(ada, thread, ids[1])
    await ada.hide(before)
    hidden = await ada.changed("deleted this picture")
    assert (hidden["id"], hidden["attachments"], hidden["embeds"]) == (ids[1], [], [])
    await ada.person.click(hidden, "Bring back")
    await ada.event("MESSAGE_UPDATE", lambda d: d["id"] == ids[1] and d.get("attachments"))
    back = await now(ada, thread, ids[1])
    assert not back["flags"] & LAYOUT
    assert back["content"] == before["content"]
    assert back["embeds"][0]["footer"] == before["embeds"][0]["footer"]
    assert [part.get("custom_id") for part in parts_of(back)] == [
        part.get("custom_id") for part in parts_of(before)
    ]
