"""REST: lists of threads, and who is in one."""

from aiohttp import web

from bot.sandbox.model.errors import ApiError
from bot.sandbox.model.permissions import Permission, can_view, require
from bot.sandbox.model.records import Channel, ChannelType, Json
from bot.sandbox.payloads.objects import channel_object, member_object, thread_member_object
from bot.sandbox.rest.endpoint import Route, answer, nothing
from bot.sandbox.rest.reading import path_id, query_flag
from bot.sandbox.rules.hub import Hub
from bot.sandbox.rules.threads import Threads

CHANNEL = "/channels/{channel_id}"
MEMBERS = CHANNEL + "/thread-members"


class ThreadRoutes:
    """Threads' members and lists, as the bot asks for them."""

    def __init__(self, hub: Hub, threads: Threads) -> None:
        self._hub = hub
        self._threads = threads

    def routes(self) -> list[Route]:
        """All routes of threads."""
        return [
            Route("GET", CHANNEL + "/threads/archived/{kind:public|private}", self.archived),
            Route("GET", MEMBERS, self.members),
            Route("PUT", MEMBERS + "/{member}", self.add_member),
            Route("DELETE", MEMBERS + "/{member}", self.remove_member),
            Route("GET", MEMBERS + "/{member}", self.member),
            Route("GET", "/guilds/{guild_id}/threads/active", self.active),
        ]

    async def archived(self, request: web.Request) -> web.Response:
        """GET Public or Private Archived Threads, newest first, `before` a time."""
        parent = self._hub.world.channel(path_id(request, "channel_id"))
        require(self._hub.world, parent, self._me, Permission.READ_MESSAGE_HISTORY)
        is_private = request.match_info["kind"] == "private"
        found = [
            thread
            for thread in self._hub.world.threads(parent.id)
            if thread.thread is not None
            and thread.thread.archived
            and (thread.type is ChannelType.PRIVATE_THREAD) == is_private
        ]
        return answer(self._listed(found) | {"has_more": False})

    async def active(self, request: web.Request) -> web.Response:
        """GET Active Guild Threads that the bot may view."""
        guild = self._hub.world.guild(path_id(request, "guild_id"))
        channels = self._hub.world.channels.values()
        found = [c for c in channels if c.guild_id == guild.id and c.thread and not c.thread.archived]
        return answer(self._listed(found) | {"has_more": False})

    async def members(self, request: web.Request) -> web.Response:
        """GET Thread Members; needs the GUILD_MEMBERS intent."""
        thread = self._thread(request)
        return answer([self._member(thread, user_id, request) for user_id in _ids(thread)])

    async def member(self, request: web.Request) -> web.Response:
        """GET Thread Member. 10007 where somebody is not in it."""
        thread, user_id = self._thread(request), self._named_member(request)
        if user_id not in _ids(thread):
            raise ApiError(10007)
        return answer(self._member(thread, user_id, request))

    async def add_member(self, request: web.Request) -> web.Response:
        """PUT Join Thread, or Add Thread Member."""
        thread = self._thread(request)
        self._threads.refuse_if_archived(thread)
        self._threads.join(thread, self._named_member(request))
        return nothing()

    async def remove_member(self, request: web.Request) -> web.Response:
        """DELETE Leave Thread, or Remove Thread Member."""
        thread, user_id = self._thread(request), self._named_member(request)
        self._threads.refuse_if_archived(thread)
        if user_id != self._me:
            require(self._hub.world, thread, self._me, Permission.MANAGE_THREADS)
        self._threads.leave(thread, user_id)
        return nothing()

    @property
    def _me(self) -> int:
        return self._hub.world.bot.id

    def _thread(self, request: web.Request) -> Channel:
        channel = self._hub.world.channel(path_id(request, "channel_id"))
        if channel.thread is None:
            raise ApiError(50024)
        require(self._hub.world, channel, self._me)
        return channel

    def _named_member(self, request: web.Request) -> int:
        if request.match_info["member"] == "@me":
            return self._me
        return self._hub.world.user(path_id(request, "member")).id

    def _member(self, thread: Channel, user_id: int, request: web.Request) -> Json:
        payload = thread_member_object(thread, user_id)
        guild = self._hub.world.guild(thread.guild_id or 0)
        if query_flag(request, "with_member") and user_id in guild.members:
            payload["member"] = member_object(self._hub.world, guild.members[user_id])
        return payload

    def _listed(self, threads: list[Channel]) -> Json:
        world = self._hub.world
        seen = [thread for thread in threads if can_view(world, thread, self._me)]
        joined = [thread for thread in seen if self._me in _ids(thread)]
        return {
            "threads": [channel_object(world, t, self._me) for t in sorted(seen, key=lambda t: -t.id)],
            "members": [thread_member_object(thread, self._me) for thread in joined],
        }


def _ids(thread: Channel) -> list[int]:
    return list(thread.thread.members) if thread.thread is not None else []
