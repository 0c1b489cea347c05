"""One WebSocket connection of a bot: framing, compression, heartbeats, and the rules of the opcodes."""

import asyncio
import json
import logging
import time
import zlib
from collections import deque
from typing import Any, Protocol

from aiohttp import WSMessage, WSMsgType, web

from bot.sandbox.gateway.faults import GatewayFaults
from bot.sandbox.gateway.session import Session
from bot.sandbox.gateway.starts import SessionStarts
from bot.sandbox.model.errors import FormError
from bot.sandbox.model.intents import HIGHEST, Intent, refused
from bot.sandbox.model.parsing import parse_id, parse_json
from bot.sandbox.model.records import Json
from bot.sandbox.payloads.objects import member_object
from bot.sandbox.rules.bodies import RequestMembers
from bot.sandbox.rules.hub import Hub
from bot.sandbox.rules.shapes import checked_shape

log = logging.getLogger(__name__)
PAYLOAD_LIMIT = 4096
EVENTS_PER_MINUTE = 120
HEARTBEATS_ALLOWED_LATE = 2.0
RESUMABLE = (4000, 4001, 4002, 4003, 4005, 4008)


class Sessions(Protocol):
    """What a connection needs of the gateway: its sessions, and the faults that are switched on."""

    hub: Hub
    faults: GatewayFaults
    sessions: dict[str, Session]
    starts: SessionStarts

    def open_session(self, connection: "Connection", intents: int, shard: tuple[int, int]) -> None:
        """Begin a session for a connection that has identified, and send READY."""

    def resume_session(self, connection: "Connection", session_id: str, seq: int) -> bool:
        """Give a connection its old session and what it missed after `seq`; False if that is not possible."""

    def end_session(self, session: Session) -> None:
        """Forget a session, so that it cannot be resumed."""


class GatewayClose(Exception):
    """Ends the connection with one of Discord's close codes."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Connection:
    """Reads what the bot says and sends what its session dispatches."""

    def __init__(self, gateway: Sessions, socket: web.WebSocketResponse, request: web.Request) -> None:
        self.session: Session | None = None
        self._gateway = gateway
        self._socket = socket
        self._request = request
        self._compress = zlib.compressobj() if request.query.get("compress") == "zlib-stream" else None
        self._outbox: asyncio.Queue[Json | int] = asyncio.Queue()
        self._received: deque[float] = deque()
        self._heartbeat = asyncio.Event()
        self._ended_by_us = False

    async def run(self) -> None:
        """Serve the connection until either side ends it."""
        writer = asyncio.create_task(self._write())
        watch = asyncio.create_task(self._watch_heartbeats())
        interval = int(self._gateway.hub.settings.heartbeat_seconds * 1000)
        self.send({"op": 10, "t": None, "s": None, "d": {"heartbeat_interval": interval, "_trace": []}})
        try:
            query = self._request.query
            if query.get("v", "10") != "10" or query.get("encoding", "json") != "json":
                raise GatewayClose(4012)
            async for message in self._socket:
                self._read(message)
        except GatewayClose as closing:
            await self.close(closing.code)
        finally:
            writer.cancel()
            watch.cancel()
            await asyncio.gather(writer, watch, return_exceptions=True)
            self._detach()

    def send(self, frame: Json) -> None:
        """Queue a frame; the faults in force may swallow, repeat or reorder it."""
        for passed in self._gateway.faults.pass_on(frame):
            self._outbox.put_nowait(passed)

    def attach(self, session: Session) -> None:
        """Send a session's events over this connection from now on."""
        self.session = session
        session.send, session.lost_at = self.send, None

    async def close(self, code: int) -> None:
        """Close with `code`; after the codes that forbid it the session cannot be resumed."""
        self._ended_by_us = True
        if self.session is not None and code >= 4000 and code not in RESUMABLE:
            self._gateway.end_session(self.session)
        await self._socket.close(code=code)

    def drop(self) -> None:
        """Cut the connection without a word, as a lost network does."""
        self._ended_by_us = True
        if self._request.transport is not None:
            self._request.transport.abort()

    def _detach(self) -> None:
        session = self.session
        self.session = None
        if session is None:
            return
        session.send, session.lost_at = None, time.monotonic()
        if not self._ended_by_us and self._socket.close_code in (1000, 1001):
            self._gateway.end_session(session)  # the bot said goodbye

    async def _write(self) -> None:
        while True:
            frame = await self._outbox.get()
            text = json.dumps(frame, separators=(",", ":"))
            try:
                if self._compress is None:
                    await self._socket.send_str(text)
                else:
                    data = self._compress.compress(text.encode()) + self._compress.flush(zlib.Z_SYNC_FLUSH)
                    await self._socket.send_bytes(data)
            except ConnectionError:
                return  # the reader notices the end and cleans up

    async def _watch_heartbeats(self) -> None:
        """Close with 4009 when heartbeats stop coming."""
        allowed = self._gateway.hub.settings.heartbeat_seconds * HEARTBEATS_ALLOWED_LATE
        while True:
            self._heartbeat.clear()
            try:
                await asyncio.wait_for(self._heartbeat.wait(), allowed)
            except TimeoutError:
                await self.close(4009)
                return

    def _read(self, message: WSMessage) -> None:
        if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
            raise GatewayClose(4002)
        raw = message.data.encode() if isinstance(message.data, str) else bytes(message.data)
        if len(raw) > PAYLOAD_LIMIT:
            raise GatewayClose(4002)
        self._count()
        try:
            frame = parse_json(raw)
            operation, data = frame["op"], frame.get("d")
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise GatewayClose(4002) from error
        self._obey(operation, data)

    def _count(self) -> None:
        now = time.monotonic()
        self._received.append(now)
        while now - self._received[0] > 60:
            self._received.popleft()
        if len(self._received) > EVENTS_PER_MINUTE:
            raise GatewayClose(4008)

    def _obey(self, operation: Any, data: Any) -> None:
        match operation:
            case 1:
                self._heartbeat.set()
                self.send({"op": 11, "t": None, "s": None, "d": None})
            case 2:
                self._identify(data)
            case 6:
                self._resume(data)
            case 3 | 4 | 8 | 31 if self.session is None:
                raise GatewayClose(4003)
            case 8 if isinstance(data, dict):
                self._list_members(data)
            case 3 | 4 | 31:
                log.debug("Opcode %s has no effect here.", operation)
            case _:
                raise GatewayClose(4001)

    def _identify(self, data: Any) -> None:
        if self.session is not None:
            raise GatewayClose(4005)
        if not isinstance(data, dict) or not isinstance(data.get("intents"), int):
            raise GatewayClose(4002 if not isinstance(data, dict) else 4013)
        self._check_token(data.get("token"))
        intents = data["intents"]
        if not 0 <= intents <= HIGHEST:
            raise GatewayClose(4013)
        if refused(intents, self._gateway.hub.settings):
            raise GatewayClose(4014)
        shard = _shard(data.get("shard"))
        if not self._gateway.starts.take(shard[0]):
            self.send({"op": 9, "t": None, "s": None, "d": False})  # as Discord answers who comes too early
            return
        self._gateway.open_session(self, intents, shard)

    def _resume(self, data: Any) -> None:
        if self.session is not None:
            raise GatewayClose(4005)
        if not isinstance(data, dict) or not isinstance(data.get("seq"), int):
            raise GatewayClose(4002)
        self._check_token(data.get("token"))
        session_id = str(data.get("session_id"))
        known = self._gateway.sessions.get(session_id)
        if known is not None and data["seq"] > known.seq:
            self._gateway.end_session(known)
            raise GatewayClose(4007)
        if not self._gateway.resume_session(self, session_id, data["seq"]):
            self.send({"op": 9, "t": None, "s": None, "d": False})

    def _check_token(self, token: Any) -> None:
        expected = self._gateway.hub.world.application.token
        if not isinstance(token, str) or token.removeprefix("Bot ") != expected:
            raise GatewayClose(4004)

    def _list_members(self, data: Json) -> None:
        """Opcode 8: members by id, or by the beginning of their names, in one chunk."""
        assert self.session is not None
        try:
            checked_shape(RequestMembers, data)
        except FormError as error:
            raise GatewayClose(4002) from error
        hub = self._gateway.hub
        guild = hub.world.guilds.get(parse_id(data["guild_id"]))
        wanted = data.get("user_ids")
        asks_for_all = wanted is None and not data.get("query") and not data.get("limit")
        if guild is None or not self.session.serves(guild.id):
            return  # a server's members are asked for at its own shard
        if asks_for_all and not self.session.intents & Intent.GUILD_MEMBERS:
            return
        members = list(guild.members.values())
        ids = {parse_id(value) for value in (wanted if isinstance(wanted, list) else [wanted or 0])}
        if wanted is not None:
            members = [member for member in members if member.user_id in ids]
        elif data.get("query"):
            start = str(data["query"]).casefold()
            members = [m for m in members if hub.world.user(m.user_id).name.casefold().startswith(start)]
        chunk: Json = {
            "guild_id": str(guild.id),
            "members": [member_object(hub.world, m) for m in members[: data.get("limit") or 1000]],
            "chunk_index": 0,
            "chunk_count": 1,
            "not_found": [str(i) for i in ids - set(guild.members) if wanted is not None],
        }
        chunk |= {"nonce": data["nonce"]} if data.get("nonce") else {}
        self.session.dispatch("GUILD_MEMBERS_CHUNK", chunk)


def _shard(value: Any) -> tuple[int, int]:
    if value is None:
        return 0, 1
    if isinstance(value, list) and len(value) == 2 and all(isinstance(part, int) for part in value):
        number, count = value
        if 0 <= number < count:
            return number, count
    raise GatewayClose(4010)
