"""A person at the page, driven from Python: for tests and benchmarks that play a server's members."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import quote

import aiohttp

from bot.sandbox.model.records import Json
from bot.sandbox.rules.forms import SELECTS, walk


class Refused(Exception):
    """The sandbox refused what the person did; `code` is Discord's."""

    def __init__(self, body: Json) -> None:
        super().__init__(f"{body.get('code')} {body.get('message')}")
        self.code: int = body.get("code", 0)


class Person:
    """One user of the client API, with everything that reached its screen in `events`, oldest first."""

    def __init__(self, session: aiohttp.ClientSession, user: Json) -> None:
        self.id: str = user["id"]
        self.name: str = user["username"]
        self.events: list[Json] = []
        self._session = session
        self._news = asyncio.Condition()

    @staticmethod
    @asynccontextmanager
    async def enter(url: str, name: str, locale: str = "en-US") -> AsyncIterator["Person"]:
        """Join the sandbox at `url` as the person of that name, and listen while open."""
        async with aiohttp.ClientSession(url) as session:
            async with session.post("/client/users", json={"name": name, "locale": locale}) as response:
                user = await response.json()
            session.headers["X-Sandbox-User"] = user["id"]
            person = Person(session, user)
            async with session.ws_connect(f"/client/events?user={person.id}") as socket:
                listening = asyncio.create_task(person._listen(socket))
                try:
                    yield person
                finally:
                    listening.cancel()
                    await asyncio.gather(listening, return_exceptions=True)

    async def call(self, method: str, path: str, **options: Any) -> Any:
        """One request to the client API; the result is its JSON. Raises Refused."""
        async with self._session.request(method, f"/client{path}", **options) as response:
            body = json.loads(await response.read() or b"null")
            if response.status >= 400:
                raise Refused(body)
            return body

    async def state(self) -> Json:
        """What the page gets when it opens: the servers, channels and people this person can see."""
        return dict(await self.call("GET", "/state"))

    async def channel_id(self, name: str) -> str:
        """The id of the channel or thread of that name."""
        return str(next(c["id"] for c in await self._places() if c["name"] == name))

    async def channel(self, channel_id: str) -> Json:
        """The channel or thread of that id."""
        return next(c for c in await self._places() if c["id"] == channel_id)

    async def _places(self) -> list[Json]:
        guild = (await self.state())["guilds"][0]
        return list(guild["channels"] + guild["threads"])

    async def messages(self, channel_id: str) -> list[Json]:
        """The latest 50 messages, newest first."""
        return list(await self.call("GET", f"/channels/{channel_id}/messages"))

    async def say(
        self,
        channel_id: str,
        content: str,
        reply_to: str | None = None,
        files: dict[str, bytes] | None = None,
    ) -> Json:
        """Send a message, as a reply to another, with files by name.

        A file whose name has no known ending ("picture") arrives without a `content_type`.
        """
        fields: Json = {"content": content} | ({"reply_to": reply_to} if reply_to else {})
        path = f"/channels/{channel_id}/messages"
        return dict(await self.call("POST", path, **_body(fields, list((files or {}).items()))))

    async def download(self, url: str) -> tuple[str, bytes]:
        """Content type and bytes of a file."""
        async with self._session.get(url) as response:
            return response.content_type, await response.read()

    async def forward(self, message: Json, channel_id: str) -> Json:
        """Forward a message, as it came in an event or a list, into a channel: it arrives as a snapshot."""
        source = {"type": 1, "channel_id": message["channel_id"], "message_id": message["id"]}
        path = f"/channels/{channel_id}/messages"
        return dict(await self.call("POST", path, json={"message_reference": source}))

    async def post(
        self,
        forum_id: str,
        name: str,
        content: str,
        tags: Sequence[str] = (),
        files: dict[str, bytes] | None = None,
    ) -> Json:
        """Open a post in a forum, with its first message and tags by name. Raises Refused 40067 without a tag
        where the forum requires one. The result is the post, with its first message as `message`."""
        known = {tag["name"]: tag["id"] for tag in (await self.channel(forum_id))["available_tags"]}
        fields: Json = {"name": name, "message": {"content": content}}
        fields["applied_tags"] = [known[tag] for tag in tags]
        path = f"/channels/{forum_id}/threads"
        return dict(await self.call("POST", path, **_body(fields, list((files or {}).items()))))

    async def react(
        self, channel_id: str, message_id: str, emoji: str, *, on: bool = True, burst: bool = False
    ) -> None:
        """React, or with `on` False take it back; `burst` is a super-reaction, which is another thing."""
        path = f"/channels/{channel_id}/messages/{message_id}/reactions/{quote(emoji)}"
        await self.call("PUT" if on else "DELETE", path, params={"type": int(burst)})

    async def slash(self, channel_id: str, name: str, /, **options: Any) -> str:
        """Use a slash command. The result is the interaction's id.

        `bytes` are uploaded under the option's name as a PNG, `(name, bytes)` under a name of their own.
        "admin status" names the sub-command `status` of `admin`.
        """
        name, _, inner = name.partition(" ")
        command = await self.command(channel_id, name)
        defined = command.get("options", [])
        if inner:
            defined = next(option for option in defined if option["name"] == inner).get("options", [])
        types = {option["name"]: option["type"] for option in defined}
        files: list[tuple[str, bytes]] = []
        given = []
        for key, value in options.items():
            plain = value
            if isinstance(value, bytes | tuple):
                plain = str(len(files))
                files.append(value if isinstance(value, tuple) else (f"{key}.png", value))
            given.append({"name": key, "type": types.get(key, 3), "value": plain})
        if inner:
            given = [{"name": inner, "type": 1, "options": given}]
        return await self.interact(
            {"type": 2, "channel_id": channel_id, "command_id": command["id"], "options": given}, files
        )

    async def menu(self, channel_id: str, name: str, target_id: str) -> str:
        """Use a context menu command on a message or user."""
        command = await self.command(channel_id, name)
        fields = {"type": 2, "channel_id": channel_id, "command_id": command["id"], "target_id": target_id}
        return await self.interact(fields)

    async def autocomplete(self, channel_id: str, name: str, option: str, typed: str) -> list[Json]:
        """The choices the bot offers for what was typed so far."""
        command = await self.command(channel_id, name)
        given = [{"name": option, "type": 3, "value": typed, "focused": True}]
        fields = {"type": 4, "channel_id": channel_id, "command_id": command["id"], "options": given}
        interaction = await self.interact(fields)
        event = await self.wait_for("INTERACTION_AUTOCOMPLETE", lambda d: d["id"] == interaction)
        return list(event["choices"])

    async def click(self, message: Json, label: str) -> str:
        """Press the button of that label (or emoji) under a message."""
        for button in _parts(message):
            if label in (button.get("label"), (button.get("emoji") or {}).get("name")):
                return await self._use(message, button)
        raise LookupError(f"The message has no button {label!r}.")

    async def choose(self, message: Json, values: list[str], custom_id: str | None = None) -> str:
        """Choose in the select menu of that custom_id, or in the first one of a message."""
        menus = (part for part in _parts(message) if part["type"] in SELECTS)
        return await self._use(message, next(c for c in menus if custom_id in (None, c["custom_id"])), values)

    async def submit(self, channel_id: str, modal: Json, values: dict[str, str]) -> str:
        """Send off a modal with the given text, or the value chosen in a menu, by custom_id."""
        fields = {"type": 5, "channel_id": channel_id, "custom_id": modal["custom_id"]}
        fields["components"] = [_filled(component, values) for component in modal["components"]]
        return await self.interact(fields)

    async def interact(self, fields: Json, files: list[tuple[str, bytes]] | None = None) -> str:
        """Use a command, a button, a menu or a form as the page would; returns the interaction's id."""
        return str((await self.call("POST", "/interactions", **_body(fields, files or [])))["id"])

    async def command(self, channel_id: str, name: str) -> Json:
        """A command that this person can use in this channel. Raises LookupError when there is none."""
        commands = await self.call("GET", f"/channels/{channel_id}/commands")
        found = [command for command in commands if command["name"] == name]
        if not found:
            raise LookupError(f"There is no command {name!r} here, only {[c['name'] for c in commands]}.")
        return dict(found[0])

    async def wait_for(
        self, name: str, test: Callable[[Json], bool] = lambda _: True, seconds: float = 10.0
    ) -> Json:
        """The first event of that name that passes `test`, past or coming. Raises TimeoutError."""
        async with asyncio.timeout(seconds), self._news:
            while True:
                for event in self.events:
                    if event["t"] == name and test(event["d"]):
                        return dict(event["d"])
                await self._news.wait()

    async def _use(self, message: Json, component: Json, values: list[str] | None = None) -> str:
        fields: Json = {
            "type": 3,
            "channel_id": message["channel_id"],
            "message_id": message["id"],
            "custom_id": component["custom_id"],
            "component_type": component["type"],
        }
        return await self.interact(fields | ({"values": values} if values is not None else {}))

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            async with self._news:
                self.events.append(json.loads(message.data))
                self._news.notify_all()


def _parts(message: Json) -> Iterator[Json]:
    """Every component of a message, however deep."""
    return (part for root in message["components"] for _, part in walk(root, ""))


def _body(fields: Json, files: list[tuple[str, bytes]]) -> dict[str, Any]:
    if not files:
        return {"json": fields}
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("payload_json", json.dumps(fields), content_type="application/json")
    for index, (name, data) in enumerate(files):
        form.add_field(f"files[{index}]", data, filename=name)
    return {"data": form}


def _filled(component: Json, values: dict[str, str]) -> Json:
    """A modal's component as it is sent back, with the person's text in it."""
    if "components" in component:
        return {**component, "components": [_filled(inner, values) for inner in component["components"]]}
    if isinstance(component.get("component"), dict):
        return {**component, "component": _filled(component["component"], values)}
    kept = {key: component[key] for key in ("type", "id", "custom_id") if key in component}
    if "options" in component:
        left = [option["value"] for option in component["options"] if option.get("default")]
        chosen = values.get(component.get("custom_id", ""))
        return kept | {"values": left if chosen is None else [chosen]}
    return kept | {"value": values.get(component.get("custom_id", ""), component.get("value", ""))}
