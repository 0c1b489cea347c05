"""REST: application commands, global ones and those of one guild."""

from aiohttp import web

from bot.sandbox.model.errors import ApiError
from bot.sandbox.model.records import Command, Json
from bot.sandbox.payloads.objects import command_object
from bot.sandbox.rest.endpoint import Route, answer, nothing
from bot.sandbox.rest.reading import path_id, read_json, read_object
from bot.sandbox.rules.commands import Commands, Scope
from bot.sandbox.rules.hub import Hub

APPLICATION = "/applications/{application_id}"


class CommandRoutes:
    """Discord's resource "Application Commands", global ones and those of a server."""

    def __init__(self, hub: Hub, commands: Commands) -> None:
        self._hub = hub
        self._commands = commands

    def routes(self) -> list[Route]:
        """The routes served here."""
        routes: list[Route] = []
        for prefix in (APPLICATION, APPLICATION + "/guilds/{guild_id}"):
            routes += [
                Route("GET", prefix + "/commands", self.list_all),
                Route("POST", prefix + "/commands", self.create),
                Route("PUT", prefix + "/commands", self.replace_all),
                Route("GET", prefix + "/commands/{command_id}", self.get),
                Route("PATCH", prefix + "/commands/{command_id}", self.change),
                Route("DELETE", prefix + "/commands/{command_id}", self.delete),
            ]
        return routes

    async def list_all(self, request: web.Request) -> web.Response:
        """Get Global or Guild Application Commands."""
        return answer([self._shown(command) for command in self._commands.all(self._scope(request))])

    async def create(self, request: web.Request) -> web.Response:
        """Create Global or Guild Application Command; one of the same name and type is replaced."""
        command, is_new = self._commands.put(await read_json(request), self._scope(request))
        return answer(self._shown(command), 201 if is_new else 200)

    async def replace_all(self, request: web.Request) -> web.Response:
        """Bulk Overwrite Global or Guild Application Commands."""
        scope = self._scope(request)
        commands = self._commands.replace_all(await read_json(request), scope)
        return answer([self._shown(command) for command in commands])

    async def get(self, request: web.Request) -> web.Response:
        """Get Global or Guild Application Command."""
        return answer(self._shown(self._command(request)))

    async def change(self, request: web.Request) -> web.Response:
        """Edit Global or Guild Application Command."""
        command = self._command(request)
        return answer(self._shown(self._commands.change(command, await read_object(request))))

    async def delete(self, request: web.Request) -> web.Response:
        """Delete Global or Guild Application Command."""
        self._commands.delete(self._command(request))
        return nothing()

    def _command(self, request: web.Request) -> Command:
        return self._commands.get(path_id(request, "command_id"), self._scope(request))

    def _scope(self, request: web.Request) -> Scope:
        if path_id(request, "application_id") != self._hub.world.application.id:
            raise ApiError(20012)
        if "guild_id" not in request.match_info:
            return None
        guild = self._hub.world.guild(path_id(request, "guild_id"))
        if self._hub.world.bot.id not in guild.members:
            raise ApiError(50001)
        return guild.id

    def _shown(self, command: Command) -> Json:
        return command_object(self._hub.world, command)
