"""A restarted sandbox still has its threads, messages, pictures and commands."""

import os
from pathlib import Path

import pytest

from bot.sandbox.app import Sandbox
from bot.sandbox.model.records import Message
from bot.sandbox.model.settings import SandboxSettings
from bot.sandbox.model.world import utc_now
from bot.sandbox.person import Person


async def test_everything_survives_a_restart(tmp_path: Path) -> None:
    settings = SandboxSettings(port=0, data_dir=tmp_path)
    async with Sandbox(settings) as first, Person.enter(first.url, "Rosa") as rosa:
        general = await rosa.channel_id("general")
        said = await rosa.say(general, "keep this", files={"a.txt": b"bytes"})
        await rosa.react(general, said["id"], "👍")
        thread = await rosa.call("POST", f"/channels/{general}/threads", json={"name": "old thread"})
        first.commands.put({"name": "paint", "description": "Paint"}, None)
        token = first.token
    async with Sandbox(settings) as second, Person.enter(second.url, "Rosa") as rosa:
        messages = await rosa.messages(general)
        kept = next(m for m in messages if m["id"] == said["id"])
        assert second.token == token
        assert await rosa.channel_id("old thread") == thread["id"]
        assert (kept["content"], kept["reactions"][0]["me"]) == ("keep this", True)
        assert (await rosa.download(kept["attachments"][0]["url"]))[1] == b"bytes"
        assert (await rosa.command(general, "paint"))["description"] == "Paint"
        assert int((await rosa.say(general, "new"))["id"]) > max(int(m["id"]) for m in messages)


async def test_deleted_and_ephemeral_messages_do_not_come_back(tmp_path: Path) -> None:
    settings = SandboxSettings(port=0, data_dir=tmp_path)
    async with Sandbox(settings) as first, Person.enter(first.url, "Grace") as grace:
        general = await grace.channel_id("general")
        said = await grace.say(general, "gone")
        await grace.call("DELETE", f"/channels/{general}/messages/{said['id']}")
        whisper = Message(
            id=first.hub.world.new_id(),
            channel_id=int(general),
            author_id=first.hub.world.bot.id,
            content="psst",
            timestamp=utc_now(),
            visible_to=int(grace.id),
        )
        first.hub.add_message(whisper)
    async with Sandbox(settings) as second:
        assert list(second.hub.world.messages(int(general))) == []


async def test_without_a_folder_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with Sandbox(SandboxSettings(port=0)) as sandbox, Person.enter(sandbox.url, "Grace") as grace:
        await grace.say(await grace.channel_id("general"), "x", files={"a.txt": b"x"})
    assert os.listdir(tmp_path) == []  # noqa: PTH208


async def test_a_taken_port_is_an_error_and_leaves_nothing_open() -> None:
    async with Sandbox(SandboxSettings(port=0)) as first:
        port = int(first.url.rpartition(":")[2])
        with pytest.raises(OSError, match="address already in use"):
            async with Sandbox(SandboxSettings(port=port)):
                pass
