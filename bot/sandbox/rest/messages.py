"""Messages and reactions: the handlers that the bot's REST API and the page's API share."""

from urllib.parse import unquote

from aiohttp import web

from bot.sandbox.model.body import Body
from bot.sandbox.model.parsing import parse_id
from bot.sandbox.model.records import Channel, Message
from bot.sandbox.rest.caller import Caller
from bot.sandbox.rest.endpoint import Route, answer, nothing
from bot.sandbox.rest.reading import path_id, query_id, query_number, read_body, read_object
from bot.sandbox.rules.bodies import BulkDelete
from bot.sandbox.rules.hub import Hub
from bot.sandbox.rules.messages import Messages, Window
from bot.sandbox.rules.reactions import Reactions
from bot.sandbox.rules.shapes import checked_shape

MESSAGES = "/channels/{channel_id}/messages"
MESSAGE = MESSAGES + "/{message_id}"
REACTIONS = MESSAGE + "/reactions"


class MessageHandlers:
    """What can be done with messages by whoever the `caller` says."""

    def __init__(self, hub: Hub, caller: Caller, messages: Messages, reactions: Reactions) -> None:
        self._hub = hub
        self._caller = caller
        self._messages = messages
        self._reactions = reactions

    def routes(self) -> list[Route]:
        """The endpoints of Discord's REST API."""
        return [
            Route("GET", MESSAGES, self.page),
            Route("POST", MESSAGES, self.create),
            Route("POST", MESSAGES + "/bulk-delete", self.bulk_delete),
            Route("GET", MESSAGE, self.get),
            Route("PATCH", MESSAGE, self.edit),
            Route("DELETE", MESSAGE, self.delete),
            Route("PUT", REACTIONS + "/{emoji}/@me", self.react),
            Route("DELETE", REACTIONS + "/{emoji}/@me", self.unreact),
            Route("DELETE", REACTIONS + "/{emoji}/{user_id}", self.unreact),
            Route("GET", REACTIONS + "/{emoji}", self.reactors),
            Route("DELETE", REACTIONS + "/{emoji}", self.clear_reactions),
            Route("DELETE", REACTIONS, self.clear_reactions),
        ]

    async def page(self, request: web.Request) -> web.Response:
        """Up to `limit` (50, at most 100) messages, newest first, `before`, `after` or `around` an id."""
        actor = self._caller.actor(request)
        window = Window(
            limit=query_number(request, "limit", 50, least=1, most=100),
            before=query_id(request, "before"),
            after=query_id(request, "after"),
            around=query_id(request, "around"),
        )
        found = self._messages.page(actor, self._channel(request), window)
        return answer([self._caller.message(message, actor) for message in found])

    async def create(self, request: web.Request) -> web.Response:
        """POST Create Message, as JSON or multipart."""
        actor, channel = self._caller.actor(request), self._channel(request)
        body = await read_body(request, self._hub.settings.request_limit)
        sent = self._messages.send(actor, channel, Body(self._caller.fields(body.json), body.files))
        return answer(self._caller.message(sent, actor))

    async def get(self, request: web.Request) -> web.Response:
        """GET Channel Message. 10008 for an unknown one."""
        actor, message_id = self._caller.actor(request), path_id(request, "message_id")
        found = self._messages.get(actor, self._channel(request), message_id)
        return answer(self._caller.message(found, actor))

    async def edit(self, request: web.Request) -> web.Response:
        """PATCH Edit Message. 50005 for another author's."""
        actor = self._caller.actor(request)
        body = await read_body(request, self._hub.settings.request_limit)
        edited = self._messages.edit(actor, self._message(request), body)
        return answer(self._caller.message(edited, actor))

    async def delete(self, request: web.Request) -> web.Response:
        """DELETE Message: one's own, or with Manage Messages."""
        self._messages.delete(self._caller.actor(request), self._message(request))
        return nothing()

    async def bulk_delete(self, request: web.Request) -> web.Response:
        """POST Bulk Delete Messages: 2 to 100, none older than two weeks (50034)."""
        actor, channel = self._caller.actor(request), self._channel(request)
        listed = checked_shape(BulkDelete, await read_object(request))["messages"]
        self._messages.delete_many(actor, channel, {parse_id(value) for value in listed})
        return nothing()

    async def react(self, request: web.Request) -> web.Response:
        """With `type=1` a super-reaction, which only people have."""
        actor, message = self._caller.actor(request), self._message(request)
        self._reactions.add(actor, message, _emoji(request), burst=_is_burst(request))
        return nothing()

    async def unreact(self, request: web.Request) -> web.Response:
        """DELETE Own or User Reaction; `type=1` takes back a super-reaction."""
        actor, message = self._caller.actor(request), self._message(request)
        whose = path_id(request, "user_id") if "user_id" in request.match_info else actor
        self._reactions.remove(actor, message, _emoji(request), whose, burst=_is_burst(request))
        return nothing()

    async def clear_reactions(self, request: web.Request) -> web.Response:
        """DELETE All Reactions of a message, or those of one emoji."""
        actor, message = self._caller.actor(request), self._message(request)
        emoji = _emoji(request) if "emoji" in request.match_info else None
        self._reactions.clear(actor, message, emoji)
        return nothing()

    async def reactors(self, request: web.Request) -> web.Response:
        """Who reacted plainly, or with `type=1` in a super-reaction."""
        actor, message = self._caller.actor(request), self._message(request)
        after, burst = query_id(request, "after") or 0, _is_burst(request)
        limit = query_number(request, "limit", 25, least=1, most=100)
        return answer(self._reactions.users(actor, message, _emoji(request), after, limit, burst=burst))

    def _channel(self, request: web.Request) -> Channel:
        return self._hub.world.channel(path_id(request, "channel_id"))

    def _message(self, request: web.Request) -> Message:
        channel_id, message_id = path_id(request, "channel_id"), path_id(request, "message_id")
        self._hub.world.channel(channel_id)
        return self._hub.message_for(self._caller.actor(request), channel_id, message_id)


def _is_burst(request: web.Request) -> bool:
    return query_number(request, "type", 0, least=0, most=1) == 1


def _emoji(request: web.Request) -> str:
    return unquote(request.match_info["emoji"])
