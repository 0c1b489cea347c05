"""The page's side of the sandbox: what people do, as JSON over HTTP. `X-Sandbox-User` names who acts."""

from typing import Any

from aiohttp import web

from bot.sandbox.gateway.gateway import Gateway
from bot.sandbox.model.body import Body
from bot.sandbox.model.errors import ApiError, FormError
from bot.sandbox.model.localization import localized
from bot.sandbox.model.models import Channel, ChannelType, Guild, Json, Message
from bot.sandbox.model.permissions import can_view, channel_permissions, guild_permissions, require
from bot.sandbox.page_api.client_interactions import ClientInteractions
from bot.sandbox.payloads.payloads import (
    channel_object,
    command_object,
    member_object,
    role_object,
    user_object,
)
from bot.sandbox.rest.rest import Handler, answer, nothing, snowflake
from bot.sandbox.rest.rest_messages import tell_typing
from bot.sandbox.rest.uploads import read_body, read_object
from bot.sandbox.rules.channels import Channels
from bot.sandbox.rules.commands import Commands
from bot.sandbox.rules.hub import Hub
from bot.sandbox.rules.messages import Messages
from bot.sandbox.rules.people import People
from bot.sandbox.rules.reactions import Reactions
from bot.sandbox.rules.threads import Threads

MESSAGES = "/client/channels/{channel_id}/messages"
MESSAGE = MESSAGES + "/{message_id}"


class ClientApi:
    """Endpoints under /client. Everything runs through the same rules as the bot's REST API."""

    def __init__(
        self,
        hub: Hub,
        gateway: Gateway,
        people: People,
        channels: Channels,
        threads: Threads,
        messages: Messages,
        reactions: Reactions,
        commands: Commands,
        interactions: ClientInteractions,
    ) -> None:
        self._hub = hub
        self._gateway = gateway
        self._people = people
        self._channels = channels
        self._threads = threads
        self._messages = messages
        self._reactions = reactions
        self._commands = commands
        self._interactions = interactions

    def routes(self) -> list[web.RouteDef]:
        """What the page can call."""
        endpoints: list[tuple[str, str, Handler]] = [
            ("GET", "/client/state", self.state),
            ("POST", "/client/users", self.add_user),
            ("POST", "/client/dm", self.open_dm),
            ("POST", "/client/interactions", self.interact),
            ("GET", MESSAGES, self.page),
            ("POST", MESSAGES, self.send),
            ("PATCH", MESSAGE, self.edit),
            ("DELETE", MESSAGE, self.delete),
            ("PUT", MESSAGE + "/reactions/{emoji}", self.react),
            ("DELETE", MESSAGE + "/reactions/{emoji}", self.unreact),
            ("POST", "/client/channels/{channel_id}/typing", self.typing),
            ("GET", "/client/channels/{channel_id}/commands", self.commands),
            ("POST", "/client/channels/{channel_id}/threads", self.open_thread),
            ("PATCH", "/client/channels/{channel_id}", self.change_channel),
        ]
        return [web.route(method, path, _told(handler)) for method, path, handler in endpoints]

    async def state(self, request: web.Request) -> web.Response:
        """Everything a page needs to start. Without a user it is what the first person would see."""
        world = self._hub.world
        me = self._actor_or_none(request)
        viewer = me if me is not None else next(u.id for u in world.users.values() if not u.bot)
        application = world.application
        return answer(
            {
                "me": user_object(world.user(me)) if me is not None else None,
                "guilds": [self._guild(g, viewer) for g in world.guilds.values() if viewer in g.members],
                "dms": [
                    self._channel_object(c, viewer) for c in world.channels.values() if viewer in c.recipients
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
        """A new person joins, with the name and language of the request."""
        fields = await read_object(request)
        return answer(user_object(self._people.join(fields.get("name"), fields.get("locale"))))

    async def open_dm(self, request: web.Request) -> web.Response:
        """A direct-message channel with the bot, the only one people can write to here."""
        fields = await read_object(request)
        if str(fields.get("user_id")) != str(self._hub.world.bot.id):
            raise ApiError(50007)
        actor = self._actor(request)
        return answer(self._channel_object(self._channels.open_dm(actor), actor))

    async def interact(self, request: web.Request) -> web.Response:
        """Somebody used a command, a button, a menu or a form; the answer comes as an event."""
        body = await read_body(request, self._hub.settings.request_limit)
        interaction = self._interactions.start(self._actor(request), body)
        return answer({"id": str(interaction.id)})

    async def page(self, request: web.Request) -> web.Response:
        """A page of a channel's messages, with the ephemeral ones that are for this person."""
        actor = self._actor(request)
        found = self._messages.page(actor, self._channel(request), request.query, personal=True)
        return answer([self._shown(message, actor) for message in found])

    async def send(self, request: web.Request) -> web.Response:
        """Somebody writes a message, with files or as a reply where the request says so."""
        actor, channel = self._actor(request), self._channel(request)
        body = await read_body(request, self._hub.settings.request_limit)
        message = self._messages.send(actor, channel, Body(_as_reply(body.json), body.files))
        return answer(self._shown(message, actor))

    async def edit(self, request: web.Request) -> web.Response:
        """Somebody changes their message."""
        body, actor = await read_body(request, self._hub.settings.request_limit), self._actor(request)
        return answer(self._shown(self._messages.edit(actor, self._message(request), body), actor))

    async def delete(self, request: web.Request) -> web.Response:
        """Somebody deletes a message, or dismisses one that only they see."""
        message, actor = self._message(request), self._actor(request)
        if message.visible_to == actor:
            self._hub.remove_message(message)  # dismissing an ephemeral one
        else:
            self._messages.delete(actor, message)
        return nothing()

    async def react(self, request: web.Request) -> web.Response:
        """Somebody reacts with an emoji."""
        self._reactions.add(self._actor(request), self._message(request), request.match_info["emoji"])
        return nothing()

    async def unreact(self, request: web.Request) -> web.Response:
        """Somebody takes their reaction back."""
        actor, emoji = self._actor(request), request.match_info["emoji"]
        self._reactions.remove(actor, self._message(request), emoji, actor)
        return nothing()

    async def typing(self, request: web.Request) -> web.Response:
        """Somebody begins to type."""
        actor, channel = self._actor(request), self._channel(request)
        require(self._hub.world, channel, actor)
        tell_typing(self._hub, channel, actor)
        return nothing()

    async def commands(self, request: web.Request) -> web.Response:
        """The commands this person can use in this channel, in their language."""
        actor, channel = self._actor(request), self._channel(request)
        require(self._hub.world, channel, actor)
        found = self._commands.available(channel, actor)
        world = self._hub.world
        locale = world.user(actor).locale
        return answer([localized(command_object(world, command), locale) for command in found])

    async def open_thread(self, request: web.Request) -> web.Response:
        """Somebody opens a thread, from a message where the request names one."""
        actor, channel, fields = self._actor(request), self._channel(request), await read_object(request)
        message = None
        if fields.get("message_id"):
            message = self._messages.get(actor, channel, int(fields["message_id"]))
        wanted = {"type": int(ChannelType.PUBLIC_THREAD), **fields}
        thread = self._threads.open(actor, channel, wanted, message)
        return answer(self._channel_object(thread, actor), 201)

    async def change_channel(self, request: web.Request) -> web.Response:
        """Somebody changes a channel's or thread's name and settings."""
        actor, channel, fields = self._actor(request), self._channel(request), await read_object(request)
        change = self._threads.change if channel.thread is not None else self._channels.change
        return answer(self._channel_object(change(actor, channel, fields), actor))

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
            "channels": [self._channel_object(c, viewer) for c in seen if c.thread is None],
            "threads": [self._channel_object(c, viewer) for c in seen if c.thread is not None],
            "members": [member_object(world, member) for member in guild.members.values()],
            "roles": [role_object(role) for role in guild.roles.values()],
        }

    def _channel_object(self, channel: Channel, viewer: int) -> Json:
        """A channel with the viewer's permissions in it, which tell the page what to offer."""
        permissions = channel_permissions(self._hub.world, channel, viewer)
        return channel_object(self._hub.world, channel, viewer) | {"permissions": str(permissions)}

    def _shown(self, message: Message, viewer: int) -> Json:
        return self._hub.payloads.dispatched(message, viewer)

    def _actor(self, request: web.Request) -> int:
        actor = self._actor_or_none(request)
        if actor is None:
            raise FormError({"X-Sandbox-User": ("BASE_TYPE_REQUIRED", "This header names who acts.")})
        return actor

    def _actor_or_none(self, request: web.Request) -> int | None:
        value = request.headers.get("X-Sandbox-User", "")
        if not value.isdecimal():
            return None
        user = self._hub.world.users.get(int(value))
        return user.id if user is not None and not user.bot else None

    def _channel(self, request: web.Request) -> Channel:
        return self._hub.world.channel(snowflake(request, "channel_id"))

    def _message(self, request: web.Request) -> Message:
        message = self._hub.world.message(self._channel(request).id, snowflake(request, "message_id"))
        if message.visible_to not in (None, self._actor(request)):
            raise ApiError(10008)
        return message


def _as_reply(fields: Json) -> Json:
    """The page's `reply_to` in Discord's own form; a reply pings, as in Discord's client."""
    reply_to: Any = fields.get("reply_to")
    kept = {key: value for key, value in fields.items() if key != "reply_to"}
    return kept | ({"message_reference": {"message_id": str(reply_to)}} if reply_to else {})


def _told(handler: Handler) -> Handler:
    """Errors as `{code, message}`; a form's problems are put into the sentence."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except FormError as error:
            details = "; ".join(f"{place}: {text}" for place, (_, text) in error.problems.items())
            return answer(error.body() | {"message": details}, error.status)
        except ApiError as error:
            return answer(error.body(), error.status)

    return handle
