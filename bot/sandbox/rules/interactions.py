"""Interactions: what a person does with a command, button or modal, and the application's answer to it."""

import asyncio
import secrets
import time

from bot.sandbox.model.body import Body
from bot.sandbox.model.errors import ApiError, FormError
from bot.sandbox.model.events import Event
from bot.sandbox.model.interaction import Interaction
from bot.sandbox.model.records import Channel, Json, Message, MessageFlag, MessageType, Reference
from bot.sandbox.rules.bodies import Callback
from bot.sandbox.rules.forms import check_choices, check_message, check_modal, number_components
from bot.sandbox.rules.hub import Hub
from bot.sandbox.rules.interaction_payloads import interaction_object, metadata_object
from bot.sandbox.rules.messages import Answer, Messages
from bot.sandbox.rules.shapes import checked_shape

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
REPLY, DEFER_REPLY, DEFER_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
# Which answers each kind of interaction takes; UPDATE only where there is a message to update.
# "Interaction Callback Type"; a modal cannot be answered with another one.
ANSWERS = {
    COMMAND: (REPLY, DEFER_REPLY, MODAL),
    COMPONENT: (REPLY, DEFER_REPLY, DEFER_UPDATE, UPDATE, MODAL),
    AUTOCOMPLETE: (CHOICES,),
    MODAL_SUBMIT: (REPLY, DEFER_REPLY, DEFER_UPDATE, UPDATE),
}
NO_ANSWER = "The application did not respond"


class Interactions:
    """Hands interactions to the bot and takes its answers, with Discord's 3-second and 15-minute rules."""

    def __init__(self, hub: Hub, messages: Messages) -> None:
        self._hub = hub
        self._messages = messages
        self._by_id: dict[int, Interaction] = {}
        self._by_token: dict[str, Interaction] = {}
        self._modals: dict[tuple[int, str], Interaction] = {}

    def start(
        self, kind: int, user_id: int, channel: Channel, data: Json, message: Message | None = None
    ) -> Interaction:
        """A person did something: tell the bot, and the person when no answer comes in time."""
        interaction = Interaction(
            self._hub.world.new_id(), secrets.token_urlsafe(96), kind, user_id, channel.id, data, message
        )
        # One answer for one form that was opened: the page's server gives it out once, as Discord's client
        # does.
        if kind == MODAL_SUBMIT:
            interaction.trigger = self._modals.pop((user_id, str(data.get("custom_id"))), None)
            if interaction.trigger is None:
                raise FormError({"custom_id": ("BASE_TYPE_BAD", "This form is not open any more.")})
            interaction.message = interaction.trigger.message
        self._forget_old()
        self._by_id[interaction.id] = self._by_token[interaction.token] = interaction
        self._hub.events.publish(
            Event(
                "INTERACTION_CREATE",
                lambda _viewer: interaction_object(self._hub, interaction),
                guild_id=channel.guild_id,
                audience=frozenset((self._hub.world.bot.id,)),
            )
        )
        loop = asyncio.get_running_loop()
        loop.call_later(self._hub.settings.interaction_ack_seconds, self._give_up, interaction)
        return interaction

    def open_for_answer(self, interaction_id: int, token: str) -> Interaction:
        """The interaction to answer. Raises 10062 for an unknown or late one, 40060 for an answered one."""
        interaction = self._by_id.get(interaction_id)
        # "Receiving and Responding": a late answer and a wrong token look the same, both are "Unknown
        # interaction".
        if interaction is None or not secrets.compare_digest(interaction.token.encode(), token.encode()):
            raise ApiError(10062)
        if interaction.answered:
            raise ApiError(40060)
        if self._age(interaction) > self._hub.settings.interaction_ack_seconds:
            raise ApiError(10062)
        return interaction

    def answer(self, interaction: Interaction, body: Body) -> Json:
        """The application's answer; the result is what `with_response` returns."""
        kind = checked_shape(Callback, body.json)["type"]
        allowed = ANSWERS[interaction.type]
        if kind in (UPDATE, DEFER_UPDATE) and interaction.message is None:
            allowed = ()
        if kind not in allowed:
            raise FormError({"type": ("BASE_TYPE_CHOICES", f"Value must be one of {allowed}.")})
        data = body.json.get("data") or {}
        message = self._apply(interaction, kind, Body(data, body.files))
        interaction.answered = True
        if kind not in (CHOICES, MODAL):
            self.tell_user(interaction, "INTERACTION_SUCCESS")
        return self._response(interaction, kind, message)

    def by_token(self, token: str) -> Interaction:
        """The interaction of a webhook token. Raises 50027 when unknown or expired, 10015 when unanswered."""
        interaction = self._by_token.get(token)
        if interaction is None or self._age(interaction) > self._hub.settings.interaction_token_seconds:
            raise ApiError(50027)
        if not interaction.answered:
            raise ApiError(10015)
        return interaction

    def follow_up(self, interaction: Interaction, body: Body) -> Message:
        """A further message; the first one after a deferred answer takes the loading message's place."""
        original = self._original(interaction)
        # "Create Followup Message": directly after a deferred answer it works as Edit Original Interaction
        # Response.
        if original is not None and original.flags & MessageFlag.LOADING:
            return self._messages.rewrite(original, body)
        check_message(body.json)
        is_ephemeral = bool((body.json.get("flags") or 0) & MessageFlag.EPHEMERAL)
        return self._post(interaction, body, is_ephemeral=is_ephemeral, original=original)

    def message_of(self, interaction: Interaction, message_id: str) -> Message:
        """A message made through this interaction's token, or `@original`. Raises 10008."""
        if message_id == "@original":
            original = self._original(interaction)
            if original is None:
                raise ApiError(10008)
            return original
        known = next((known for known in interaction.message_ids if str(known) == message_id), None)
        if known is None:
            raise ApiError(10008)
        return self._hub.world.message(interaction.channel_id, known)

    def tell_user(self, interaction: Interaction, name: str, extra: Json | None = None) -> None:
        """Tell the person who acted what came of it; only pages hear this, never bots."""
        payload = {"id": str(interaction.id), **(extra or {})}
        audience = frozenset((interaction.user_id,))
        self._hub.events.publish(Event(name, lambda _viewer: payload, audience=audience))

    def _apply(self, interaction: Interaction, kind: int, body: Body) -> Message | None:
        match kind:
            case 4 | 5:
                check_message(body.json)
                flags = body.json.get("flags") or 0
                interaction.is_ephemeral = bool(flags & MessageFlag.EPHEMERAL)
                return self._post(
                    interaction, body, is_ephemeral=interaction.is_ephemeral, loading=kind == DEFER_REPLY
                )
            case 6 | 7:
                assert interaction.message is not None
                # From now on `@original` is the message with the button, which the answer updates.
                interaction.original = (interaction.channel_id, interaction.message.id)
                interaction.message_ids.add(interaction.message.id)
                current = self._hub.world.message(*interaction.original)
                return self._messages.rewrite(current, body) if kind == UPDATE else None
            case 8:
                check_choices(body.json)
                extra = {"choices": body.json["choices"]}
                self.tell_user(interaction, "INTERACTION_AUTOCOMPLETE", extra)
            case 9:
                check_modal(body.json)
                modal = body.json | {"components": number_components(body.json["components"])}
                self._modals[interaction.user_id, str(modal["custom_id"])] = interaction
                self.tell_user(interaction, "INTERACTION_MODAL", {"modal": modal})
        return None

    def _post(
        self,
        interaction: Interaction,
        body: Body,
        *,
        is_ephemeral: bool,
        loading: bool = False,
        original: Message | None = None,
    ) -> Message:
        channel = self._hub.world.channel(interaction.channel_id)
        is_first = interaction.original is None
        answered = interaction.message if is_first else original
        reference = None
        if answered is not None:
            reference = Reference(channel_id=channel.id, message_id=answered.id, guild_id=channel.guild_id)
        answer = Answer(
            application_id=self._hub.world.application.id,
            interaction=metadata_object(self._hub, interaction, None if is_first else original),
            type=_message_type(interaction, reference),
            visible_to=interaction.user_id if is_ephemeral else None,
            loading=loading,
            reference=reference,
        )
        message = self._messages.answer(self._hub.world.bot.id, channel, body, answer)
        interaction.message_ids.add(message.id)
        if is_first:
            interaction.original = (channel.id, message.id)
        return message

    def _response(self, interaction: Interaction, kind: int, message: Message | None) -> Json:
        payload: Json = {"id": str(interaction.id), "type": interaction.type}
        payload["channel_id"] = str(interaction.channel_id)
        guild_id = self._hub.world.channel(interaction.channel_id).guild_id
        payload |= {} if guild_id is None else {"guild_id": str(guild_id)}
        response: Json = {"interaction": payload}
        if message is not None:
            payload["response_message_id"] = str(message.id)
            payload["response_message_loading"] = kind == DEFER_REPLY
            payload["response_message_ephemeral"] = message.visible_to is not None
        if message is not None and kind in (REPLY, UPDATE):
            shown = self._hub.payloads.message(message, self._hub.world.bot.id)
            response["resource"] = {"type": kind, "message": shown}
        return response

    def _original(self, interaction: Interaction) -> Message | None:
        if interaction.original is None:
            return None
        return self._hub.world.find_message(*interaction.original)

    def _age(self, interaction: Interaction) -> float:
        return time.monotonic() - interaction.created

    def _give_up(self, interaction: Interaction) -> None:
        # An autocompletion that comes to nothing leaves the list empty; no failure is shown in the channel.
        if not interaction.answered and interaction.type != AUTOCOMPLETE:
            self.tell_user(interaction, "INTERACTION_FAILURE", {"message": NO_ANSWER})

    def _forget_old(self) -> None:
        """Drop what nobody can use any more, so that memory stays flat."""
        limit = self._hub.settings.interaction_token_seconds
        for interaction in list(self._by_id.values()):
            if self._age(interaction) <= limit:
                break  # in order of age
            del self._by_id[interaction.id], self._by_token[interaction.token]
        self._modals = {key: opened for key, opened in self._modals.items() if self._age(opened) <= limit}


def _message_type(interaction: Interaction, reference: Reference | None) -> MessageType:
    if reference is not None:
        return MessageType.REPLY
    source = interaction.trigger or interaction
    # Context menus of a user (2) and of a message (3), by "Application Command Types".
    is_menu = source.data.get("type") in (2, 3)
    return MessageType.CONTEXT_MENU_COMMAND if is_menu else MessageType.CHAT_INPUT_COMMAND
