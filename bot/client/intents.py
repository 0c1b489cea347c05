"""Which gateway events the bot asks Discord for."""

import discord


def intents(message_content: bool, typing: bool) -> discord.Intents:
    """The events the bot needs and no others; `message_content` is privileged.

    `typing` asks for one event whenever somebody begins to type where the bot can read.
    """
    return discord.Intents(
        guilds=True,
        guild_messages=True,
        dm_messages=True,
        guild_reactions=True,
        dm_reactions=True,
        guild_typing=typing,
        dm_typing=typing,
        message_content=message_content,
    )
