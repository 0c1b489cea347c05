"""INTERACTION_CREATE, and the note on a message that tells which interaction it came from."""

from bot.sandbox.model.interaction import Interaction
from bot.sandbox.model.permissions import channel_permissions
from bot.sandbox.model.records import Json, Message
from bot.sandbox.payloads.objects import channel_object, member_object, user_object
from bot.sandbox.rules.hub import Hub

IN_GUILD, IN_BOT_DM = 0, 1
COMMAND = 2


def interaction_object(hub: Hub, interaction: Interaction) -> Json:
    """The payload of INTERACTION_CREATE."""
    world = hub.world
    channel = world.channel(interaction.channel_id)
    user_permissions = str(channel_permissions(world, channel, interaction.user_id))
    payload: Json = {
        "id": str(interaction.id),
        "application_id": str(world.application.id),
        "type": interaction.type,
        "token": interaction.token,
        "version": 1,
        "channel_id": str(channel.id),
        "channel": channel_object(world, channel, world.bot.id) | {"permissions": user_permissions},
        "data": interaction.data,
        "locale": world.user(interaction.user_id).locale,
        "app_permissions": str(channel_permissions(world, channel, world.bot.id)),
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": _owners(channel.guild_id),
        "context": IN_BOT_DM if channel.guild_id is None else IN_GUILD,
        "attachment_size_limit": hub.attachment_limit(channel),
    }
    # "Interaction Structure": for components, and for the forms that they opened.
    if interaction.message is not None:
        payload["message"] = hub.payloads.message(interaction.message, world.bot.id)
    # `member` in a server, `user` in private; never both ("Interaction Structure").
    if channel.guild_id is None:
        return payload | {"user": user_object(world.user(interaction.user_id))}
    guild = world.guild(channel.guild_id)
    member = member_object(world, guild.members[interaction.user_id])
    return payload | {
        "guild_id": str(guild.id),
        "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
        "guild_locale": guild.locale,
        "member": member | {"permissions": user_permissions},
    }


def metadata_object(hub: Hub, interaction: Interaction, original: Message | None) -> Json:
    """A message's `interaction_metadata`; `original` is the first answer, for a message that follows it."""
    payload: Json = {
        "id": str(interaction.id),
        "type": interaction.type,
        "user": user_object(hub.world.user(interaction.user_id)),
        "authorizing_integration_owners": _owners(hub.world.channel(interaction.channel_id).guild_id),
    }
    if interaction.type == COMMAND:
        # Not in "Message Interaction Metadata Structure"; Discord sends it all the same
        payload["name"] = _command_name(interaction.data)
    if original is not None:
        payload["original_response_message_id"] = str(original.id)
    if interaction.trigger is not None:
        payload["triggering_interaction_metadata"] = metadata_object(hub, interaction.trigger, None)
    elif interaction.type == 3 and interaction.message is not None:
        payload["interacted_message_id"] = str(interaction.message.id)
    target = interaction.data.get("target_id")
    if target is not None and interaction.data.get("type") == 3:
        payload["target_message_id"] = target
    elif target is not None:
        payload["target_user"] = user_object(hub.world.user(int(target)))
    return payload


def _command_name(data: Json) -> str:
    """The name as it was typed, with group and subcommand: "feedback top"."""
    inner = next((o for o in data.get("options", []) if o["type"] in (1, 2)), None)
    return str(data["name"]) if inner is None else f"{data['name']} {_command_name(inner)}"


def _owners(guild_id: int | None) -> Json:
    # "Authorizing Integration Owners Object": 0 is an installation in a server; in the private chat with the
    # bot its value is "0".
    return {"0": str(guild_id or 0)}
