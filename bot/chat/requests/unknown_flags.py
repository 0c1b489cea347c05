"""A sentence about flags among the words that mean nothing here; the picture is made without them."""

import discord

from bot.chat.requests.replies import answer, reply
from bot.chat.wording.languages import Languages
from bot.chat.wording.prompt_diff import shorten
from bot.domain.flags import unknown_in
from bot.texts import how as words

_MOST, _LONGEST = 5, 40  # flags that are named, characters of each


async def tell_unknown(asked: discord.Interaction | discord.Message, text: str, languages: Languages) -> None:
    """Name the flags of `text` that mean nothing: to the person alone, or under their message."""
    unknown = unknown_in(text)
    if not unknown:
        return
    shown = ", ".join(f"`{shorten(flag.replace('`', ''), _LONGEST)}`" for flag in unknown[:_MOST])
    if isinstance(asked, discord.Message):
        language = await languages.at(asked.guild, asked.author.id)
        await reply(asked, words.UNKNOWN_FLAGS(language, flags=shown))
    else:
        await answer(asked, words.UNKNOWN_FLAGS(await languages.of(asked), flags=shown))
