"""A turn opened as a new thread: beside the present one, or in a forum as a new post."""

import logging
from typing import Literal

import discord
from discord.ext import commands

from bot.chat.api_errors import FAILURES
from bot.chat.permissions import may_open_post, may_open_thread
from bot.chat.prompt_diff import escape, shorten
from bot.chat.views import Action
from bot.client.client import DiffChatBot
from bot.errors import NoThreadHere
from bot.texts import answers as words

log = logging.getLogger(__name__)

_THREAD_NAME = 100  # characters
_STARTER = 300  # characters of the prompt shown above a thread
_ARCHIVE_AFTER: Literal[1440] = 1440  # minutes

Opened = tuple[discord.Thread, discord.Message]
"""A thread and the message that it hangs on."""


class Elsewhere(commands.Cog):
    """The choice "New thread" of the menu under a picture."""

    def __init__(self, bot: DiffChatBot) -> None:
        self.bot = bot
        self.turns = bot.services.turns
        bot.handle(Action.THREAD, self.new_thread)

    async def new_thread(self, interaction: discord.Interaction, turn_id: int) -> None:
        """A thread of its own that begins with this picture; the edits made in it leave this place alone."""
        parent = _parent(interaction)
        turn = await self.turns.turn(turn_id)
        allowed = await self.bot.admit(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        public = await self.bot.languages.around(interaction)
        title = shorten(turn.target_prompt or words.THREAD_TITLE_WITHOUT_WORDS(public), _THREAD_NAME)
        shown = escape(shorten(turn.target_prompt or title, _STARTER))
        starter = words.STARTER(public, author=interaction.user.mention, prompt=shown)
        thread, message = await _open(parent, title, starter)
        try:
            accepted = await self.turns.continue_elsewhere(
                turn_id,
                interaction.user.id,
                channel_id=parent.id,
                thread_id=thread.id,
                request_id=interaction.id,
                allowed=allowed,
            )
        except Exception:
            await _take_away(thread, message)
            raise
        self.bot.note(accepted, title)
        language = await self.bot.languages.of(interaction)
        await interaction.followup.send(words.CONTINUED(language, thread=thread.mention), ephemeral=True)


def _parent(interaction: discord.Interaction) -> discord.TextChannel | discord.ForumChannel:
    """The channel in which a further thread or post can be opened. Raises `NoThreadHere`."""
    channel = interaction.channel
    parent = channel.parent if isinstance(channel, discord.Thread) else channel
    if isinstance(parent, discord.ForumChannel) and may_open_post(parent.permissions_for(parent.guild.me)):
        return parent
    if isinstance(parent, discord.TextChannel) and may_open_thread(parent.permissions_for(parent.guild.me)):
        return parent
    raise NoThreadHere


async def _open(parent: discord.TextChannel | discord.ForumChannel, title: str, starter: str) -> Opened:
    if isinstance(parent, discord.ForumChannel):
        post = await parent.create_thread(name=title, content=starter, auto_archive_duration=_ARCHIVE_AFTER)
        return post.thread, post.message
    message = await parent.send(starter)
    try:
        return await message.create_thread(name=title, auto_archive_duration=_ARCHIVE_AFTER), message
    except FAILURES:
        await message.delete()
        raise


async def _take_away(thread: discord.Thread, message: discord.Message) -> None:
    """Remove the starter, and archive its thread, which only a moderator could delete."""
    try:
        await message.delete()
        await thread.edit(archived=True)
    except FAILURES as error:
        log.warning("Thread %s could not be taken away: %s", thread.id, error)


async def setup(bot: DiffChatBot) -> None:
    """Called by discord.py's loader."""
    await bot.add_cog(Elsewhere(bot))
