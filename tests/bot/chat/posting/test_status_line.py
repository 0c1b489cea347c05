"""The status line: the newest text wins, edits keep their distance, closing never loses a message."""

import asyncio
import time
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.chat.posting.status_line import StatusLine
from bot.chat.posting.status_lines import StatusLines
from bot.i18n import Language
from bot.jobs.presenter import Queued
from tests.bot.chat.pictures.test_turn_message import turn

INTERVAL = 0.05


@pytest.fixture(autouse=True)
async def virtual_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The loop's clock stands still while anything can be done and jumps to the next timer otherwise: nothing
    is waited for, and a busy machine stretches no interval."""
    loop: Any = asyncio.get_running_loop()
    now, select = loop.time(), loop._selector.select

    def jump(timeout: float | None) -> Any:
        nonlocal now
        events = select(0 if timeout is not None else None)
        if not events and timeout:
            now += timeout
        return events

    monkeypatch.setattr(loop, "time", lambda: now)
    monkeypatch.setattr(loop._selector, "select", jump)


@dataclass
class Channel:
    """Stands where Discord would: it remembers what was written, and when."""

    written: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    sending: float = 0.0
    broken: bool = False

    async def send(self, text: str) -> Any:
        await asyncio.sleep(self.sending)
        if self.broken:
            raise ConnectionResetError("cut")
        self.written.append(text)
        self.times.append(asyncio.get_running_loop().time())
        return self

    async def edit(self, *, content: str) -> None:
        await self.send(content)


async def test_the_first_text_is_sent_at_once_and_bursts_become_one_edit():
    channel = Channel()
    line = StatusLine(channel.send, INTERVAL)
    line.show("queued")
    await asyncio.sleep(INTERVAL / 5)
    for step in range(20):
        line.show(f"step {step}")
    await asyncio.sleep(INTERVAL * 2)
    assert channel.written == ["queued", "step 19"]
    message: Any = await line.close()
    assert message is channel


async def test_edits_keep_their_distance():
    channel = Channel()
    line = StatusLine(channel.send, INTERVAL)
    for step in range(40):
        line.show(f"step {step}")
        await asyncio.sleep(INTERVAL / 10)
    await line.close()
    gaps = [later - earlier for earlier, later in zip(channel.times, channel.times[1:], strict=False)]
    assert 2 <= len(gaps) <= 5
    assert min(gaps) >= INTERVAL * 0.95


async def test_the_same_text_is_not_written_twice():
    channel = Channel()
    line = StatusLine(channel.send, INTERVAL)
    for _ in range(3):
        line.show("queued")
        await asyncio.sleep(INTERVAL * 1.5)
    await line.close()
    assert channel.written == ["queued"]


async def test_closing_waits_for_the_message_that_is_on_its_way():
    channel = Channel(sending=INTERVAL)
    line = StatusLine(channel.send, interval=60)
    line.show("queued")
    await asyncio.sleep(0)
    message: Any = await line.close()
    assert message is channel


async def test_a_line_never_shown_has_no_message():
    assert await StatusLine(Channel().send).close() is None


async def test_a_cut_connection_ends_the_line_and_nothing_else():
    channel = Channel(broken=True)
    line = StatusLine(channel.send, INTERVAL)
    line.show("queued")
    await asyncio.sleep(INTERVAL / 5)
    line.show("painting")
    assert await line.close() is None


@dataclass
class Place(Channel):
    """Also the places of conversations, and the earlier messages in them: there are none."""

    def of(self, _: object) -> "Place":
        return self

    async def language(self, _: object) -> Language:
        return Language.ENGLISH

    async def find(self, *_: object) -> None:
        return None

    async def send(self, text: str, **_: object) -> Any:
        return await super().send(text)


async def test_an_estimate_that_is_over_becomes_any_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.chat.posting.status_lines.reply_to", lambda *_: {})
    monkeypatch.setattr("time.time", asyncio.get_running_loop().time)
    place: Any = Place()
    lines, here = StatusLines(place, place, INTERVAL), cast("Any", SimpleNamespace())
    soon = int(time.time()) + 60
    await lines.show(here, turn(), Queued(1, soon))
    await asyncio.sleep(120)
    assert place.written == [
        f"⏳ You are next. I begin <t:{soon}:R>, by my estimate.",
        "⏳ You are next. I begin any moment now.",
    ]
    await lines.close(here, turn())
