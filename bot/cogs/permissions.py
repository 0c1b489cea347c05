"""When permissions change in a server, pictures that could not be posted there are tried at once.

Without this they would be tried all the same, after the delays of `bot.jobs.queue`, the last of which is an
hour.
"""

import logging

import discord
from discord.ext import commands

from bot.client.client import DiffChatBot
from bot.jobs.queue import JobQueue

log = logging.getLogger(__name__)


class PermissionChanges(commands.Cog):
    """Listens to everything that can give the bot a permission back."""

    def __init__(self, bot: DiffChatBot, *, queue: JobQueue) -> None:
        self.bot = bot
        self.queue = queue

    @commands.Cog.listener()
    async def on_guild_channel_update(
        self, _: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        """A channel's permissions, among other things."""
        self._try_again(after.guild)

    @commands.Cog.listener()
    async def on_guild_role_update(self, _: discord.Role, after: discord.Role) -> None:
        """What a role may do."""
        self._try_again(after.guild)

    @commands.Cog.listener()
    async def on_member_update(self, _: discord.Member, after: discord.Member) -> None:
        """The bot's own roles; without the members intent Discord tells of nobody else."""
        if after.id == self.bot.me_id:
            self._try_again(after.guild)

    @commands.Cog.listener()
    async def on_thread_update(self, _: discord.Thread, after: discord.Thread) -> None:
        """A locked thread was opened again."""
        self._try_again(after.guild)

    def _try_again(self, guild: discord.Guild) -> None:
        if count := self.queue.post_now(guild.id):
            log.info("Permissions changed in server %s: trying to post %s pictures", guild.id, count)


async def setup(bot: DiffChatBot) -> None:
    """Called by the client when it starts."""
    await bot.add_cog(PermissionChanges(bot, queue=bot.services.queue))
