"""The people at the page, as those who act through the page's API."""

from typing import Any

from aiohttp import web

from bot.sandbox.model.errors import ApiError, FormError
from bot.sandbox.model.parsing import parse_id
from bot.sandbox.model.permissions import channel_permissions
from bot.sandbox.model.records import Channel, Json, Message
from bot.sandbox.payloads.objects import channel_object
from bot.sandbox.rules.hub import Hub

HEADER = "X-Sandbox-User"


class PersonCaller:
    """Whoever the header names; things are shown as their client would show them."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def actor(self, request: web.Request) -> int:
        """The person that X-Sandbox-User names. Raises 401 where it names nobody."""
        actor = self.actor_or_none(request)
        if actor is None:
            raise FormError({HEADER: ("BASE_TYPE_REQUIRED", "This header names who acts.")})
        return actor

    def actor_or_none(self, request: web.Request) -> int | None:
        """The person that X-Sandbox-User names, or None."""
        try:
            user = self._hub.world.user(parse_id(request.headers.get(HEADER)))
        except (ValueError, ApiError):
            return None
        return None if user.bot else user.id

    def fields(self, body: Json) -> Json:
        """The page's `reply_to` as a reference; a reply pings, as in Discord's client."""
        reply_to: Any = body.get("reply_to")
        kept = {key: value for key, value in body.items() if key != "reply_to"}
        return kept | ({"message_reference": {"message_id": reply_to}} if reply_to else {})

    def message(self, message: Message, actor: int) -> Json:
        """The message as this person's page shows it."""
        return self._hub.payloads.dispatched(message, actor)

    def channel(self, channel: Channel, actor: int) -> Json:
        """A channel with the person's permissions in it, which tell the page what to offer."""
        permissions = channel_permissions(self._hub.world, channel, actor)
        return channel_object(self._hub.world, channel, actor) | {"permissions": str(permissions)}
