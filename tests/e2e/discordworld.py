"""A sandbox with the real bot in it, for the end-to-end tests: stopped and started again at will."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from bot.app import Running, running_bot
from bot.chat.pictures.actions import Action, custom_id
from bot.i18n import Language
from bot.sandbox.app import Sandbox
from bot.sandbox.connect import point_discord_py_at
from bot.sandbox.model.permissions import Permission
from bot.sandbox.model.records import Overwrite
from bot.sandbox.model.settings import SandboxSettings
from bot.sandbox.person import Person
from bot.sandbox.rules.forms import walk
from bot.sandbox.rules.layouts import CONTAINER, GALLERY, TEXT
from bot.settings import Settings
from bot.texts import pictures as words
from model.engine import Engine
from tests.postgres import Server

Message = dict[str, Any]

WAIT = 60.0  # seconds for anything the bot does; a busy machine is no failure


def parts_of(message: Message) -> list[dict[str, Any]]:
    """Every component of a message, however deep."""
    return [part for root in message.get("components", ()) for _, part in walk(root, "")]


def text_of(message: Message) -> str:
    """All that a message says, in whichever form."""
    shown = (part["content"] for part in parts_of(message) if part["type"] == TEXT)
    return "\n".join(text for text in (message.get("content", ""), *shown) if text)


def pictures_of(message: Message) -> list[dict[str, Any]]:
    """The files of a message, also those in a gallery: url, filename, width, height, description."""
    items = [item for part in parts_of(message) for item in part.get("items", ())]
    shown = [{**item["media"], "description": item.get("description")} for item in items]
    named = [{**media, "filename": media["url"].rpartition("/")[2]} for media in shown]
    return [*message.get("attachments", ()), *named]


def turn_of(message: Message) -> int:
    """The turn whose buttons a message has."""
    keys = [part["custom_id"] for part in parts_of(message) if "custom_id" in part]
    return int(keys[0].rpartition(":")[2])


def shows_picture(message: Message) -> bool:
    """Whether a message is that of a finished turn."""
    return any(part["type"] == GALLERY for part in parts_of(message))


def caption_of(message: Message) -> list[str]:
    """The lines under a picture: what was said, the prompt with what changed, and the small line."""
    [frame] = [part for part in message["components"] if part["type"] == CONTAINER]
    return str(next(part["content"] for part in frame["components"] if part["type"] == TEXT)).split("\n")


def title_of(message: Message) -> str:
    """What a picture's message says was asked for."""
    return caption_of(message)[0].removeprefix("**").removesuffix("**")


def words_of(message: Message) -> str:
    """The prompt in a picture's message, with what changed; one that is what was said stands there once."""
    second = caption_of(message)[1]
    return title_of(message) if second.startswith("-# ") else second


def footer_of(message: Message) -> str:
    """The small line of a picture's message: seed, time and models."""
    return caption_of(message)[-1].removeprefix("-# ")


class World:
    """One sandbox, one data folder, and the bot while it runs."""

    def __init__(
        self, sandbox: Sandbox, settings: Settings, engine: Engine, server: Server | None = None
    ) -> None:
        self.sandbox = sandbox
        self._server = server
        self.settings = settings
        self.url = settings.store.url  # of the database on a server; the bot may reach it another way
        self.engine = engine
        self.token = sandbox.token
        self._bot = AsyncExitStack()

    async def start_bot(self) -> Running:
        """Connect the bot; it must not be running."""
        self.running = await self._bot.enter_async_context(
            running_bot(self.settings, self.engine, self.token)
        )
        return self.running

    async def stop_bot(self) -> None:
        """End the bot as Ctrl-C does."""
        await self._bot.aclose()

    def forbid(self, channel_id: str, *permissions: Permission) -> None:
        """Take permissions from everybody, the bot too, in one channel."""
        channel = self.sandbox.hub.world.channel(int(channel_id))
        denied = sum(int(permission) for permission in permissions)
        self.sandbox.channels.overwrite(channel, Overwrite(id=channel.guild_id or 0, type=0, deny=denied))

    def rows(self, query: str) -> list[dict[str, Any]]:
        """What the database says, read past the bot."""
        if self._server is not None:
            return self._server.query(query, self.url)
        with sqlite3.connect(self.settings.store.database) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(query)]

    def execute(self, statement: str) -> None:
        """Change the database past the bot, which must not be running."""
        if self._server is not None:
            self._server.query(statement, self.url)
            return
        with sqlite3.connect(self.settings.store.database) as connection:
            connection.execute(statement)

    def one(self, query: str) -> dict[str, Any]:
        """The only row of a query."""
        [row] = self.rows(query)
        return row

    @property
    def jobs(self) -> int:
        """How many jobs there are."""
        return int(self.one("SELECT count(*) AS n FROM jobs")["n"])

    async def until_true(self, test: Callable[[], Any]) -> None:
        """Wait until something about the sandbox or the bot holds."""
        deadline = time.monotonic() + WAIT
        while not test():
            if time.monotonic() > deadline:
                raise TimeoutError
            await asyncio.sleep(0.02)

    async def until(self, query: str) -> list[dict[str, Any]]:
        """Wait until a query has rows."""
        deadline = time.monotonic() + WAIT
        while not (rows := self.rows(query)):
            if time.monotonic() > deadline:
                raise TimeoutError(query)
            await asyncio.sleep(0.02)
        return rows


@asynccontextmanager
async def open_world(
    folder: Path,
    engine: Engine,
    settings: dict[str, Any] | None = None,
    server: Server | None = None,
    **sandbox: Any,
) -> AsyncIterator[World]:
    """A fresh world under `folder`, without the bot yet; `settings` by section, `sandbox` by name.

    Every message is taken by itself and at once, unless `settings` join them. On PostgreSQL `server` is that
    of [store] url, to look at the database past the bot.
    """
    sections = {"store": {"data_dir": folder / "data"}, **(settings or {})}
    sections["imagine"] = {"join_within_s": 0.0, **sections.get("imagine", {})}
    options = {"port": 0, "data_dir": folder / "sandbox", "interaction_ack_seconds": WAIT, **sandbox}
    async with Sandbox(SandboxSettings(**options)) as local:
        with point_discord_py_at(local.url):
            world = World(local, Settings.model_validate(sections), engine, server)
            try:
                yield world
            finally:
                await world.stop_bot()


class Member:
    """A person at the sandbox, in the words of the story."""

    def __init__(self, world: World, person: Person) -> None:
        self.world = world
        self.person = person
        self.seen: set[str] = set()  # pictures that were waited for already

    @staticmethod
    @asynccontextmanager
    async def enter(world: World, name: str, locale: str = "en-US") -> AsyncIterator["Member"]:
        """Join the server under that name, with Discord set to that language."""
        async with Person.enter(world.sandbox.url, name, locale) as person:
            yield Member(world, person)

    @property
    def id(self) -> int:
        """The Discord id."""
        return int(self.person.id)

    async def imagine(self, channel_id: str, prompt: str, **options: Any) -> Message:
        """Use /imagine and wait for its first picture, in a thread of its own where one could be opened."""
        await self.person.slash(channel_id, "imagine", prompt=prompt, **options)
        return await self.picture()

    async def press(self, message: Message, label: str) -> None:
        """Click a button as soon as it is enabled."""
        await self.enabled(message, label, True)
        await self.more(message, label)

    async def more(self, message: Message, label: str) -> None:
        """Click a button of a picture, wherever it is: in its row or behind More…."""
        await self.person.click(await self._holding(message, label), label)

    async def _holding(self, message: Message, label: str) -> Message:
        """The message as it is now, or what More… shows, whichever has the button."""
        now = next(m for m in await self.person.messages(message["channel_id"]) if m["id"] == message["id"])
        faces = {(part.get("emoji") or {}).get("name") for part in parts_of(now)}
        labels = {part.get("label") for part in parts_of(now)}
        if label in labels | faces:
            return now
        return await self.behind_more(now)

    async def behind_more(self, message: Message) -> Message:
        """Press More… under a picture; the buttons that it shows to this person."""
        labels = {part.get("label") for part in parts_of(message)}
        [more] = {words.MORE(language) for language in Language} & labels
        pressed = await self.person.click(message, more)
        return await self.event(
            "MESSAGE_CREATE", lambda d: (d.get("interaction_metadata") or {}).get("id") == pressed
        )

    async def delete(self, message: Message) -> None:
        """Delete a picture and wait until its message is gone."""
        await self.hide(message)
        await self.event("MESSAGE_DELETE", lambda d: d["id"] == message["id"])

    async def hide(self, message: Message) -> None:
        """Delete a picture, which can be brought back for a minute."""
        await self.more(message, "Delete")
        key = custom_id(Action.DELETE_NOW, turn_of(message))
        asked = await self.event("MESSAGE_CREATE", lambda d: key in str(d["components"]))
        await self.person.click(asked, "Yes, delete it")

    async def enabled(self, message: Message, label: str, wanted: bool) -> None:
        """Wait until a button of a picture is enabled, or disabled."""
        deadline = time.monotonic() + WAIT
        while await self._is_enabled(message, label) is not wanted:
            if time.monotonic() > deadline:
                raise TimeoutError(label)
            await asyncio.sleep(0.05)

    async def _is_enabled(self, message: Message, label: str) -> bool:
        button = next(
            part for part in parts_of(await self._holding(message, label)) if part.get("label") == label
        )
        return not button.get("disabled", False)

    async def picture(self) -> Message:
        """The next message with a picture not waited for yet, once the bot has noted that it posted it."""
        message = await self.event("MESSAGE_CREATE", lambda d: shows_picture(d) and d["id"] not in self.seen)
        self.seen.add(message["id"])
        await self.world.until(f"SELECT 1 FROM images WHERE message_id = {message['id']}")
        return message

    async def answer(self, part: str) -> Message:
        """A message of the bot that contains `part`, past or coming; also one only this person sees."""
        return await self.event("MESSAGE_CREATE", lambda d: d["author"].get("bot") and part in text_of(d))

    async def changed(self, part: str) -> Message:
        """A message that was edited so that it contains `part`."""
        return await self.event("MESSAGE_UPDATE", lambda d: part in text_of(d))

    def told(self, part: str) -> int:
        """How many messages of the bot, as they were sent or changed, this person saw say `part`."""
        seen = [e["d"] for e in self.person.events if e["t"] in ("MESSAGE_CREATE", "MESSAGE_UPDATE")]
        return len({d["id"] for d in seen if part in text_of(d) and d.get("author", {}).get("bot")})

    async def shown(self, place: str) -> int:
        """How many messages of a place show a turn's pictures."""
        return sum(shows_picture(message) for message in await self.person.messages(place))

    async def event(self, name: str, test: Callable[[Message], Any] = lambda _: True) -> Message:
        """The first event of that name, past or coming."""
        return await self.person.wait_for(name, test, WAIT)
