"""What is known of a larger picture before it is made: whether it fits what may be uploaded to its place."""

import discord

from bot.chat.pictures.uploads import limit_per_file
from bot.domain.conversation import Image, Parameters
from bot.i18n import Language
from bot.texts import pictures as words

_MIB = 2**20


def upload_limit(interaction: discord.Interaction) -> int:
    """The bytes that the picture's file may have in the place of an interaction."""
    guild = interaction.guild
    here = guild.filesize_limit if guild else discord.utils.DEFAULT_FILE_SIZE_LIMIT_BYTES
    return limit_per_file(here, 1)


def upload_note(language: Language, image: Image, size: int, larger: Parameters, limit: int) -> str | None:
    """What to say of a picture that is made larger and will hardly fit as a PNG; None where it will.

    The file of `image` has `size` bytes. It is taken to grow with its pixels, which is on the safe side: an
    enlarged picture has less detail for each of them.
    """
    width, height = larger.width * larger.scale, larger.height * larger.scale
    expected = size * width * height / (image.width * image.height)
    if expected <= limit:
        return None
    return words.LARGER_THAN_UPLOADS(language, width=width, height=height, limit=limit // _MIB)
