"""Opening threads for conversations: on a message, in a text channel, or in a forum as a new post."""

import logging
from typing import Any, Literal

import discord

from bot.chat.api_errors import FAILURES
from bot.chat.permissions import may_open_post, may_open_thread
from bot.chat.prompt_diff import escape, shorten
from bot.errors import NoThreadHere
from bot.i18n import Language
from bot.texts import answers as words

log = logging.getLogger(__name__)

_NAME = 100  # characters, Discord's limit for the name of a thread
_STARTER = 300  # characters of the prompt shown above the thread
_ARCHIVE_AFTER: Literal[1440] = 1440  # minutes without a message

Opened = tuple[discord.Thread, discord.Message]
"""A thread and the message that it hangs on."""


def starter_text(language: Language, author: discord.abc.User, prompt: str) -> str:
    """The message above a thread: who asked for what."""
    return words.STARTER(language, author=author.mention, prompt=escape(shorten(prompt, _STARTER)))


async def open_on(message: discord.Message, title: str) -> discord.Thread:
    """A public thread on a message, named `title` as far as it fits. Raises what a request can raise."""
    return await message.create_thread(name=shorten(title, _NAME), auto_archive_duration=_ARCHIVE_AFTER)


def parent_of(interaction: discord.Interaction[Any]) -> discord.TextChannel | discord.ForumChannel:
    """The channel in which a further thread or post can be opened. Raises `NoThreadHere`."""
    channel = interaction.channel
    parent = channel.parent if isinstance(channel, discord.Thread) else channel
    if isinstance(parent, discord.ForumChannel) and may_open_post(parent.permissions_for(parent.guild.me)):
        return parent
    if isinstance(parent, discord.TextChannel) and may_open_thread(parent.permissions_for(parent.guild.me)):
        return parent
    raise NoThreadHere


async def open_in(parent: discord.TextChannel | discord.ForumChannel, title: str, starter: str) -> Opened:
    """A new thread below the message `starter`, in a forum a post. Raises what a request can raise."""
    if isinstance(parent, discord.ForumChannel):
        post = await parent.create_thread(
            name=shorten(title, _NAME), content=starter, auto_archive_duration=_ARCHIVE_AFTER
        )
        return post.thread, post.message
    message = await parent.send(starter)
    try:
        return await open_on(message, title), message
    except FAILURES:
        await message.delete()
        raise


async def take_away(thread: discord.Thread, message: discord.Message) -> None:
    """Remove the starter, and archive its thread, which only a moderator could delete."""
    try:
        await message.delete()
        await thread.edit(archived=True)
    except FAILURES as error:
        log.warning("Thread %s could not be taken away: %s", thread.id, error)
