"""Which gateway events the bot asks Discord for."""

import discord


def intents(message_content: bool) -> discord.Intents:
    """The events the bot needs and no others; `message_content` is privileged."""
    return discord.Intents(
        guilds=True,
        guild_messages=True,
        dm_messages=True,
        guild_reactions=True,
        dm_reactions=True,
        message_content=message_content,
    )
