"""New thread: a picture opened beside the present thread, or in a forum as a new post."""

from discord.ext import commands

from bot.chat.conversations.continuing import Continuing
from bot.chat.pictures.actions import Action
from bot.client.client import DiffChatBot


class NewThread(commands.Cog):
    """The button "New thread" behind More…."""

    def __init__(self, bot: DiffChatBot, *, continuing: Continuing) -> None:
        bot.buttons.handle(Action.THREAD, continuing.go_on)


async def setup(bot: DiffChatBot) -> None:
    """Called by discord.py's loader."""
    await bot.add_cog(NewThread(bot, continuing=bot.services.continuing))
