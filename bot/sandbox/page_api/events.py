"""The page's WebSocket: everything a person may see, as it happens, in Discord's dispatch shapes."""

import asyncio
import json

from aiohttp import WSMsgType, web

from bot.sandbox.model.errors import ApiError
from bot.sandbox.model.events import Event
from bot.sandbox.model.records import Json
from bot.sandbox.rest.reading import query_id
from bot.sandbox.rules.hub import Hub

BOTS_ONLY = ("INTERACTION_CREATE", "THREAD_MEMBERS_UPDATE")


class ClientEvents:
    """The page's WebSocket: what happens, as each person may see it."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._sockets: set[web.WebSocketResponse] = set()

    def routes(self) -> list[web.RouteDef]:
        """Where the page opens its WebSocket."""
        return [web.get("/client/events", self.handle)]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """GET /client/events?user=<id>."""
        try:
            user = self._hub.world.user(query_id(request, "user") or 0)
        except ApiError:
            return web.Response(status=404, text="Unknown user: choose one of /client/state.")
        socket = web.WebSocketResponse(heartbeat=30.0)
        await socket.prepare(request)
        await self._serve(socket, user.id)
        return socket

    async def close(self) -> None:
        """Close every page's WebSocket."""
        await asyncio.gather(*(socket.close(code=1001) for socket in list(self._sockets)))

    async def _serve(self, socket: web.WebSocketResponse, user_id: int) -> None:
        outbox: asyncio.Queue[Json] = asyncio.Queue()

        def hear(event: Event) -> None:
            if event.name not in BOTS_ONLY and self._hub.events.concerns(event, user_id):
                outbox.put_nowait({"t": event.name, "d": event.render(user_id)})

        unsubscribe = self._hub.events.subscribe(hear)
        writer = asyncio.create_task(_write(socket, outbox))
        self._sockets.add(socket)
        try:
            async for message in socket:
                if message.type is WSMsgType.ERROR:
                    break
        finally:
            unsubscribe()
            self._sockets.discard(socket)
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)


async def _write(socket: web.WebSocketResponse, outbox: asyncio.Queue[Json]) -> None:
    while True:
        try:
            await socket.send_str(json.dumps(await outbox.get(), separators=(",", ":")))
        except ConnectionError:
            return  # the page is gone; its reader ends too
