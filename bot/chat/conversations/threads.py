"""Opening threads for conversations: on a message, in a text channel, or in a forum as a new post."""

from collections.abc import Sequence
from typing import Any, Literal

import discord

from bot.chat.discord_api.api_errors import FAILURES, tag_required
from bot.chat.discord_api.permissions import may_open_post, may_open_thread
from bot.chat.wording.prompt_diff import escape, shorten
from bot.errors import NoThreadHere, StaysPrivate, TagRequired
from bot.i18n import Language
from bot.texts import answers as words

_NAME = 100  # characters, Discord's limit for the name of a thread
_STARTER = 300  # characters of the prompt shown above the thread
_ARCHIVE_AFTER: Literal[1440] = 1440  # minutes without a message


def starter_text(language: Language, author: discord.abc.User, prompt: str) -> str:
    """The message above a thread: who asked for what."""
    return words.STARTER(language, author=author.mention, prompt=escape(shorten(prompt, _STARTER)))


async def open_on(message: discord.Message, title: str) -> discord.Thread:
    """A public thread on a message, named `title` as far as it fits. Raises what a request can raise."""
    return await message.create_thread(name=shorten(title, _NAME), auto_archive_duration=_ARCHIVE_AFTER)


def parent_of(interaction: discord.Interaction[Any]) -> discord.TextChannel | discord.ForumChannel:
    """The channel in which a further thread or post can be opened. Raises `NoThreadHere`, or `StaysPrivate`
    for a private thread, whose members alone may see what is in it."""
    channel = interaction.channel
    if isinstance(channel, discord.Thread) and channel.is_private():
        raise StaysPrivate
    parent = channel.parent if isinstance(channel, discord.Thread) else channel
    if isinstance(parent, discord.ForumChannel) and may_open_post(parent.permissions_for(parent.guild.me)):
        return parent
    if isinstance(parent, discord.TextChannel) and may_open_thread(parent.permissions_for(parent.guild.me)):
        return parent
    raise NoThreadHere


def tags_for(
    parent: discord.TextChannel | discord.ForumChannel, present: object
) -> Sequence[discord.ForumTag]:
    """The tags of a post in a forum that requires one: those of the `present` post, or else the only one.

    A moderated tag is given only by those who manage threads. Raises `TagRequired`.
    """
    if not isinstance(parent, discord.ForumChannel) or not parent.flags.require_tag:
        return ()
    # "Forum Tag Object": a moderated tag is for members with Manage Threads
    manages = parent.permissions_for(parent.guild.me).manage_threads
    usable = [tag for tag in parent.available_tags if manages or not tag.moderated]
    worn = {tag.id for tag in present.applied_tags} if isinstance(present, discord.Thread) else set()
    same = [tag for tag in usable if tag.id in worn]
    if not same and len(usable) != 1:
        raise TagRequired
    return same or usable


async def open_in(
    parent: discord.TextChannel | discord.ForumChannel,
    title: str,
    starter: str,
    tags: Sequence[discord.ForumTag] = (),
) -> discord.Thread:
    """A new thread below the message `starter`, in a forum a post with these tags.

    Raises `TagRequired`, and what a request can raise.
    """
    if isinstance(parent, discord.ForumChannel):
        return await _post_in(parent, title, starter, tags)
    message = await parent.send(starter)
    try:
        return await open_on(message, title)
    except FAILURES:
        # The message above a thread that could not be opened would stand there for nothing
        await message.delete()
        raise


async def _post_in(
    forum: discord.ForumChannel, title: str, starter: str, tags: Sequence[discord.ForumTag]
) -> discord.Thread:
    try:
        post = await forum.create_thread(
            name=shorten(title, _NAME),
            content=starter,
            auto_archive_duration=_ARCHIVE_AFTER,
            applied_tags=tags,
        )
    except discord.HTTPException as error:
        if tag_required(error):  # since a moment ago
            raise TagRequired from error
        raise
    return post.thread
