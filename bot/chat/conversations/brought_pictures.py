"""Pictures on Discord to start from: which files of a message are some, and how one is fetched."""

import asyncio
from collections.abc import Sequence
from pathlib import PurePath

import discord

from bot.chat.discord_api.api_errors import FAILURES
from bot.chat.discord_api.components import GalleryPicture, gallery_pictures
from bot.errors import PictureNotFetched, PictureTooHeavy

PictureFile = discord.Attachment | GalleryPicture
HEAVIEST = 10 * 2**20  # bytes of a picture to start from
FETCH_TIMEOUT_S = 20.0
_NAMES = frozenset({"", ".png", ".jpg", ".jpeg", ".webp"})


def pictures_of(client: discord.Client, message: discord.Message) -> list[PictureFile]:
    """The pictures of a message and, of one that was forwarded, those of the message that it shows.

    A forward has no files of its own; they are in its `message_snapshots` (Discord's "Message Snapshot").
    """
    shown: Sequence[discord.Message | discord.MessageSnapshot] = (message, *message.message_snapshots)
    files: list[PictureFile] = []
    for part in shown:
        files += part.attachments
        files += gallery_pictures(client, part)
    return [file for file in files if _is_picture(file)]


def attached_pictures(message: discord.Message) -> list[discord.Attachment]:
    """The pictures that a message itself has as files."""
    return [file for file in message.attachments if _is_picture(file)]


def _is_picture(file: PictureFile) -> bool:
    """By its type, or where Discord leaves that out, by its name; its bytes decide when it is fetched."""
    if file.content_type is not None:
        return file.content_type.startswith("image/")
    return PurePath(file.filename).suffix.lower() in _NAMES


async def fetched(file: PictureFile) -> bytes:
    """The bytes of a file. Raises `PictureTooHeavy` before it is fetched, or `PictureNotFetched`."""
    if file.size > HEAVIEST:
        raise PictureTooHeavy(limit=HEAVIEST // 2**20)
    try:
        async with asyncio.timeout(FETCH_TIMEOUT_S):
            data = await file.read()
    except (TimeoutError, *FAILURES) as error:
        raise PictureNotFetched from error
    if len(data) > HEAVIEST:  # its size is only what Discord says
        raise PictureTooHeavy(limit=HEAVIEST // 2**20)
    return data
