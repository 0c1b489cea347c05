"""The gateway: all sessions of the bot, and the WebSocket endpoint that opens and resumes them."""

import asyncio
import logging

from aiohttp import web

from bot.sandbox.gateway.connection import Connection
from bot.sandbox.gateway.faults import GatewayFaults
from bot.sandbox.gateway.session import Session
from bot.sandbox.gateway.starts import SessionStarts
from bot.sandbox.model.events import Event
from bot.sandbox.model.intents import Intent, privileged
from bot.sandbox.model.records import Json
from bot.sandbox.payloads.objects import guild_create, own_user_object
from bot.sandbox.rules.hub import Hub

log = logging.getLogger(__name__)


class Gateway:
    """Sessions by id and the open connections. `url` is where bots connect."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.url = ""
        self.sessions: dict[str, Session] = {}
        self.connections: set[Connection] = set()
        self.faults = GatewayFaults()
        self.starts = SessionStarts(hub.settings)
        hub.events.subscribe(self._hear)

    @property
    def online(self) -> bool:
        """Whether the bot is connected and identified."""
        return any(connection.session is not None for connection in self.connections)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """GET /gateway with an upgrade to WebSocket."""
        if self.faults.refuse_connects:
            return web.Response(status=503)
        socket = web.WebSocketResponse(max_msg_size=1024 * 1024)
        await socket.prepare(request)
        connection = Connection(self, socket, request)
        self.connections.add(connection)
        try:
            await connection.run()
        finally:
            self.connections.discard(connection)
            self.tell_presence()
        return socket

    def open_session(self, connection: Connection, intents: int, shard: tuple[int, int]) -> None:
        """IDENTIFY succeeded: READY, then GUILD_CREATE for every guild of the shard."""
        session = Session(self.hub, intents, shard)
        self.sessions[session.id] = session
        connection.attach(session)
        world = self.hub.world
        mine = [g for g in world.guilds.values() if world.bot.id in g.members]
        mine = [guild for guild in mine if session.serves(guild.id)]
        session.dispatch("READY", self._ready(session, [guild.id for guild in mine]))
        if intents & Intent.GUILDS:
            everyone = bool(intents & Intent.GUILD_MEMBERS)
            for guild in mine:
                payload = guild_create(world, guild, world.bot.id, all_members=everyone)
                session.dispatch("GUILD_CREATE", payload)
        self.tell_presence()

    def resume_session(self, connection: Connection, session_id: str, seq: int) -> bool:
        """RESUME: replay what was missed, then RESUMED. False when the session is gone."""
        session = self.sessions.get(session_id)
        if session is None or session.is_stale():
            self.sessions.pop(session_id, None)
            return False
        missed = session.missed(seq)
        if missed is None:
            return False
        for other in [c for c in self.connections if c.session is session]:
            other.session = None  # the newer connection takes over
        connection.attach(session)
        for frame in missed:
            connection.send(frame)
        session.dispatch("RESUMED", {"_trace": ["sandbox"]})
        self.tell_presence()
        return True

    def end_session(self, session: Session) -> None:
        """Forget a session, so that it cannot be resumed; an unknown one is no error."""
        self.sessions.pop(session.id, None)

    def tell_presence(self) -> None:
        """Tell the pages whether the bot is there. Bots never hear this."""
        people = frozenset(user.id for user in self.hub.world.users.values() if not user.bot)
        payload: Json = {"online": self.online}
        self.hub.events.publish(Event("BOT_STATUS", lambda _viewer: payload, audience=people))

    async def close(self) -> None:
        """Close all connections as Discord does before a restart: they may resume."""
        await asyncio.gather(*(connection.close(1001) for connection in list(self.connections)))

    def _hear(self, event: Event) -> None:
        for session in list(self.sessions.values()):
            if session.is_stale():
                self.end_session(session)
            else:
                session.hear(event)

    def _ready(self, session: Session, guild_ids: list[int]) -> Json:
        world = self.hub.world
        return {
            "v": 10,
            "user": own_user_object(world.bot),
            "guilds": [{"id": str(guild), "unavailable": True} for guild in guild_ids],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "session_type": "normal",
            "shard": list(session.shard),
            "application": {"id": str(world.application.id), "flags": privileged(self.hub.settings)[1]},
            "private_channels": [],
            "relationships": [],
            "user_settings": {},
            "presences": [],
            "geo_ordered_rtc_regions": [],
            "_trace": ["sandbox"],
        }
