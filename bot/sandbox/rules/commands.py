"""Application commands: registering them, and which of them a person may use where."""

import re
from typing import Any

from bot.sandbox.model.errors import ApiError, Form, FormError
from bot.sandbox.model.permissions import ALL, Permission, channel_permissions
from bot.sandbox.model.records import Channel, Command, Json
from bot.sandbox.rules.bodies import CommandBody
from bot.sandbox.rules.hub import Hub
from bot.sandbox.rules.shapes import check_shape

CHAT_INPUT, USER_MENU, MESSAGE_MENU = 1, 2, 3
# "Registering a Command": for each scope and type.
LIMITS = {CHAT_INPUT: 100, USER_MENU: 5, MESSAGE_MENU: 5}
SUBCOMMAND, SUBCOMMAND_GROUP = 1, 2
# "Application Command Naming": letters of any script, and where a script has small letters only those.
NAME = re.compile(r"^[-_'\w]{1,32}$")
Scope = int | None  # a guild's id, or None for the commands that exist everywhere


class Commands:
    """The registered commands. A scope is a guild's id, or None for global commands."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def all(self, scope: Scope) -> list[Command]:
        """The commands of a server, or the global ones."""
        return [c for c in self._hub.world.commands.values() if c.guild_id == scope]

    def get(self, command_id: int, scope: Scope) -> Command:
        """One command of a scope. Raises 10063 when there is none."""
        command = self._hub.world.commands.get(command_id)
        if command is None or command.guild_id != scope:
            raise ApiError(10063)
        return command

    def put(self, fields: Any, scope: Scope) -> tuple[Command, bool]:
        """Register a command, or overwrite the one of the same name and type; True when it is new."""
        body = checked(fields)
        # "Create Global Application Command": a second one of the same name and type takes the place of the
        # first.
        earlier = self._same(body, scope)
        self._check_room(scope, body, earlier)
        return self._keep(body, scope, earlier), earlier is None

    def replace_all(self, entries: Any, scope: Scope) -> list[Command]:
        """Make `entries` the only commands of a scope. All of them are checked before any is touched."""
        if not isinstance(entries, list):
            raise FormError({"_body": ("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType.")})
        bodies = [checked(entry, str(index)) for index, entry in enumerate(entries)]
        if len({(body["name"], body["type"]) for body in bodies}) < len(bodies):
            duplicate = ("APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
            raise FormError({"_body": duplicate})
        kept = [self._keep(body, scope, self._same(body, scope)) for body in bodies]
        for command in self.all(scope):
            if command not in kept:
                self._hub.world.forget(command)
        return kept

    def change(self, command: Command, fields: Json) -> Command:
        """Replace some fields of a command. Raises FormError when it would not be valid then."""
        body = checked({**command.body, **fields})
        return self._keep(body, command.guild_id, command)

    def delete(self, command: Command) -> None:
        """Forget a command."""
        self._hub.world.forget(command)

    def available(self, channel: Channel, user_id: int) -> list[Command]:
        """What a person may use in a channel, by permissions, context and age restriction."""
        commands = self._hub.world.commands.values()
        return [command for command in commands if self.may_use(command, channel, user_id)]

    def may_use(self, command: Command, channel: Channel, user_id: int) -> bool:
        """Whether somebody sees the command in this channel: its contexts and default permissions."""
        body = command.body
        if channel.guild_id is None:
            contexts = body.get("contexts")
            # "Interaction Context Types": 0 is a server, 1 the private chat with the bot; `dm_permission` is
            # what came before them.
            in_dms = 1 in contexts if contexts is not None else body.get("dm_permission", True)
            return command.guild_id is None and in_dms
        if command.guild_id not in (None, channel.guild_id):
            return False
        if body.get("contexts") is not None and 0 not in body["contexts"]:
            return False
        if body.get("nsfw") and not channel.nsfw:
            return False
        granted = channel_permissions(self._hub.world, channel, user_id)
        needed = int(body.get("default_member_permissions") or 0)
        # "Application Command Permissions": "0" leaves it to administrators, null to everybody.
        if body.get("default_member_permissions") == "0" and granted != ALL:
            return False
        return bool(granted & Permission.USE_APPLICATION_COMMANDS) and granted & needed == needed

    def _same(self, body: Json, scope: Scope) -> Command | None:
        wanted = (body["name"], body["type"])
        return next((c for c in self.all(scope) if (c.body["name"], c.body["type"]) == wanted), None)

    def _check_room(self, scope: Scope, body: Json, earlier: Command | None) -> None:
        taken = sum(1 for command in self.all(scope) if command.body["type"] == body["type"])
        if earlier is None and taken >= LIMITS[body["type"]]:
            raise ApiError(30032)

    def _keep(self, body: Json, scope: Scope, earlier: Command | None) -> Command:
        # The version changes only with the command, so that clients need not load it again.
        if earlier is not None and earlier.body == body:
            return earlier
        new_id = self._hub.world.new_id
        command_id = earlier.id if earlier else new_id()
        command = Command(id=command_id, version=new_id(), guild_id=scope, body=body)
        self._hub.world.keep(command)
        return command


def checked(fields: Any, place: str = "") -> Json:
    """A command's body with Discord's defaults. Raises FormError, naming every wrong field."""
    form = Form()
    check_shape(form, CommandBody, fields, place)
    form.finish()  # what follows relies on the shape
    before = f"{place}." if place else ""
    kind = fields.get("type") or CHAT_INPUT
    if kind not in LIMITS:
        form.fail(f"{before}type", "BASE_TYPE_CHOICES", "Value must be one of (1, 2, 3).")
    if kind == CHAT_INPUT:
        _check_names(form, before, fields)
        form.too_long(f"{before}description", fields.get("description") or "", 100, least=1)
    _check_options(form, f"{before}options", fields.get("options") or [])
    form.finish()
    return _with_defaults(fields, kind)


def _with_defaults(fields: Json, kind: int) -> Json:
    permissions = fields.get("default_member_permissions")
    body: Json = {
        "type": kind,
        "name": fields["name"],
        "name_localizations": fields.get("name_localizations"),
        "description": fields.get("description") or "",
        "description_localizations": fields.get("description_localizations"),
        "default_member_permissions": None if permissions is None else str(permissions),
        "dm_permission": fields.get("dm_permission") is not False,
        "contexts": fields.get("contexts"),
        "integration_types": fields.get("integration_types") or [0],
        "nsfw": bool(fields.get("nsfw")),
    }
    if fields.get("options"):
        body["options"] = [_option(option) for option in fields["options"]]
    return body


def _option(option: Json) -> Json:
    """An option as Discord gives it back: nulls and false switches gone."""
    kept = {key: value for key, value in option.items() if value is not None and value is not False}
    if "options" in kept:
        kept["options"] = [_option(inner) for inner in kept["options"]]
    if "choices" in kept:
        kept["choices"] = [{k: v for k, v in c.items() if v is not None} for c in kept["choices"]]
    return kept


def _check_names(form: Form, before: str, node: Json) -> None:
    """The name of a command or option, and its translations."""
    translations = (node.get("name_localizations") or {}).items()
    names = {"name": node["name"], **{f"name_localizations.{locale}": name for locale, name in translations}}
    for path, name in names.items():
        if not NAME.match(name) or name != name.lower():
            form.fail(before + path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _check_options(form: Form, path: str, options: list[Json]) -> None:
    if len({option["name"] for option in options}) < len(options):
        form.fail(path, "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE", "Option names must be unique")
    seen_optional = False
    for index, option in enumerate(options):
        place = f"{path}.{index}"
        _check_names(form, f"{place}.", option)
        if option["type"] in (SUBCOMMAND, SUBCOMMAND_GROUP):
            _check_options(form, f"{place}.options", option.get("options") or [])
        # "Application Command Structure", options: required ones come first.
        elif option.get("required") and seen_optional:
            order = "Required options must be placed before non-required options"
            form.fail(place, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", order)
        else:
            seen_optional = seen_optional or not option.get("required")
