"""Valid requests to every endpoint of the sandbox, and strategies that break one thing in one of them."""

import json
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

import aiohttp
import yarl
from hypothesis import strategies as st

from bot.sandbox.app import Sandbox

BOUNDARY = "limit"
# What attackers, bugs and other libraries put where something else belongs.
JUNK: list[Any] = [
    None, True, 0, -1, 1.5, 10**30, 2**63, 1e300, "", " ", "x", "x" * 3000, "1" * 20, "-1", "1.0", "١٢", "²",
    "_errors", "a.b", "\x00", "🦊", "nan", "../..", [], [[]], [None], ["x"], {}, {"x": 1}, {"_errors": []},
]  # fmt: skip
TEXTS = [*(str(value) for value in JUNK if isinstance(value, str | int | float)), "9" * 5000, "@me", "%FF"]
CONTENT_TYPES = ["text/plain", "multipart/form-data", "multipart/form-data; boundary=other", "x", ""]
BODIES = [
    b"",
    b"{",
    b"[]",
    b"1",
    b"null",
    b"\xff",
    b'"\\ud800"',
    b"9" * 5000,
    b"[" * 3000,
    b'{"content": NaN}',
]


@dataclass(frozen=True)
class Call:
    """One request. `path` is in parts, so that one can be replaced; `raw` is a body that is no JSON."""

    method: str
    path: tuple[str, ...]
    body: Any = None
    query: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None

    @property
    def url(self) -> str:
        return "/" + "/".join(quote(part, safe="") for part in self.path)


def call(method: str, path: str, body: Any = None, **query: str) -> Call:
    return Call(method, tuple(path.strip("/").split("/")), body, query)


MESSAGE: dict[str, Any] = {
    "content": "hello",
    "embeds": [{"title": "t", "color": 1, "timestamp": "2026-01-01T00:00:00+00:00", "image": {"url": "https://x"},
                "fields": [{"name": "n", "value": "v"}], "footer": {"text": "f"}, "author": {"name": "a"}}],
    "components": [{"type": 1, "components": [
        {"type": 2, "style": 1, "label": "x", "custom_id": "b", "emoji": {"name": "🦊"}}]},
        {"type": 1, "components": [{"type": 3, "custom_id": "m", "options": [{"label": "a", "value": "b"}],
                                    "min_values": 1, "max_values": 1}]}],
    "allowed_mentions": {"parse": ["users"], "roles": ["1"], "replied_user": True},
    "attachments": [{"id": 0, "filename": "a.png", "description": "d"}],
    "nonce": "1", "enforce_nonce": True, "tts": False, "flags": 0,
}  # fmt: skip
COMMAND: dict[str, Any] = {
    "name": "paint", "type": 1, "description": "d", "name_localizations": {"de": "malen"},
    "default_member_permissions": "0", "contexts": [0], "integration_types": [0], "nsfw": False,
    "options": [{"type": 3, "name": "p", "description": "d", "required": True, "min_length": 1,
                 "choices": [{"name": "n", "value": "v"}]}],
}  # fmt: skip


def calls(sandbox: Sandbox) -> list[Call]:
    """A valid request to each endpoint, of the bot's API and of the page's."""
    return [*_rest_calls(sandbox), *_page_calls(sandbox)]


def _rest_calls(sandbox: Sandbox) -> list[Call]:
    world = sandbox.hub.world
    guild = next(iter(world.guilds))
    channel = next(c.id for c in world.channels.values() if c.thread is None and c.guild_id)
    thread = next(c.id for c in world.channels.values() if c.thread is not None)
    forum = next(c.id for c in world.channels.values() if c.available_tags)
    message = next(m.id for m in world.messages(channel) if not m.components)
    person, application = world.application.owner_id, world.application.id
    tag = str(world.channel(forum).available_tags[0].id)
    here, that = f"/channels/{channel}", f"/channels/{channel}/messages/{message}"
    reference = {"message_id": str(message), "channel_id": str(channel), "guild_id": str(guild)}
    commands = f"/applications/{application}/commands"
    found = [
        call("GET", "/users/@me"),
        call("GET", f"/users/{person}"),
        call("GET", f"/guilds/{guild}", with_counts="1"),
        call("GET", f"/guilds/{guild}/members", limit="5", after="1"),
        call("GET", f"/guilds/{guild}/members/search", limit="5", query="a"),
        call("GET", f"/guilds/{guild}/members/{person}"),
        call("PATCH", f"/guilds/{guild}/members/@me", {"nick": "x"}),
        call("GET", f"/guilds/{guild}/threads/active"),
        call("GET", here),
        call("PATCH", f"/channels/{thread}", {"name": "y", "archived": False, "auto_archive_duration": 60}),
        call("PATCH", f"/channels/{forum}", {"available_tags": [{"id": tag, "name": "t"}], "flags": 16}),
        call("PATCH", here, {"name": "x", "permission_overwrites": [{"id": str(person), "allow": "1"}]}),
        call("PUT", f"{here}/permissions/{person}", {"type": 1, "allow": "1024", "deny": "0"}),
        call("DELETE", f"{here}/permissions/{person}"),
        call("POST", f"{here}/typing"),
        call("POST", f"{here}/threads", {"name": "t", "type": 11, "invitable": True}),
        call("POST", f"{that}/threads", {"name": "t"}),
        call("POST", f"/channels/{forum}/threads", {"name": "t", "message": MESSAGE, "applied_tags": [tag]}),
        call("GET", f"/channels/{thread}/thread-members", with_member="1"),
        call("PUT", f"/channels/{thread}/thread-members/{person}"),
        call("GET", f"{here}/threads/archived/public", limit="2"),
        call("POST", "/users/@me/channels", {"recipient_id": str(person)}),
        call("GET", f"{here}/messages", limit="5", before="1", after="1", around="1"),
        call("POST", f"{here}/messages", MESSAGE | {"message_reference": {"message_id": str(message)}}),
        call("POST", f"{here}/messages", {"message_reference": reference | {"type": 1}}),
        call("POST", f"{here}/messages/bulk-delete", {"messages": ["1", "2"]}),
        call("GET", that),
        call("PATCH", that, MESSAGE),
        call("PUT", f"{that}/reactions/👍/@me"),
        call("GET", f"{that}/reactions/👍", limit="5", after="1", type="1"),
        call("DELETE", f"{that}/reactions/👍/{person}"),
        call("PUT", commands, [COMMAND]),
        call("POST", commands, COMMAND),
        call("PATCH", f"{commands}/1", COMMAND),
        call("POST", f"/applications/{application}/guilds/{guild}/commands", COMMAND),
    ]
    token = {"Authorization": f"Bot {sandbox.token}"}
    return [replace(c, path=("api", "v10", *c.path), headers=token) for c in found]


def _page_calls(sandbox: Sandbox) -> list[Call]:
    world = sandbox.hub.world
    channel = next(c.id for c in world.channels.values() if c.thread is None and c.guild_id)
    forum = next(c for c in world.channels.values() if c.available_tags)
    message = next(m for m in world.messages(channel) if m.components)
    command = next(c for c in world.commands.values() if c.body["name"] == "all")
    here = f"/client/channels/{channel}"
    place = {"channel_id": str(channel), "message_id": str(message.id), "command_id": str(command.id)}
    options = [{"name": option["name"], "value": "1"} for option in command.body["options"]]
    field_ = {"type": 18, "component": {"type": 4, "custom_id": "w", "value": "v"}}
    found = [
        call("GET", "/client/state"),
        call("POST", "/client/users", {"name": "Rosa", "locale": "de-AT"}),
        call("POST", "/client/dm", {"user_id": str(world.bot.id)}),
        call("GET", f"{here}/messages", limit="5", before="1"),
        call("POST", f"{here}/messages", {"content": "x", "reply_to": str(message.id)}),
        call("PATCH", f"{here}/messages/{message.id}", {"content": "x"}),
        call("PUT", f"{here}/messages/{message.id}/reactions/👍", type="1"),
        call("GET", f"{here}/messages/{message.id}/reactions/👍", type="1"),
        call("GET", f"{here}/commands"),
        call("POST", f"{here}/threads", {"name": "t", "message_id": str(message.id)}),
        call("POST", f"/client/channels/{forum.id}/threads", {"name": "t", "message": {"content": "x"}}),
        call("PATCH", here, {"topic": "x"}),
        call("POST", "/client/interactions", place | {"type": 2, "options": options}),
        call(
            "POST", "/client/interactions", place | {"type": 4, "options": [options[0] | {"focused": True}]}
        ),
        call("POST", "/client/interactions", place | {"type": 3, "custom_id": "people", "values": ["1"]}),
        call("POST", "/client/interactions", place | {"type": 3, "custom_id": "words", "values": ["b"]}),
        call("POST", "/client/interactions", place | {"type": 5, "custom_id": "m", "components": [field_]}),
        call("POST", "/faults", {"rest": [{"kind": 500, "path": "/nowhere", "times": 0, "seconds": 1.0}]}),
        call("GET", "/client/events", user=str(world.application.owner_id)),
        call("GET", "/cdn/attachments/1/1/a.png"),
        call("GET", "/cdn/embed/avatars/1.png"),
    ]
    who = {"X-Sandbox-User": str(world.application.owner_id)}
    return [replace(c, headers=who) for c in found]


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something stands in a JSON value."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(place for key, value in inner for place in places(value, (*path, key)))]


def replaced(node: Any, path: tuple[Any, ...], value: Any) -> Any:
    """A copy of a JSON value with something else at a place."""
    if not path:
        return value
    copy: Any = node.copy()
    copy[path[0]] = replaced(node[path[0]], path[1:], value)
    return copy


@st.composite
def mutations(draw: st.DrawFn, valid: list[Call]) -> Call:
    """One of the requests with one to three things in it replaced by junk."""
    chosen = draw(st.sampled_from(valid))
    for _ in range(draw(st.integers(1, 3))):
        chosen = draw(st.sampled_from([in_path, in_query, in_body, in_body, in_body, in_form, in_bytes]))(
            draw, chosen
        )
    return chosen


def in_path(draw: st.DrawFn, chosen: Call) -> Call:
    """An id, a name or an emoji in the path."""
    path = list(chosen.path)
    variable = [n for n, part in enumerate(path) if part.isdecimal() or part in ("@me", "👍")]
    if variable:
        path[draw(st.sampled_from(variable))] = draw(st.sampled_from(TEXTS)) or "x"
    return replace(chosen, path=tuple(path))


def in_query(draw: st.DrawFn, chosen: Call) -> Call:
    names = [*chosen.query, "limit", "after", "wait"]
    return replace(chosen, query=chosen.query | {draw(st.sampled_from(names)): draw(st.sampled_from(TEXTS))})


def in_body(draw: st.DrawFn, chosen: Call) -> Call:
    """Any node of the JSON, or a field more."""
    if chosen.body is None:
        return chosen
    junk = draw(st.sampled_from(JUNK))
    if isinstance(chosen.body, dict) and draw(st.booleans()):
        return replace(
            chosen, body=chosen.body | {draw(st.sampled_from(["flags", "type", "options", "x"])): junk}
        )
    return replace(chosen, body=replaced(chosen.body, draw(st.sampled_from(places(chosen.body))), junk))


def in_form(draw: st.DrawFn, chosen: Call) -> Call:
    """The body as multipart, whole or broken."""
    name = draw(st.sampled_from(["files[0]", "files[99999999]", "file", "files[x]", ""]))
    filename = draw(st.sampled_from(["a.png", "picture", "//[", "", "x" * 500]))
    parts = [
        f'name="payload_json"\r\n\r\n{json.dumps(chosen.body)}',
        f'name="{name}"; filename="{filename}"\r\n\r\nx',
    ]
    whole = "".join(f"--{BOUNDARY}\r\nContent-Disposition: form-data; {part}\r\n" for part in parts)
    raw = (whole + f"--{BOUNDARY}--\r\n").encode()
    raw = raw[: draw(st.sampled_from([len(raw), len(raw), len(raw) // 2, 3]))]
    given = draw(st.sampled_from([BOUNDARY, BOUNDARY, "other", "x" * 80, '"']))
    content_type = {"Content-Type": f"multipart/form-data; boundary={given}"}
    return replace(chosen, raw=raw, headers=chosen.headers | content_type)


def in_bytes(draw: st.DrawFn, chosen: Call) -> Call:
    """A body that is not what its headers say."""
    headers = {"Content-Type": draw(st.sampled_from([*CONTENT_TYPES, "application/json"]))}
    headers |= draw(st.sampled_from([{}, {}, {"Content-Encoding": "gzip"}, {"Content-Encoding": "deflate"}]))
    return replace(chosen, raw=draw(st.sampled_from(BODIES)), headers=chosen.headers | headers)


async def send(session: aiohttp.ClientSession, base: str, chosen: Call) -> tuple[int, bytes]:
    """Status and body of the answer."""
    url = yarl.URL(base + chosen.url).update_query(chosen.query)
    body = (
        {"data": chosen.raw}
        if chosen.raw is not None
        else {"json": chosen.body}
        if chosen.body is not None
        else {}
    )
    async with session.request(chosen.method, url, headers=chosen.headers, **body) as response:
        return response.status, await response.read()
