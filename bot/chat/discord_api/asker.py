"""Who asks, and where, as Discord tells it: read from an interaction or a message for `bot.domain.limits`."""

from typing import Any

import discord

from bot.domain.limits import Asker


def asker_of(interaction: discord.Interaction[Any]) -> Asker:
    """The person of an interaction."""
    moderates = moderates_here(interaction)
    return _asker(interaction.user, interaction.guild_id, interaction.channel, moderates=moderates)


def moderates_here(interaction: discord.Interaction[Any]) -> bool:
    """Whether the person of an interaction manages messages where it comes from."""
    return interaction.guild_id is not None and interaction.permissions.manage_messages


def asker_below(message: discord.Message) -> Asker:
    """The person of a plain message."""
    person, place = message.author, message.channel
    moderates = isinstance(person, discord.Member) and _moderates(person, place)
    return _asker(person, message.guild.id if message.guild else None, place, moderates=moderates)


def _moderates(person: discord.Member, channel: object) -> bool:
    """Whether somebody manages messages there; not where the channel of a thread is not known."""
    place = channel.parent if isinstance(channel, discord.Thread) else channel
    return isinstance(place, discord.abc.GuildChannel) and place.permissions_for(person).manage_messages


def _asker(person: discord.abc.User, guild_id: int | None, channel: object, *, moderates: bool) -> Asker:
    parent = channel.parent if isinstance(channel, discord.Thread) else channel
    places = {getattr(place, "id", None) for place in (channel, parent)}
    places.add(getattr(parent, "category_id", None))
    roles = person.roles if isinstance(person, discord.Member) else []
    return Asker(
        person.id,
        guild_id,
        frozenset(place for place in places if place),
        frozenset(role.id for role in roles),
        age_restricted=is_age_restricted(channel),
        moderates=moderates,
    )


def is_age_restricted(channel: object) -> bool:
    """The mark of a channel; a thread has that of its channel, and a private chat has none."""
    place = channel.parent if isinstance(channel, discord.Thread) else channel
    return bool(getattr(place, "nsfw", False))
