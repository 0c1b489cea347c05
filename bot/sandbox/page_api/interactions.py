"""What a person does with commands, buttons and forms on the page, turned into interactions."""

from typing import Any

from bot.sandbox.model.body import Body
from bot.sandbox.model.errors import ApiError, FormError
from bot.sandbox.model.interaction import Interaction
from bot.sandbox.model.parsing import parse_id
from bot.sandbox.model.permissions import require
from bot.sandbox.model.records import Channel, Json, Message
from bot.sandbox.rules.bodies import PageInteraction
from bot.sandbox.rules.command_options import Resolver, read_options
from bot.sandbox.rules.commands import MESSAGE_MENU, USER_MENU, Commands
from bot.sandbox.rules.forms import SELECTS, walk
from bot.sandbox.rules.hub import Hub
from bot.sandbox.rules.interactions import (
    AUTOCOMPLETE,
    COMPONENT,
    MODAL_SUBMIT,
    Interactions,
)
from bot.sandbox.rules.shapes import checked_shape

STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT = SELECTS


class ClientInteractions:
    """Checks what the page sends against what is really there, then starts the interaction."""

    def __init__(self, hub: Hub, commands: Commands, interactions: Interactions) -> None:
        self._hub = hub
        self._commands = commands
        self._interactions = interactions

    def start(self, actor: int, body: Body) -> Interaction:
        """Start an interaction of type 2 (command), 3 (component), 4 (autocomplete) or 5 (modal)."""
        fields = checked_shape(PageInteraction, body.json)
        channel = self._hub.world.channel(_id(fields, "channel_id"))
        require(self._hub.world, channel, actor)
        resolver = Resolver(self._hub, channel, actor, body.files)
        kind = fields["type"]
        if kind == COMPONENT:
            message, data = self._component_data(actor, channel, fields, resolver)
            return self._interactions.start(kind, actor, channel, data, message)
        if kind == MODAL_SUBMIT:
            data = {"custom_id": fields.get("custom_id"), "components": fields.get("components") or []}
        else:
            data = self._command_data(actor, channel, fields, resolver)
        return self._interactions.start(kind, actor, channel, data)

    def _command_data(self, actor: int, channel: Channel, fields: Json, resolver: Resolver) -> Json:
        command = self._hub.world.commands.get(_id(fields, "command_id"))
        if command is None or not self._commands.may_use(command, channel, actor):
            raise ApiError(10063)
        kind = command.body["type"]
        data: Json = {"id": str(command.id), "name": command.body["name"], "type": kind}
        if command.guild_id is not None:
            data["guild_id"] = str(command.guild_id)
        if kind in (USER_MENU, MESSAGE_MENU):
            target = _id(fields, "target_id")
            data["target_id"] = str(target)
            self._resolve_target(kind, target, channel, actor, resolver)
        else:
            typing = fields["type"] == AUTOCOMPLETE
            rules, given = command.body.get("options", []), fields.get("options")
            data["options"] = read_options(rules, given, resolver, typing=typing)
        return data | ({"resolved": resolver.resolved} if resolver.resolved else {})

    def _resolve_target(
        self, kind: int, target: int, channel: Channel, actor: int, resolver: Resolver
    ) -> None:
        if kind == USER_MENU:
            resolver.user(target)
            return
        resolver.message(self._hub.message_for(actor, channel.id, target))

    def _component_data(
        self, actor: int, channel: Channel, fields: Json, resolver: Resolver
    ) -> tuple[Message, Json]:
        message = self._hub.message_for(actor, channel.id, _id(fields, "message_id"))
        component = _component(message, str(fields.get("custom_id")))
        data: Json = {
            "custom_id": component["custom_id"],
            "component_type": component["type"],
            "id": component.get("id", 0),
        }
        if component["type"] in SELECTS:
            data["values"] = _chosen(component, fields.get("values"))
            _resolve_values(component["type"], data["values"], resolver)
            if component["type"] != STRING_SELECT:  # discord.py reads `resolved` before `values`
                data["resolved"] = resolver.resolved
        return message, data


def _component(message: Message, custom_id: str) -> Json:
    """The component a person used. Raises FormError when the message has none such, or it is disabled."""
    for root in message.components:
        for _, component in walk(root, ""):
            if component.get("custom_id") == custom_id and not component.get("disabled"):
                return component
    raise FormError({"custom_id": ("COMPONENT_VALIDATION_FAILED", "Component validation failed")})


def _chosen(component: Json, values: Any) -> list[str]:
    chosen: list[str] = values or []
    given = {key: value for key, value in component.items() if value is not None}
    least, most = given.get("min_values", 1), given.get("max_values", 1)
    known = [option["value"] for option in given.get("options", [])]
    if not least <= len(chosen) <= most or (known and not set(chosen) <= set(known)):
        raise FormError({"values": ("COMPONENT_VALIDATION_FAILED", "Component validation failed")})
    return chosen


def _resolve_values(kind: int, values: list[str], resolver: Resolver) -> None:
    if kind == STRING_SELECT:
        return
    try:
        for value in map(parse_id, values):
            if kind == USER_SELECT or (kind == MENTIONABLE_SELECT and value in resolver.hub.world.users):
                resolver.user(value)
            elif kind == CHANNEL_SELECT:
                resolver.any_channel(value)
            else:
                resolver.role(value)
    except (ValueError, KeyError) as error:
        raise FormError({"values": ("COMPONENT_VALIDATION_FAILED", "Component validation failed")}) from error


def _id(fields: Json, key: str) -> int:
    if fields.get(key) is None:
        raise FormError({key: ("BASE_TYPE_REQUIRED", "This field is required")})
    return parse_id(fields[key])
