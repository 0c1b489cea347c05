"""The steps that every command shares which begins a conversation with a picture that somebody brings."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import discord

from bot.chat.conversations.brought_pictures import PictureFile, fetched
from bot.chat.conversations.conversation_start import ConversationStarter
from bot.domain.conversation import Origin
from bot.domain.limits import Allowance
from bot.services.personal_limits import PersonalLimits
from bot.services.turn_results import Accepted, Wish

Look = Callable[[bytes], Awaitable[Wish]]
"""Makes the wish of the fetched picture."""


async def keep_with_picture(
    interaction: discord.Interaction[Any],
    file: PictureFile,
    look: Look,
    *,
    starter: ConversationStarter,
    personal: PersonalLimits,
    origin: Origin,
    allowed: Allowance,
) -> tuple[Wish, asyncio.Future[Accepted]] | None:
    """Count, acknowledge, fetch the picture, look at it and store the wish; None for a repeated command.

    Raises `TooManyActions`, and what `fetched`, `look` and the store do.
    """
    person = interaction.user.id
    await personal.count(person)
    await interaction.response.defer(thinking=True)
    try:
        async with personal.alone(person):
            data = await fetched(file)
        async with personal.working(person):
            wish = await look(data)
        kept = await starter.keep(interaction, wish, origin, allowed)
    except Exception:
        # the place is public: the reason is told to the person alone, by whoever catches this
        await interaction.delete_original_response()
        raise
    return None if kept is None else (wish, kept)
