"""Channels: the handlers that the bot's REST API and the page's API share."""

from aiohttp import web

from bot.sandbox.model.body import Body
from bot.sandbox.model.parsing import parse_id
from bot.sandbox.model.permissions import require
from bot.sandbox.model.records import Channel, ChannelType
from bot.sandbox.rest.caller import Caller
from bot.sandbox.rest.endpoint import Route, answer, nothing
from bot.sandbox.rest.reading import path_id, read_body, read_object
from bot.sandbox.rules.bodies import Recipient
from bot.sandbox.rules.channels import Channels
from bot.sandbox.rules.hub import Hub
from bot.sandbox.rules.messages import Messages
from bot.sandbox.rules.shapes import checked_shape
from bot.sandbox.rules.threads import Threads

CHANNEL = "/channels/{channel_id}"


class ChannelHandlers:
    """What can be done with channels by whoever the `caller` says."""

    def __init__(
        self, hub: Hub, caller: Caller, channels: Channels, threads: Threads, messages: Messages
    ) -> None:
        self._hub = hub
        self._caller = caller
        self._channels = channels
        self._threads = threads
        self._messages = messages

    def routes(self) -> list[Route]:
        """The endpoints of Discord's REST API."""
        return [
            Route("GET", CHANNEL, self.get),
            Route("PATCH", CHANNEL, self.change),
            Route("DELETE", CHANNEL, self.delete),
            Route("POST", CHANNEL + "/typing", self.typing),
            Route("PUT", CHANNEL + "/permissions/{overwrite_id}", self.set_overwrite),
            Route("DELETE", CHANNEL + "/permissions/{overwrite_id}", self.remove_overwrite),
            Route("POST", CHANNEL + "/threads", self.open_thread),
            Route("POST", CHANNEL + "/messages/{message_id}/threads", self.open_thread_from),
            Route("GET", "/guilds/{guild_id}/channels", self.guild_channels),
            Route("POST", "/users/@me/channels", self.open_dm),
        ]

    async def get(self, request: web.Request) -> web.Response:
        """GET Channel. 50001 where the actor may not view it."""
        actor, channel = self._caller.actor(request), self._channel(request)
        require(self._hub.world, channel, actor)
        return answer(self._caller.channel(channel, actor))

    async def change(self, request: web.Request) -> web.Response:
        """PATCH Modify Channel, of threads too: name, archived, locked, topic, tags."""
        actor, channel = self._caller.actor(request), self._channel(request)
        changed = self._channels.change(actor, channel, await read_object(request))
        return answer(self._caller.channel(changed, actor))

    async def delete(self, request: web.Request) -> web.Response:
        """DELETE Close Channel, or delete a thread."""
        actor, channel = self._caller.actor(request), self._channel(request)
        shown = self._caller.channel(channel, actor)
        self._channels.delete(actor, channel)
        return answer(shown)

    async def typing(self, request: web.Request) -> web.Response:
        """POST Trigger Typing Indicator."""
        self._channels.type_in(self._caller.actor(request), self._channel(request))
        return nothing()

    async def set_overwrite(self, request: web.Request) -> web.Response:
        """PUT Edit Channel Permissions."""
        actor, channel = self._caller.actor(request), self._channel(request)
        target = path_id(request, "overwrite_id")
        self._channels.set_overwrite(actor, channel, target, await read_object(request))
        return nothing()

    async def remove_overwrite(self, request: web.Request) -> web.Response:
        """DELETE Delete Channel Permission."""
        actor, channel = self._caller.actor(request), self._channel(request)
        self._channels.remove_overwrite(actor, channel, path_id(request, "overwrite_id"))
        return nothing()

    async def open_thread(self, request: web.Request) -> web.Response:
        """A thread without a message; in a forum, a post with its first message."""
        body = await read_body(request, self._hub.settings.request_limit)
        return self.opened(request, body, None)

    async def open_thread_from(self, request: web.Request) -> web.Response:
        """POST Start Thread from Message. 160004 where it has one."""
        body = Body(await read_object(request), {})
        return self.opened(request, body, path_id(request, "message_id"))

    def opened(self, request: web.Request, body: Body, message_id: int | None) -> web.Response:
        """The answer with the thread that `body` asks for, opened from a message when one is named."""
        actor, parent = self._caller.actor(request), self._channel(request)
        if message_id is None and parent.type is ChannelType.FORUM:
            post, first = self._messages.open_post(actor, parent, body)
            message = self._caller.message(first, actor)
            return answer(self._caller.channel(post, actor) | {"message": message}, 201)
        source = None if message_id is None else self._messages.get(actor, parent, message_id)
        thread = self._threads.open(actor, parent, body.json, source)
        return answer(self._caller.channel(thread, actor), 201)

    async def guild_channels(self, request: web.Request) -> web.Response:
        """GET Guild Channels: those that the actor may view, without threads."""
        actor = self._caller.actor(request)
        guild = self._hub.world.guild(path_id(request, "guild_id"))
        channels = self._hub.world.channels.values()
        found = [c for c in channels if c.guild_id == guild.id and c.thread is None]
        return answer([self._caller.channel(channel, actor) for channel in found])

    async def open_dm(self, request: web.Request) -> web.Response:
        """POST Create DM with `recipient_id`; the one that is there is given again."""
        recipient = parse_id(checked_shape(Recipient, await read_object(request))["recipient_id"])
        return answer(self._caller.channel(self._channels.open_dm(recipient), self._caller.actor(request)))

    def _channel(self, request: web.Request) -> Channel:
        return self._hub.world.channel(path_id(request, "channel_id"))
