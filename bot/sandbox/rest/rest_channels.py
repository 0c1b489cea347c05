"""REST: channels, threads, direct messages and permission overwrites."""

from typing import Any

from aiohttp import web

from bot.sandbox.model.body import Body
from bot.sandbox.model.errors import ApiError
from bot.sandbox.model.models import Channel, ChannelType, Json
from bot.sandbox.model.permissions import Permission, can_view, require
from bot.sandbox.payloads.payloads import channel_object, member_object, thread_member_object
from bot.sandbox.rest.rest import Route, answer, flag, nothing, snowflake
from bot.sandbox.rest.uploads import read_body, read_object
from bot.sandbox.rules.channels import Channels
from bot.sandbox.rules.hub import Hub
from bot.sandbox.rules.messages import Messages
from bot.sandbox.rules.threads import Threads

CHANNEL = "/channels/{channel_id}"
THREAD_MEMBERS = CHANNEL + "/thread-members"


class ChannelRoutes:
    """Discord's resource "Channel" without its messages: channels, threads and who is in them."""

    def __init__(self, hub: Hub, channels: Channels, threads: Threads, messages: Messages) -> None:
        self._hub = hub
        self._channels = channels
        self._threads = threads
        self._messages = messages

    def routes(self) -> list[Route]:
        """The routes served here."""
        return [
            Route("GET", CHANNEL, self.get),
            Route("PATCH", CHANNEL, self.change),
            Route("DELETE", CHANNEL, self.delete),
            Route("PUT", CHANNEL + "/permissions/{overwrite_id}", self.set_overwrite),
            Route("DELETE", CHANNEL + "/permissions/{overwrite_id}", self.remove_overwrite),
            Route("POST", CHANNEL + "/threads", self.open_thread),
            Route("POST", CHANNEL + "/messages/{message_id}/threads", self.open_thread_from),
            Route("GET", CHANNEL + "/threads/archived/{kind:public|private}", self.archived_threads),
            Route("GET", THREAD_MEMBERS, self.thread_members),
            Route("PUT", THREAD_MEMBERS + "/{member}", self.add_thread_member),
            Route("DELETE", THREAD_MEMBERS + "/{member}", self.remove_thread_member),
            Route("GET", THREAD_MEMBERS + "/{member}", self.thread_member),
            Route("GET", "/guilds/{guild_id}/channels", self.guild_channels),
            Route("GET", "/guilds/{guild_id}/threads/active", self.active_threads),
            Route("POST", "/users/@me/channels", self.open_dm),
        ]

    async def get(self, request: web.Request) -> web.Response:
        """Get Channel."""
        channel = self._channel(request)
        require(self._hub.world, channel, self._me)
        return answer(self._shown(channel))

    async def change(self, request: web.Request) -> web.Response:
        """Modify Channel, for threads too."""
        channel, fields = self._channel(request), await read_object(request)
        if channel.thread is not None:
            return answer(self._shown(self._threads.change(self._me, channel, fields)))
        return answer(self._shown(self._channels.change(self._me, channel, fields)))

    async def delete(self, request: web.Request) -> web.Response:
        """Delete/Close Channel, for threads too."""
        channel = self._channel(request)
        shown = self._shown(channel)
        if channel.thread is not None:
            self._threads.delete(self._me, channel)
        else:
            self._channels.delete(self._me, channel)
        return answer(shown)

    async def set_overwrite(self, request: web.Request) -> web.Response:
        """Edit Channel Permissions."""
        channel, fields = self._channel(request), await read_object(request)
        self._channels.set_overwrite(self._me, channel, snowflake(request, "overwrite_id"), fields)
        return nothing()

    async def remove_overwrite(self, request: web.Request) -> web.Response:
        """Delete Channel Permission."""
        channel = self._channel(request)
        self._channels.remove_overwrite(self._me, channel, snowflake(request, "overwrite_id"))
        return nothing()

    async def open_thread(self, request: web.Request) -> web.Response:
        """A thread without a message; in a forum, a post with its first message."""
        parent = self._channel(request)
        body = await read_body(request, self._hub.settings.request_limit)
        if parent.type is not ChannelType.FORUM:
            return answer(self._shown(self._threads.open(self._me, parent, body.json)), 201)
        first = body.json.get("message")
        if not isinstance(first, dict):
            raise ApiError(50006)
        thread = self._threads.open(self._me, parent, body.json)
        message = self._messages.send(self._me, thread, Body(first, body.files), message_id=thread.id)
        shown = self._hub.payloads.message(message, self._me)
        return answer(self._shown(thread) | {"message": shown}, 201)

    async def open_thread_from(self, request: web.Request) -> web.Response:
        """Start Thread from Message."""
        parent, fields = self._channel(request), await read_object(request)
        message = self._messages.get(self._me, parent, snowflake(request, "message_id"))
        return answer(self._shown(self._threads.open(self._me, parent, fields, message)), 201)

    async def archived_threads(self, request: web.Request) -> web.Response:
        """List Public or Private Archived Threads."""
        parent = self._channel(request)
        require(self._hub.world, parent, self._me, Permission.READ_MESSAGE_HISTORY)
        is_private = request.match_info["kind"] == "private"
        found = [
            thread
            for thread in self._hub.world.threads(parent.id)
            if thread.thread is not None
            and thread.thread.archived
            and (thread.type is ChannelType.PRIVATE_THREAD) == is_private
        ]
        return answer(self._thread_list(found) | {"has_more": False})

    async def active_threads(self, request: web.Request) -> web.Response:
        """List Active Guild Threads."""
        guild = self._hub.world.guild(snowflake(request, "guild_id"))
        channels = self._hub.world.channels.values()
        found = [c for c in channels if c.guild_id == guild.id and c.thread and not c.thread.archived]
        return answer(self._thread_list(found) | {"has_more": False})

    async def thread_members(self, request: web.Request) -> web.Response:
        """List Thread Members."""
        thread = self._thread(request)
        return answer([self._thread_member(thread, u, request) for u in _members(thread)])

    async def thread_member(self, request: web.Request) -> web.Response:
        """Get Thread Member. Raises 10007 when they are not in the thread."""
        thread, user_id = self._thread(request), self._named_member(request)
        if user_id not in _members(thread):
            raise ApiError(10007)
        return answer(self._thread_member(thread, user_id, request))

    async def add_thread_member(self, request: web.Request) -> web.Response:
        """Join Thread and Add Thread Member."""
        thread = self._thread(request)
        self._threads.refuse_if_archived(thread)
        self._threads.join(thread, self._named_member(request))
        return nothing()

    async def remove_thread_member(self, request: web.Request) -> web.Response:
        """Leave Thread and Remove Thread Member."""
        thread, user_id = self._thread(request), self._named_member(request)
        self._threads.refuse_if_archived(thread)
        if user_id != self._me:
            require(self._hub.world, thread, self._me, Permission.MANAGE_THREADS)
        self._threads.leave(thread, user_id)
        return nothing()

    async def guild_channels(self, request: web.Request) -> web.Response:
        """Get Guild Channels; threads are not among them."""
        guild = self._hub.world.guild(snowflake(request, "guild_id"))
        channels = self._hub.world.channels.values()
        return answer([self._shown(c) for c in channels if c.guild_id == guild.id and c.thread is None])

    async def open_dm(self, request: web.Request) -> web.Response:
        """Create DM, or the one that is there already."""
        recipient = (await read_object(request)).get("recipient_id")
        return answer(self._shown(self._channels.open_dm(int(recipient or 0))))

    @property
    def _me(self) -> int:
        return self._hub.world.bot.id

    def _channel(self, request: web.Request) -> Channel:
        return self._hub.world.channel(snowflake(request, "channel_id"))

    def _thread(self, request: web.Request) -> Channel:
        channel = self._channel(request)
        if channel.thread is None:
            raise ApiError(50024)
        require(self._hub.world, channel, self._me)
        return channel

    def _named_member(self, request: web.Request) -> int:
        if request.match_info["member"] == "@me":
            return self._me
        return self._hub.world.user(snowflake(request, "member")).id

    def _thread_member(self, thread: Channel, user_id: int, request: web.Request) -> Json:
        payload = thread_member_object(thread, user_id)
        guild = self._hub.world.guild(thread.guild_id or 0)
        if flag(request, "with_member") and user_id in guild.members:
            payload["member"] = member_object(self._hub.world, guild.members[user_id])
        return payload

    def _thread_list(self, threads: list[Channel]) -> Json:
        seen = [thread for thread in threads if can_view(self._hub.world, thread, self._me)]
        joined = [thread for thread in seen if self._me in _members(thread)]
        return {
            "threads": [self._shown(thread) for thread in sorted(seen, key=lambda t: -t.id)],
            "members": [thread_member_object(thread, self._me) for thread in joined],
        }

    def _shown(self, channel: Channel) -> Any:
        return channel_object(self._hub.world, channel, self._me)


def _members(thread: Channel) -> list[int]:
    return list(thread.thread.members) if thread.thread is not None else []
