"""REST: messages, typing and reactions."""

from urllib.parse import unquote

from aiohttp import web

from bot.sandbox.model.errors import ApiError
from bot.sandbox.model.intents import privileged
from bot.sandbox.model.models import Channel, Json, Message
from bot.sandbox.model.permissions import Permission, require, sending_permission
from bot.sandbox.model.snowflake import snowflake_time
from bot.sandbox.model.world import utc_now
from bot.sandbox.payloads.message_payloads import without_content
from bot.sandbox.payloads.payloads import member_object
from bot.sandbox.rest.rest import Route, answer, nothing, snowflake
from bot.sandbox.rest.uploads import read_body, read_object
from bot.sandbox.rules.hub import Hub
from bot.sandbox.rules.messages import Messages
from bot.sandbox.rules.reactions import Reactions

MESSAGES = "/channels/{channel_id}/messages"
MESSAGE = MESSAGES + "/{message_id}"
REACTIONS = MESSAGE + "/reactions"


class MessageRoutes:
    """Discord's resource "Message" with its reactions."""

    def __init__(self, hub: Hub, messages: Messages, reactions: Reactions) -> None:
        self._hub = hub
        self._messages = messages
        self._reactions = reactions

    def routes(self) -> list[Route]:
        """The routes served here."""
        return [
            Route("GET", MESSAGES, self.page),
            Route("POST", MESSAGES, self.create),
            Route("POST", MESSAGES + "/bulk-delete", self.bulk_delete),
            Route("GET", MESSAGE, self.get),
            Route("PATCH", MESSAGE, self.edit),
            Route("DELETE", MESSAGE, self.delete),
            Route("POST", "/channels/{channel_id}/typing", self.typing),
            Route("PUT", REACTIONS + "/{emoji}/@me", self.react),
            Route("DELETE", REACTIONS + "/{emoji}/@me", self.unreact),
            Route("DELETE", REACTIONS + "/{emoji}/{user_id}", self.unreact),
            Route("GET", REACTIONS + "/{emoji}", self.reactors),
            Route("DELETE", REACTIONS + "/{emoji}", self.clear_reactions),
            Route("DELETE", REACTIONS, self.clear_reactions),
        ]

    async def page(self, request: web.Request) -> web.Response:
        """Get Channel Messages."""
        messages = self._messages.page(self._me, self._channel(request), request.query)
        return answer([self._shown(message) for message in messages])

    async def create(self, request: web.Request) -> web.Response:
        """Create Message."""
        channel = self._channel(request)
        body = await read_body(request, self._hub.settings.request_limit)
        return answer(self._shown(self._messages.send(self._me, channel, body)))

    async def get(self, request: web.Request) -> web.Response:
        """Get Channel Message."""
        message_id = snowflake(request, "message_id")
        return answer(self._shown(self._messages.get(self._me, self._channel(request), message_id)))

    async def edit(self, request: web.Request) -> web.Response:
        """Edit Message."""
        body = await read_body(request, self._hub.settings.request_limit)
        return answer(self._shown(self._messages.edit(self._me, self._message(request), body)))

    async def delete(self, request: web.Request) -> web.Response:
        """Delete Message."""
        self._messages.delete(self._me, self._message(request))
        return nothing()

    async def bulk_delete(self, request: web.Request) -> web.Response:
        """Delete 2 to 100 messages that are younger than two weeks; unknown ones are passed over."""
        channel = self._channel(request)
        ids = {int(value) for value in (await read_object(request)).get("messages") or []}
        require(self._hub.world, channel, self._me, Permission.MANAGE_MESSAGES)
        if not 2 <= len(ids) <= 100 or any((utc_now() - snowflake_time(i)).days >= 14 for i in ids):
            raise ApiError(50016)
        for message_id in ids:
            message = self._hub.world.find_message(channel.id, message_id)
            if message is not None:
                self._messages.delete(self._me, message)
        return nothing()

    async def typing(self, request: web.Request) -> web.Response:
        """Trigger Typing Indicator."""
        channel = self._channel(request)
        require(self._hub.world, channel, self._me, sending_permission(channel))
        tell_typing(self._hub, channel, self._me)
        return nothing()

    async def react(self, request: web.Request) -> web.Response:
        """Create Reaction."""
        self._reactions.add(self._me, self._message(request), _emoji(request))
        return nothing()

    async def unreact(self, request: web.Request) -> web.Response:
        """Delete Own Reaction and Delete User Reaction."""
        whose = snowflake(request, "user_id") if "user_id" in request.match_info else self._me
        self._reactions.remove(self._me, self._message(request), _emoji(request), whose)
        return nothing()

    async def clear_reactions(self, request: web.Request) -> web.Response:
        """Delete All Reactions, or all of one emoji."""
        emoji = _emoji(request) if "emoji" in request.match_info else None
        self._reactions.clear(self._me, self._message(request), emoji)
        return nothing()

    async def reactors(self, request: web.Request) -> web.Response:
        """Get Reactions: at most 100 users, by id."""
        after = int(request.query.get("after") or 0)
        limit = min(int(request.query.get("limit") or 25), 100)
        message = self._message(request)
        return answer(self._reactions.users(self._me, message, _emoji(request), after, limit))

    @property
    def _me(self) -> int:
        return self._hub.world.bot.id

    def _channel(self, request: web.Request) -> Channel:
        return self._hub.world.channel(snowflake(request, "channel_id"))

    def _message(self, request: web.Request) -> Message:
        channel = self._channel(request)
        message = self._hub.world.message(channel.id, snowflake(request, "message_id"))
        if message.visible_to is not None:
            raise ApiError(10008)  # an ephemeral message exists only for its interaction's token
        return message

    def _shown(self, message: Message) -> Json:
        payload = self._hub.payloads.message(message, self._me)
        may_read = privileged(self._hub.settings)[0] & (1 << 15)
        channel = self._hub.world.channel(message.channel_id)
        if may_read or channel.guild_id is None:
            return payload
        marked = without_content(payload | {"guild_id": str(channel.guild_id)}, self._me)
        return {key: value for key, value in marked.items() if key != "guild_id"}


def tell_typing(hub: Hub, channel: Channel, user_id: int) -> None:
    """TYPING_START for everybody in the channel."""
    payload: Json = {"channel_id": str(channel.id), "user_id": str(user_id)}
    payload["timestamp"] = int(utc_now().timestamp())
    guild = hub.world.guilds.get(channel.guild_id or 0)
    if guild is not None and user_id in guild.members:
        payload["member"] = member_object(hub.world, guild.members[user_id])
    hub.tell("TYPING_START", payload, channel)


def _emoji(request: web.Request) -> str:
    return unquote(request.match_info["emoji"])
