"""REST: the bot itself, its application, users, guilds, members and roles, and where the gateway is."""

from aiohttp import web

from bot.sandbox.gateway.server import Gateway
from bot.sandbox.model.errors import ApiError, Form
from bot.sandbox.model.intents import privileged
from bot.sandbox.model.permissions import guild_permissions
from bot.sandbox.model.records import Guild, Member
from bot.sandbox.payloads.objects import (
    application_object,
    guild_object,
    member_object,
    own_user_object,
    role_object,
    user_object,
)
from bot.sandbox.rest.endpoint import Route, answer, nothing
from bot.sandbox.rest.reading import path_id, query_flag, query_id, query_number, read_object
from bot.sandbox.rules.hub import Hub
from bot.sandbox.rules.people import People

GUILD = "/guilds/{guild_id}"
MEMBERS = GUILD + "/members"


class GuildRoutes:
    """Where the gateway is, and Discord's resources "User", "Application" and "Guild"."""

    def __init__(self, hub: Hub, gateway: Gateway, people: People) -> None:
        self._hub = hub
        self._people = people
        self._gateway = gateway

    def routes(self) -> list[Route]:
        """The routes served here."""
        return [
            Route("GET", "/gateway", self.gateway, open_to_all=True),
            Route("GET", "/gateway/bot", self.gateway_for_bots),
            Route("GET", "/users/@me", self.me),
            Route("PATCH", "/users/@me", self.me),
            Route("GET", "/users/@me/guilds", self.my_guilds),
            Route("GET", "/users/{user_id}", self.user),
            Route("GET", "/oauth2/applications/@me", self.application),
            Route("GET", "/applications/@me", self.application),
            Route("GET", GUILD, self.guild),
            Route("GET", GUILD + "/roles", self.roles),
            Route("GET", MEMBERS, self.members),
            Route("GET", MEMBERS + "/search", self.search_members),
            Route("PATCH", MEMBERS + "/@me", self.rename_me),
            Route("GET", MEMBERS + "/{user_id}", self.member),
            Route("DELETE", "/users/@me/guilds/{guild_id}", self.leave),
        ]

    async def gateway(self, request: web.Request) -> web.Response:
        """Get Gateway."""
        return answer({"url": self._gateway.url})

    async def gateway_for_bots(self, request: web.Request) -> web.Response:
        """Get Gateway Bot."""
        settings = self._hub.settings
        limit = self._gateway.starts.limit()
        return answer({"url": self._gateway.url, "shards": settings.shards, "session_start_limit": limit})

    async def me(self, request: web.Request) -> web.Response:
        """Get and Modify Current User; a change is accepted and has no effect."""
        return answer(own_user_object(self._hub.world.bot))

    async def user(self, request: web.Request) -> web.Response:
        """GET User. 10013 for an unknown one."""
        return answer(user_object(self._hub.world.user(path_id(request, "user_id"))))

    async def application(self, request: web.Request) -> web.Response:
        """Get Current Application."""
        flags = privileged(self._hub.settings)[1]
        world = self._hub.world
        return answer(application_object(world, world.application, flags=flags))

    async def my_guilds(self, request: web.Request) -> web.Response:
        """Get Current User Guilds."""
        mine = [g for g in self._hub.world.guilds.values() if self._me in g.members]
        return answer(
            [
                {
                    "id": str(guild.id),
                    "name": guild.name,
                    "icon": None,
                    "banner": None,
                    "owner": guild.owner_id == self._me,
                    "permissions": str(guild_permissions(guild, self._me)),
                    "features": [],
                }
                for guild in mine
            ]
        )

    async def guild(self, request: web.Request) -> web.Response:
        """Get Guild, with counts where the request asks for them."""
        guild = self._guild(request)
        payload = guild_object(guild)
        if query_flag(request, "with_counts"):
            count = len(guild.members)
            payload |= {"approximate_member_count": count, "approximate_presence_count": count}
        return answer(payload)

    async def roles(self, request: web.Request) -> web.Response:
        """Get Guild Roles."""
        return answer([role_object(role) for role in self._guild(request).roles.values()])

    async def members(self, request: web.Request) -> web.Response:
        """All members by id; needs the members intent, as on Discord."""
        guild = self._guild(request)
        if not self._hub.settings.guild_members:
            raise ApiError(50001)
        after = query_id(request, "after") or 0
        limit = query_number(request, "limit", 1, least=1, most=1000)
        found = sorted((m for m in guild.members.values() if m.user_id > after), key=lambda m: m.user_id)
        return answer([member_object(self._hub.world, member) for member in found[:limit]])

    async def search_members(self, request: web.Request) -> web.Response:
        """Search Guild Members: those whose name begins with `query`."""
        start = request.query.get("query", "").casefold()
        limit = query_number(request, "limit", 1, least=1, most=1000)
        members = self._guild(request).members.values()
        found = [m for m in members if self._name(m).casefold().startswith(start)]
        return answer([member_object(self._hub.world, member) for member in found[:limit]])

    async def member(self, request: web.Request) -> web.Response:
        """Get Guild Member. Raises 10007 when they are not in the server."""
        guild = self._guild(request)
        user = self._hub.world.user(path_id(request, "user_id"))
        if user.id not in guild.members:
            raise ApiError(10007)
        return answer(member_object(self._hub.world, guild.members[user.id]))

    async def rename_me(self, request: web.Request) -> web.Response:
        """Modify Current Member: the bot's name in this server."""
        guild, fields = self._guild(request), await read_object(request)
        form = Form()
        if fields.get("nick") is not None:
            form.too_long("nick", fields["nick"], 32)
        form.finish()
        member = guild.members[self._me]
        member.nick = fields.get("nick") or None
        self._hub.world.keep(guild)
        payload = member_object(self._hub.world, member)
        self._hub.tell_guild("GUILD_MEMBER_UPDATE", payload, guild)
        return answer(payload)

    async def leave(self, request: web.Request) -> web.Response:
        """Leave Guild."""
        self._people.leave(self._guild(request), self._me)
        return nothing()

    @property
    def _me(self) -> int:
        return self._hub.world.bot.id

    def _guild(self, request: web.Request) -> Guild:
        guild = self._hub.world.guild(path_id(request, "guild_id"))
        if self._me not in guild.members:
            raise ApiError(50001)
        return guild

    def _name(self, member: Member) -> str:
        return member.nick or self._hub.world.user(member.user_id).name
