"""The options a person gives to a command: checked against its definition, with what they refer to."""

import math
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from bot.sandbox.model.body import Upload
from bot.sandbox.model.errors import Form
from bot.sandbox.model.files import describe
from bot.sandbox.model.parsing import parse_id
from bot.sandbox.model.permissions import channel_permissions
from bot.sandbox.model.records import Channel, Json, Message
from bot.sandbox.model.world import utc_now
from bot.sandbox.payloads.objects import channel_object, member_object, role_object, user_object
from bot.sandbox.rules.hub import Hub


class OptionType(IntEnum):
    """Discord's types of a command's options."""

    SUBCOMMAND = 1
    SUBCOMMAND_GROUP = 2
    STRING = 3
    INTEGER = 4
    BOOLEAN = 5
    USER = 6
    CHANNEL = 7
    ROLE = 8
    MENTIONABLE = 9
    NUMBER = 10
    ATTACHMENT = 11


@dataclass
class Resolver:
    """Collects the objects that option values, menus' targets and selects refer to by id."""

    hub: Hub
    channel: Channel
    user_id: int
    files: dict[int, Upload]
    resolved: Json = field(default_factory=dict)

    def user(self, user_id: int) -> None:
        """Add a user, and the member where this is a server. Raises 10013 when there is none."""
        world = self.hub.world
        self._add("users", user_id, user_object(world.user(user_id)))
        guild = world.guilds.get(self.channel.guild_id or 0)
        if guild is not None and user_id in guild.members:
            member = member_object(world, guild.members[user_id], with_user=False)
            member["permissions"] = str(channel_permissions(world, self.channel, user_id))
            self._add("members", user_id, member)

    def role(self, role_id: int) -> None:
        """Add a role of this server."""
        guild = self.hub.world.guild(self.channel.guild_id or 0)
        self._add("roles", role_id, role_object(guild.roles[role_id]))

    def any_channel(self, channel_id: int) -> None:
        """Add a channel with the acting person's permissions in it. Raises 10003 when there is none."""
        channel = self.hub.world.channel(channel_id)
        payload = channel_object(self.hub.world, channel, self.hub.world.bot.id)
        payload["permissions"] = str(channel_permissions(self.hub.world, channel, self.user_id))
        self._add("channels", channel_id, payload)

    def message(self, message: Message) -> None:
        """Add a message, as the bot sees it."""
        self._add("messages", message.id, self.hub.payloads.message(message, self.hub.world.bot.id))

    def attachment(self, index: int) -> str:
        """Keep an uploaded file; the result is the id of its attachment."""
        upload, new_id = self.files[index], self.hub.world.new_id()
        digest = self.hub.files.add(upload.data)
        attachment = describe(new_id, upload.filename, upload.data, digest, None)
        # Discord serves such files under an ephemeral address, of no message; this one is made for the
        # address alone.
        holder = Message(
            id=self.hub.world.new_id(),
            channel_id=self.channel.id,
            author_id=self.user_id,
            timestamp=utc_now(),
            attachments=[attachment],
            visible_to=self.user_id,
        )
        self.hub.loose_files[attachment.id] = attachment
        self._add("attachments", new_id, self.hub.payloads.attachment(holder, attachment))
        return str(new_id)

    def _add(self, kind: str, key: int, payload: Json) -> None:
        self.resolved.setdefault(kind, {})[str(key)] = payload


def read_options(
    definition: list[Json], given: list[Json] | None, resolver: Resolver, *, typing: bool
) -> list[Json]:
    """The options as INTERACTION_CREATE carries them. Raises FormError when they do not fit the command.

    `typing` is an autocomplete request: nothing is required yet and text may be unfinished.
    """
    form = Form()
    options = _read(form, definition, given or [], resolver, typing)
    form.finish()
    return options


def _read(
    form: Form, definition: list[Json], given: list[Json], resolver: Resolver, typing: bool
) -> list[Json]:
    known = {option["name"]: option for option in definition}
    read: list[Json] = []
    for option in given:
        name = str(option.get("name"))
        rule = known.get(name)
        if rule is None:
            form.fail(f"options.{name}", "BASE_TYPE_CHOICES", f"The command has no option {name!r}.")
        elif rule["type"] in (OptionType.SUBCOMMAND, OptionType.SUBCOMMAND_GROUP):
            inner = _read(form, rule.get("options", []), option.get("options") or [], resolver, typing)
            read.append({"name": name, "type": rule["type"], "options": inner})
        else:
            read.append(_value(form, rule, option, resolver, typing))
    missing = [n for n, rule in known.items() if rule.get("required") and n not in {o["name"] for o in read}]
    # "Autocomplete": options that are required may still be missing.
    for name in missing if not typing else []:
        form.fail(f"options.{name}", "BASE_TYPE_REQUIRED", "This option is required.")
    return read


def _value(form: Form, rule: Json, option: Json, resolver: Resolver, typing: bool) -> Json:
    value, place = option.get("value"), f"options.{rule['name']}"
    read: Json = {"name": rule["name"], "type": rule["type"], "value": value}
    # "Autocomplete": the option being typed carries its text, whatever its type, and is not checked.
    if option.get("focused"):
        return read | {"focused": True}
    if typing:
        return read
    try:
        read["value"] = _converted(rule, value, resolver)
    except (ValueError, TypeError, KeyError):
        form.fail(place, "BASE_TYPE_BAD", f"{value!r} does not fit this option.")
        return read
    choices = [choice["value"] for choice in rule.get("choices", [])]
    if choices and read["value"] not in choices:
        form.fail(place, "BASE_TYPE_CHOICES", f"Value must be one of {tuple(choices)}.")
    _check_range(form, place, rule, read["value"])
    return read


def _converted(rule: Json, value: Any, resolver: Resolver) -> Any:  # noqa: PLR0912  # one case a type
    match rule["type"]:
        case OptionType.STRING:
            return str(value)
        case OptionType.INTEGER:
            return int(value)
        case OptionType.NUMBER:
            number = float(value)
            if not math.isfinite(number):
                raise ValueError(value)
            return number
        case OptionType.BOOLEAN:
            return value in (True, "true", "True")
        case OptionType.ATTACHMENT:
            return resolver.attachment(parse_id(value))
        case OptionType.CHANNEL:
            resolver.any_channel(parse_id(value))
        case OptionType.ROLE:
            resolver.role(parse_id(value))
        case _:  # a user, or a mentionable
            is_user = rule["type"] == OptionType.USER or parse_id(value) in resolver.hub.world.users
            (resolver.user if is_user else resolver.role)(parse_id(value))
    return str(value)


def _check_range(form: Form, place: str, rule: Json, value: Any) -> None:
    if isinstance(value, str) and rule["type"] == OptionType.STRING:
        form.too_long(place, value, rule.get("max_length", 6000), least=rule.get("min_length", 0))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        least, most = rule.get("min_value", value), rule.get("max_value", value)
        if not least <= value <= most:
            form.fail(place, "NUMBER_TYPE_MAX", f"Must be between {least} and {most}.")
