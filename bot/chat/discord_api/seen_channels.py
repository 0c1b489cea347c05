"""Which channels of a server somebody sees, so that nothing from another one is shown to them."""

from typing import Any

import discord

from bot.chat.discord_api.asker import is_age_restricted


def seen_channels(interaction: discord.Interaction[Any]) -> frozenset[int]:
    """The channels and open public threads that the person sees; empty in a private chat.

    Those that are age-restricted are among them only where the interaction is in such a channel. Archived
    threads are not: discord.py knows the active ones.
    """
    guild, person = interaction.guild, interaction.user
    if guild is None or not isinstance(person, discord.Member):
        return frozenset()
    adult = is_age_restricted(interaction.channel)
    channels = [
        channel
        for channel in guild.channels
        if channel.permissions_for(person).view_channel and (adult or not is_age_restricted(channel))
    ]
    seen = {channel.id for channel in channels}
    threads = [thread.id for thread in guild.threads if thread.parent_id in seen and not thread.is_private()]
    return frozenset(seen.union(threads))


def as_open(source: discord.abc.GuildChannel, other: discord.abc.GuildChannel) -> bool:
    """Whether everybody who sees `other` by a role sees `source`, too, and may by age.

    Exceptions for single members are not looked at.
    """
    if is_age_restricted(source) and not is_age_restricted(other):
        return False
    return all(
        source.permissions_for(role).view_channel
        for role in other.guild.roles
        if other.permissions_for(role).view_channel
    )
