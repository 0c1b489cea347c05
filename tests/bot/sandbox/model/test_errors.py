"""Each of Discord's refusals once, over plain HTTP, in Discord's own words."""

import asyncio
import dataclasses
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.sandbox.app import Sandbox
from bot.sandbox.model.permissions import Permission
from bot.sandbox.model.records import ChannelType, Overwrite
from bot.sandbox.model.settings import SandboxSettings
from bot.sandbox.person import Person, Refused


class Rest:
    """The REST API as a bot without any library sees it."""

    def __init__(self, session: aiohttp.ClientSession, sandbox: Sandbox) -> None:
        self._session = session
        self._base = sandbox.api_base

    async def __call__(self, method: str, path: str, body: Any = None, **options: Any) -> tuple[int, Any]:
        options |= {"json": body} if body is not None else {}
        async with self._session.request(method, self._base + path, **options) as response:
            return response.status, json.loads(await response.read() or b"null")

    async def code(self, method: str, path: str, body: Any = None, **options: Any) -> tuple[int, int]:
        """HTTP status and Discord's code of a refusal."""
        status, answer = await self(method, path, body, **options)
        return status, answer["code"]


@pytest.fixture
async def rest(sandbox: Sandbox) -> AsyncIterator[Rest]:
    headers = {"Authorization": f"Bot {sandbox.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        yield Rest(session, sandbox)


@pytest.fixture
def settings() -> SandboxSettings:
    return SandboxSettings(
        port=0,
        rate_limits=False,
        attachment_limit=1000,
        request_limit=100_000,
        active_thread_limit=2,
        old_message_seconds=0.0,
        old_message_edits=1,
        interaction_ack_seconds=0.3,
        interaction_token_seconds=0.6,
    )


def channel_of(sandbox: Sandbox, name: str) -> int:
    return next(c.id for c in sandbox.hub.world.channels.values() if c.name == name)


def forbid(sandbox: Sandbox, channel_id: int, *permissions: Permission) -> None:
    """Deny the bot something in a channel."""
    denied = sum(int(p) for p in permissions)
    overwrite = Overwrite(id=sandbox.hub.world.bot.id, type=1, deny=denied)
    sandbox.channels.overwrite(sandbox.hub.world.channel(channel_id), overwrite)


def form(name: str, size: int, **fields: Any) -> aiohttp.FormData:
    data = aiohttp.FormData()
    data.add_field("payload_json", json.dumps(fields), content_type="application/json")
    data.add_field("files[0]", b"x" * size, filename=name)
    return data


async def send(rest: Rest, channel: int, **fields: Any) -> str:
    status, message = await rest("POST", f"/channels/{channel}/messages", {"content": "hello", **fields})
    assert status == 200
    return str(message["id"])


async def test_wrong_token_and_unknown_endpoint(sandbox: Sandbox, rest: Rest) -> None:
    wrong = {"Authorization": "Bot nonsense"}
    assert await rest("GET", "/users/@me", headers=wrong) == (
        401,
        {"message": "401: Unauthorized", "code": 0},
    )
    assert await rest.code("GET", "/nowhere") == (404, 0)


async def test_unknown_things(sandbox: Sandbox, rest: Rest) -> None:
    general, guild = channel_of(sandbox, "general"), next(iter(sandbox.hub.world.guilds))
    application = sandbox.hub.world.application.id
    assert await rest.code("GET", "/channels/1") == (404, 10003)
    assert await rest.code("GET", "/guilds/1") == (404, 10004)
    linus = next(user.id for user in sandbox.hub.world.users.values() if user.name == "Linus")
    sandbox.people.leave(sandbox.hub.world.guild(guild), linus)
    assert await rest.code("GET", f"/guilds/{guild}/members/{linus}") == (404, 10007)
    assert await rest.code("GET", f"/channels/{general}/messages/1") == (404, 10008)
    assert await rest.code("GET", "/users/1") == (404, 10013)
    assert await rest.code("DELETE", f"/applications/{application}/commands/1") == (404, 10063)
    assert await rest.code("GET", "/applications/1/commands") == (403, 20012)
    assert await rest.code("POST", "/webhooks/1/x", {"content": "x"}) == (404, 10015)
    assert await rest.code("GET", "/channels/nonsense") == (400, 50035)


async def test_missing_access_and_missing_permissions(sandbox: Sandbox, rest: Rest) -> None:
    general = channel_of(sandbox, "general")
    path = f"/channels/{general}/messages"
    message = await send(rest, general)
    picture = {"data": form("a.png", 10)}
    forbid(sandbox, general, Permission.ATTACH_FILES)
    assert await rest.code("POST", path, **picture) == (403, 50013)
    forbid(sandbox, general, Permission.EMBED_LINKS)
    assert await rest.code("POST", path, {"embeds": [{"title": "x"}]}) == (403, 50013)
    forbid(sandbox, general, Permission.ADD_REACTIONS)
    assert await rest.code("PUT", f"{path}/{message}/reactions/👍/@me") == (403, 50013)
    forbid(sandbox, general, Permission.CREATE_PUBLIC_THREADS)
    assert await rest.code("POST", f"{path}/{message}/threads", {"name": "x"}) == (403, 50013)
    forbid(sandbox, general, Permission.READ_MESSAGE_HISTORY)
    reply = {"content": "x", "message_reference": {"message_id": message}}
    assert await rest.code("POST", path, reply) == (400, 160002)
    assert await rest("GET", path) == (200, [])
    forbid(sandbox, general, Permission.SEND_MESSAGES)
    assert await rest.code("POST", path, {"content": "x"}) == (403, 50013)
    assert await rest.code("POST", f"/channels/{general}/typing") == (403, 50013)
    forbid(sandbox, general, Permission.VIEW_CHANNEL)
    assert await rest.code("GET", f"/channels/{general}") == (403, 50001)
    assert await rest.code("POST", path, {"content": "x"}) == (403, 50001)


async def test_sending_in_threads_has_its_own_permission(sandbox: Sandbox, rest: Rest) -> None:
    general = channel_of(sandbox, "general")
    _, thread = await rest("POST", f"/channels/{general}/threads", {"name": "x", "type": 11})
    forbid(sandbox, general, Permission.SEND_MESSAGES_IN_THREADS)
    path = f"/channels/{thread['id']}/messages"
    assert await rest.code("POST", path, {"content": "x"}) == (403, 50013)
    forbid(sandbox, general, Permission.SEND_MESSAGES)
    assert (await rest("POST", path, {"content": "x"}))[0] == 200


async def test_other_peoples_messages(sandbox: Sandbox, rest: Rest, grace: Person) -> None:
    general = channel_of(sandbox, "general")
    message = await grace.say(str(general), "mine")
    path = f"/channels/{general}/messages/{message['id']}"
    assert await rest.code("PATCH", path, {"content": "x"}) == (403, 50005)
    assert await rest.code("DELETE", path) == (403, 50013)
    own = await send(rest, general)
    with pytest.raises(Refused, match="50013"):
        await grace.call("DELETE", f"/channels/{general}/messages/{own}")


async def test_forms_tell_every_problem_and_its_place(sandbox: Sandbox, rest: Rest) -> None:
    path = f"/channels/{channel_of(sandbox, 'general')}/messages"
    button = {"type": 2, "style": 1, "label": "x", "custom_id": "same"}
    body = {
        "content": "x" * 2001,
        "embeds": [{"title": "x" * 257, "fields": [{"name": "", "value": "x" * 1025}] * 26}],
    }
    rows = [{"type": 1, "components": [button] * 6}, {"type": 1, "components": [button]}]
    status, answer = await rest("POST", path, body)
    errors = answer["errors"]
    assert (status, answer["code"]) == (400, 50035)
    assert errors["content"]["_errors"][0]["message"] == "Must be 2000 or fewer in length."
    assert errors["embeds"]["0"]["title"]["_errors"][0]["code"] == "BASE_TYPE_MAX_LENGTH"
    assert set(errors["embeds"]["0"]) == {"title", "fields"}
    _, answer = await rest("POST", path, {"components": rows})
    duplicated = answer["errors"]["components"]["1"]["components"]["0"]["custom_id"]["_errors"][0]["code"]
    assert duplicated == "COMPONENT_CUSTOM_ID_DUPLICATED"
    assert "_errors" in answer["errors"]["components"]["0"]["components"]
    total = [{"description": "x" * 4000}, {"description": "x" * 2001}]
    assert await rest.code("POST", path, {"embeds": total}) == (400, 50035)
    assert await rest.code("POST", path, {"message_reference": {"message_id": "1"}, "content": "x"}) == (
        400,
        50035,
    )
    assert await rest.code("GET", f"{path}?limit=101") == (400, 50035)


async def test_empty_messages_and_broken_json(sandbox: Sandbox, rest: Rest) -> None:
    path = f"/channels/{channel_of(sandbox, 'general')}/messages"
    assert await rest.code("POST", path, {"content": " \n "}) == (400, 50006)
    broken = {"data": b"{", "headers": {"Content-Type": "application/json"}}
    assert await rest.code("POST", path, **broken) == (400, 50109)


async def test_too_large_files_and_requests(sandbox: Sandbox, rest: Rest) -> None:
    path = f"/channels/{channel_of(sandbox, 'general')}/messages"
    assert (await rest("POST", path, data=form("a.bin", 1000)))[0] == 200
    assert await rest.code("POST", path, data=form("a.bin", 1001)) == (413, 40005)
    assert await rest.code("POST", path, data=form("a.bin", 200_000)) == (413, 40005)


async def test_reactions_have_limits(sandbox: Sandbox, rest: Rest) -> None:
    general = channel_of(sandbox, "general")
    reactions = f"/channels/{general}/messages/{await send(rest, general)}/reactions"
    for number in range(20):
        assert (await rest("PUT", f"{reactions}/{chr(0x1F600 + number)}/@me"))[0] == 204
    assert await rest.code("PUT", f"{reactions}/👍/@me") == (400, 30010)
    assert await rest.code("PUT", f"{reactions}/nonsense/@me") == (400, 10014)


async def test_archived_threads_refuse_all_but_a_message(sandbox: Sandbox, rest: Rest) -> None:
    general = channel_of(sandbox, "general")
    _, thread = await rest("POST", f"/channels/{general}/threads", {"name": "x", "type": 11})
    place = f"/channels/{thread['id']}"
    message = f"{place}/messages/{await send(rest, int(thread['id']))}"
    assert (await rest("PATCH", place, {"archived": True}))[1]["thread_metadata"]["archived"]
    assert await rest.code("PATCH", message, {"content": "x"}) == (400, 50083)
    assert await rest.code("PUT", f"{message}/reactions/👍/@me") == (400, 50083)
    assert await rest.code("PATCH", place, {"name": "y"}) == (400, 50083)
    assert await rest.code("PUT", f"{place}/thread-members/@me") == (400, 50083)
    await send(rest, int(thread["id"]))
    assert not (await rest("GET", place))[1]["thread_metadata"]["archived"]
    assert (await rest("PATCH", message, {"content": "x"}))[0] == 200


async def test_threads_have_limits(sandbox: Sandbox, rest: Rest) -> None:
    general = channel_of(sandbox, "general")
    threads = f"/channels/{general}/threads"
    from_message = f"/channels/{general}/messages/{await send(rest, general)}/threads"
    assert await rest.code("POST", from_message, {"name": "x" * 101}) == (400, 50035)
    assert await rest.code("POST", from_message, {"name": ""}) == (400, 50035)
    status, thread = await rest("POST", from_message, {"name": "x"})
    assert (status, f"/channels/{general}/messages/{thread['id']}/threads") == (201, from_message)
    assert await rest.code("POST", from_message, {"name": "x"}) == (400, 160004)
    assert await rest.code("POST", f"/channels/{thread['id']}/threads", {"name": "x"}) == (400, 50024)
    assert (await rest("POST", threads, {"name": "y", "type": 11}))[0] == 201
    assert await rest.code("POST", threads, {"name": "z", "type": 11}) == (400, 160006)
    assert await rest.code("DELETE", f"/channels/{thread['id']}") == (403, 50013)


async def test_old_messages_can_be_edited_only_so_often(sandbox: Sandbox, rest: Rest) -> None:
    general = channel_of(sandbox, "general")
    message = f"/channels/{general}/messages/{await send(rest, general)}"
    assert (await rest("PATCH", message, {"content": "once"}))[0] == 200
    assert await rest.code("PATCH", message, {"content": "twice"}) == (429, 30046)


async def test_system_messages_and_forums(sandbox: Sandbox, rest: Rest) -> None:
    general = channel_of(sandbox, "general")
    await rest("POST", f"/channels/{general}/threads", {"name": "x", "type": 11})
    note = (await rest("GET", f"/channels/{general}/messages"))[1][0]
    assert (note["type"], note["content"]) == (18, "x")
    assert await rest.code("PATCH", f"/channels/{general}/messages/{note['id']}", {"content": "y"}) == (
        403,
        50021,
    )
    guild = next(iter(sandbox.hub.world.guilds))
    forum = sandbox.channels.create(guild, "gallery", ChannelType.FORUM)
    assert await rest.code("POST", f"/channels/{forum.id}/messages", {"content": "x"}) == (400, 50008)
    status, post = await rest(
        "POST", f"/channels/{forum.id}/threads", {"name": "p", "message": {"content": "m"}}
    )
    assert (status, post["message"]["id"], post["message"]["content"]) == (201, post["id"], "m")


async def start(sandbox: Sandbox, rest: Rest, person: Person) -> tuple[str, str]:
    """A slash command nobody answers yet; the paths of its callback and of its webhook."""
    commands = f"/applications/{sandbox.hub.world.application.id}/commands"
    await rest("POST", commands, {"name": "paint", "description": "Paint"})
    interaction = await person.slash(await person.channel_id("general"), "paint")
    token = sandbox.interactions._by_id[int(interaction)].token
    webhook = f"/webhooks/{sandbox.hub.world.application.id}/{token}"
    return f"/interactions/{interaction}/{token}/callback", webhook


async def test_interactions_are_answered_once_in_time_and_by_their_token(
    sandbox: Sandbox, rest: Rest, grace: Person
) -> None:
    answer = {"type": 4, "data": {"content": "hi"}}
    callback, webhook = await start(sandbox, rest, grace)
    assert await rest.code("POST", "/interactions/1/x/callback", answer) == (404, 10062)
    assert await rest.code("POST", webhook, {"content": "too early"}) == (404, 10015)
    assert await rest.code("POST", callback, {"type": 7, "data": {}}) == (400, 50035)
    assert (await rest("POST", callback, answer))[0] == 204
    assert await rest.code("POST", callback, answer) == (400, 40060)
    assert await rest.code("GET", f"{webhook}/messages/1") == (404, 10008)
    assert (await rest("POST", webhook, {"content": "more"}))[0] == 200
    await asyncio.sleep(0.65)
    assert await rest.code("POST", webhook, {"content": "too late"}) == (401, 50027)
    assert await rest.code("PATCH", f"{webhook}/messages/@original", {"content": "x"}) == (401, 50027)


async def test_an_unanswered_interaction_fails_for_the_person_and_for_the_bot(
    sandbox: Sandbox, rest: Rest, grace: Person
) -> None:
    callback, _ = await start(sandbox, rest, grace)
    failure = await grace.wait_for("INTERACTION_FAILURE")
    assert failure["message"] == "The application did not respond"
    assert await rest.code("POST", callback, {"type": 5}) == (404, 10062)


async def test_wrong_commands_are_refused_with_their_place(sandbox: Sandbox, rest: Rest) -> None:
    commands = f"/applications/{sandbox.hub.world.application.id}/commands"
    option = {"type": 3, "name": "a", "description": "b"}
    required = {"type": 3, "name": "c", "description": "d", "required": True}
    wrong = [
        {"name": "Upper", "description": "x"},
        {"name": "ok"},
        {"name": "ok", "description": "x" * 101},
        {"name": "ok", "description": "x", "description_localizations": {"de": "x" * 101}},
        {"name": "ok", "description": "x", "name_localizations": {"de": "Gut"}},
        {"name": "ok", "description": "x", "name_localizations": {"tlh": "qapla"}},
        {"name": "ok", "description": "x", "options": [option | {"name_localizations": {"de": "so nicht"}}]},
        {"name": "ok", "description": "x", "options": [option] * 26},
        {"name": "ok", "description": "x", "options": [option, required]},
        {
            "name": "ok",
            "description": "x",
            "options": [option | {"choices": [{"name": "n", "value": "v"}] * 26}],
        },
    ]
    for command in wrong:
        assert await rest.code("PUT", commands, [command]) == (400, 50035)
    assert await rest("GET", commands) == (200, [])


async def test_the_sandbox_is_not_reached_under_a_foreign_name(sandbox: Sandbox, rest: Rest) -> None:
    async with aiohttp.ClientSession() as session:
        headers = {"Host": "evil.example"}
        async with session.get(f"{sandbox.url}/client/state", headers=headers) as response:
            assert response.status == 403
        events = f"{sandbox.url}/client/events?user={sandbox.hub.world.application.owner_id}"
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(events, headers={"Origin": "https://evil.example"})
    with pytest.raises(ValueError, match="loopback"):
        dataclasses.replace(sandbox.settings, host="0.0.0.0")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/guilds/{guild}/members?limit=x", None),
        ("GET", "/guilds/{guild}/members?limit=0", None),
        ("GET", "/guilds/{guild}/members?after=x", None),
        ("GET", "/guilds/{guild}/members/search?query=a&limit=x", None),
        ("GET", "/channels/{channel}/messages?limit=x", None),
        ("GET", "/channels/{channel}/messages?before=1.0", None),
        ("GET", "/channels/{channel}/messages/{message}/reactions/👍?limit=x", None),
        ("GET", "/channels/{channel}/messages/{message}/reactions/👍?type=2", None),
        ("GET", "/channels/" + "9" * 5000, None),
        ("GET", "/channels/١٢", None),
        ("POST", "/channels/{channel}/messages/bulk-delete", {}),
        ("POST", "/channels/{channel}/messages/bulk-delete", {"messages": 5}),
        ("POST", "/channels/{channel}/messages/bulk-delete", {"messages": ["x", {}]}),
        ("POST", "/users/@me/channels", {"recipient_id": []}),
        ("POST", "/users/@me/channels", {"recipient_id": "9" * 5000}),
        ("POST", "/channels/{channel}/messages", {"content": "x", "message_reference": "x"}),
        ("POST", "/channels/{channel}/messages", {"content": "x", "flags": "x"}),
        ("POST", "/interactions/" + "9" * 5000 + "/x/callback", {"type": 4}),
    ],
)
async def test_wrong_numbers_and_ids_are_named(
    sandbox: Sandbox, rest: Rest, method: str, path: str, body: Any
) -> None:
    """Each was answered with a 500 and a traceback, or taken."""
    general = channel_of(sandbox, "general")
    known = {"guild": next(iter(sandbox.hub.world.guilds)), "channel": general}
    where = path.format(**known, message=await send(rest, general))
    status, answer = await rest(method, where, body)
    assert (status, answer["code"], bool(answer["errors"])) == (400, 50035, True)


async def test_answers_of_the_wrong_shape_are_refused(sandbox: Sandbox, rest: Rest, grace: Person) -> None:
    callback, webhook = await start(sandbox, rest, grace)
    data: object
    for data in ("x", [], 5, {"flags": "x"}, {"content": []}):
        assert await rest.code("POST", callback, {"type": 4, "data": data}) == (400, 50035)
    assert await rest.code("POST", callback.replace("/callback", "ä/callback"), {"type": 4}) == (404, 10062)
    assert (await rest("POST", callback, {"type": 4, "data": {"content": "x"}}))[0] == 204
    assert await rest.code("POST", webhook, {"content": "x", "flags": "x"}) == (400, 50035)


@pytest.mark.parametrize("boundary", ["other", "x" * 80, ""])
async def test_a_wrong_boundary_is_refused(sandbox: Sandbox, rest: Rest, boundary: str) -> None:
    path = f"/channels/{channel_of(sandbox, 'general')}/messages"
    body = b'--right\r\nContent-Disposition: form-data; name="payload_json"\r\n\r\n{}\r\n--right--\r\n'
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    assert await rest.code("POST", path, data=body, headers=headers) == (400, 50035)
