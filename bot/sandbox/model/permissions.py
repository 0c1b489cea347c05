"""Who may do what where: Discord's permission bits and how roles and overwrites combine."""

from enum import IntFlag

from bot.sandbox.model.errors import ApiError
from bot.sandbox.model.records import Channel, Guild
from bot.sandbox.model.world import World


class Permission(IntFlag):
    """The bits used here; Discord knows more, which pass through untouched."""

    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    SEND_TTS_MESSAGES = 1 << 12
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    CHANGE_NICKNAME = 1 << 26
    MANAGE_NICKNAMES = 1 << 27
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    PIN_MESSAGES = 1 << 51


ALL = (1 << 53) - 1
DM_PERMISSIONS = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.ADD_REACTIONS
    | Permission.USE_EXTERNAL_EMOJIS
    | Permission.USE_APPLICATION_COMMANDS
)
# What a fresh Discord server grants everybody, as far as it concerns text channels.
EVERYONE = (
    DM_PERMISSIONS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.CHANGE_NICKNAME
)


def guild_permissions(guild: Guild, user_id: int) -> int:
    """Permissions of a member before channels have their say; 0 for somebody who is no member."""
    member = guild.members.get(user_id)
    if member is None:
        return 0
    if guild.owner_id == user_id:
        return ALL
    granted = guild.roles[guild.id].permissions
    for role_id in member.roles:
        granted |= guild.roles[role_id].permissions if role_id in guild.roles else 0
    return ALL if granted & Permission.ADMINISTRATOR else granted


def channel_permissions(world: World, channel: Channel, user_id: int) -> int:
    """Permissions of a user in a channel; a thread has those of its parent.

    Source: "Permissions" in Discord's documentation, including the implicit ones: whoever may not view
    a channel may do nothing there, and whoever may not send may neither attach nor embed.
    """
    if channel.guild_id is None:
        return int(DM_PERMISSIONS) if user_id in (*channel.recipients, world.bot.id) else 0
    guild = world.guild(channel.guild_id)
    granted = guild_permissions(guild, user_id)
    if granted == ALL or user_id not in guild.members:
        return granted
    holder = world.channels.get(channel.parent_id or 0) if channel.thread else channel
    granted = _with_overwrites(granted, guild, holder or channel, user_id)
    return _without_implied(granted, is_thread=channel.thread is not None)


def _with_overwrites(granted: int, guild: Guild, channel: Channel, user_id: int) -> int:
    roles = set(guild.members[user_id].roles)
    everyone = [o for o in channel.overwrites if o.id == guild.id]
    by_role = [o for o in channel.overwrites if o.id in roles]
    personal = [o for o in channel.overwrites if o.type == 1 and o.id == user_id]
    for layer in (everyone, by_role, personal):
        for overwrite in layer:
            granted &= ~overwrite.deny
        for overwrite in layer:
            granted |= overwrite.allow
    return granted


def _without_implied(granted: int, *, is_thread: bool) -> int:
    if not granted & Permission.VIEW_CHANNEL:
        return 0
    sending = Permission.SEND_MESSAGES_IN_THREADS if is_thread else Permission.SEND_MESSAGES
    if not granted & sending:
        granted &= ~int(
            Permission.MENTION_EVERYONE
            | Permission.SEND_TTS_MESSAGES
            | Permission.ATTACH_FILES
            | Permission.EMBED_LINKS
        )
    return granted


def can_view(world: World, channel: Channel, user_id: int) -> bool:
    """Whether a user sees a channel; a private thread is seen by its members and by moderators."""
    granted = channel_permissions(world, channel, user_id)
    if not granted & Permission.VIEW_CHANNEL:
        return False
    if channel.type == 12 and channel.thread is not None:
        return user_id in channel.thread.members or bool(granted & Permission.MANAGE_THREADS)
    return True


def require(world: World, channel: Channel, user_id: int, needed: int = 0) -> None:
    """Raise 50001 when the user cannot see the channel, 50013 when a bit of `needed` is missing."""
    if not can_view(world, channel, user_id):
        raise ApiError(50001)
    if channel_permissions(world, channel, user_id) & needed != needed:
        raise ApiError(50013)


def sending_permission(channel: Channel) -> Permission:
    """What somebody needs to write here: threads have a permission of their own."""
    return Permission.SEND_MESSAGES_IN_THREADS if channel.thread is not None else Permission.SEND_MESSAGES
