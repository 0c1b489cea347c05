"""Who acts through an API, and how things are shown to them.

The bot's REST API and the page's API run the same handlers; they differ only in this.
"""

from typing import Protocol

from aiohttp import web

from bot.sandbox.model.intents import Intent, privileged
from bot.sandbox.model.records import Channel, Json, Message
from bot.sandbox.payloads.messages import without_content
from bot.sandbox.payloads.objects import channel_object
from bot.sandbox.rules.hub import Hub


class Caller(Protocol):
    """Who acts through a handler, and how things are shown to them."""

    def actor(self, request: web.Request) -> int:
        """The id of the user who acts."""

    def fields(self, body: Json) -> Json:
        """A message's body in Discord's own form."""

    def message(self, message: Message, actor: int) -> Json:
        """The message as the actor sees it."""

    def channel(self, channel: Channel, actor: int) -> Json:
        """The channel as the actor sees it."""


class BotCaller:
    """The bot, whose token was checked before."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def actor(self, request: web.Request) -> int:
        """The id of the bot: its token was checked before."""
        return self._hub.world.bot.id

    def fields(self, body: Json) -> Json:
        """The fields of a body that the bot may set: all."""
        return body

    def message(self, message: Message, actor: int) -> Json:
        """The message, without its content where the bot has no intent for that."""
        payload = self._hub.payloads.message(message, actor)
        may_read = privileged(self._hub.settings)[0] & Intent.MESSAGE_CONTENT
        channel = self._hub.world.channel(message.channel_id)
        if may_read or channel.guild_id is None:
            return payload
        marked = without_content(payload | {"guild_id": str(channel.guild_id)}, actor)
        return {key: value for key, value in marked.items() if key != "guild_id"}

    def channel(self, channel: Channel, actor: int) -> Json:
        """The channel as the actor sees it."""
        return channel_object(self._hub.world, channel, actor)
