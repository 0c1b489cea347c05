"""The context menu of a message: what is in its picture becomes a first picture of ours."""

import discord

from bot.chat.conversations.conversation_start import ConversationStarter
from bot.chat.conversations.picture_start import PictureStarter, picture_of
from bot.chat.pictures.actions import Action
from bot.chat.requests.turn_requests import TurnRequests
from bot.client.client import DiffChatBot
from bot.client.message_menu import MessageMenuCog
from bot.domain.options import PLAIN
from bot.services.edit_trees import EditTrees
from bot.texts import slash


class FromPicture(MessageMenuCog):
    """The menu's entry, and the button that paints with the settings of such a picture."""

    def __init__(
        self,
        bot: DiffChatBot,
        *,
        requests: TurnRequests,
        trees: EditTrees,
        starter: ConversationStarter,
        pictures: PictureStarter,
    ) -> None:
        super().__init__(bot, slash.FROM_PICTURE.en, self.imagine)
        self.requests = requests
        self.trees = trees
        self.starter = starter
        self.pictures = pictures
        bot.buttons.handle(Action.SETTINGS, pictures.paint_with_settings)

    async def imagine(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Start from the message's first picture, or the picked one of ours, whoever posted it."""
        allowed = await self.requests.admit(interaction)
        chosen = await picture_of(self.bot, self.trees, message)
        options = await self.starter.with_preferences(interaction.user.id, PLAIN)
        await self.pictures.begin(interaction, chosen, "", options, allowed, own_thread=True)


async def setup(bot: DiffChatBot) -> None:
    """Called by the client when it starts."""
    has = bot.services
    await bot.add_cog(
        FromPicture(
            bot, requests=has.requests, trees=has.trees, starter=has.starter, pictures=has.picture_starter
        )
    )
