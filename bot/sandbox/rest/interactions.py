"""REST: answering interactions, and the messages made through an interaction's token."""

from aiohttp import web

from bot.sandbox.model.errors import ApiError
from bot.sandbox.model.interaction import Interaction
from bot.sandbox.model.records import Json, Message
from bot.sandbox.rest.endpoint import Route, answer, nothing
from bot.sandbox.rest.reading import path_id, query_flag, read_body
from bot.sandbox.rules.hub import Hub
from bot.sandbox.rules.interactions import Interactions
from bot.sandbox.rules.messages import Messages

WEBHOOK = "/webhooks/{webhook_id}/{token}"
MESSAGE = WEBHOOK + "/messages/{message_id}"


class InteractionRoutes:
    """Discord's "Receiving and Responding": answers to interactions and their messages."""

    def __init__(self, hub: Hub, interactions: Interactions, messages: Messages) -> None:
        self._hub = hub
        self._interactions = interactions
        self._messages = messages

    def routes(self) -> list[Route]:
        """The routes served here; the token in the path takes the place of authorization."""
        callback = "/interactions/{interaction_id}/{token}/callback"
        return [
            Route("POST", callback, self.callback, open_to_all=True),
            Route("POST", WEBHOOK, self.follow_up, open_to_all=True),
            Route("GET", MESSAGE, self.get, open_to_all=True),
            Route("PATCH", MESSAGE, self.edit, open_to_all=True),
            Route("DELETE", MESSAGE, self.delete, open_to_all=True),
        ]

    async def callback(self, request: web.Request) -> web.Response:
        """Create Interaction Response."""
        body = await read_body(request, self._hub.settings.request_limit)
        interaction_id, token = path_id(request, "interaction_id"), request.match_info["token"]
        interaction = self._interactions.open_for_answer(interaction_id, token)
        response = self._interactions.answer(interaction, body)
        return answer(response) if query_flag(request, "with_response") else nothing()

    async def follow_up(self, request: web.Request) -> web.Response:
        """Create Followup Message."""
        body = await read_body(request, self._hub.settings.request_limit)
        message = self._interactions.follow_up(self._interaction(request), body)
        return answer(self._shown(message))

    async def get(self, request: web.Request) -> web.Response:
        """Get Original Interaction Response or Followup Message."""
        return answer(self._shown(self._message(request)))

    async def edit(self, request: web.Request) -> web.Response:
        """Edit Original Interaction Response or Followup Message."""
        body = await read_body(request, self._hub.settings.request_limit)
        return answer(self._shown(self._messages.rewrite(self._message(request), body)))

    async def delete(self, request: web.Request) -> web.Response:
        """Delete Original Interaction Response or Followup Message."""
        self._hub.remove_message(self._message(request))
        return nothing()

    def _interaction(self, request: web.Request) -> Interaction:
        if path_id(request, "webhook_id") != self._hub.world.application.id:
            raise ApiError(10015)
        return self._interactions.by_token(request.match_info["token"])

    def _message(self, request: web.Request) -> Message:
        return self._interactions.message_of(self._interaction(request), request.match_info["message_id"])

    def _shown(self, message: Message) -> Json:
        return self._hub.payloads.message(message, self._hub.world.bot.id)
