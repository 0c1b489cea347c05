"""The permissions the bot needs, where it needs them, and the words for those it lacks.

Checked before any work is spent: a picture that could not be posted is not painted.
"""

import discord

from bot.errors import MissingPermissions
from bot.i18n import Text
from bot.texts.errors import PERMISSIONS

# Everything the bot ever uses; its integer is the `permissions` of the invite link ("OAuth2", Bot Users).
# Replying needs Read Message History ("Create Message", `message_reference`).
INVITE = discord.Permissions(
    view_channel=True,
    send_messages=True,
    create_public_threads=True,
    send_messages_in_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
    add_reactions=True,
)
INVITE_SCOPES = ("bot", "applications.commands")

_POSTING = ("view_channel", "embed_links", "attach_files", "read_message_history")


def invite_link(application_id: int) -> str:
    """The address that adds the bot to a server with the minimal permissions."""
    return discord.utils.oauth_url(application_id, permissions=INVITE, scopes=INVITE_SCOPES)


def missing_to_post(permissions: discord.Permissions, *, in_thread: bool) -> list[Text]:
    """Names of the permissions without which no picture can be posted there; empty when all are given."""
    # "Permissions": in a thread Send Messages says nothing, and the other permissions are those of its
    # channel
    send = "send_messages_in_threads" if in_thread else "send_messages"
    return [PERMISSIONS[name] for name in (*_POSTING, send) if not getattr(permissions, name)]


def require_posting(interaction: discord.Interaction) -> None:
    """Raise `MissingPermissions` unless pictures can be posted where `interaction` comes from."""
    if interaction.guild_id is None:
        return
    in_thread = isinstance(interaction.channel, discord.Thread)
    # Discord sends `app_permissions` along, overwrites included: also right where the cache has no such
    # channel
    _require(missing_to_post(interaction.app_permissions, in_thread=in_thread))


def require_posting_below(message: discord.Message) -> None:
    """The same for a plain message."""
    channel = message.channel
    if message.guild is None or isinstance(channel, discord.PartialMessageable | discord.DMChannel):
        return
    permissions = channel.permissions_for(message.guild.me)
    _require(missing_to_post(permissions, in_thread=isinstance(channel, discord.Thread)))


def require_posting_in(channel: discord.TextChannel) -> None:
    """The same for a channel that the bot is to write to later."""
    _require(missing_to_post(channel.permissions_for(channel.guild.me), in_thread=False))


def _require(missing: list[Text]) -> None:
    if missing:
        raise MissingPermissions(names=tuple(missing))


def may_open_thread(permissions: discord.Permissions) -> bool:
    """Whether a thread can be opened in the channel and pictures be posted in it."""
    return permissions.create_public_threads and permissions.send_messages_in_threads


def may_open_post(permissions: discord.Permissions) -> bool:
    """Whether a post can be opened in a forum and pictures be posted in it."""
    # "Start Thread in Forum or Media Channel": opening a post takes Send Messages, not Create Public Threads
    return permissions.send_messages and permissions.send_messages_in_threads


def needed_names() -> list[str]:
    """The permissions of the invite link as Discord's settings call them in English."""
    return [name.en for flag, name in PERMISSIONS.items() if getattr(INVITE, flag)]
