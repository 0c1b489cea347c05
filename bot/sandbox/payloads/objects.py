"""State -> Discord's JSON objects: users, members, roles, guilds, channels, threads, the application."""

from datetime import datetime

from bot.sandbox.model.permissions import can_view
from bot.sandbox.model.records import (
    Application,
    Channel,
    ChannelType,
    Command,
    ForumTag,
    Guild,
    Json,
    Member,
    Role,
    User,
)
from bot.sandbox.model.world import World


def iso(moment: datetime | None) -> str | None:
    """A time as Discord writes it, in ISO 8601 with microseconds."""
    return None if moment is None else moment.isoformat(timespec="microseconds")


def user_object(user: User) -> Json:
    """A user object."""
    payload: Json = {
        "id": str(user.id),
        "username": user.name,
        "global_name": None if user.bot else user.name,
        "discriminator": f"{user.id % 10_000:04}" if user.bot else "0",
        "avatar": None,
        "banner": None,
        "accent_color": None,
        "avatar_decoration_data": None,
        "collectibles": None,
        "primary_guild": None,
        "public_flags": 0,
        "flags": 0,
    }
    return payload | ({"bot": True} if user.bot else {})


def own_user_object(user: User) -> Json:
    """The user as GET /users/@me shows it to itself."""
    return user_object(user) | {"mfa_enabled": True, "locale": user.locale, "verified": True, "email": None}


def member_object(world: World, member: Member, *, with_user: bool = True) -> Json:
    """A guild member object; some payloads name the user elsewhere and want it left out here."""
    payload: Json = {
        "avatar": None,
        "avatar_decoration_data": None,
        "banner": None,
        "collectibles": None,
        "communication_disabled_until": None,
        "flags": 0,
        "joined_at": iso(member.joined_at),
        "nick": member.nick,
        "pending": False,
        "premium_since": None,
        "roles": [str(role) for role in member.roles],
        "mute": False,
        "deaf": False,
    }
    return payload | ({"user": user_object(world.user(member.user_id))} if with_user else {})


def role_object(role: Role) -> Json:
    """A role object."""
    payload: Json = {
        "id": str(role.id),
        "name": role.name,
        "description": None,
        "permissions": str(role.permissions),
        "position": role.position,
        "color": role.color,
        "colors": {"primary_color": role.color, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": role.managed_by is not None,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }
    return payload | ({"tags": {"bot_id": str(role.managed_by)}} if role.managed_by else {})


def guild_object(guild: Guild) -> Json:
    """A guild object without its channels and members."""
    return {
        "id": str(guild.id),
        "name": guild.name,
        "icon": None,
        "description": None,
        "home_header": None,
        "splash": None,
        "discovery_splash": None,
        "features": [],
        "banner": None,
        "owner_id": str(guild.owner_id),
        "application_id": None,
        "region": "deprecated",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "widget_enabled": False,
        "widget_channel_id": None,
        "verification_level": 0,
        "roles": [role_object(role) for role in guild.roles.values()],
        "default_message_notifications": 0,
        "mfa_level": 0,
        "explicit_content_filter": 0,
        "max_presences": None,
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "vanity_url_code": None,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": guild.locale,
        "rules_channel_id": None,
        "safety_alerts_channel_id": None,
        "public_updates_channel_id": None,
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "nsfw_level": 0,
        "emojis": [],
        "stickers": [],
        "incidents_data": None,
    }


def guild_create(world: World, guild: Guild, viewer: int, *, all_members: bool) -> Json:
    """The GUILD_CREATE payload for `viewer`: without the members intent only itself is listed."""
    shown = [m for m in guild.members.values() if all_members or m.user_id == viewer]
    channels = [c for c in world.channels.values() if c.guild_id == guild.id]
    threads = [c for c in channels if c.thread and not c.thread.archived and can_view(world, c, viewer)]
    return guild_object(guild) | {
        "joined_at": iso(guild.members[viewer].joined_at),
        "large": False,
        "unavailable": False,
        "member_count": len(guild.members),
        "members": [member_object(world, member) for member in shown],
        "channels": [channel_object(world, c, viewer) for c in channels if c.thread is None],
        "threads": [channel_object(world, thread, viewer) for thread in threads],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def channel_object(world: World, channel: Channel, viewer: int) -> Json:
    """Any channel; `viewer` decides whose thread membership is shown."""
    payload: Json = {
        "id": str(channel.id),
        "type": int(channel.type),
        "last_message_id": _optional_id(channel.last_message_id),
        "flags": channel.flags,
    }
    if channel.type is ChannelType.DM:
        others = [r for r in channel.recipients if r != viewer] or channel.recipients
        return payload | {"recipients": [user_object(world.user(other)) for other in others]}
    payload |= {
        "guild_id": str(channel.guild_id),
        "name": channel.name,
        "parent_id": _optional_id(channel.parent_id),
        "rate_limit_per_user": channel.slowmode_seconds,
        "last_pin_timestamp": None,
    }
    return payload | (_thread_part(channel, viewer) if channel.thread else _guild_channel_part(channel))


def _guild_channel_part(channel: Channel) -> Json:
    part: Json = {
        "topic": channel.topic,
        "position": channel.position,
        "nsfw": channel.nsfw,
        "permission_overwrites": [
            {"id": str(o.id), "type": o.type, "allow": str(o.allow), "deny": str(o.deny)}
            for o in channel.overwrites
        ],
    }
    if channel.type is ChannelType.FORUM:
        part |= {
            "available_tags": [tag_object(tag) for tag in channel.available_tags],
            "default_reaction_emoji": None,
            "default_sort_order": None,
            "default_forum_layout": 0,
        }
    return part


def tag_object(tag: ForumTag) -> Json:
    """A forum's tag."""
    return {
        "id": str(tag.id),
        "name": tag.name,
        "moderated": tag.moderated,
        "emoji_id": None,
        "emoji_name": tag.emoji,
    }


def _thread_part(channel: Channel, viewer: int) -> Json:
    thread = channel.thread
    assert thread is not None
    metadata: Json = {
        "archived": thread.archived,
        "archive_timestamp": iso(thread.archived_at),
        "auto_archive_duration": thread.auto_archive_minutes,
        "locked": thread.locked,
        "create_timestamp": iso(thread.created_at),
    }
    if channel.type is ChannelType.PRIVATE_THREAD:
        metadata["invitable"] = thread.invitable
    part: Json = {
        "owner_id": str(thread.owner_id),
        "thread_metadata": metadata,
        "message_count": thread.message_count,
        "member_count": len(thread.members),
        "total_message_sent": thread.total_sent,
        "applied_tags": [str(tag) for tag in thread.applied_tags],
    }
    if viewer in thread.members:
        part["member"] = thread_member_object(channel, viewer)
    return part


def thread_member_object(channel: Channel, user_id: int) -> Json:
    """A thread member object. The channel must be a thread and the user in it."""
    assert channel.thread is not None
    return {
        "id": str(channel.id),
        "user_id": str(user_id),
        "join_timestamp": iso(channel.thread.members[user_id]),
        "flags": 1,
    }


def application_object(world: World, application: Application, *, flags: int) -> Json:
    """The application as GET /applications/@me shows it to its owner."""
    return {
        "id": str(application.id),
        "name": application.name,
        "icon": None,
        "description": "",
        "summary": "",
        "type": None,
        "bot": user_object(world.bot),
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": application.verify_key,
        "flags": flags,
        "flags_new": str(flags),
        "tags": [],
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": user_object(world.user(application.owner_id)),
        "approximate_guild_count": len(world.guilds),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": [],
        "integration_types_config": {"0": {}},
    }


def command_object(world: World, command: Command) -> Json:
    """An application command object with every localization."""
    payload: Json = {
        "id": str(command.id),
        "application_id": str(world.application.id),
        "version": str(command.version),
        **command.body,
    }
    return payload | ({"guild_id": str(command.guild_id)} if command.guild_id else {})


def _optional_id(value: int | None) -> str | None:
    return None if value is None else str(value)
