"""The page's side of the sandbox: what people do, as JSON over HTTP. `X-Sandbox-User` names who acts."""

from typing import Any

from aiohttp import web

from bot.sandbox.gateway.server import Gateway
from bot.sandbox.model.body import Body
from bot.sandbox.model.errors import ApiError, FormError
from bot.sandbox.model.localization import localized
from bot.sandbox.model.parsing import parse_id
from bot.sandbox.model.permissions import can_view, guild_permissions, require
from bot.sandbox.model.records import Channel, ChannelType, Guild, Json
from bot.sandbox.page_api.caller import PersonCaller
from bot.sandbox.page_api.interactions import ClientInteractions
from bot.sandbox.payloads.objects import command_object, member_object, role_object, user_object
from bot.sandbox.rest.channels import ChannelHandlers
from bot.sandbox.rest.endpoint import Handler, answer, refusal
from bot.sandbox.rest.messages import MessageHandlers
from bot.sandbox.rest.reading import path_id, read_body, read_object
from bot.sandbox.rules.channels import Channels
from bot.sandbox.rules.commands import Commands
from bot.sandbox.rules.hub import Hub
from bot.sandbox.rules.people import People

CHANNEL = "/client/channels/{channel_id}"
MESSAGE = CHANNEL + "/messages/{message_id}"
REACTION = MESSAGE + "/reactions/{emoji}"


class ClientApi:
    """Endpoints under /client. Messages and channels have the same handlers as in the bot's REST API."""

    def __init__(  # noqa: PLR0913, PLR0917  # the whole local Discord, handed in once by its app
        self,
        hub: Hub,
        caller: PersonCaller,
        gateway: Gateway,
        people: People,
        channels: Channels,
        commands: Commands,
        interactions: ClientInteractions,
        channel_handlers: ChannelHandlers,
        message_handlers: MessageHandlers,
    ) -> None:
        self._hub = hub
        self._caller = caller
        self._gateway = gateway
        self._people = people
        self._channels = channels
        self._commands = commands
        self._interactions = interactions
        self._on_channels = channel_handlers
        self._on_messages = message_handlers

    def routes(self) -> list[web.RouteDef]:
        """All routes below /client."""
        channels, messages = self._on_channels, self._on_messages
        endpoints: list[tuple[str, str, Handler]] = [
            ("GET", "/client/state", self.state),
            ("POST", "/client/users", self.add_user),
            ("POST", "/client/dm", self.open_dm),
            ("POST", "/client/interactions", self.interact),
            ("GET", CHANNEL + "/messages", messages.page),
            ("POST", CHANNEL + "/messages", messages.create),
            ("PATCH", MESSAGE, messages.edit),
            ("DELETE", MESSAGE, messages.delete),
            ("GET", REACTION, messages.reactors),
            ("PUT", REACTION, messages.react),
            ("DELETE", REACTION, messages.unreact),
            ("POST", CHANNEL + "/typing", channels.typing),
            ("GET", CHANNEL + "/commands", self.commands),
            ("POST", CHANNEL + "/threads", self.open_thread),
            ("PATCH", CHANNEL, channels.change),
        ]
        return [web.route(method, path, _told(handler)) for method, path, handler in endpoints]

    async def state(self, request: web.Request) -> web.Response:
        """Everything a page needs to start. Without a user it is what the first person would see."""
        world = self._hub.world
        me = self._caller.actor_or_none(request)
        viewer = me if me is not None else next(u.id for u in world.users.values() if not u.bot)
        application = world.application
        return answer(
            {
                "me": user_object(world.user(me)) if me is not None else None,
                "guilds": [self._guild(g, viewer) for g in world.guilds.values() if viewer in g.members],
                "dms": [
                    self._caller.channel(c, viewer) for c in world.channels.values() if viewer in c.recipients
                ],
                "users": [user_object(user) for user in world.users.values()],
                "application": {
                    "id": str(application.id),
                    "name": application.name,
                    "bot": user_object(world.bot),
                },
                "attachment_limit": self._hub.settings.attachment_limit,
                "bot_online": self._gateway.online,
            }
        )

    async def add_user(self, request: web.Request) -> web.Response:
        """POST /client/users: a new person, who joins the server."""
        fields = await read_object(request)
        return answer(user_object(self._people.join(fields.get("name"), fields.get("locale"))))

    async def open_dm(self, request: web.Request) -> web.Response:
        """A direct-message channel with the bot, the only one people can write to here."""
        fields = await read_object(request)
        if str(fields.get("user_id")) != str(self._hub.world.bot.id):
            raise ApiError(50007)
        actor = self._caller.actor(request)
        return answer(self._caller.channel(self._channels.open_dm(actor), actor))

    async def interact(self, request: web.Request) -> web.Response:
        """POST /client/interactions: a command, press or form of a person; answers with what comes of it."""
        body = await read_body(request, self._hub.settings.request_limit)
        interaction = self._interactions.start(self._caller.actor(request), body)
        return answer({"id": str(interaction.id)})

    async def commands(self, request: web.Request) -> web.Response:
        """GET /client/channels/{id}/commands: what the person may type there."""
        actor, channel = self._caller.actor(request), self._channel(request)
        require(self._hub.world, channel, actor)
        found = self._commands.available(channel, actor)
        world = self._hub.world
        locale = world.user(actor).locale
        return answer([localized(command_object(world, command), locale) for command in found])

    async def open_thread(self, request: web.Request) -> web.Response:
        """As in the REST API, but public unless it says otherwise, and `message_id` is in the body."""
        body = await read_body(request, self._hub.settings.request_limit)
        fields: dict[str, Any] = {"type": int(ChannelType.PUBLIC_THREAD), **body.json}
        message_id = _optional_id(fields.pop("message_id", None))
        return self._on_channels.opened(request, Body(fields, body.files), message_id)

    def _guild(self, guild: Guild, viewer: int) -> Json:
        world = self._hub.world
        seen = [c for c in world.channels.values() if c.guild_id == guild.id and can_view(world, c, viewer)]
        return {
            "id": str(guild.id),
            "name": guild.name,
            "icon": None,
            "owner_id": str(guild.owner_id),
            "attachment_limit": guild.attachment_limit,
            "permissions": str(guild_permissions(guild, viewer)),
            "channels": [self._caller.channel(c, viewer) for c in seen if c.thread is None],
            "threads": [self._caller.channel(c, viewer) for c in seen if c.thread is not None],
            "members": [member_object(world, member) for member in guild.members.values()],
            "roles": [role_object(role) for role in guild.roles.values()],
        }

    def _channel(self, request: web.Request) -> Channel:
        return self._hub.world.channel(path_id(request, "channel_id"))


def _optional_id(value: object) -> int | None:
    if not value:
        return None
    try:
        return parse_id(value)
    except ValueError as error:
        raise FormError({"message_id": ("NUMBER_TYPE_COERCE", str(error))}) from error


def _told(handler: Handler) -> Handler:
    """Errors as `{code, message}`; a form's problems are put into the sentence."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except FormError as error:
            details = "; ".join(f"{place}: {text}" for place, (_, text) in error.problems.items())
            return answer(error.body() | {"message": details}, error.status)
        except ApiError as error:
            return refusal(error)

    return handle
