"""Plain messages, and signs of typing: handed to `bot.chat.conversations.incoming_messages`."""

import discord
from discord.ext import commands

from bot.chat.conversations.incoming_messages import IncomingMessages
from bot.client.client import DiffChatBot


class Listen(commands.Cog):
    """One listener for each of Discord's events about messages."""

    def __init__(self, bot: DiffChatBot, *, messages: IncomingMessages) -> None:
        self.bot = bot
        self.messages = messages

    async def cog_unload(self) -> None:
        """Take what is still held; called by discord.py when the bot stops."""
        await self.messages.close()

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Somebody says something now."""
        await self.messages.caught_up.wait()
        await self.messages.hear(message, self.bot.me_id)

    @commands.Cog.listener()
    async def on_raw_typing(self, event: discord.RawTypingEvent) -> None:
        """Somebody begins to type, or goes on typing."""
        await self.messages.typing(event.channel_id, event.user_id)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        """A message was changed, however long ago it was said."""
        self.messages.change(event.message, self.bot.me_id)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """A message was deleted, by its author or by a moderator."""
        await self.messages.take_back(event.channel_id, event.message_id)

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """The same for many at once, as moderators do it."""
        for message_id in event.message_ids:
            await self.messages.take_back(event.channel_id, message_id)


async def setup(bot: DiffChatBot) -> None:
    """Called by the client when it starts."""
    await bot.add_cog(Listen(bot, messages=bot.services.messages))
